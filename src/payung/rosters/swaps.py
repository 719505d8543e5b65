"""Headings against the whole column: which numbers are NIKs, and which column is the birth date.

The birth date inside a NIK tells it from a KK, a phone number and any other number: where a column under another
heading agrees with the birth dates of the list, and the one headed NIK does not, the headings were swapped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from payung.people import dates, niks
from payung.people.values import by_distinct
from payung.rosters.content import Profile, fit
from payung.rosters.mapping import CORRECTED, Column, read_heading
from payung.said import Said

LEAST = 3  # rows that prove something
SAMPLE = 400
AGREES, DISAGREES = 0.6, 0.2
_MAY_HOLD_NIK = frozenset(
    {"kk", "phone", "phone_alt", "kpj", "member_no", "nik_or_kk", "other", "employee_no"}
)


def settle(
    columns: Sequence[Column], profiles: Mapping[int, Profile], cells: pl.DataFrame, *, on: dt.date
) -> tuple[tuple[Column, ...], tuple[Said, ...]]:
    """Return the columns with swapped headings put right, and a note on each change.

    ``cells`` are the tidied cells below the heading; what somebody said of a heading stays.
    """
    sample = cells.head(SAMPLE)
    found = _with_birth_date(list(columns), profiles, sample, on)
    mended, notes = _with_nik(found, profiles, sample, on)
    return tuple(mended), notes


def _with_nik(
    columns: list[Column], profiles: Mapping[int, Profile], sample: pl.DataFrame, on: dt.date
) -> tuple[list[Column], tuple[Said, ...]]:
    headed = next((column for column in columns if column.field == "nik"), None)
    rivals = {column.at for column in columns if column is not headed and _headed_nik(column)}
    if headed is not None and (
        headed.why == CORRECTED or (not rivals and _beyond_doubt(profiles.get(headed.at, Profile())))
    ):
        return columns, ()
    born = _birth_dates(columns, sample, on)
    if headed is not None and _agreement(headed, born, sample, on)[0] >= AGREES:
        return columns, ()
    for other in columns:
        seen = profiles.get(other.at, Profile())
        if (
            other.field not in _MAY_HOLD_NIK
            or other.why == CORRECTED
            or seen.d16 <= 0.8
            or (other.field == "other" and other.confidence > 0.3 and other.at not in rivals)
        ):
            continue
        share, rows = _agreement(other, born, sample, on)
        if rows >= LEAST:
            better = share >= AGREES
        else:
            better = headed is not None and _looks_better(profiles.get(headed.at, Profile()), seen)
        if headed is not None and rows >= LEAST:
            share, rows = _agreement(headed, born, sample, on)
            better = better and (rows < LEAST or share < DISAGREES)
        if better:
            if headed is not None and other.at in rivals:
                return _other_nik(columns, headed, other)
            return _swapped(columns, headed, other, profiles)
    return columns, ()


def _other_nik(columns: list[Column], headed: Column, other: Column) -> tuple[list[Column], tuple[Said, ...]]:
    """Return the columns with the second of two columns of NIKs in use."""
    why = Said("rosters.dates_fit_this_nik")
    becomes = {
        other.at: replace(other, field="nik", confidence=0.8, why=why),
        headed.at: replace(headed, field="other", why=Said("rosters.dates_fit_column", {"cell": other.cell})),
    }
    note = Said("rosters.two_columns_of_niks", _both(headed, other))
    return [becomes.get(column.at, column) for column in columns], (note,)


def _both(headed: Column, other: Column) -> dict[str, str]:
    """Return the values of a sentence about the column headed NIK and another one."""
    return {
        "headed": headed.cell,
        "heading": headed.heading,
        "other": other.cell,
        "its_heading": other.heading,
    }


def _headed_nik(column: Column) -> bool:
    """Return whether a column that is not used is headed NIK as well."""
    said = read_heading(column.heading) if column.field == "other" else None
    return said is not None and said.field == "nik"


def _beyond_doubt(headed: Profile) -> bool:
    """Return whether numbers are NIKs whatever else the list holds: all different, some with the days of women."""
    return headed.nik > 0.8 and headed.distinct > 0.95 and headed.woman_day > 0.02


def _looks_better(headed: Profile, other: Profile) -> bool:
    """Return whether, in a list without birth dates, another column is the NIKs: unique, with the days of women."""
    if other.nik <= 0.8 or other.distinct <= 0.95 or other.filled < LEAST:
        return False
    repeats = headed.distinct < 0.8 and headed.woman_day < 0.02 and other.woman_day > 0.1
    return headed.d16 < 0.2 or repeats


def _swapped(
    columns: list[Column], headed: Column | None, other: Column, profiles: Mapping[int, Profile]
) -> tuple[list[Column], tuple[Said, ...]]:
    why = Said("rosters.headed_otherwise_holds_niks", {"heading": other.heading})
    becomes = {other.at: replace(other, field="nik", confidence=0.8, why=why)}
    note = Said("rosters.column_holds_niks", {"cell": other.cell, "heading": other.heading})
    if headed is not None:
        fits = other.field != "other" and fit(other.field, profiles.get(headed.at, Profile())) >= 0.5
        field = other.field if fits else "other"
        why = Said("rosters.headed_so_holds_no_niks", {"heading": headed.heading})
        becomes[headed.at] = replace(headed, field=field, confidence=0.6, why=why)
        note = Said("rosters.headings_exchanged", _both(headed, other))
    return [becomes.get(column.at, column) for column in columns], (note,)


def _with_birth_date(
    columns: list[Column], profiles: Mapping[int, Profile], sample: pl.DataFrame, on: dt.date
) -> list[Column]:
    """Take an unknown column of dates for the birth dates where the NIKs say the same dates."""
    if {"birth_date", "birth_place_date"} & {column.field for column in columns}:
        return columns
    headed = next((column for column in columns if column.field == "nik"), None)
    for column in columns:
        seen = profiles.get(column.at, Profile())
        unknown = column.field == "other" and column.confidence <= 0.3 and max(seen.date, seen.serial) > 0.8
        if headed is None or not unknown:
            continue
        share, rows = _agreement(headed, _read_dates(column, sample, on), sample, on)
        if rows >= LEAST and share >= 0.8:
            why = Said("rosters.dates_as_in_niks")
            mended = replace(column, field="birth_date", confidence=0.8, why=why)
            return [mended if one is column else one for one in columns]
    return columns


def _birth_dates(columns: Sequence[Column], sample: pl.DataFrame, on: dt.date) -> pl.Series | None:
    column = next((one for one in columns if one.field in ("birth_date", "birth_place_date")), None)
    return _read_dates(column, sample, on) if column else None


def _read_dates(column: Column, sample: pl.DataFrame, on: dt.date) -> pl.Series:
    text = sample[f"c{column.at}"]
    if column.field == "birth_place_date":
        text = by_distinct(text, lambda cell: dates.split_place(cell)[1], pl.String)
    return dates.read_column(text, on=on)


def _agreement(
    column: Column, born: pl.Series | None, sample: pl.DataFrame, on: dt.date
) -> tuple[float, int]:
    """Return the share of rows whose number holds the birth date of the row, and of how many rows."""
    if born is None:
        return 0.0, 0
    numbers = sample[f"c{column.at}"].str.replace_all(r"[^0-9]", "")
    inside = niks.decode(numbers, on=on)["nik_date"]
    both = pl.DataFrame({"inside": inside, "born": born}).drop_nulls()
    if not both.height:
        return 0.0, born.drop_nulls().len() if numbers.drop_nulls().len() else 0
    return float((both["inside"] == both["born"]).sum()) / both.height, both.height
