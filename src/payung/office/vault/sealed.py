"""Identifiers at rest: encrypted columns, and blind indexes to find an equal value without reading any.

A sealed value is ``key id (1 byte) · nonce (12) · AES-256-GCM``; the name of the column is authenticated with it,
so that a value cannot be moved to another column. The key comes from the secret of the installation.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from payung.errors import InputError, MissingDataError
from payung.people.nik import mask
from payung.text import Text

if TYPE_CHECKING:
    _Base = models.Field[str | None, str | None]
else:
    _Base = models.BinaryField

KEY_ID = b"\x01"
NONCE = 12


@functools.cache
def _cipher() -> AESGCM:
    return AESGCM(settings.FIELD_KEY)


def seal(text: str, place: str) -> bytes:
    """Return ``text`` encrypted for the column ``place``."""
    nonce = os.urandom(NONCE)
    return KEY_ID + nonce + _cipher().encrypt(nonce, text.encode(), place.encode())


def unseal(data: bytes, place: str) -> str:
    """Return the text of :func:`seal`. Raises :class:`MissingDataError` where the secret is another one."""
    try:
        return _cipher().decrypt(data[1 : 1 + NONCE], data[1 + NONCE :], place.encode()).decode()
    except InvalidTag:
        raise MissingDataError(
            Text(
                f"{place} tidak dapat dibaca dengan kunci ini: kembalikan secret.key (atau PAYUNG_SECRET) yang lama.",
                f"{place} cannot be read with this key: put the former secret.key (or PAYUNG_SECRET) back.",
            )
        ) from None


def blind(text: str | None, place: str) -> str | None:
    """Return what equal values share: 32 hexadecimal digits; ``None`` for nothing."""
    if not text:
        return None
    return hmac.new(settings.INDEX_KEY, f"{place}:{text}".encode(), hashlib.sha256).hexdigest()[:32]


def traced(text: str | None, place: str) -> str:
    """Return how the history names a number: its mask and a keyed print, equal for equal numbers; empty for none."""
    print_ = blind(text, place)
    return f"{mask(text or '')} #{print_[:8]}" if print_ else ""


class SealedText(_Base):
    """A text column that is encrypted in the database; it cannot be searched, see :func:`blind`.

    ``place`` is the name that is authenticated with every value: table and column, unless it is written down. A
    value that was sealed under one place opens under no other, so a table or column that is called otherwise later
    writes down what it was called when its values were sealed.
    """

    def __init__(self, *args: Any, place: str = "", **kwargs: Any) -> None:
        self.written, self.place = place, place
        kwargs.setdefault("null", True)
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Learn which column this is."""
        super().contribute_to_class(cls, name, private_only)
        self.place = self.written or f"{cls._meta.label_lower}.{name}"

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes this column."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "place": self.written} if self.written else kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """Open what came from the database."""
        return None if value is None else unseal(bytes(value), self.place)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal what goes to the database."""
        sealed = None if value is None else seal(str(value), self.place)
        return super().get_db_prep_value(sealed, connection, prepared)

    def value_to_string(self, obj: Any) -> str:
        """Refuse to be written out: in the open it would give itself away, left out it would be lost."""
        raise InputError(
            Text(
                f"{self.place} tersegel dan tidak ikut dalam dumpdata, jadi akan hilang: pakai payung backup atau "
                "payung move.",
                f"{self.place} is sealed and does not go into a dumpdata, so it would be lost: use payung backup or "
                "payung move.",
            )
        )

    def to_python(self, value: Any) -> Any:
        """Return ``value`` as it is."""
        return value
