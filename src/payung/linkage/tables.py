"""Plain tables (.csv, .parquet) as listings: one heading row, one person a row, any size.

Values are read by the same readers as those of a village workbook, a whole column at a time. Nothing is judged
here: a value that cannot be read is missing, and linking says less about that row.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl
from polars import selectors

from payung.errors import InputError
from payung.people import dates, listing, month_first, niks, phones, values
from payung.text import Text

# Fields of a listing that linking reads; a table gives each by at most one column.
FIELDS = (
    "name",
    "nik",
    "kk",
    "kpj",
    "birth_date",
    "birth_place_date",
    "birth_place",
    "sex",
    "mother",
    "phone",
    "village",
    "district",
    "segment",
)
# Headings of a column that says which list each row came from, where several were put into one table.
SOURCES = frozenset({"src", "source", "sumber", "sumber data", "asal data", "asal daftar", "nama daftar"})
# A year that the calendar does not reach from a working life: nobody born before is on a list.
EARLIEST = 1915


def read_text(path: Path) -> pl.DataFrame:
    """Return the cells of a .csv or .parquet file as text, an empty cell as null; columns of lists are left out.

    Raises :class:`InputError` where the file cannot be read.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path).select((~selectors.nested()).cast(pl.String))
        start = path.read_bytes()[:2]
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):  # what Excel calls Unicode text
            text = path.read_text(encoding="utf-16")
            return pl.read_csv(
                text.encode(), separator=_separator(text.split("\n", 1)[0]), infer_schema=False
            )
        with path.open(encoding="utf-8", errors="replace") as file:
            separator = _separator(file.readline())
        return pl.read_csv(path, separator=separator, infer_schema=False, encoding="utf8-lossy")
    except (pl.exceptions.PolarsError, OSError, UnicodeError):
        raise InputError(
            Text(
                f"{path.name} tidak dapat dibaca sebagai tabel: ada baris yang lebih panjang dari judulnya, tanda "
                "kutip yang tidak ditutup, atau berkasnya rusak. Simpan ulang sebagai .csv (UTF-8) atau .parquet.",
                f"{path.name} cannot be read as a table: a row is longer than its headings, a quote is not closed, or "
                "the file is damaged. Save it again as .csv (UTF-8) or .parquet.",
            )
        ) from None


def _separator(first: str) -> str:
    """Return what parts the cells of the line ``first``."""
    return max(",;\t|", key=first.count)


# A number that was kept as one with decimals, as statistics programs do where one cell of the column is empty.
_DECIMALS = r"^(\d+)[.,]0+$"
_EXACT = 1 << 53  # a larger one with decimals has lost its last digit


def _number(column: str) -> pl.Expr:
    """Return the digits of ``column`` (NIK, KK), without what stands between them and without empty decimals."""
    return pl.col(column).str.replace(_DECIMALS, "$1").str.replace_all(r"[\s.'`’\-_]", "")


def _refuse_inexact(tidy: pl.DataFrame, columns: Mapping[str, str], file: str) -> None:
    """Raise :class:`InputError` where a column of numbers has lost digits on the way into this file."""
    for field in ("nik", "kk"):
        heading = columns.get(field)
        whole = tidy[field].str.extract(_DECIMALS).str.len_chars() == 16
        large = tidy[field].str.extract(_DECIMALS).cast(pl.Int64, strict=False) > _EXACT
        rounded = tidy[field].str.contains(r"(?i)^\d([.,]\d+)?e\+?\d+$")
        lost = int((whole & large).sum() or 0)
        # Single cells in Excel's scientific form are missing numbers; a column of them never was one of numbers.
        if 2 * int(rounded.sum() or 0) > tidy[field].count():
            lost += int(rounded.sum())
        if lost:
            raise InputError(
                Text(
                    f"{file}: kolom “{heading}” disimpan sebagai bilangan, sehingga {lost} nomor kehilangan angka "
                    "terakhirnya. Simpan kolom itu sebagai teks dari sumber aslinya.",
                    f"{file}: column “{heading}” was saved as a number, so that {lost} of them lost their last digits. "
                    "Save that column as text from where it came.",
                )
            )


def listings(
    cells: pl.DataFrame, columns: Mapping[str, str], *, file: str, as_of: dt.date, identity: str | None
) -> pl.DataFrame:
    """Return ``cells`` (text) as listings of :data:`payung.people.listing.SCHEMA`.

    ``columns`` says which column holds which field of :data:`FIELDS`. ``identity`` is the column with the caller's
    record id; without it a record is ``"<file>!<row>"``, the row counted from 2 below the heading. ``as_of`` is
    the date that no birth lies after. A column of :data:`SOURCES` becomes ``sheet``: the list within the table. Raises
    :class:`InputError` where a column of numbers has lost digits.
    """
    none = pl.lit(None, dtype=pl.String)
    tidy = cells.select(
        values.present(values.tidy(pl.col(columns[field]))).alias(field)
        if field in columns
        else none.alias(field)
        for field in FIELDS
    )
    _refuse_inexact(tidy, columns, file)
    row = pl.int_range(2, cells.height + 2, dtype=pl.Int64)
    place, birth = _birth(tidy, as_of=as_of)
    birth = _turned(birth, tidy, _source(cells), as_of)
    frame = tidy.select(
        "name",
        _number("nik"),
        _number("kk"),
        "kpj",
        "village",
        "district",
        pl.coalesce("birth_place", place).alias("birth_place"),
        birth.alias("birth_date"),
        pl.when(birth.is_not_null()).then(pl.lit("cell")).alias("birth_date_from"),
        values.by_distinct(tidy["sex"], values.sex, pl.String).alias("sex"),
        "mother",
        phones.read_column(tidy["phone"].str.replace(_DECIMALS, "$1")).alias("phone"),
        values.by_distinct(tidy["segment"], values.segment, pl.String).alias("segment"),
        pl.lit(file).alias("file"),
        _source(cells).alias("sheet"),
        row.alias("row"),
        (cells[identity] if identity else pl.concat_str(pl.lit(f"{file}!"), row)).alias("record"),
    )
    return listing.conform(frame)


def _turned(birth: pl.Series, tidy: pl.DataFrame, source: pl.Expr, as_of: dt.date) -> pl.Series:
    """Return the dates of birth, those of lists that write the month first put right where their NIKs prove it."""
    numbers = niks.decode(tidy.select(_number("nik")).to_series(), on=as_of)
    meant = month_first.turn(
        pl.DataFrame(
            {"text": tidy["birth_date"], "date": birth, "nik_date": numbers["nik_date"]}
        ).with_columns(pl.lit(False).alias("typed"), source.alias("list"))
    )
    return birth if meant is None else meant.alias(birth.name)


def _source(cells: pl.DataFrame) -> pl.Expr:
    """Return the list that each row says it came from; null where no column says so."""
    for heading in cells.columns:
        if heading.strip().lower().replace("_", " ") in SOURCES:
            return pl.lit(cells[heading])
    return pl.lit(None, dtype=pl.String)


def _birth(tidy: pl.DataFrame, *, as_of: dt.date) -> tuple[pl.Series, pl.Series]:
    """Return the places of birth that stand in the date's cell, and the dates of birth."""
    text = pl.select(pl.coalesce(tidy["birth_date"], tidy["birth_place_date"])).to_series()
    read = dates.read_column(text, on=as_of)
    rest = pl.select(pl.when(read.is_null()).then(text)).to_series()
    both = values.by_distinct(
        rest,
        lambda cell: dict(zip(("place", "date"), dates.split_place(cell), strict=True)),
        pl.Struct({"place": pl.String, "date": pl.String}),
    )
    place, inner = both.struct.field("place"), both.struct.field("date")
    # Month before day is only read where the day cannot be a month.
    turned = rest.str.replace(r"^\s*(\d{1,2})[-/.](1[3-9]|2\d|3[01])[-/.](\d{4})\s*$", "$2-$1-$3")
    birth = pl.select(
        pl.coalesce(read, dates.read_column(inner, on=as_of), dates.read_column(turned, on=as_of))
    ).to_series()
    believable = pl.select(pl.when(birth.dt.year() >= EARLIEST).then(birth)).to_series()
    only_place = pl.select(pl.when(birth.is_not_null() & read.is_null()).then(place)).to_series()
    return only_place, believable
