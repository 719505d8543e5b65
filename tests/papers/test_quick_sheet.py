"""Rows written as whole lines are, byte for byte, what xlsxwriter writes cell by cell."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.papers.quick_sheet import QuickSheet

Row = tuple[str | None, float | None, str | None]
TEXTS = [True, False, True]
texts = st.none() | st.text(max_size=12).filter(lambda text: not text.startswith("<r>")) | st.sampled_from(
    ["", " ", "a ", "\ta", "_x0041_", "_x005F_", "\x0b", "\ufffe", 'B "C" & <D>', "=1+1", "0012", "a\nb", "\x85x"]
)  # fmt: skip
numbers = st.none() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)


def _book(path: Path, rows: Sequence[Row], *, quick: bool) -> bytes:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001
    looks = [book.add_format({"num_format": look}) for look in ("@", "#,##0", "0.0%")]
    sheet = book.add_worksheet("Usulan", worksheet_class=QuickSheet if quick else None)
    sheet.set_row(0, 32)
    for place in range(3):
        sheet.write_string(0, place, f"Judul {place}", looks[0])
    if quick:
        assert sheet.write_lines(1, iter(rows), looks, TEXTS) == len(rows)
    else:
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value, looks[place])
                elif value is not None:
                    sheet.write_number(number, place, value, looks[place])
    sheet.freeze_panes(1, 0)
    book.close()
    return path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, numbers, texts), max_size=8))
def test_bytes_are_those_of_xlsxwriter(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        assert _book(path, rows, quick=True) == _book(path, rows, quick=False)


@pytest.mark.parametrize("length", [16_383, 16_384, 32_767, 32_768, 40_000])
@pytest.mark.parametrize("letter", ["a", "😀", "&"])
def test_long_texts_are_cut_where_excel_cuts_them(tmp_path: Path, length: int, letter: str) -> None:
    rows: list[Row] = [(letter * length, None, "x")] * 2
    assert _book(tmp_path / "a.xlsx", rows, quick=True) == _book(tmp_path / "a.xlsx", rows, quick=False)


def test_many_rows_are_written_in_their_order(tmp_path: Path) -> None:
    rows: list[Row] = [(f"nama {number}", number, None) for number in range(1_234)]
    assert _book(tmp_path / "a.xlsx", rows, quick=True) == _book(tmp_path / "a.xlsx", rows, quick=False)


def test_text_that_looks_like_markup_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _book(path, [("<r><t>SITI</t></r>", 1, None)], quick=True)
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "&lt;r&gt;&lt;t&gt;SITI" in sheet


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_number_that_is_none_is_refused(tmp_path: Path, number: float) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet(worksheet_class=QuickSheet)
    with pytest.raises(ValueError, match=str(number)):
        sheet.write_lines(0, [(number,)], [book.add_format()], [False])
    book.close()
