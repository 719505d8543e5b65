"""PEOPLE: the candidates of a plan, one a row, read strictly: what cannot be read is refused with its row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from payung.errors import InputError
from payung.law.facts import FACTS, SECTORS
from payung.law.policy import look_up
from payung.linkage.tables import read_text
from payung.people import dates, occupations, values
from payung.regions.codes import dotted
from payung.text import Text

COLUMNS = (
    "id",
    "village_code",
    "category",
    "segment",
    "income",
    "sector",
    "birth_date",
    "decile",
    "proposed_on",
    "disability",
    "covered_until",
    "paid_months",
)
MORE = ("occupation", "welfare", "sex")  # read where they are there
ENDINGS = (".csv", ".xlsx", ".parquet")
OTHER_WORK = "lainnya"
WORKER = "rentan"  # a list of workers that names no office is a list of vulnerable workers
LAST_DAY = dt.date(2999, 12, 31)
MOST_MONTHS = 1200


def read_people(path: Path, first_day: dt.date) -> pl.DataFrame:
    """Return the candidates of ``path`` (.csv, .xlsx, .parquet) for a plan that begins on ``first_day``.

    The columns are :data:`COLUMNS` and :data:`MORE` (null where the file has none); ``covered_until`` is a month
    (``YYYY-MM``), ``income`` rupiah a month, ``segment`` that of the category where the file names none. Raises
    :class:`InputError` for a missing column, a doubled or empty id, an unknown code or a value that is none.
    """
    return _Reader(path, first_day).read()


def categories(first_day: dt.date) -> tuple[str, ...]:
    """Return the codes of the categories, in the order of the law's table."""
    from payung.law import load

    value = load().find("default_segment").on(first_day)
    return tuple(str(row.key) for row in value.rows) if value else ()


class _Reader:
    def __init__(self, path: Path, first_day: dt.date) -> None:
        self.path, self.name, self.first_day = path, path.name, first_day

    def read(self) -> pl.DataFrame:
        cells = self._cells()
        self.cells = cells
        known = categories(self.first_day)
        segments = {name: str(look_up("default_segment", self.first_day, name).value) for name in known}
        category = self._coded("category", known).fill_null(WORKER)
        segment = self._parsed("segment", values.segment, pl.String, Text("pu atau bpu", "pu or bpu"))
        people = pl.DataFrame(
            {
                "id": self._ids(),
                "village_code": self._villages(),
                "category": category,
                "segment": segment.fill_null(category.replace_strict(segments, return_dtype=pl.String)),
                "income": self._number("income", FACTS["income"].most),
                "sector": self._coded("sector", SECTORS).fill_null("other"),
                "birth_date": self._dates("birth_date", self.first_day),
                "decile": self._parsed("decile", values.decile, pl.Int64, Text("1 sampai 10", "1 to 10")),
                "proposed_on": self._dates("proposed_on", LAST_DAY),
                "disability": self._parsed(
                    "disability", values.disability, pl.Boolean, Text("ya atau tidak", "yes or no")
                ),
                "covered_until": self._parsed(
                    "covered_until",
                    _month,
                    pl.String,
                    Text("bulan 2027-03 atau tanggal", "a month 2027-03 or a date"),
                ),
                "paid_months": self._number("paid_months", MOST_MONTHS).fill_null(0),
                "occupation": self._parsed(
                    "occupation",
                    lambda text: occupations.read(text) or OTHER_WORK,
                    pl.String,
                    Text("nama pekerjaan", "the name of an occupation"),
                ),
                "welfare": self._parsed(
                    "welfare", values.welfare, pl.String, Text("kelas kesejahteraan", "a welfare class")
                ),
                "sex": self._parsed("sex", values.sex, pl.String, Text("L atau P", "L or P")),
            }
        )
        wrong = people.with_row_index("_row").filter(
            (pl.col("sector") == "labour-intensive") & (pl.col("segment") == "bpu")
        )
        if wrong.height:
            self._refuse(
                int(wrong["_row"][0]),
                "sector",
                Text("labour-intensive hanya PU", "labour-intensive is for PU only"),
            )
        return people

    def _cells(self) -> pl.DataFrame:
        if self.path.suffix.lower() not in ENDINGS or not self.path.is_file():
            raise InputError(
                Text(
                    f"'{self.path}' tidak ada atau bukan {', '.join(ENDINGS)}: berikan berkas calon peserta.",
                    f"'{self.path}' does not exist or is not one of {', '.join(ENDINGS)}: give the file of candidates.",
                )
            )
        cells = _book(self.path) if self.path.suffix.lower() == ".xlsx" else read_text(self.path)
        cells = cells.rename({name: name.strip().lower().lstrip("\ufeff") for name in cells.columns})
        missing = [name for name in COLUMNS if name not in cells.columns]
        if missing:
            raise InputError(
                Text(
                    f"{self.name} tidak punya kolom {', '.join(missing)}; yang diperlukan: {', '.join(COLUMNS)}.",
                    f"{self.name} has no column {', '.join(missing)}; needed are: {', '.join(COLUMNS)}.",
                )
            )
        wanted = [name for name in (*COLUMNS, *MORE) if name in cells.columns]
        tidy = cells.select(pl.col(name).str.strip_chars().alias(name) for name in wanted)
        tidy = tidy.with_columns(pl.when(pl.all() != "").then(pl.all()))
        tidy = tidy.with_columns(
            pl.lit(None, dtype=pl.String).alias(name) for name in MORE if name not in wanted
        )
        people = tidy.filter(~pl.all_horizontal(pl.all().is_null()))
        if people.is_empty():
            raise InputError(
                Text(
                    f"{self.name} hanya berisi judul: isi sedikitnya satu calon.",
                    f"{self.name} holds headings only: enter at least one candidate.",
                )
            )
        return people

    def _refuse(self, row: int, column: str, wanted: Text) -> NoReturn:
        cell = self.cells[column][row]
        who = self.cells["id"][row]
        raise InputError(
            Text(
                f"{self.name}, baris {row + 2} (id {who}), kolom {column}: '{cell or ''}' tidak dapat dipakai; "
                f"yang boleh: {wanted.id}.",
                f"{self.name}, row {row + 2} (id {who}), column {column}: '{cell or ''}' cannot be used; "
                f"allowed: {wanted.en}.",
            )
        )

    def _checked(self, column: str, read: pl.Series, wanted: Text) -> pl.Series:
        wrong = (self.cells[column].is_not_null() & read.is_null()).arg_true()
        if len(wrong):
            self._refuse(int(wrong[0]), column, wanted)
        return read

    def _parsed(self, column: str, parse: Callable[[str], Any], kind: Any, wanted: Text) -> pl.Series:
        return self._checked(column, values.by_distinct(self.cells[column], parse, kind), wanted)

    def _coded(self, column: str, known: tuple[str, ...]) -> pl.Series:
        listed = ", ".join(known)
        return self._parsed(
            column,
            lambda text: text.lower() if text.lower() in known else None,
            pl.String,
            Text(listed, listed),
        )

    def _number(self, column: str, most: int) -> pl.Series:
        def whole(text: str) -> int | None:
            match = re.fullmatch(r"(\d{1,15})(?:\.0+)?", text)
            return int(match[1]) if match and int(match[1]) <= most else None

        return self._parsed(
            column,
            whole,
            pl.Int64,
            Text(f"bilangan bulat 0 sampai {most}", f"a whole number from 0 to {most}"),
        )

    def _dates(self, column: str, on: dt.date) -> pl.Series:
        return self._checked(
            column,
            dates.read_column(self.cells[column], on=on),
            Text(
                f"tanggal 1900 sampai {on}, misalnya 1980-05-31",
                f"a date from 1900 to {on}, such as 1980-05-31",
            ),
        )

    def _villages(self) -> pl.Series:
        found = self._parsed(
            "village_code",
            lambda text: code if (code := dotted(text)) and code.count(".") == 3 else None,
            pl.String,
            Text("kode desa seperti 62.03.01.2001", "the code of a village such as 62.03.01.2001"),
        )
        if found.null_count():
            self._refuse(
                int(found.is_null().arg_true()[0]),
                "village_code",
                Text("kode desa seperti 62.03.01.2001", "the code of a village such as 62.03.01.2001"),
            )
        return found

    def _ids(self) -> pl.Series:
        ids = self.cells["id"]
        if ids.null_count():
            self._refuse(int(ids.is_null().arg_true()[0]), "id", Text("tidak kosong", "not empty"))
        double = ids.is_duplicated().arg_true()
        if len(double):
            again = [int(row) + 2 for row in double if ids[int(row)] == ids[int(double[0])]]
            rows = ", ".join(str(row) for row in again[:3])
            raise InputError(
                Text(
                    f"{self.name}: id {ids[int(double[0])]} tertulis lebih dari sekali (baris {rows}); setiap orang "
                    "satu baris.",
                    f"{self.name}: id {ids[int(double[0])]} is written more than once (rows {rows}); everybody has "
                    "one row.",
                )
            )
        return ids


def _month(text: str) -> str | None:
    """Return the month of ``2027-03`` or of a date."""
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        return text
    day = dates.read(text, on=LAST_DAY)
    return f"{day:%Y-%m}" if day else None


def _book(path: Path) -> pl.DataFrame:
    """Return the cells of the first visible sheet below its first row, which names the columns."""
    from payung.rosters.book import open_book

    sheets = [sheet for sheet in open_book(path).sheets if not sheet.hidden]
    cells = sheets[0].cells if sheets else pl.DataFrame()
    if cells.is_empty():
        return pl.DataFrame()
    head = [str(name or f"_{at}") for at, name in enumerate(cells.row(0))]
    if len(set(head)) < len(head):
        head = [name if head.index(name) == at else f"_{at}" for at, name in enumerate(head)]
    return cells[1:].rename(dict(zip(cells.columns, head, strict=True)))
