"""A searched number of a person never stands in an address: not in a bookmark, a log of a proxy, a history.

A search with eight digits or more is written into the address sealed (``~`` and letters), and read back from there;
only this office opens it. Keys that come in addresses and forms are read here too: digits of ASCII, no longer than a
key can be.
"""

from __future__ import annotations

import base64
import functools
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import QueryDict

MANY = 8  # digits from which a search may be for a person's number: NIK, KK, KPJ, phone
MARK = "~"
NONCE = 12
PLACE = b"searched number"
LONGEST_KEY = 18  # digits; a longer key is in no table
_SEPARATORS = re.compile(r"[\s.\-]")
_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){7,}")


def key_of(text: object) -> int | None:
    """Return the key of a row that ``text`` writes, or ``None`` where it writes none."""
    written = str(text or "").strip()
    return int(written) if re.fullmatch(rf"[0-9]{{1,{LONGEST_KEY}}}", written) else None


def holds_number(text: str) -> bool:
    """Tell whether ``text`` holds what may be a number of a person."""
    return bool(_NUMBER.search(text))


def sealed(text: str) -> str:
    """Return ``text`` as an address carries it: as it is, or sealed where it holds a number."""
    if not holds_number(text) or opened(text) != text:
        return text
    nonce = os.urandom(NONCE)
    data = nonce + _cipher().encrypt(nonce, text.encode(), PLACE)
    return MARK + base64.urlsafe_b64encode(data).decode().rstrip("=")


def opened(text: str) -> str:
    """Return what :func:`sealed` was given; what it did not write is returned as it is."""
    if not text.startswith(MARK):
        return text
    body = text.removeprefix(MARK)
    try:
        data = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        return _cipher().decrypt(data[:NONCE], data[NONCE:], PLACE).decode()
    except (InvalidTag, ValueError):
        return text


def without_numbers(asked: QueryDict) -> str:
    """Return a filter as the history keeps it: of numbers their length alone."""
    told = asked.copy()
    for name in list(told):
        values = [opened(value) for value in told.getlist(name)]
        told.setlist(name, [_NUMBER.sub(_hidden, value) for value in values])
    return told.urlencode(safe="()")


def _hidden(found: re.Match[str]) -> str:
    return f"({len(_SEPARATORS.sub('', found[0]))} angka)"


def _cipher() -> AESGCM:
    return _of(settings.ENVIRONMENT.key("searched numbers"))


@functools.cache
def _of(key: bytes) -> AESGCM:
    return AESGCM(key)
