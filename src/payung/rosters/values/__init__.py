"""From the cells of a list to clean values: one column after another, never one cell after another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from payung.people import phones, values
from payung.people.values import by_distinct, present
from payung.rosters import remarks
from payung.rosters.headings import plain
from payung.rosters.mapping import Column
from payung.rosters.values.address import read_place
from payung.rosters.values.birth import of_century, read_birth
from payung.rosters.values.filled import first
from payung.rosters.values.household import is_official, read_decile, read_life, welfare_in_category
from payung.rosters.values.names import tell_names_from_blanks
from payung.rosters.values.numbers import read_nik_of_heir, read_numbers
from payung.rosters.values.work import read_work

# fields that are taken from the sheet; the raw text of each is kept beside the clean value
USED = (
    "nik", "kk", "kpj", "name", "household_head", "birth_date", "birth_place", "birth_place_date", "sex", "mother",
    "phone", "address", "hamlet", "rt", "rw", "rt_rw", "sls", "village", "village_code", "district", "district_code",
    "regency", "job", "position", "category", "income", "wage", "segment", "disability", "decile", "welfare",
    "household_official", "life_status", "note", "nik_or_kpj", "nik_or_kk", "relation", "age", "status",
    "end_date", "employee_no", "nik_kk", "kk_nik", "name_nik", "email", "heir", "heir_nik", "heir_relation",
    "heir_phone", "bpjstk_flag", "insurance_kind", "start_date", "decree_no",
)  # fmt: skip
COUNTED = r"^[0-9]{1,4}\s*[.)]\s*([^0-9\s])"  # the number of the row in front of the name
EMAIL = r"([a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+)"
_FROM_TITLE = ("rt", "rw", "address", "village", "district", "regency")


def around(
    context: pl.DataFrame, area: Mapping[str, str], category: str | None, member: str | None, marks: pl.Series
) -> pl.DataFrame:
    """Return what rows around the people say, with what the title of the list says where they are silent.

    ``context`` are the columns of :data:`payung.rosters.context.FIELDS`; ``area`` is village, district and regency as
    the title rows name them, ``category`` the category that the title names, ``member`` the status of membership.
    Adds ``title_category``, ``title_member`` and ``marks`` (:mod:`payung.rosters.row_marks`).
    """
    named = [pl.col(field).fill_null(pl.lit(value)) for field, value in area.items() if field in _FROM_TITLE]
    return context.with_columns(
        *named,
        pl.lit(category, dtype=pl.String).alias("title_category"),
        pl.lit(member, dtype=pl.String).alias("title_member"),
        marks.alias("marks"),
    )


def raw_columns(body: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return the raw text of every used field, tidied of invisible characters; a field without a column is absent."""
    place = places(columns)
    return body.select(pl.col(name).alias(field) for field, name in place.items())


def places(columns: Sequence[Column]) -> dict[str, str]:
    """Return field -> column name of the sheet, the first where a field has several."""
    found: dict[str, str] = {}
    for column in columns:
        if column.field in USED:
            found.setdefault(column.field, f"c{column.at}")
    return found


def clean(
    raw: pl.DataFrame,
    kinds: pl.DataFrame,
    context: pl.DataFrame,
    *,
    percent: bool,
    on: dt.date,
) -> pl.DataFrame:
    """Return the clean values of the people rows.

    ``raw`` are the tidied texts by field, ``kinds`` the kinds of their cells by field, ``context`` what the rows
    around the people say (see :func:`around`). ``percent``: the decile column holds percentiles. Columns are those
    of a listing that a sheet can give, and these for the checks: ``nik_ok``, ``nik_date``, ``nik_sex``, ``kk_date``
    (the birth date that the KK would hold if it were a NIK), ``cell_date``, ``date_text``, ``life``, ``life_from``,
    ``servant``, ``remark``, ``member`` and
    ``insured_by`` (what a column of memberships and one of insurances says).
    """
    frame = raw.select(present(pl.all()))
    height = frame.height

    def given(*fields: str) -> pl.Series:
        """Return the first of ``fields`` that is filled, row by row."""
        have = [pl.col(field) for field in fields if field in frame.columns]
        if not have:
            return pl.Series([None] * height, dtype=pl.String)
        if len(have) == 1:
            return frame[have[0].meta.output_name()]
        return frame.select(pl.coalesce(have).alias("x")).to_series()

    out: dict[str, pl.Series] = {}
    out.update(read_numbers(frame, kinds, on))
    out["kk"] = first(out["kk"], context["kk"])
    out["name"] = given("name", "household_head").str.replace(COUNTED, "$1")
    out.update(read_birth(frame, kinds, on))
    out["nik_date"] = of_century(out["nik_date"], out["cell_date"], given("age"), on)
    out["name"], out["name_like_blank"] = tell_names_from_blanks(raw, out["name"], out["nik_ok"])
    out["mother"], out["phone"] = given("mother"), phones.read_column(given("phone"))
    out["email"] = given("email").str.to_lowercase().str.extract(EMAIL, 1)
    out["heir_name"], out["heir_relation"] = given("heir"), given("heir_relation")
    out["heir_nik"] = read_nik_of_heir(given("heir_nik"), kinds, out["nik"], on)
    out["heir_phone"] = phones.read_column(given("heir_phone"))
    out["sex"] = by_distinct(given("sex"), values.sex, pl.String)
    out.update(read_place(given, context))
    out.update(read_work(given, context))
    out["disability"] = by_distinct(given("disability"), values.disability, pl.Boolean)
    out["decile"] = read_decile(given("decile"), percent)
    out["welfare"] = first(
        by_distinct(given("welfare"), values.welfare, pl.String),
        by_distinct(given("category"), welfare_in_category, pl.String),
    )
    out["servant"] = by_distinct(given("note"), remarks.read_official, pl.Boolean)
    said = by_distinct(given("household_official"), is_official, pl.Boolean)
    out["household_official"] = first(said, out["servant"])
    out["remark"] = by_distinct(given("note"), remarks.read_note, pl.String)
    out["member"] = by_distinct(given("bpjstk_flag"), remarks.read_member, pl.Boolean)
    out["insured_by"] = by_distinct(given("insurance_kind"), remarks.read_labour_insurance, pl.Boolean)
    out["life"], out["life_from"] = read_life(given)
    out["life_status"] = out["life"].replace({"hilang": None, "tidak valid": None})
    return pl.DataFrame([column.alias(name) for name, column in out.items()])


def holds_percentiles(columns: Sequence[Column]) -> bool:
    """Return whether the decile column says percentiles."""
    return any(
        column.field == "decile" and "persentil" in plain(column.heading).replace("percentile", "persentil")
        for column in columns
    )
