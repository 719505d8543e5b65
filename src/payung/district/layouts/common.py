"""What all layouts share: the places in their titles, columns, lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from payung.district.sheets import Cell, Formula, Line


class Heading(NamedTuple):
    """The places and the year that titles name, in official spelling.

    Fields
        village, subdistrict, regency, province: names without the kind of place.
        kind: Desa or Kelurahan.
        regency_kind: Kabupaten or Kota.
        year: budget year.
        numeric: whether the NIK column holds numbers.
        date_cells: whether birth dates are dates rather than text.
    """

    village: str
    subdistrict: str
    regency: str
    province: str
    kind: str
    regency_kind: str
    year: int
    numeric: bool
    date_cells: bool


def title(lines: Sequence[str], width: int) -> list[Line]:
    """Return centred title lines over ``width`` columns and an empty line."""
    made = [Line("title", [text, *[None] * (width - 1)], [(0, width - 1)]) for text in lines]
    return [*made, Line("plain", [])]


def head(names: Sequence[str]) -> Line:
    """Return the heading line."""
    return Line("head", list(names))


def number_line(width: int) -> Line:
    """Return the line of column numbers that many forms have below the heading."""
    return Line("number", list(range(1, width + 1)))


def signature(width: int, place: str, office: str, name: str = "(....................)") -> list[Line]:
    """Return the place, date and signature lines below a list."""
    at = max(width - 4, 0)

    def put(text: str) -> Line:
        return Line("sign", [*[None] * at, text])

    empty = Line("plain", [])
    return [
        empty,
        put(f"{place}, .............. 2026"),
        put("Mengetahui,"),
        put(office),
        empty,
        empty,
        put(name),
    ]


def total_line(width: int, column: int, label: str, values: pl.Series, first_row: int) -> Line:
    """Return a line with the sum of one column as a formula; ``first_row`` is its first row, from 1."""
    letter = chr(ord("A") + column)
    last = first_row + values.len() - 1
    cells: list[Cell] = [None] * width
    cells[0] = label
    cells[column] = Formula(f"=SUM({letter}{first_row}:{letter}{last})", int(values.sum() or 0))
    return Line("total", cells)


def counted(rows: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    """Return a body with a running number in front."""
    return rows.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("NO"), **columns)


def birth(heading: Heading) -> pl.Expr:
    """Return the birth date as this list writes it."""
    return pl.col("birth_date") if heading.date_cells else pl.col("w_birth")


def numeric_nik(heading: Heading) -> frozenset[str]:
    """Return the columns whose digits go into the cell as numbers."""
    return frozenset({"nik"}) if heading.numeric else frozenset()


def sex_short() -> pl.Expr:
    """Return Lk or Pr."""
    return pl.when(pl.col("sex") == "L").then(pl.lit("Lk")).otherwise(pl.lit("Pr"))


def yes_no(column: str) -> pl.Expr:
    """Return YA or TIDAK."""
    return pl.when(pl.col(column)).then(pl.lit("YA")).otherwise(pl.lit("TIDAK"))


def nothing() -> pl.Expr:
    """Return empty cells."""
    return pl.lit(None, dtype=pl.String)
