"""Coverage, clocks and reconciliation: rows counted by hand, the same on DuckDB and on Spark."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from payung.engine import analytics
from payung.engine.analytics import TABLES, coverage, members, on_duckdb, reconciliation, schema
from payung.errors import InputError
from payung.law import months
from payung.law.dialects import SPARK
from payung.law.history import Payment
from payung.law.membership import cover

DAY = dt.date(2026, 9, 30)
NINE = months.index("2026-09")


def write(folder: Path, **tables: list[tuple[Any, ...]]) -> Path:
    """Write tables as an export has them; what is not named is empty."""
    for table in TABLES:
        rows, columns = tables.get(table, []), schema(table)
        by: dict[Any, list[tuple[Any, ...]]] = {}
        for row in rows:
            by.setdefault(row[-1] if table in analytics.PARTED else "", []).append(row)
        for month, part in (by or {0 if table in analytics.PARTED else "": []}).items():
            home = folder / table / (f"m={month}" if table in analytics.PARTED else "")
            home.mkdir(parents=True)
            arrays = [pa.array([row[n] for row in part], field.type) for n, field in enumerate(columns)]
            pq.write_table(pa.Table.from_arrays(arrays, schema=columns), home / "part-0.parquet")
    return folder


def paid(person: int, first: str, last: str, segment: int = 1) -> list[tuple[Any, ...]]:
    """Return paid months of somebody."""
    return [(person, segment, 1, 1, 16_800, months.index(month)) for month in months.between(first, last)]


def test_coverage_and_clocks_by_village(tmp_path: Path) -> None:
    people = [
        (1, "62.01", False),
        (2, "62.01", False),
        (3, "62.02", False),
        (4, "62.02", True),
        (5, "62.02", False),
    ]
    rows = [*paid(1, "2023-10", "2026-09"), *paid(3, "2026-01", "2026-02"), *paid(4, "2026-01", "2026-09")]
    back = (5, 1, 1, 0, 0, NINE)  # paid and taken back
    folder = write(tmp_path / "x", people=people, months=[*rows, back])
    found = on_duckdb(folder).execute(coverage(DAY)).fetchall()
    assert found == [("62.01", 2, 1, 0, 1, 1), ("62.02", 2, 0, 0, 0, 0)]
    ((_, *said),) = [row for row in on_duckdb(folder).execute(members(DAY)).fetchall() if row[1] == 3]
    one = cover([Payment("2026-01"), Payment("2026-02")], DAY, "bpu")
    assert said[1:4] == [one.state, one.standing, one.paid_months]


def test_every_class_of_differences(tmp_path: Path) -> None:
    def bill(person: int, amount: int = 16_800) -> tuple[Any, ...]:
        return (1, person, 1, 1, amount, NINE)

    def month(person: int, amount: int = 16_800) -> tuple[Any, ...]:
        return (person, 1, 1, 1, amount, NINE)

    decrees = [(person, 1, 1, NINE - 5, NINE + 3) for person in (1, 2, 3, 6, 8, 9, 10)]
    folder = write(
        tmp_path / "x",
        decrees=[*decrees, (4, 1, 1, NINE - 5, NINE - 1)],
        bills=[bill(1), bill(2), bill(4), bill(6), bill(8), bill(9)],
        months=[month(1), month(5), month(6, 15_000), month(7), month(8), month(10)],
        stops=[(8, 1, NINE), (9, 1, NINE - 1), (3, 1, NINE + 1), (11, 1, 0)],
    )
    found = on_duckdb(folder).execute(reconciliation("2026-09")).fetchall()
    assert {kind: many for kind, many, *_ in found} == {
        "amount": 1, "billed_inactive": 1, "billed_no_decree": 1, "paid_inactive": 1, "paid_no_decree": 2,
        "paid_unbilled": 1, "unbilled": 1, "unpaid": 1,
    }  # fmt: skip


def test_what_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        on_duckdb(tmp_path)
    with pytest.raises(InputError):
        reconciliation("2026-13")


def drawn(folder: Path, many: int, seed: int) -> Path:
    """Write an invented district of ``many`` people with gaps, two segments, deaths, and bills that do not agree."""
    dice = random.Random(seed)
    tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
    for person in range(1, many + 1):
        segment = 1 + (person % 7 == 0)
        tables["people"].append((person, f"62.03.{person % 5:02d}", person % 11 == 0))
        first = months.index("2023-06") + dice.randrange(30)
        if person % 13:
            tables["decrees"].append((person, segment, 1, first, NINE + dice.randrange(3)))
        if person % 17 == 0:
            tables["stops"].append((person, segment, NINE - dice.randrange(3)))
        for month in range(first, NINE + 1):
            amount = 16_800 - 100 * (dice.random() < 0.02)
            if dice.random() < 0.95:
                tables["bills"].append((1, person, segment, 1, 16_800, month))
            if dice.random() < 0.93:
                tables["months"].append((person, segment, 1, 1, amount, month))
    return write(folder, **tables)


def test_every_past_is_judged_as_the_law_judges_one_person(tmp_path: Path) -> None:
    folder = drawn(tmp_path / "x", 150, 3)
    first = months.index("2015-07")
    more = [  # the first month there is, a month to come, one taken back and paid by another line, one taken back
        *((901, 1, 1, 1, 16_800, first + at) for at in range(135)),
        (902, 1, 1, 1, 16_800, NINE + 2),
        *((903, 1, line, paid, 0, NINE) for line, paid in ((1, 0), (2, 1))),
        (904, 1, 1, 0, 0, NINE),
        *((905, 1, 1, 1, 16_800, first + at) for at in range(0, 135, 2)),
    ]
    by: dict[int, list[tuple[Any, ...]]] = {}
    for row in more:
        by.setdefault(row[-1], []).append(row)
    for month, part in by.items():
        home = folder / "months" / f"m={month}"
        home.mkdir(exist_ok=True)
        columns = schema("months")
        arrays = [pa.array([row[at] for row in part], field.type) for at, field in enumerate(columns)]
        pq.write_table(pa.Table.from_arrays(arrays, schema=columns), home / "part-1.parquet")
    connection = on_duckdb(folder)
    net = connection.execute(
        "SELECT person, segment, list(m ORDER BY m) FROM (SELECT person, segment, m FROM months"
        " GROUP BY person, segment, m HAVING sum(paid) > 0) GROUP BY person, segment"
    ).fetchall()
    kinds = {number: name for name, number in analytics.SEGMENTS.items()}
    told = {row[:2]: row for row in connection.execute(members(DAY)).fetchall()}
    assert set(told) == {(segment, person) for person, segment, _ in net}
    assert 904 not in {person for _, person in told}
    for person, segment, paid_months in net:
        known = [Payment(months.from_index(number)) for number in paid_months if number <= NINE]
        one = cover(known, DAY, kinds[segment])
        _, _, state, standing, many, *_ = told[segment, person]
        assert (state, standing, many) == (one.state, one.standing, one.paid_months), person


def test_parts_of_the_people_come_to_the_whole(tmp_path: Path) -> None:
    connection = on_duckdb(drawn(tmp_path / "x", 120, 5))
    asked = (
        (coverage(DAY), lambda keys: coverage(DAY, keys=keys)),
        (reconciliation("2026-09"), lambda keys: reconciliation("2026-09", keys=keys)),
    )
    for whole, part in asked:
        rows = connection.execute(whole).fetchall()
        assert len(rows) > 3
        for people in (1, 7, 50, 120, 1000):
            assert analytics.in_parts(connection, part, people=people) == rows
    nobody = on_duckdb(write(tmp_path / "nobody"))
    assert analytics.in_parts(nobody, asked[0][1], people=5) == []


@pytest.mark.slow
def test_spark_says_what_duckdb_says(spark: Any, tmp_path: Path) -> None:
    folder = drawn(tmp_path / "x", 400, 7)
    connection = on_duckdb(folder)
    analytics.on_spark(spark, folder)
    pairs = [
        (coverage(DAY), coverage(DAY, dialect=SPARK)),
        (members(DAY), members(DAY, dialect=SPARK)),
        *((reconciliation(month), reconciliation(month)) for month in ("2026-07", "2026-09")),
    ]
    for of_duckdb, of_spark in pairs:
        rows = sorted(connection.execute(of_duckdb).fetchall(), key=repr)
        assert rows == sorted(analytics.ask_spark(spark, of_spark), key=repr)
        assert len(rows) >= 4
