"""Named reads of the regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from payung.errors import InputError, MissingDataError
from payung.office.regions.models import Region
from payung.office.regions.tree import below, district_of
from payung.people.alike import alike
from payung.text import Text

# Words before the name of a place that tell no place apart.
KINDS_OF_PLACE = frozenset({"desa", "kelurahan", "kel", "kecamatan", "kec", "village"})


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name for ``codes`` and everything above them, in one query."""
    wanted = {part for code in codes for part in _path(code)}
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def name(code: str) -> str:
    """Return the name of the place ``code``; the code itself where it is not known here."""
    return names([code]).get(code, code)


def with_place(rows: QuerySet[Any, Any], field: str) -> QuerySet[Any, Any]:
    """Return ``rows`` with ``place_name``: what the place with the code in ``field`` is called."""
    found: QuerySet[Any, Any] = rows.annotate(
        place_name=Subquery(Region.objects.filter(code=OuterRef(field)).values("name")[:1])
    )
    return found


def districts(places: Iterable[str] = ("",)) -> list[Region]:
    """Return the districts of this office that lie in ``places`` or that these lie in, by code."""
    tops = {district_of(code) or code for code in places}
    within = Q(pk__in=[])
    for top in tops:
        within |= below(top, "code")
    rows = Region.objects.filter(level="regency")
    return list(rows if "" in tops else rows.filter(within))


def district(places: Iterable[str] = ("",)) -> Region | None:
    """Return the one district of ``places`` (see :func:`districts`); ``None`` where there is none or are several."""
    found = districts(places)
    return found[0] if len(found) == 1 else None


def meant(code: str = "") -> str:
    """Return the code of the district that is meant: ``code``, or the only one that this office has.

    Raises :class:`MissingDataError` before `payung setup`, :class:`InputError` where ``code`` is no district of this
    office, or none is named although it has several.
    """
    there = {one.code: one.name for one in districts()}
    if not there:
        raise MissingDataError(
            Text("Kantor ini belum disiapkan: payung setup.", "This office is not set up: payung setup.")
        )
    if code in there:
        return code
    if not code and len(there) == 1:
        return next(iter(there))
    listed = ", ".join(f"{one} ({name})" for one, name in there.items())
    if code:
        raise InputError(
            Text(
                f"Kabupaten {code!r} tidak ada di kantor ini. Yang ada: {listed}.",
                f"This office has no district {code!r}. It has: {listed}.",
            )
        )
    raise InputError(
        Text(
            f"Kantor ini punya beberapa kabupaten: {listed}. Sebutkan yang dimaksud dengan --district KODE.",
            f"This office has several districts: {listed}. Say which one with --district CODE.",
        )
    )


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
