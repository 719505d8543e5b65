"""Pricing a table of people gives what the rules give for each of them."""

from __future__ import annotations

import polars as pl
import pytest

from payung.engine.contributions import price
from payung.engine.statements import stretches
from payung.errors import InputError
from payung.law import bill, load

PEOPLE = pl.DataFrame(
    {
        "person": [3, 1, 2, 4],
        "segment": ["bpu", "bpu", "pu", "bpu"],
        "income": [1_000_000, 1_500_000, 2_022_200, 20_200_000],
        "sector": ["transport", "other", "other", "other"],
        "risk": [1, 1, 3, 1],
    }
)


@pytest.mark.parametrize("source", ["csr", "apbd", "apbdes", "mandiri"])
def test_price_equals_the_bill_of_each_person(source: str) -> None:
    months = ["2020-09", "2026-01", "2026-03", "2026-04", "2026-12", "2027-01", "2027-03", "2027-04"]
    priced = price(PEOPLE, months, source)
    assert priced.height == PEOPLE.height * len(months)
    facts = {row["person"]: row for row in PEOPLE.iter_rows(named=True)}
    for row in priced.iter_rows(named=True):
        given = facts[row["person"]]
        one = bill(
            segment=given["segment"],
            income=given["income"],
            month=row["month"],
            source=source,
            sector=given["sector"],
            risk=given["risk"],
        )
        assert (row["jkk"], row["jkm"], row["total"]) == (one.parts["jkk"], one.parts["jkm"], one.total)
        assert row["law"] == load().version


def test_price_is_ordered_by_person_and_month() -> None:
    priced = price(PEOPLE, ["2026-02", "2026-01"], "csr")
    keys = priced.select("person", "month").rows()
    assert keys == sorted(keys)
    assert priced.schema["jkk"] == pl.Int64


def test_price_without_people_keeps_the_shape() -> None:
    priced = price(PEOPLE.clear(), ["2026-01"], "csr")
    assert priced.columns == ["person", "month", "jkk", "jkm", "total", "law"]
    assert priced.height == 0


@pytest.mark.parametrize(
    "column",
    [
        pl.lit(-1).alias("income"),
        pl.lit(None, dtype=pl.Int64).alias("income"),
        pl.lit("pns").alias("segment"),
        pl.lit("sea").alias("sector"),
        pl.lit(6).alias("risk"),
    ],
)
def test_price_refuses_a_row_that_has_no_price(column: pl.Expr) -> None:
    with pytest.raises(InputError):
        price(PEOPLE.with_columns(column), ["2026-01"], "csr")


def test_price_refuses_a_source_that_does_not_exist() -> None:
    with pytest.raises(InputError, match="apbn"):
        price(PEOPLE, ["2026-01"], "bank")


def test_stretches_cut_the_months_where_the_law_changes() -> None:
    runs = stretches(["2026-05", "2026-02", "2026-03", "2026-04", "2026-02"], load())
    assert [run for _, run in runs] == [["2026-02"], ["2026-03"], ["2026-04", "2026-05"]]
