"""Pricing on Spark gives the rows of DuckDB, to the rupiah."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from payung.engine import spark as on_spark
from payung.engine.contributions import price
from payung.errors import InputError

PEOPLE = pl.DataFrame(
    {
        "person": [3, 1, 2],
        "segment": ["bpu", "bpu", "pu"],
        "income": [1_000_000, 29_500_000, 2_022_200],
        "sector": ["transport", "other", "other"],
        "risk": [1, 1, 3],
    }
)
MONTHS = ["2020-09", "2026-01", "2026-03", "2026-04", "2027-01", "2027-04"]


@pytest.mark.slow
def test_spark_prices_as_duckdb_does(spark: Any) -> None:
    people = spark.createDataFrame(
        PEOPLE.rows(), "person bigint, segment string, income bigint, sector string, risk bigint"
    )
    found = sorted(tuple(row) for row in on_spark.price(spark, people, MONTHS, "csr").collect())
    assert found == price(PEOPLE, MONTHS, "csr").rows()


@pytest.mark.slow
def test_spark_refuses_what_duckdb_refuses(spark: Any) -> None:
    people = spark.createDataFrame(
        [(1, "bpu", -1, "other", 1)],
        "person bigint, segment string, income bigint, sector string, risk bigint",
    )
    with pytest.raises(InputError):
        on_spark.price(spark, people, MONTHS, "csr")
