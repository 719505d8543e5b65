"""Named reads of the regions."""

from __future__ import annotations

from collections.abc import Iterable

from payung.office.regions.models import Region
from payung.office.regions.tree import below


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name for ``codes`` and everything above them, in one query."""
    wanted = {part for code in codes for part in _path(code)}
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def district() -> Region | None:
    """Return the district that this office serves, or ``None`` before `payung setup`."""
    return Region.objects.filter(level="regency").first()


def villages(within: str = "") -> list[Region]:
    """Return the villages below ``within``, by code."""
    return list(Region.objects.filter(below(within, "code"), level="village"))


def subdistricts(within: str = "") -> list[Region]:
    """Return the sub-districts below ``within``, by code."""
    return list(Region.objects.filter(below(within, "code"), level="subdistrict"))


def _path(code: str) -> list[str]:
    parts = code.split(".") if code else []
    return [".".join(parts[: length + 1]) for length in range(len(parts))]
