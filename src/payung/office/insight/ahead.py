"""The next 36 months of those who are covered: people, contributions, deaths to expect and the benefits of these.

The people are those whom decrees in force cover in the first month; figures, law and assumptions are those of
:mod:`payung.planning.projection`. One drawing serves page and paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from payung.law import default_income, months
from payung.office.access.scope import Scope
from payung.office.accounts.models import User
from payung.office.insight import charts, rules
from payung.office.insight.figures import FIGURES, reached
from payung.office.people.models import DEAD
from payung.office.programme.models import DecreePerson
from payung.office.programme.queries.people import held_in
from payung.office.programme.queries.prices import law_source
from payung.office.scenarios.queries import covers
from payung.planning.intervals import poisson_range
from payung.planning.projection import project
from payung.planning.risks import SCENARIOS
from payung.text import Text

SCHEMA: dict[str, type[pl.DataType]] = {
    "birth_date": pl.Date,
    "sex": pl.String,
    "segment": pl.String,
    "price_basis": pl.Int64,
    "sector": pl.String,
    "risk": pl.Int64,
    "source": pl.String,
    "waited": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month ahead.

    Fields
        month. people: expected, in hundredths. contributions: rupiah. deaths: expected since the first month, in
        hundredths; low, high: the fewest and the most of 95 cases in 100. least, most: expected by the lowest and the
        highest table of mortality, in hundredths. benefits: rupiah since the first month.
    """

    month: str
    people: int
    contributions: int
    deaths: int
    low: int
    high: int
    least: int
    most: int
    benefits: int

    @property
    def whole(self) -> tuple[int, int]:
        """People and deaths so far, rounded to whole ones."""
        return (self.people + 50) // 100, (self.deaths + 50) // 100


@dataclass(frozen=True, slots=True)
class Ahead:
    """The forecast within a scope.

    Fields
        first: the first month. people: covered in it. left_out: covered too, but without a birth date or a wage.
        months: in order. sources: name → where an assumption stands, and how sure.
    """

    first: str
    people: int
    left_out: int
    months: tuple[Month, ...]
    sources: dict[str, str]

    @property
    def contributions(self) -> int:
        """Rupiah of all months."""
        return sum(one.contributions for one in self.months)


def for_user(user: User, on: dt.date) -> Ahead | None:
    """Return the forecast of what ``user`` reaches from the month after ``on``; ``None`` where there is nobody, or too
    few for whoever sees no names. Three queries."""
    reach = reached(user, FIGURES["orang"])
    return None if reach is None else within(reach[0], on, open_=reach[1])


def within(scope: Scope, on: dt.date, *, open_: bool) -> Ahead | None:
    """Return the forecast of ``scope``; see :func:`for_user`."""
    first = months.add(months.month_of(on), 1)
    rows, left_out = _covered(scope, first)
    if rows.is_empty() or (not open_ and rules.small(rows.height)):
        return None
    found = project(rows, first)
    middle = found["middle"]["by_month"]
    deaths = {name: _running(found[name]["by_month"]["deaths"]) for name in SCENARIOS}
    benefits = _running(middle["benefits"], 1)
    ahead = []
    for at, month in enumerate(found["months"]):
        low, high = poisson_range(deaths["middle"][at] / 100)
        ahead.append(
            Month(
                month,
                round(middle["people"][at] * 100),
                middle["contributions"][at],
                deaths["middle"][at],
                low,
                high,
                deaths["low"][at],
                deaths["high"][at],
                benefits[at],
            )
        )
    untold = left_out if open_ or not rules.small(left_out) else 0
    return Ahead(first, rows.height, untold, tuple(ahead), found["sources"])


def _covered(scope: Scope, month: str) -> tuple[pl.DataFrame, int]:
    """Return one row for everybody and segment that a decree covers in ``month``, and how many cannot be reckoned."""
    rows = scope.of(DecreePerson).filter(pk__in=held_in(month).values("pk"))
    rows = rows.filter(person__merged_into__isnull=True).exclude(person__life_status=DEAD).order_by()
    income = int(default_income(months.first_day(month)).value)
    waited = covers(rows.values("person"))
    found: list[tuple[Any, ...]] = []
    left_out = 0
    columns = ("person", "segment", "income", "sector", "risk", "line__source")
    for born, sex, person, segment, wage, sector, risk, source in rows.values_list(
        "person__birth_date", "person__sex", *columns
    ).iterator(chunk_size=5000):
        basis = wage if wage is not None else income if str(segment) == "bpu" else None
        if born is None or basis is None:
            left_out += 1
            continue
        paid = waited.get(person, ("", 0))[1]
        found.append((born, str(sex), str(segment), basis, str(sector), risk, law_source(str(source)), paid))
    return pl.DataFrame(found, schema=SCHEMA, orient="row"), left_out


def _running(values: Sequence[float], unit: int = 100) -> list[int]:
    """Return the sums so far, in whole parts of 1/``unit``."""
    found, so_far = [], 0
    for value in values:
        so_far += round(value * unit)
        found.append(so_far)
    return found


def drawn(ahead: Ahead) -> charts.Band:
    """Return the drawing of the deaths to expect: the middle line, the band of 95 cases in 100, both other tables."""
    rows = ahead.months
    return charts.band(
        [one.month for one in rows],
        middle=[one.deaths for one in rows],
        low=[one.low * 100 for one in rows],
        high=[one.high * 100 for one in rows],
        others=([one.least for one in rows], [one.most for one in rows]),
    )


def picture(ahead: Ahead, language: str = "id") -> str:
    """Return the drawing as SVG with the sentence that says the same."""
    last = ahead.months[-1]
    said = Text(
        f"Kematian yang diperkirakan sejak {ahead.first}: sampai {last.month} {last.whole[1]}, "
        f"antara {last.low} dan {last.high}; tabel di bawah sama isinya",
        f"Deaths to expect since {ahead.first}: {last.whole[1]} by {last.month}, "
        f"between {last.low} and {last.high}; the table below says the same",
    )
    return charts.svg(drawn(ahead), said.en if language == "en" else said.id)
