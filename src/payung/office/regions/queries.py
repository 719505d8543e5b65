"""Named reads of the regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q

from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.people.alike import alike

# Words before the name of a place that tell no place apart.
KINDS_OF_PLACE = frozenset({"desa", "kelurahan", "kel", "kecamatan", "kec", "village"})


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name for ``codes`` and everything above them, in one query."""
    wanted = {part for code in codes for part in _path(code)}
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def name(code: str) -> str:
    """Return the name of the place ``code``; the code itself where it is not known here."""
    return names([code]).get(code, code)


def district() -> Region | None:
    """Return the district that this office serves, or ``None`` before `payung setup`."""
    return Region.objects.filter(level="regency").first()


def villages(within: str = "") -> list[Region]:
    """Return the villages below ``within``, by code."""
    return list(Region.objects.filter(below(within, "code"), level="village"))


def subdistricts(within: str = "") -> list[Region]:
    """Return the sub-districts below ``within``, by code."""
    return list(Region.objects.filter(below(within, "code"), level="subdistrict"))


def named(places: Sequence[str], words: Sequence[str]) -> list[Region]:
    """Return the villages below ``places`` whose names have all ``words``, also mistyped, those spelt so first; one
    query.

    A word may be the beginning of a word of the name; a code of a village finds it too.
    """
    asked = [word for word in words if word not in KINDS_OF_PLACE]
    within = Q(pk__in=[])
    for place in places:
        within |= below(place, "code")
    found = []
    for region in Region.objects.filter(within, level="village").order_by("code") if asked else ():
        own = [*re.findall(r"[a-z0-9]+", region.name.lower()), region.code]
        spelt = all(any(one.startswith(word) for one in own) for word in asked)
        if spelt or all(any(one.startswith(word) or _meant(word, one) for one in own) for word in asked):
            found.append((not spelt, region))
    return [region for _, region in sorted(found, key=lambda one: (one[0], one[1].code))]


def _meant(word: str, known: str) -> bool:
    return word.isalpha() and alike(word, known)


def _path(code: str) -> list[str]:
    parts = code.split(".") if code else []
    return [".".join(parts[: length + 1]) for length in range(len(parts))]
