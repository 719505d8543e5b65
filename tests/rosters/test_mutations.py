"""Five thousand spoiled workbooks: whatever a sheet looks like, every row is accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.errors import InputError
from payung.people import listing
from payung.rosters import read, write_corrected
from payung.rosters.book import Book, Sheet
from payung.rosters.cells.encoding import text_of
from payung.rosters.model import FINDINGS, Asked, Reading
from payung.rosters.reader import read_book
from payung.rosters.reasons import PROGRAMME_CODE
from payung.said import say

AS_OF = dt.date(2026, 11, 22)
PARTS, BOOKS_A_SEED, SEEDS = 5, 10, 100  # 5 x 10 x 100 = 5,000 workbooks
HEADINGS = {
    "seq": ["No", "NO.", "Nomor Urut"],
    "nik": ["NIK", "N I K", "No. KTP", "nomor_nik"],
    "kk": ["No KK", "NO. KARTU KELUARGA"],
    "name": ["Nama", "NAMA LENGKAP", "Nama Warga"],
    "birth_place": ["Tempat Lahir"],
    "birth_date": ["Tgl Lahir", "TANGGAL LAHIR"],
    "sex": ["L/P", "Jenis Kelamin", "JK"],
    "address": ["Alamat"],
    "rt": ["RT"],
    "rw": ["RW"],
    "village": ["Desa", "Desa/Kel"],
    "district": ["Kecamatan"],
    "job": ["Pekerjaan", "PEKERJAAN"],
    "mother": ["Nama Ibu Kandung"],
    "phone": ["No HP", "Telp"],
}
GARBAGE: list[Any] = [
    "",
    "-",
    "###",
    "#REF!",
    "=1+1",
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "\u200b",
    "😀",
    "ه",
    "0",
    0,
    -1,
    1e300,
    3.5e15,
    6203990101800001.0,
    "6,20399E+15",
    "31-02-1990",
    "00-00-0000",
    "x" * 3000,
    "\n\n",
    "NIK",
    "JUMLAH",
    "Mengetahui,",
    "(1)",
    "RT 01",
    "No. KK : 6203990101050001",
    True,
    dt.date(1990, 1, 2),
    dt.datetime(2020, 1, 1, 3, 4),  # noqa: DTZ001  a cell has no time zone
    "'",
    "\x01",
    "null",
    "1/2/3",
    "NaN",
    "９９",
    "Kepala Desa,",
]
Grid = list[list[Any]]


def people_grid(draw: random.Random, people: Any) -> Grid:
    fields = draw.sample(list(HEADINGS), draw.randrange(2, len(HEADINGS)))
    if not set(fields) & {"nik", "name"}:
        fields.append("nik")
    grid: Grid = [[draw.choice(HEADINGS[field]) for field in fields]]
    for number in range(draw.randrange(1, 14)):
        person = people.person(number)
        grid.append([person[field] for field in fields])
    return grid


def shuffle_columns(draw: random.Random, grid: Grid) -> None:
    order = list(range(max(map(len, grid))))
    draw.shuffle(order)
    for row in grid:
        row[:] = [row[at] if at < len(row) else "" for at in order]


def rename_heading(draw: random.Random, grid: Grid) -> None:
    if grid[0]:
        at = draw.randrange(len(grid[0]))
        word = str(grid[0][at])
        grid[0][at] = draw.choice(
            [word.upper(), word[::-1], word[:-1], word.replace("a", "e"), "kolom", "", word + " (wajib)", 7]
        )


def spoil_cells(draw: random.Random, grid: Grid) -> None:
    for _ in range(draw.randrange(1, 12)):
        row = draw.choice(grid)
        if row:
            row[draw.randrange(len(row))] = draw.choice(GARBAGE)


def insert_row(draw: random.Random, grid: Grid) -> None:
    width = max(map(len, grid))
    kinds: list[list[Any]] = [
        [],
        [""] * width,
        list(grid[0]),
        [number + 1 for number in range(width)],
        ["", "JUMLAH", 12],
        ["DUSUN II"],
        ["RT 03 RW 01"],
        ["No. KK : 6203990101050001", "", "Alamat : X, RT 001 RW 002"],
        ["", "", "Mengetahui,"],
        ["###"],
        [draw.choice(GARBAGE)] * width,
    ]
    grid.insert(draw.randrange(len(grid) + 1), draw.choice(kinds))


def drop_column(draw: random.Random, grid: Grid) -> None:
    at = draw.randrange(max(map(len, grid)) or 1)
    for row in grid:
        del row[at : at + 1]


def double_column(draw: random.Random, grid: Grid) -> None:
    at = draw.randrange(max(map(len, grid)) or 1)
    for row in grid:
        row[at:at] = row[at : at + 1]


def title_rows(draw: random.Random, grid: Grid) -> None:
    grid[0:0] = [["DAFTAR PENDUDUK DESA X KECAMATAN Y"], ["KABUPATEN :", "", "KAPUAS"], []][
        : draw.randrange(1, 4)
    ]


def cut_rows(draw: random.Random, grid: Grid) -> None:
    for row in grid:
        if draw.random() < 0.2:
            del row[draw.randrange(len(row) + 1) :]


def turn(draw: random.Random, grid: Grid) -> None:
    width = max(map(len, grid))
    grid[:] = [[row[at] if at < len(row) else "" for row in grid] for at in range(width)]


def append_again(draw: random.Random, grid: Grid) -> None:
    grid += [[], *[list(row) for row in grid]]


def numbers_for_identifiers(draw: random.Random, grid: Grid) -> None:
    for row in grid[1:]:
        row[:] = [float(value) if isinstance(value, str) and value.isdigit() else value for value in row]


def shift_column(draw: random.Random, grid: Grid) -> None:
    at = draw.randrange(max(map(len, grid)) or 1)
    column = [row[at] if at < len(row) else "" for row in grid]
    for row, value in zip(grid[1:], [column[-1], *column[1:-1]], strict=False):
        if at < len(row):
            row[at] = value


MUTATIONS: list[Callable[[random.Random, Grid], None]] = [
    shuffle_columns,
    rename_heading,
    spoil_cells,
    insert_row,
    drop_column,
    double_column,
    title_rows,
    cut_rows,
    turn,
    append_again,
    numbers_for_identifiers,
    shift_column,
]


def mutant(draw: random.Random, people: Any) -> Grid:
    grid = people_grid(draw, people)
    for _ in range(draw.randrange(1, 7)):
        if not grid or not max(map(len, grid)):
            break
        draw.choice(MUTATIONS)(draw, grid)
    return grid


def as_sheet(draw: random.Random, grid: Grid, number: int) -> Sheet:
    width = max(map(len, grid), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in grid]
    kind = {str: "s", float: "n", int: "n", bool: "b"}
    cells = {f"c{at}": [text_of(row[at]) or None for row in even] for at in range(width)}
    kinds = {
        f"c{at}": [ord("e" if row[at] == "" else kind.get(type(row[at]), "d")) for row in even]
        for at in range(width)
    }
    merges = []
    if grid and width and draw.random() < 0.3:
        top, left = draw.randrange(len(grid)), draw.randrange(width)
        merges.append((top, left, top + draw.randrange(4), left + draw.randrange(4)))
    return Sheet(
        f"Lembar {number}",
        draw.random() < 0.1,
        0,
        pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)),
        pl.DataFrame(kinds, schema=dict.fromkeys(kinds, pl.UInt8)),
        tuple(merges),
        frozenset(),
    )


def accounted_for(reading: Reading) -> None:
    """Assert all that holds for every reading."""
    rows, findings = reading.rows, reading.findings
    counts = reading.counts
    assert counts["rows"] == counts["accepted"] + counts["noted"] + counts["returned"] == rows.height
    assert rows.schema == pl.Schema(listing.SCHEMA)
    assert findings.schema == pl.Schema(FINDINGS)
    assert rows["record"].is_unique().all()
    assert sum(table.rows for table in reading.tables) == rows.height
    assert reading.raw["record"].to_list() == rows["record"].to_list()
    heavy: dict[tuple[str, int], set[str]] = {}
    codes: dict[tuple[str, int], set[str]] = {}
    for sheet, row, code, severity in findings.select("sheet", "row", "code", "severity").iter_rows():
        heavy.setdefault((sheet, row), set()).add(severity)
        codes.setdefault((sheet, row), set()).add(PROGRAMME_CODE.get(code, code))
    for sheet, row, record, verdict, reasons in rows.select(
        "sheet", "row", "record", "verdict", "reasons"
    ).iter_rows():
        if (
            ":" in record.rsplit("!", 1)[1]
            or rows.filter((pl.col("sheet") == sheet) & (pl.col("row") == row)).height > 1
        ):
            continue  # two lists side by side share their row numbers
        weights = heavy.get((sheet, row), set())
        assert verdict == ("returned" if "return" in weights else "noted" if weights else "accepted")
        assert set(reasons) == codes.get((sheet, row), set())
    assert set(findings["severity"].unique().to_list()) <= {"note", "return"}
    assert findings["message"].null_count() == 0
    assert (
        not findings["message"].str.contains(r"\{|\}").any()
        or findings["value"].fill_null("").str.contains(r"\{|\}").any()
    )


def no_person_lost(sheet: Sheet, reading: Reading) -> None:
    """Assert that whoever stands with sixteen digits in a column that was taken for the NIK is a row of the reading.

    A row whose cells have shifted is told as such, put straight or not, and its digits need not be the person's.
    """
    shifted = pl.col("code").is_in(["BARIS_GESER", "BARIS_DILURUSKAN"])
    told = set(reading.findings.filter((pl.col("sheet") == sheet.name) & shifted)["row"].to_list())
    numbers = set(reading.rows["nik"].drop_nulls().to_list())
    for table in reading.tables:
        if table.sheet != sheet.name:
            continue
        height = table.rows + sum(table.others.values()) - table.others.get("end", 0)
        below = sheet.cells[table.first_row - 1 : table.first_row - 1 + height]
        for column in table.columns:
            if column.field == "nik":
                missing = {
                    text
                    for row, text in enumerate(below[f"c{column.at}"].to_list(), table.first_row)
                    if text and len(text) == 16 and text.isdigit() and text not in numbers and row not in told
                }
                # Whoever stands below the words of a signature is taken for the signer, and that is said.
                signers = sum("penanda tangan" in note for note in map(say, table.notes))
                assert len(missing) <= signers


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_spoiled_workbooks_are_accounted_for(part: int, people: Any) -> None:
    read_ones = 0

    @settings(max_examples=SEEDS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(min_value=0, max_value=2**32))
    def check(seed: int) -> None:
        nonlocal read_ones
        for number in range(BOOKS_A_SEED):
            draw = random.Random(f"{part} {seed} {number}")
            sheets = [as_sheet(draw, mutant(draw, people), at) for at in range(draw.choice((1, 1, 1, 2)))]
            try:
                reading = read_book(Book(Path("x.xlsx"), "xlsx", tuple(sheets)), "x.xlsx", Asked(as_of=AS_OF))
            except InputError:
                continue
            read_ones += 1
            accounted_for(reading)
            for sheet in sheets:
                no_person_lost(sheet, reading)

    check()
    assert read_ones > 0.5 * SEEDS * BOOKS_A_SEED


def _xlsx(path: Path, grid: Grid) -> None:
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("Data")
    for at, row in enumerate(grid):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(at, column, value, book.add_format({"num_format": "dd-mm-yyyy"}))
            elif isinstance(value, str):
                page.write_string(at, column, value.replace("\x01", ""))
            else:
                page.write(at, column, value)
    book.close()


def _csv(path: Path, grid: Grid) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(grid)


def _html(path: Path, grid: Grid) -> None:
    lines = "".join("<tr>" + "".join(f"<td>{text_of(value)}</td>" for value in row) + "</tr>" for row in grid)
    path.write_text(f"<html><table>{lines}</table></html>", encoding="utf-8")


@pytest.mark.parametrize(("ending", "write"), [("xlsx", _xlsx), ("csv", _csv), ("xls", _html)])
def test_spoiled_files_are_accounted_for(
    ending: str, write: Callable[[Path, Grid], None], people: Any, tmp_path: Path
) -> None:
    draw = random.Random(ending)
    done = 0
    for number in range(60):
        path = tmp_path / f"{number}.{ending}"
        write(path, mutant(draw, people))
        try:
            reading = read(path, as_of=AS_OF)
        except InputError:
            continue
        accounted_for(reading)
        again = read(write_corrected(reading, tmp_path / "balasan" / path.name), as_of=AS_OF)
        assert again.counts["rows"] == reading.counts["rows"]
        assert ending != "xlsx" or again.counts == reading.counts
        done += 1
    assert done > 20
