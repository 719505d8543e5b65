"""What an act is, what its body has to be, and what acts share."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model, QuerySet

from payung.errors import PayungError
from payung.law.months import parse_month
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.problems import Problem
from payung.text import Text

Rows = TypeVar("Rows", bound=Model)
MOST_RUPIAH = 10**15
MOST_BYTES = 3_500_000  # of a file: base64 makes a third more of it, and a body has 5 MB at most
TYPES = {"integer": "integer", "rupiah": "integer", "flag": "boolean", "texts": "array"}
MOST_TEXTS = 100
REQUIRED = Text("Wajib diisi.", "It is required.")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body: its name, its kind, what it means, and what it may be."""

    name: str
    kind: str  # text, texts, integer, rupiah, flag, day, month, bytes
    means: str
    required: bool = True
    one_of: tuple[str, ...] = ()
    most: int = 300

    @property
    def schema(self) -> dict[str, Any]:
        """Return how the document says it."""
        found: dict[str, Any] = {"type": TYPES.get(self.kind, "string"), "description": self.means}
        if self.kind == "texts":
            found |= {"items": {"type": "string", "maxLength": self.most}, "maxItems": MOST_TEXTS}
        elif self.one_of:
            found["enum"] = list(self.one_of)
        elif self.kind == "day":
            found["format"] = "date"
        elif self.kind == "month":
            found["pattern"] = "^[0-9]{4}-(0[1-9]|1[0-2])$"
        elif self.kind == "bytes":
            found["contentEncoding"] = "base64"
        elif self.kind == "integer":
            found |= {"minimum": 1, "maximum": 2**31 - 1}
        elif self.kind == "rupiah":
            found |= {"minimum": 0, "maximum": MOST_RUPIAH}
        elif self.kind == "text":
            found["maxLength"] = self.most
        return found


@dataclass(frozen=True, slots=True)
class Act:
    """An act: where it is posted, whom it is open to, what it takes, what it does and answers."""

    name: str
    path: str
    means: str
    permissions: tuple[Permission, ...]
    fields: tuple[Field, ...]
    answer: Mapping[str, str]  # field → kind
    do: Callable[[User, Mapping[str, Any]], dict[str, Any]]


def taken(act: Act, body: Any) -> dict[str, Any]:
    """Return the values of a body as the act takes them. Raises :class:`Problem` that names every wrong field."""
    if not isinstance(body, dict):
        raise Problem(
            "validation", Text("Isinya harus satu objek JSON.", "The body has to be one JSON object.")
        )
    wrong = {
        str(name): Text("Tidak dikenal.", "Not known.")
        for name in set(body) - {one.name for one in act.fields}
    }
    values: dict[str, Any] = {}
    for field in act.fields:
        given = body.get(field.name)
        if given is None or given in ("", []):
            if field.required:
                wrong[field.name] = REQUIRED
            values[field.name] = None
            continue
        try:
            values[field.name] = _value(field, given)
        except (ValueError, TypeError, PayungError):
            wrong[field.name] = Text(
                f"Bukan yang diminta: {field.kind}.", f"Not what is asked for: {field.kind}."
            )
    if wrong:
        raise Problem("validation", fields=wrong)
    return values


def _value(field: Field, given: Any) -> Any:
    if field.kind == "flag":
        if not isinstance(given, bool):
            raise TypeError
        return given
    if field.kind in ("integer", "rupiah"):
        least, most = (1, 2**31 - 1) if field.kind == "integer" else (0, MOST_RUPIAH)
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise ValueError
        return given
    if field.kind == "texts":
        if not isinstance(given, list) or len(given) > MOST_TEXTS:
            raise TypeError
        return tuple(_text(field, one) for one in given)
    return _written(field, given)


def _text(field: Field, given: Any) -> str:
    if not isinstance(given, str) or "\x00" in given or len(given) > field.most:
        raise TypeError
    return given.strip()


def _written(field: Field, given: Any) -> Any:
    if not isinstance(given, str) or "\x00" in given:
        raise TypeError
    if field.one_of and given not in field.one_of:
        raise ValueError
    if field.kind == "day":
        return dt.date.fromisoformat(given)
    if field.kind == "month":
        return parse_month(given)
    if field.kind == "bytes":
        try:
            content = base64.b64decode(given, validate=True)
        except binascii.Error:
            raise ValueError from None
        if not content or len(content) > MOST_BYTES:
            raise ValueError
        return content
    return _text(field, given)


# What acts share


def covers(user: User, permissions: tuple[Permission, ...], code: str, category: str = "") -> None:
    """Refuse (as something that is not there) a place that none of ``permissions`` reaches."""
    if not any(user.scope(permission).covers(code, category) for permission in permissions):
        raise Problem("not-found")


def one(rows: QuerySet[Rows, Any], key: int) -> Rows:
    """Return the row with ``key``; as something that is not there where ``rows`` has none."""
    found: Rows | None = rows.filter(pk=key).first()
    if found is None:
        raise Problem("not-found")
    return found


def file_of(values: Mapping[str, Any]) -> SimpleUploadedFile:
    """Return the file of a body that has :data:`NAME` and :data:`CONTENT`."""
    return SimpleUploadedFile(plain_name(values), values["content"])


def plain_name(values: Mapping[str, Any]) -> str:
    """Return the name of the file of a body, without folders."""
    return str(values["name"]).replace("/", "_").replace("\\", "_")[:120]


NAME = Field("name", "text", "name of the file, with its ending", most=150)
CONTENT = Field("content", "bytes", f"the file, base64; {MOST_BYTES // 1000} kB at most")
REASON = Field("reason", "text", "why")
