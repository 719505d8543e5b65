"""The next 36 months of those whom a plan covers: people, contributions, deaths, accidents, benefits.

It is reckoned as if they stay covered by the sources and lines of their last month, at the contributions and benefits
of the law of each month, and as if nobody takes the place of the dead. People and deaths are counted in millionths of
a person, so money stays in whole rupiah; the interval is exact (Poisson), and wide where people are few.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from payung.engine.contributions import price
from payung.law import Book, load
from payung.law.months import add, first_day, index
from payung.law.rules.benefit import death
from payung.planning.intervals import poisson_range
from payung.planning.optimum.problem import Ints
from payung.planning.risks import MICRO, SCENARIOS, YEARLY, Risks, Scenario, risks_on

HORIZON = 36
LONG = 12  # months of cover from which more make no difference to any clock reckoned here


def project(covered: pl.DataFrame, first_month: str, *, book: Book | None = None) -> dict[str, Any]:
    """Return the projection over :data:`HORIZON` months from ``first_month``.

    ``covered`` has one row a person: ``birth_date, sex, segment, price_basis, sector, risk, source, waited`` (months
    of cover before the plan that count for JKM). Money is whole rupiah, people and events are rounded to hundredths.
    """
    law_book = book or load()
    months = [add(first_month, at) for at in range(HORIZON)]
    risks = risks_on(first_day(first_month))
    groups = _groups(covered)
    contributions = _contributions(groups, months, law_book)
    result: dict[str, Any] = {"months": months, "sources": risks.sources, "people": covered.height}
    for scenario in SCENARIOS:
        result[scenario] = _run(groups, months, contributions, risks, scenario, law_book)
    return result


def _groups(covered: pl.DataFrame) -> pl.DataFrame:
    """Return people who share everything that matters, counted."""
    return (
        covered.with_columns(
            _born().alias("born"),
            pl.col("sex").fill_null(""),
            pl.min_horizontal("waited", pl.lit(LONG)).alias("waited"),
        )
        .group_by("born", "sex", "segment", "price_basis", "sector", "risk", "source", "waited")
        .len("count")
        .sort("born", "sex", "segment", "price_basis", "sector", "risk", "source", "waited")
    )


def _contributions(groups: pl.DataFrame, months: list[str], book: Book) -> Ints:
    """Return rupiah of one person by [group, month]."""
    found = np.zeros((groups.height, len(months)), dtype=np.int64)
    numbered = groups.with_row_index("person").with_columns(
        pl.col("person").cast(pl.Int64), income="price_basis"
    )
    for source in numbered["source"].unique().sort().to_list():
        some = numbered.filter(pl.col("source") == source)
        rows = price(some, months, source, book=book)
        found[some["person"].to_numpy()] = rows["total"].to_numpy().reshape(some.height, len(months))
    return found


def _run(
    groups: pl.DataFrame, months: list[str], contributions: Ints, risks: Risks, scenario: Scenario, book: Book
) -> dict[str, Any]:
    count = groups["count"].to_numpy().astype(np.int64)
    living = count * MICRO
    born = groups["born"].to_numpy()
    waited = groups["waited"].to_numpy()
    segment = groups["segment"].to_numpy()
    sexes = groups["sex"].to_numpy()
    lists: dict[str, list[int]] = {
        name: [] for name in ("people", "contributions", "deaths", "accidents", "benefits")
    }
    for at, month in enumerate(months):
        day = first_day(month)
        law = book.on(day)
        age = (index(month) - born) // 12
        chance = np.zeros(len(count), dtype=np.int64)
        for sex in np.unique(sexes):
            mine = sexes == sex
            chance[mine] = risks.deaths(str(sex), age[mine], scenario)
        dead = living * chance // MICRO
        full = (waited + at >= (law.jkm_waiting_months or 0)) | (segment != "bpu")
        whole, part = death(law, 1), death(law, 0) if law.jkm_during_waiting is not None else death(law, 1)
        rate = np.array([risks.accident[one] for one in segment], dtype=np.int64)
        lists["people"].append(int(living.sum()))
        lists["contributions"].append(_owed(living, contributions[:, at]))
        lists["deaths"].append(int(dead.sum()))
        lists["accidents"].append(int((living * rate // (YEARLY * 12)).sum()))
        lists["benefits"].append(int(dead[full].sum()) * whole + int(dead[~full].sum()) * part)
        living = living - dead
    return {
        "by_month": {
            "people": [_hundredths(one) for one in lists["people"]],
            "contributions": [_rounded(one) for one in lists["contributions"]],
            "deaths": [_hundredths(one) for one in lists["deaths"]],
            "accidents": [_hundredths(one) for one in lists["accidents"]],
            "benefits": [_rounded(one) for one in lists["benefits"]],
        },
        "contributions": _rounded(sum(lists["contributions"])),
        "benefits": _rounded(sum(lists["benefits"])),
        "deaths": _expected(sum(lists["deaths"])),
        "accidents": _expected(sum(lists["accidents"])),
    }


def expected_deaths(births: pl.DataFrame, first_month: str, months: int) -> dict[str, Any]:
    """Return the deaths to expect among people (``birth_date, sex``) within ``months`` months, with the interval."""
    day = first_day(first_month)
    risks = risks_on(day)
    rows = (
        births.select(_born().alias("born"), pl.col("sex").fill_null("")).group_by("born", "sex").len("count")
    )
    total = 0
    for born, sex, count in rows.sort("born", "sex").iter_rows():
        ages = (index(first_month) + np.arange(months) - born) // 12
        total += int(risks.deaths(sex, ages, "middle").sum()) * count
    return _expected(total)


def _expected(micro: int) -> dict[str, Any]:
    low, high = poisson_range(micro / MICRO)
    return {"expected": _hundredths(micro), "low": low, "high": high}


def _born() -> pl.Expr:
    """Return the number of the month on whose first day the person first was as old as at birth: 0 years."""
    date = pl.col("birth_date")
    late = (date.dt.day() > 1).cast(pl.Int64)
    return date.dt.year().cast(pl.Int64) * 12 + date.dt.month().cast(pl.Int64) - 1 + late


def _owed(living: Ints, price: Ints) -> int:
    """Return the sum of ``living`` (millionths) times ``price`` (rupiah), however large."""
    if int(living.sum()) * int(price.max(initial=0)) < 1 << 62:
        return int(living @ price)
    return sum(int(one) * int(each) for one, each in zip(living, price, strict=True))


def _hundredths(micro: int) -> float:
    return round(micro / MICRO, 2)


def _rounded(micro: int) -> int:
    """Return whole rupiah, half up."""
    return (2 * micro + MICRO) // (2 * MICRO)
