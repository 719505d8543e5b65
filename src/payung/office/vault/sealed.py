"""Identifiers at rest: encrypted columns, and blind indexes to find an equal value without reading any.

A sealed value is ``kind (1 byte) · nonce (12) · AES-256-GCM``; the name of the column is authenticated with it, so
that a value cannot be moved to another column, and in kind 2 the key of its row, so that it cannot be moved to
another person either. New rows have their keys before their values are sealed (:mod:`.keyed`); values of kind 1 are
those of earlier versions until :mod:`.bindings` comes by. The key of the cipher comes from the secret.
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
    _Print = models.CharField[str | None, str | None]
else:
    _Base, _Print = models.BinaryField, models.CharField

COLUMN, ROW = b"\x01", b"\x02"  # what a value is bound to
NONCE = 12
ROW_BYTES = 8


@functools.cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


class Opened(str):
    """A text that was sealed for one row: whoever loads it into another row is refused."""

    __slots__ = ("row",)
    row: int


class _For(str):
    """A text on its way into the row ``row``."""

    __slots__ = ("row",)
    row: int


def bound(text: str | None, row: Any) -> str | None:
    """Return ``text`` on its way into the row with the key ``row``; as it is where there is none yet."""
    if text is None or not isinstance(row, int):
        return text
    found = _For(text)
    found.row = row
    return found


def seal(text: str, place: str, row: int | None = None, *, key: bytes = b"") -> bytes:
    """Return ``text`` encrypted for the column ``place``, and for its ``row`` where that has a key already.

    ``key``: that of another secret, while it is changed.
    """
    nonce, cipher = os.urandom(NONCE), _cipher(key or settings.FIELD_KEY)
    if row is None:
        return COLUMN + nonce + cipher.encrypt(nonce, text.encode(), place.encode())
    whole = row.to_bytes(ROW_BYTES, "big") + text.encode()
    return ROW + nonce + cipher.encrypt(nonce, whole, b"row\n" + place.encode())


def unseal(data: bytes, place: str) -> str:
    """Return the text of :func:`seal`, as :class:`Opened` where it was sealed for a row.

    Raises :class:`MissingDataError` where the secret is another one, or the value is of another column.
    """
    of_row = data[:1] == ROW
    told = (b"row\n" if of_row else b"") + place.encode()
    try:
        whole = _cipher(settings.FIELD_KEY).decrypt(data[1 : 1 + NONCE], data[1 + NONCE :], told)
        if not of_row:
            return whole.decode()
        opened = Opened(whole[ROW_BYTES:].decode())
        opened.row = int.from_bytes(whole[:ROW_BYTES], "big")
        return opened
    except InvalidTag:
        raise MissingDataError(
            Text(
                f"{place} tidak dapat dibaca dengan kunci ini: kembalikan secret.key (atau PAYUNG_SECRET) yang lama.",
                f"{place} cannot be read with this key: put the former secret.key (or PAYUNG_SECRET) back.",
            )
        ) from None


def blind(text: str | None, place: str, *, key: bytes = b"") -> str | None:
    """Return what equal values share: 32 hexadecimal digits; ``None`` for nothing. ``key`` as in :func:`seal`."""
    if not text:
        return None
    return hmac.new(key or settings.INDEX_KEY, f"{place}:{text}".encode(), hashlib.sha256).hexdigest()[:32]


def traced(text: str | None, place: str) -> str:
    """Return how the history names a number: its mask and a keyed print, equal for equal numbers; empty for none."""
    print_ = blind(text, place)
    return f"{mask(text or '')} #{print_[:8]}" if print_ else ""


def refuse_another(opened: str | None, row: Any, place: str) -> None:
    """Raise :class:`MissingDataError` where a text was sealed for another row: somebody moved it in the database."""
    if isinstance(opened, Opened) and opened.row != row:
        raise MissingDataError(
            Text(
                f"{place} pada baris {row} milik baris {opened.row}: ada yang memindahkannya di basis data. Simpan "
                "salinannya sebagai bukti dan pulihkan dari cadangan.",
                f"{place} in row {row} belongs to row {opened.row}: somebody moved it in the database. Keep a copy as "
                "evidence and restore a backup.",
            )
        )


def _refuse_other_rows(cls: Any, name: str) -> None:
    """Let ``cls`` look at the column ``name`` of every row that it loads."""
    plain = cls.from_db.__func__

    def from_db(model: Any, *args: Any, **kwargs: Any) -> Any:
        instance = plain(model, *args, **kwargs)
        opened = instance.__dict__.get(name)
        if type(opened) is Opened:
            refuse_another(opened, instance.pk, f"{model._meta.label_lower}.{name}")
        return instance

    cls.from_db = classmethod(from_db)


class BlindText(_Print):
    """What equal values of the sealed column ``of`` of the same row share (:func:`blind`); writes itself."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs = {"max_length": 32, "null": True, "editable": False, **kwargs}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes this column."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return what the value of the sealed column has now."""
        found = blind(getattr(model_instance, self.of), self.of)
        setattr(model_instance, self.attname, found)
        return found


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
        """Learn which column this is, and let the model refuse values of other rows."""
        super().contribute_to_class(cls, name, private_only)
        self.place = self.written or f"{cls._meta.label_lower}.{name}"
        if cls.__module__ != "__fake__" and not cls._meta.abstract:  # not the models of a migration
            _refuse_other_rows(cls, name)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes this column."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "place": self.written} if self.written else kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """Open what came from the database."""
        return None if value is None else unseal(bytes(value), self.place)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return the value with the key of its row, where there is one."""
        return bound(super().pre_save(model_instance, add), model_instance.pk)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal what goes to the database."""
        row = value.row if isinstance(value, _For) else None
        sealed = None if value is None else seal(str(value), self.place, row)
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
