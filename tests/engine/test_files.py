"""Files of any size: the same rows and the same sums as the table of a few people."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from payung.engine.contributions import price
from payung.engine.files import price_file, sum_file
from payung.errors import InputError
from payung.law.facts import SOURCES

MONTHS = ["2025-01", "2025-03", "2026-01", "2026-04", "2026-05", "2027-01"]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A few hundred invented people in seven villages."""
    draw = random.Random(1)
    frame = pl.DataFrame(
        {
            "person": list(range(500)),
            "village": [draw.randrange(7) for _ in range(500)],
            "segment": [draw.choice(("bpu", "pu")) for _ in range(500)],
            "income": [draw.randrange(30_000_000) for _ in range(500)],
            "sector": [draw.choice(("transport", "other")) for _ in range(500)],
            "risk": [draw.randint(1, 5) for _ in range(500)],
            "source": [draw.choice(SOURCES) for _ in range(500)],
        }
    )
    path = tmp_path / "people's list.parquet"
    frame.write_parquet(path)
    return path


def test_rows_of_a_file_are_those_of_the_table(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    price_file(people, MONTHS, "csr", out)
    assert pl.read_parquet(out).sort("person", "month").equals(price(pl.read_parquet(people), MONTHS, "csr"))


def test_every_person_may_have_a_source_of_its_own(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    price_file(people, MONTHS, None, out)
    found = pl.read_parquet(out).sort("person", "month")
    listed = pl.read_parquet(people)
    each = pl.concat([price(listed.filter(pl.col("source") == source), MONTHS, source) for source in SOURCES])
    assert found.equals(each.sort("person", "month"))


def test_sums_are_those_of_the_rows(people: Path, tmp_path: Path) -> None:
    rows, sums = tmp_path / "rows.parquet", tmp_path / "sums.parquet"
    price_file(people, MONTHS, "mandiri", rows)
    sum_file(people, MONTHS, "mandiri", "village", sums)
    expected = (
        pl.read_parquet(rows)
        .join(pl.read_parquet(people).select("person", "village"), on="person")
        .group_by("village", "month")
        .agg(
            pl.len().cast(pl.Int64).alias("people"),
            pl.col("jkk", "jkm", "total").sum(),
            pl.col("law").first(),
        )
        .sort("village", "month")
    )
    assert pl.read_parquet(sums).equals(expected.select(pl.read_parquet(sums).columns))


@pytest.mark.parametrize("wrong", [{"income": None}, {"segment": ""}, {"source": "bank"}, {"risk": 0}])
def test_a_file_with_a_row_that_has_no_price_is_refused(
    people: Path, tmp_path: Path, wrong: dict[str, object]
) -> None:
    frame = pl.read_parquet(people)
    name, value = next(iter(wrong.items()))
    last = pl.int_range(pl.len()) == pl.len() - 1
    frame.with_columns(pl.when(last).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)).write_parquet(
        people
    )
    with pytest.raises(InputError):
        price_file(people, MONTHS, None, tmp_path / "rows.parquet")
    assert not (tmp_path / "rows.parquet").exists()
