"""The writes: a snapshot when a month is closed, denominators, targets, the shapes of places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from payung.errors import InputError
from payung.law import months
from payung.office.access.scope import Area, Scope
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.insight.counted import Counted
from payung.office.insight.figures import FIGURES
from payung.office.insight.models import (
    Boundary,
    Denominator,
    DenominatorPart,
    Snapshot,
    SnapshotCell,
    Target,
)
from payung.office.insight.queries import count
from payung.office.reconciliation.models import Closing
from payung.office.regions.models import Region
from payung.office.regions.queries import meant
from payung.office.regions.tree import below, district_of
from payung.text import Text

CHUNK = 1000


def digest(cells: Iterable[tuple[str, str, str, int, int]]) -> str:
    """Return SHA-256 over cells (figure, place, keys, number, many), whatever their order."""
    lines = sorted("|".join(map(str, cell)) for cell in cells)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def freeze(*, by: str = BY_ITSELF, closing: Closing) -> Snapshot:
    """Keep all figures of a district as they are now, for the last day of the month that it closed; once a closing.

    Who was alive and in the register, and money, are as at this moment; cover is judged for that last day.
    """
    district = closing.district
    there = Snapshot.objects.filter(district=district, month=closing.month, round=closing.round).first()
    if there is not None:
        return there
    on = months.last_day(closing.month)
    counted = count(FIGURES.values(), Scope((Area(district),)), on)
    cells = [cell for one in counted.values() for cell in _cells(one)]
    used = Denominator.objects.filter(district=district, year__lte=on.year)
    made = Snapshot.objects.create(
        district=district,
        month=closing.month,
        round=closing.round,
        on=on,
        by=by,
        digest=digest(cells),
        denominators=list(used.values_list("pk", flat=True)),
    )
    SnapshotCell.objects.bulk_create(
        [
            SnapshotCell(snapshot=made, figure=figure, place=place, keys=keys, number=number, many=many)
            for figure, place, keys, number, many in cells
        ],
        batch_size=CHUNK,
    )
    after = {"month": made.month, "round": made.round, "digest": made.digest, "rows": len(cells)}
    record(by=by, entries=[Entry("snapshot.make", made.subject, region_code=district, after=after)])
    return made


def _cells(counted: Counted) -> list[tuple[str, str, str, int, int]]:
    return [
        (counted.figure.code, cell.place, json.dumps(cell.keys), cell.number, cell.many)
        for cell in counted.cells
    ]


@transaction.atomic
def add_denominator(
    *, by: str, source: str, year: int, definition: str, parts: Mapping[str, int]
) -> Denominator:
    """Add a denominator of a district: ``parts`` has the number of people by code of the place (the district at least).

    Raises :class:`InputError` where a place is none of this office, places lie in several districts, or nothing is
    said.
    """
    if not parts:
        raise InputError(Text("Tulis jumlahnya.", "Write the number."), at="parts")
    known = set(Region.objects.filter(code__in=list(parts)).values_list("code", flat=True))
    refuse_unknown(set(parts) - known)
    homes = {district_of(place) for place in parts}
    if len(homes) != 1:
        raise InputError(
            Text(
                "Penyebut milik satu kabupaten: tulis angka tiap kabupaten sendiri-sendiri.",
                "A denominator is that of one district: write the numbers of each district apart.",
            ),
            at="parts",
        )
    district = homes.pop()
    made = Denominator.objects.create(
        district=district, source=source.strip()[:120], year=year, definition=definition.strip()[:300], by=by
    )
    DenominatorPart.objects.bulk_create(
        [DenominatorPart(denominator=made, place=place, number=number) for place, number in parts.items()],
        batch_size=CHUNK,
    )
    after = {"source": made.source, "year": year, "definition": made.definition, "places": len(parts)}
    record(by=by, entries=[Entry("denominator.add", made.subject, region_code=district, after=after)])
    return made


def refuse_unknown(places: Iterable[str]) -> None:
    """Raise :class:`InputError` that names the first of ``places``, which are none of this office, or out of reach."""
    for place in sorted(places):
        raise InputError(
            Text(
                f"Kode {place!r} tidak ada di kantor ini: tulis kode wilayah seperti 62.03.01.",
                f"The code {place!r} is no place of this office: write a code such as 62.03.01.",
            ),
            at="parts",
        )


def read_parts(text: str, whole: str) -> dict[str, int]:
    """Return place → number of what somebody wrote: one number (for the place ``whole``), or lines ``code;number``.

    Raises :class:`InputError` that names the line.
    """
    found: dict[str, int] = {}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        place, semicolon, many = line.partition(";")
        if not semicolon:
            place, many = whole, line
        plain = many.strip().replace(".", "")
        if not plain.isdecimal() or len(plain) > 12 or place.strip() in found:
            raise InputError(
                Text(
                    f"Baris {number} ({line[:40]!r}): tulis kode;jumlah, tiap wilayah sekali.",
                    f"Line {number} ({line[:40]!r}): write code;number, each place once.",
                ),
                at="parts",
            )
        found[place.strip()] = int(plain)
    return found


@transaction.atomic
def add_target(
    *, by: str, place: str, year: int, share: int, source: str, definition: str, district: str = ""
) -> Target:
    """Add a target: ``share`` (hundredths of a percent) of ``definition`` to be covered by the end of ``year``.

    ``district`` is whose page it stands on (:func:`meant`); ``place`` is that district, its province, or empty for the
    nation; else :class:`InputError`. What stood before for the same place and year stays readable and counts no more.
    """
    district = meant(district)
    if place not in {"", district, district[:2]}:
        raise InputError(
            Text(
                f"Kode {place!r} bukan kabupaten ini atau provinsinya.",
                f"The code {place!r} is neither this district nor its province.",
            ),
            at="place",
        )
    if not 0 < share <= 10_000:
        raise InputError(
            Text("Target di antara 0,01 % dan 100 %.", "A target lies between 0.01 % and 100 %."), at="share"
        )
    made = Target.objects.create(
        district=district,
        place=place,
        year=year,
        share=share,
        source=source.strip(),
        definition=definition.strip(),
        by=by,
    )
    after = {
        "place": place,
        "year": year,
        "share": share,
        "source": made.source,
        "definition": made.definition,
    }
    record(by=by, entries=[Entry("target.add", made.subject, region_code=district, after=after)])
    return made


@transaction.atomic
def load_boundaries(*, by: str, shapes: Mapping[str, tuple[str, list[Any]]], source: str) -> int:
    """Put the shapes of places (code → name, rings) in place of the former ones of their districts; return how many.

    Only places of this office are kept; who asks what is not on the map finds it with
    :func:`payung.office.insight.maps.missing`.
    """
    known = set(Region.objects.filter(code__in=list(shapes)).values_list("code", flat=True))
    for district in {district_of(code) for code in known}:
        Boundary.objects.filter(below(district, "place")).delete()
    Boundary.objects.bulk_create(
        [
            Boundary(place=code, name=name[:120], rings=rings)
            for code, (name, rings) in shapes.items()
            if code in known
        ],
        batch_size=CHUNK,
    )
    entry = Entry("regions.boundaries", "regions", after={"places": len(known), "source": source})
    record(by=by, entries=[entry])
    return len(known)
