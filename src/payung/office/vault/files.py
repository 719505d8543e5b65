"""Files at rest: encrypted piece by piece, so that a file of any size takes the same memory.

A sealed file is ``MAGIC · nonce prefix (8) · pieces``; each piece is ``length (4) · AES-256-GCM``. Its nonce is the
prefix and its number, and whether it is the last one is authenticated with it: pieces cannot be swapped, left out
or cut off at the end. The key comes from the secret of the installation and opens nothing else.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from payung.errors import MissingDataError
from payung.text import Text

MAGIC = b"PAYUNG\x01\n"
PREFIX = 8  # bytes of the nonce that are drawn for each file
PIECE = 1 << 20  # bytes of the open file in one piece
MORE, LAST = b"more", b"last"


@functools.cache
def _of(key: bytes) -> AESGCM:
    return AESGCM(key)


def _cipher(key: bytes = b"") -> AESGCM:
    return _of(key or settings.ENVIRONMENT.key("files"))


def sealing(chunks: Iterable[bytes], *, key: bytes = b"") -> Iterator[bytes]:
    """Yield the bytes of ``chunks`` sealed; a piece in memory at a time. ``key``: that of another secret."""
    prefix, cipher = os.urandom(PREFIX), _cipher(key)
    yield MAGIC + prefix
    number, waiting = 0, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > PIECE:
            yield _sealed(cipher, prefix, number, bytes(waiting[:PIECE]), MORE)
            del waiting[:PIECE]
            number += 1
    yield _sealed(cipher, prefix, number, bytes(waiting), LAST)


def unsealing(file: BinaryIO, name: str, *, key: bytes = b"") -> Iterator[bytes]:
    """Yield the open bytes of a sealed ``file``. Raises :class:`MissingDataError` where they cannot be had."""
    cipher = _cipher(key)
    head = file.read(len(MAGIC) + PREFIX)
    if not is_sealed(head):
        raise _unreadable(name)
    prefix, number = head[len(MAGIC) :], 0
    length = file.read(4)
    while length:
        piece = file.read(int.from_bytes(length, "big"))
        length = file.read(4)
        nonce = prefix + number.to_bytes(4, "big")
        try:
            yield cipher.decrypt(nonce, piece, MORE if length else LAST)
        except InvalidTag:
            raise _unreadable(name) from None
        number += 1
    if number == 0:
        raise _unreadable(name)


def is_sealed(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` is sealed."""
    return head.startswith(MAGIC)


def _sealed(cipher: AESGCM, prefix: bytes, number: int, piece: bytes, which: bytes) -> bytes:
    data = cipher.encrypt(prefix + number.to_bytes(4, "big"), piece, which)
    return len(data).to_bytes(4, "big") + data


def _unreadable(name: str) -> MissingDataError:
    return MissingDataError(
        Text(
            f"{name} tidak dapat dibuka dengan kunci ini: kembalikan secret.key (atau PAYUNG_SECRET) yang lama, atau "
            "unggah lagi berkasnya.",
            f"{name} cannot be opened with this key: put the former secret.key (or PAYUNG_SECRET) back, or upload "
            "the file again.",
        )
    )
