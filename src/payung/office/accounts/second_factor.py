"""Secrets of the second factor at rest: a copy of the database signs nobody in.

A sealed text is ``s1:`` and base64 of ``nonce (12) · AES-256-GCM``; the key comes from the secret of the
installation and opens nothing else.
"""

from __future__ import annotations

import base64
import functools
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from payung.errors import MissingDataError
from payung.text import Text

SEALED = "s1:"
NONCE = 12
PLACE = b"second factor"


@functools.cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _own() -> AESGCM:
    return _cipher(settings.ENVIRONMENT.key("second factor"))


def seal(text: str, *, key: bytes = b"") -> str:
    """Return ``text`` (a secret or the seed of recovery codes) as it is kept. ``key``: that of another secret."""
    nonce = os.urandom(NONCE)
    cipher = _cipher(key) if key else _own()
    return SEALED + base64.b64encode(nonce + cipher.encrypt(nonce, text.encode(), PLACE)).decode()


def unseal(kept: str) -> str:
    """Return the text of :func:`seal`.

    Raises :class:`MissingDataError` where it was sealed with another secret, or is not sealed: what somebody wrote
    into the database signs nobody in.
    """
    try:
        if not kept.startswith(SEALED):
            raise ValueError
        data = base64.b64decode(kept.removeprefix(SEALED), validate=True)
        return _own().decrypt(data[:NONCE], data[NONCE:], PLACE).decode()
    except (InvalidTag, ValueError):
        raise MissingDataError(
            Text(
                "Kode kedua akun ini tidak dapat dibuka dengan kunci kantor: minta admin melepasnya, lalu pasang lagi.",
                "The second factor of this account cannot be opened with the key of the office: let an administrator "
                "take it off, then set it up again.",
            )
        ) from None


def sealed_data(data: dict[str, object]) -> dict[str, object]:
    """Return what an authenticator keeps with every secret in it sealed; what is sealed already stays."""
    found = dict(data)
    for name in ("secret", "seed"):
        if isinstance(found.get(name), str):
            found[name] = _sealed_once(str(found[name]))
    codes = found.get("migrated_codes")
    if isinstance(codes, list):
        found["migrated_codes"] = [_sealed_once(str(code)) for code in codes]
    return found


def _sealed_once(text: str) -> str:
    return text if text.startswith(SEALED) else seal(text)
