"""Dates with the month first are read so where the NIKs of their list prove it, and only there."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.people import dates
from payung.people.month_first import turn

ON = dt.date(2026, 11, 22)
BORN = [dt.date(1960 + at, 1 + at % 12, 1 + (at * 5) % 28) for at in range(24)]


def frame(born: list[dt.date], form: str, known: int, *, typed: bool = False) -> pl.DataFrame:
    """Return the dates of a list in ``form``; of the first ``known`` people a NIK says the date."""
    text = pl.Series([day.strftime(form) for day in born])
    read = dates.read_column(text, on=ON)
    return pl.DataFrame(
        {
            "text": text,
            "date": read,
            "nik_date": [day if at < known else None for at, day in enumerate(born)],
        },
        schema_overrides={"nik_date": pl.Date},
    ).with_columns(pl.lit(typed).alias("typed"))


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m %d %Y"])
@pytest.mark.parametrize("known", [5, 12, 24])
def test_month_first_is_read_where_the_niks_prove_it(form: str, known: int) -> None:
    found = turn(frame(BORN, form, known))
    assert found is not None
    assert found.to_list() == BORN


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y"])
def test_day_first_stays(form: str) -> None:
    assert turn(frame(BORN, form, 24)) is None


@pytest.mark.parametrize("known", [0, 1, 2])
def test_too_few_numbers_prove_nothing(known: int) -> None:
    assert turn(frame(BORN, "%m/%d/%Y", known)) is None


def test_slips_of_some_rows_prove_nothing() -> None:
    slipped = [dt.date(day.year, day.day, day.month) if at in (0, 5, 7, 12) and day.day <= 12 else day
               for at, day in enumerate(BORN)]  # fmt: skip
    mixed = frame(slipped, "%d/%m/%Y", 24).with_columns(pl.Series("nik_date", BORN))
    assert turn(mixed) is None


def test_date_cells_are_judged_apart_from_texts() -> None:
    swapped = [dt.date(day.year, day.day, day.month) if day.day <= 12 else day for day in BORN]
    cells = frame(swapped, "%Y-%m-%d", 24, typed=True).with_columns(pl.Series("nik_date", BORN))
    both = pl.concat([cells, frame(BORN, "%d/%m/%Y", 24)], how="vertical")
    found = turn(both)
    assert found is not None
    assert found.to_list() == BORN + BORN


def test_each_list_is_judged_by_its_own_numbers() -> None:
    parts = [frame(BORN, form, 24).with_columns(pl.lit(at).alias("list"))
             for at, form in enumerate(("%m/%d/%Y", "%d/%m/%Y"))]  # fmt: skip
    found = turn(pl.concat(parts))
    assert found is not None
    assert found.to_list() == BORN + BORN


@given(st.lists(st.dates(dt.date(1930, 1, 1), dt.date(2008, 12, 31)), min_size=1, max_size=30), st.booleans())
def test_dates_that_their_niks_prove_are_the_ones_that_are_meant(born: list[dt.date], american: bool) -> None:
    found = turn(frame(born, "%m/%d/%Y" if american else "%d/%m/%Y", len(born)))
    assert found is None or found.to_list() == born
    if not american:
        assert found is None
