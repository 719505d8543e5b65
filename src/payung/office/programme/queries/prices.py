"""What the rows of an annex cost, by the law of each month. People who share what a price rests on are priced once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Count, Q, QuerySet

from payung.codes import Segment, Source
from payung.engine.contributions import price
from payung.law import SOURCES
from payung.law.months import between
from payung.office.programme.models import DecreePerson

BASIS = ("segment", "income", "sector", "risk")


@dataclass(frozen=True, slots=True)
class Priced:
    """A group of rows that cost the same.

    Fields
        line: key of the line. from_month, last_month: the months that are paid for. many: how many rows.
        monthly: month → rupiah for one person. segment, income, sector, risk: what the price rests on.
    """

    line: int
    from_month: str
    last_month: str
    many: int
    monthly: dict[str, int]
    segment: str
    income: int
    sector: str
    risk: int

    @property
    def each(self) -> int:
        """Rupiah for one person, all months."""
        return sum(self.monthly.values())

    @property
    def total(self) -> int:
        """Rupiah for all of them."""
        return self.each * self.many


def law_source(source: str) -> str:
    """Return the code under which the law knows a source: a province pays by the rules of a regional budget."""
    return source if source in SOURCES else str(Source.APBD)


def priced(rows: QuerySet[DecreePerson], *, since: str = "", default: int | None = None) -> list[Priced]:
    """Return ``rows`` in groups with their price, in a constant number of queries.

    ``since`` leaves out the months before it. Rows without an income (a wage nobody stated) are left out: ask for
    them first (:func:`payung.office.programme.queries.faults.faults_of`); a BPU who states none counts with
    ``default`` rupiah a month where that is given.
    """
    keys = ("line", "line__source", *BASIS, "from_month", "last_month")
    stated = Q(income__isnull=False) if default is None else Q(income__isnull=False) | Q(segment=Segment.BPU)
    groups: list[dict[str, Any]] = list(
        rows.filter(stated).order_by().values(*keys).annotate(many=Count("pk")).order_by(*keys)
    )
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for group in groups:
        group["income"] = default if group["income"] is None else group["income"]
        group["first"] = max(group["from_month"], since)
        if group["first"] <= group["last_month"]:
            by_source[law_source(group["line__source"])].append(group)
    found = []
    for source, members in sorted(by_source.items()):
        monthly = _prices(members, source)
        for group in members:
            key = tuple(group[name] for name in BASIS)
            found.append(
                Priced(
                    line=group["line"],
                    from_month=group["first"],
                    last_month=group["last_month"],
                    many=group["many"],
                    monthly={m: monthly[key, m] for m in between(group["first"], group["last_month"])},
                    segment=str(group["segment"]),
                    income=group["income"],
                    sector=group["sector"],
                    risk=group["risk"],
                )
            )
    return found


def cost_by_line(rows: QuerySet[DecreePerson], *, since: str = "") -> dict[int, int]:
    """Return key of line → rupiah for all ``rows``."""
    found: dict[int, int] = defaultdict(int)
    for group in priced(rows, since=since):
        found[group.line] += group.total
    return dict(found)


def _prices(groups: Iterable[dict[str, Any]], source: str) -> dict[tuple[Any, str], int]:
    groups = list(groups)
    kinds = sorted({tuple(group[name] for name in BASIS) for group in groups})
    months = sorted({m for group in groups for m in between(group["first"], group["last_month"])})
    people = pl.DataFrame(
        [
            {"person": number, "segment": str(segment), "income": income, "sector": sector, "risk": risk}
            for number, (segment, income, sector, risk) in enumerate(kinds)
        ],
        schema={
            "person": pl.Int64,
            "segment": pl.String,
            "income": pl.Int64,
            "sector": pl.String,
            "risk": pl.Int64,
        },
    )
    table = price(people, months, source)
    return {(kinds[row["person"]], row["month"]): row["total"] for row in table.iter_rows(named=True)}
