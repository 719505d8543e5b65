"""Judgement without database: what is in force on a day, whether a quota adds up, how months are counted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from payung.errors import InputError
from payung.law import months as month
from payung.text import Text

ALARMS = (90, 60, 30)  # days before an end at which somebody is told


class Paper(Protocol):
    """What in-force asks of an agreement."""

    pk: int
    kind: str
    signed_on: dt.date
    starts: dt.date
    ends: dt.date
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class InForce:
    """An agreement that holds on a day.

    Fields
        paper: key of the agreement itself. terms: key of the row whose terms hold: the paper, or its latest
        addendum that has begun. until: the last day by those terms.
    """

    paper: int
    terms: int
    until: dt.date


def in_force_on(papers: Iterable[Paper], day: dt.date) -> list[InForce]:
    """Return what of ``papers`` (all of a place) is in force on ``day``, by key.

    An addendum that has been signed and has begun takes the place of the terms before it; the latest one counts.
    """
    rows = {paper.pk: paper for paper in papers}
    versions: dict[int, list[Paper]] = defaultdict(list)
    for paper in rows.values():
        versions[root_of(rows, paper).pk].append(paper)
    found = []
    for root, papers_ in sorted(versions.items()):
        begun = [paper for paper in papers_ if paper.starts <= day and paper.signed_on <= day]
        if not begun or rows[root] not in begun:
            continue
        terms = max(begun, key=lambda paper: (paper.starts, paper.signed_on, paper.pk))
        if terms.ends >= day:
            found.append(InForce(root, terms.pk, terms.ends))
    return found


def root_of(rows: Mapping[int, Paper], paper: Paper) -> Paper:
    """Return the agreement that ``paper`` is, or that it amends."""
    while paper.kind == "addendum" and paper.parent_id is not None and paper.parent_id in rows:
        paper = rows[paper.parent_id]
    return paper


def months_of(written: str | Sequence[str]) -> tuple[str, str]:
    """Return first and last month of ``2027-01..2027-12``, of one month, or of a list of months in a row.

    Raises :class:`InputError` where it is none of them, or ends before it begins.
    """
    if isinstance(written, str):
        first, _, last = written.replace(" ", "").partition("..")
        listed = [first, last or first]
    else:
        listed = sorted(str(one).strip() for one in written)
        if not listed or listed != month.between(listed[0], listed[-1]):
            raise InputError(
                Text(
                    "Bulan harus berurutan tanpa sela, mis. 2027-01..2027-12.",
                    "The months must follow each other without a gap, e.g. 2027-01..2027-12.",
                )
            )
    first, last = month.parse_month(listed[0]), month.parse_month(listed[-1])
    if last < first:
        raise InputError(
            Text(
                f"Bulan terakhir {last} mendahului bulan pertama {first}: tukar keduanya.",
                f"The last month {last} comes before the first month {first}: swap them.",
            ),
            at="until_month",
        )
    return first, last


def check_quotas(total: Mapping[str, int], places: Sequence[tuple[str, str, int]], home: str) -> None:
    """Refuse quotas that do not add up: ``places`` are (region, category, people), ``total`` the whole of ``home``.

    Of each place whose parts are named, the parts together are the whole. Raises :class:`InputError` that names
    the place, the category and the difference.
    """
    given: dict[tuple[str, str], int] = {(home, category): people for category, people in total.items()}
    for region, category, people in places:
        if people < 0 or not (region == home or region.startswith(home + ".")):
            raise InputError(
                Text(
                    f"Kuota {region} {category} {people}: wilayah di luar {home} atau angkanya di bawah nol.",
                    f"Quota {region} {category} {people}: outside of {home}, or below zero.",
                )
            )
        if (region, category) in given:
            raise InputError(
                Text(
                    f"Kuota {region} {category} tertulis dua kali: hapus salah satunya.",
                    f"The quota {region} {category} stands twice: remove one.",
                )
            )
        given[region, category] = people
    parts: dict[tuple[str, str], int] = defaultdict(int)
    for (region, category), people in given.items():
        above = _above(region, category, given, home)
        if above:
            parts[above, category] += people
    for (region, category), people in parts.items():
        whole = given[region, category]
        if whole != people:
            raise InputError(
                Text(
                    f"Kuota {category or 'semua'} di {region} {whole} orang, tetapi bagiannya berjumlah {people}: "
                    f"selisih {abs(whole - people)}. Betulkan salah satunya.",
                    f"The quota of {category or 'all'} in {region} is {whole} people, but its parts are {people}: a "
                    f"difference of {abs(whole - people)}. Mend one of them.",
                )
            )


def _above(region: str, category: str, given: Mapping[tuple[str, str], int], home: str) -> str:
    """Return the nearest place above ``region`` that has a quota of the category, or nothing."""
    while region != home and "." in region:
        region = region.rpartition(".")[0]
        if (region, category) in given:
            return region
    return ""


def is_kelurahan(village_code: str) -> bool:
    """Tell whether a place is a kelurahan: its number begins with 1, that of a village with 2 (Permendagri 58/2021)."""
    return village_code.count(".") == 3 and village_code.rpartition(".")[2].startswith("1")
