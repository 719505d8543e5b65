"""The region tree by codes alone: what lies below a code, as a range that an index answers."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q

CODE = re.compile(r"[0-9]+(\.[0-9]+)*")


def following(code: str) -> str:
    """Return the first code of the same length or shorter that comes after everything below ``code``.

    ``62.03`` gives ``62.04``; ``62.03.99`` gives ``62.04``. Together with ``code`` it bounds a subtree: all and
    only the codes at or below ``code`` are >= ``code`` and < ``following(code)``. An empty code is the country.
    """
    if not code:
        return "~"
    head, dot, tail = code.rpartition(".")
    if set(tail) == {"9"}:
        return following(head) if dot else "~"
    return f"{head}{dot}{int(tail) + 1:0{len(tail)}d}"


def below(code: str, field: str = "region_code") -> Q:
    """Return the condition that ``field`` is ``code`` or lies below it.

    True everywhere for an empty code, nowhere for what is no code of a region (an address may hold anything).
    """
    if not code:
        return Q()
    if not CODE.fullmatch(code):
        return Q(pk__in=[])
    lookups: dict[str, Any] = {f"{field}__gte": code, f"{field}__lt": following(code)}
    return Q(**lookups)


def district_of(code: str) -> str:
    """Return the code of the district that the place ``code`` lies in; empty for a province, which is in none."""
    parts = code.split(".")
    return ".".join(parts[:2]) if len(parts) > 1 else ""


def contains(code: str, other: str) -> bool:
    """Tell whether ``other`` is ``code`` or lies below it."""
    return not code or other == code or other.startswith(code + ".")
