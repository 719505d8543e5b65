"""What is read through the API, out of what is declared: list pages and figures."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import functools
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldError
from django.http import Http404, HttpRequest
from django.urls import URLPattern, get_resolver

from payung.codes import Code
from payung.office.access.pages import Rule
from payung.office.api.problems import Problem
from payung.office.desk.lists import Column, ListPage
from payung.text import Text

LIMIT, MOST = 100, 500
PAGE_KEYS = frozenset({"key"})


@dataclass(frozen=True, slots=True)
class Resource:
    """A list of the office: its name, the page that declares it, its rule, and whether its address has a key."""

    name: str
    page: type[ListPage[Any]]
    rule: Rule
    keyed: bool

    @property
    def path(self) -> str:
        """Its address below ``/api/v1``."""
        return f"/lists/{self.name}" + ("/{key}" if self.keyed else "")

    @property
    def bulk_path(self) -> str:
        """The address of all its rows as one file."""
        return f"/bulk/{self.name}" + ("/{key}" if self.keyed else "")


@functools.cache
def resources() -> dict[str, Resource]:
    """Return every list page of the office by name: those whose address has no key, or one named ``key``.

    What needs no permission is a person's own (notices): it is for them and not for a system.
    """
    found = {}
    for pattern in get_resolver().url_patterns:
        page = getattr(pattern.callback, "list_page", None) if isinstance(pattern, URLPattern) else None
        if page is None or not set(pattern.pattern.converters) <= PAGE_KEYS:
            continue
        if not pattern.callback.rule.permissions:  # type: ignore[union-attr]
            continue
        keyed = bool(pattern.pattern.converters)
        found[str(pattern.name)] = Resource(str(pattern.name), page, pattern.callback.rule, keyed)  # type: ignore[union-attr]
    return dict(sorted(found.items()))


def read(resource: Resource, request: HttpRequest, key: int | None) -> dict[str, Any]:
    """Return a page of a list: the rows after the cursor in order of their key, and the next cursor.

    The filters are those of the page. Raises :class:`Problem` for what is no cursor or limit.
    """
    page = resource.page()
    page.kwargs = {} if key is None else {"key": key}
    limit, after = _limit(request), _cursor(request)
    try:
        rows = page.narrowed(request).order_by("pk")
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found = list(rows[: limit + 1])
    except Http404:
        raise Problem("not-found") from None
    except (ValueError, TypeError, FieldError):
        raise Problem(
            "validation", Text("Saringan atau kursornya salah.", "A filter or the cursor is wrong.")
        ) from None
    rows_ = found[:limit]
    lines = page.shown(rows_)
    return {
        "data": [item(page, row.pk, line) for row, line in zip(rows_, lines, strict=True)],
        "next": cursor(rows_[-1].pk) if len(found) > limit else None,
    }


def item(page: ListPage[Any], key: Any, line: Any) -> dict[str, Any]:
    """Return one line as the API gives it: the key of its row, and every column of the list."""
    return {"_key": _key(key)} | {column.key: written(column, line) for column in page.columns}


def written(column: Column, row: Any) -> Any:
    """Return one value: whole numbers as numbers, everything else as text; a code as its code, a day as YYYY-MM-DD."""
    value = column.value(row)
    if value is None or (value == "" and column.kind != "text"):
        return None
    if column.kind in ("number", "money"):
        return int(value)
    if isinstance(value, Code):
        return value.value
    if isinstance(value, Text):
        return value.id
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def _key(value: Any) -> str:
    return "-".join(map(str, value)) if isinstance(value, tuple) else str(value)


def cursor(key: Any) -> str:
    """Return the cursor of what comes after the row with this key."""
    plain = list(key) if isinstance(key, tuple) else [key]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _cursor(request: HttpRequest) -> Any:
    text = request.GET.get("cursor", "")
    if not text:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        found = None
    if not isinstance(found, list) or not found or not all(isinstance(one, int | str) for one in found):
        raise Problem("validation", fields={"cursor": Text("Kursor tidak dikenal.", "No such cursor.")})
    return found[0] if len(found) == 1 else tuple(found)


def _limit(request: HttpRequest) -> int:
    text = request.GET.get("limit", str(LIMIT))
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:6]) <= MOST:
        raise Problem("validation", fields={"limit": Text(f"Tulis 1 sampai {MOST}.", f"Write 1 to {MOST}.")})
    return int(text)
