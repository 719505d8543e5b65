"""Content decides, not the ending: what a file holds is read, or refused with the sentence that fits."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from payung.errors import InputError
from payung.rosters import read

Maker = Callable[..., Path]
HEADING = ["No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Pekerjaan"]
FIELDS = ("seq", "nik", "name", "birth_place", "birth_date", "sex", "job")
COUNT = 8


def listed(people: Any, count: int = COUNT) -> list[list[str]]:
    persons = [people.person(at) for at in range(count)]
    return [HEADING, *[[str(one[field]) for field in FIELDS] for one in persons]]


def all_there(path: Path, rows: list[list[str]], as_of: dt.date) -> None:
    reading = read(path, as_of=as_of)
    assert reading.rows["nik"].to_list() == [row[1] for row in rows[1:]]
    assert reading.rows["name"].to_list() == [row[2] for row in rows[1:]]
    assert reading.counts["accepted"] == len(rows) - 1


def refused(path: Path, as_of: dt.date) -> str:
    with pytest.raises(InputError) as fault:
        read(path, as_of=as_of)
    assert fault.value.message.id != fault.value.message.en
    return fault.value.message.en


@pytest.mark.parametrize("ending", [".xls", ".csv", ".ods", ".txt", ".dat", ".xlsb", ""])
def test_workbook_under_another_name(sheet_file: Maker, people: Any, as_of: dt.date, ending: str) -> None:
    rows = listed(people)
    path = sheet_file(rows)
    other = path.with_name(f"daftar-lain{ending}")
    path.rename(other)
    all_there(other, rows, as_of)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".doc", ".ods", ".html", ".dat", ""])
def test_text_under_another_name(tmp_path: Path, people: Any, as_of: dt.date, ending: str) -> None:
    rows = listed(people)
    path = tmp_path / f"daftar{ending}"
    path.write_text("\n".join(";".join(row) for row in rows))
    all_there(path, rows, as_of)


@pytest.mark.parametrize(
    "only", [None, "xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "all but types"]
)
def test_backslashes_inside_the_zip(sheet_file: Maker, people: Any, as_of: dt.date, only: str | None) -> None:
    rows = listed(people)
    path = sheet_file(rows)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    other = path.with_name("miring.xlsx")
    with zipfile.ZipFile(other, "w") as book:
        for name, data in parts.items():
            turned = name.replace("/", "\\") if only in (None, "all but types") or name == only else name
            info = zipfile.ZipInfo("x")
            info.filename = turned
            book.writestr(info, data)
    all_there(other, rows, as_of)


def word_document(path: Path, rows: list[list[str]], *, table: bool = True) -> Path:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    cells = [
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>" for text in row)
        + "</w:tr>"
        for row in rows
    ]
    inner = f"<w:tbl>{''.join(cells)}</w:tbl>" if table else "<w:p><w:r><w:t>Surat</w:t></w:r></w:p>"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/document.xml", f"<w:document {space}><w:body>{inner}</w:body></w:document>")
    return path


@pytest.mark.parametrize(
    "name", ["daftar.docx", "daftar.xlsx", "daftar.doc", "daftar.DOCX", "daftar.zip", "daftar"]
)
def test_table_of_a_document_is_read(tmp_path: Path, people: Any, as_of: dt.date, name: str) -> None:
    rows = listed(people)
    all_there(word_document(tmp_path / name, rows), rows, as_of)


def test_document_without_a_table_is_called_one(tmp_path: Path, as_of: dt.date) -> None:
    assert "text document without a table" in refused(
        word_document(tmp_path / "surat.docx", [], table=False), as_of
    )


def interchange(rows: list[list[str]]) -> str:
    lines = [
        "TABLE",
        "0,1",
        '"Sheet"',
        "VECTORS",
        "0,7",
        '""',
        "TUPLES",
        f"0,{len(rows)}",
        '""',
        "DATA",
        "0,0",
        '""',
    ]
    for row in rows:
        lines += ["-1,0", "BOT"]
        for text in row:
            lines += ["1,0", f'"{text}"'] if not text.isdigit() or len(text) > 10 else [f"0,{text}", "V"]
    return "\n".join([*lines, "-1,0", "EOD"]) + "\n"


@pytest.mark.parametrize("ending", [".dif", ".txt", ".csv"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_interchange_format(tmp_path: Path, people: Any, as_of: dt.date, ending: str, line: str) -> None:
    rows = listed(people)
    path = tmp_path / f"daftar{ending}"
    path.write_bytes(interchange(rows).replace("\n", line).encode())
    all_there(path, rows, as_of)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "daftar.gsheet",
            json.dumps({"": "WARNING! DO NOT EDIT", "doc_id": "1AbC", "email": "x@example.org"}),
        ),
        ("daftar.gsheet", json.dumps({"url": "https://docs.example.org/open?id=1AbC", "doc_id": "1AbC"})),
        ("daftar.url", "[InternetShortcut]\r\nURL=https://docs.example.org/x\r\n"),
        ("daftar.xlsx", "https://docs.example.org/spreadsheets/d/1AbC/edit\n"),
        ("daftar.desktop", "[Desktop Entry]\nURL=https://docs.example.org/x\n"),
    ],
)
def test_shortcut_is_called_one(tmp_path: Path, as_of: dt.date, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert "only a shortcut" in refused(path, as_of)


@pytest.mark.parametrize("ending", [".zip", ".xlsx", ""])
@pytest.mark.parametrize(
    "inside", [("desa/a.xlsx", "desa/b.XLSX"), ("a.xlsx", "foto.jpg", "b.ods", "c.csv")], ids=len
)
def test_zip_of_lists_says_what_to_do(
    sheet_file: Maker, people: Any, as_of: dt.date, inside: tuple[str, ...], ending: str
) -> None:
    path = sheet_file(listed(people))
    other = path.with_name(f"kiriman{ending}")
    with zipfile.ZipFile(other, "w") as book:
        for name in inside:
            book.write(path, name)
    lists = sum(not name.endswith(".jpg") for name in inside)
    assert f"holds {lists} files" in refused(other, as_of)


def test_zip_of_pictures_is_a_zip(tmp_path: Path, as_of: dt.date) -> None:
    path = tmp_path / "foto.zip"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("a.jpg", b"x")
    assert "is a ZIP file" in refused(path, as_of)


@pytest.mark.parametrize("count", [3, 5, 12])
@pytest.mark.parametrize("left", [0, 1])
def test_list_that_runs_across_is_called_so(
    sheet_file: Maker, people: Any, as_of: dt.date, count: int, left: int
) -> None:
    rows = listed(people, count)
    across = [["" for _ in range(left)] + list(line) for line in zip(*rows, strict=True)]
    assert "runs across" in refused(sheet_file(across), as_of)


@pytest.mark.parametrize("gap", [2, 3, 5])
@pytest.mark.parametrize("rule", [None, "-", "="])
def test_columns_of_fixed_width(
    tmp_path: Path, people: Any, as_of: dt.date, gap: int, rule: str | None
) -> None:
    rows = listed(people)
    widths = [max(len(row[at]) for row in rows) + gap for at in range(len(HEADING))]
    lines = ["".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows]
    if rule:
        lines.insert(1, rule * sum(widths))
    path = tmp_path / "lebar.txt"
    path.write_text("\n".join(lines))
    all_there(path, rows, as_of)


@pytest.mark.parametrize(
    "form",
    [
        "Nama : {name}\nNIK : {nik}\nTgl lahir : {birth_date}\n\n",
        "*Nama*: {name}\n*NIK*: {nik}\n*TTL*: {birth_place}, {birth_date}\n",
        "- Nama Lengkap = {name}\n- No KTP = {nik}\n- Pekerjaan = {job}\n\n\n",
        "{seq}. Nama: {name}\n   NIK: {nik}\n   L/P: {sex}\n",
        "[12/06/26, 10.15] Pak RT: Nama: {name}\nNIK: {nik}\nAlamat: Jl. Handel\n",
    ],
)
def test_people_as_blocks_of_a_chat(tmp_path: Path, people: Any, as_of: dt.date, form: str) -> None:
    persons = [people.person(at) for at in range(5)]
    path = tmp_path / "pesan.txt"
    path.write_text("".join(form.format(**one) for one in persons))
    rows = read(path, as_of=as_of).rows
    assert rows["nik"].to_list() == [one["nik"] for one in persons]
    assert rows["name"].to_list() == [one["name"] for one in persons]


QUOTES = [
    (10, 2, '"{}'),
    (3, 2, '"{}'),
    (5, 3, '"{}'),
    (299, 2, '"{}'),
    (1, 2, '"{}'),
    (7, 6, '"{}'),
    (150, 4, '"{}'),
]


@pytest.mark.parametrize(("row", "column", "form"), QUOTES)
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_open_quote_swallows_nobody(
    tmp_path: Path, people: Any, as_of: dt.date, row: int, column: int, form: str, sign: str
) -> None:
    rows = listed(people, 300)
    wanted = [line[2] for line in rows[1:]]
    rows[row] = list(rows[row])
    rows[row][column] = form.format(rows[row][column])
    path = tmp_path / "kutip.csv"
    path.write_text("\n".join(sign.join(line) for line in rows) + "\n")
    found = read(path, as_of=as_of).rows
    assert found["name"].to_list() == wanted


def test_two_open_quotes_swallow_nobody(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    rows = listed(people, 60)
    wanted = [line[2] for line in rows[1:]]
    for row in (5, 40):
        rows[row] = [*rows[row][:2], '"' + rows[row][2], *rows[row][3:]]
    path = tmp_path / "kutip.csv"
    path.write_text("\n".join(";".join(line) for line in rows))
    assert read(path, as_of=as_of).rows["name"].to_list() == wanted


@pytest.mark.parametrize("away", [-1, 0, 1, 3])
@pytest.mark.parametrize("form", ['"{}', '{}"', 'A"{}'])
@pytest.mark.parametrize("address", ['"Jl. Handel\nRT 1"', '"Jl. Handel\nRT 1\nRW 2"'])
def test_stray_quote_beside_a_cell_of_several_lines(
    tmp_path: Path, people: Any, as_of: dt.date, away: int, form: str, address: str
) -> None:
    rows = [[*row, "Jl. Biasa", "001"] for row in listed(people, 30)[1:]]
    wanted = [row[2] for row in rows]
    rows[10][-2] = address
    rows[10 + away][2] = form.format(rows[10 + away][2])
    path = tmp_path / "kutip.csv"
    lines = [[*HEADING, "Alamat", "RT"], *rows]
    path.write_text("\n".join(";".join(line) for line in lines) + "\n")
    found = read(path, as_of=as_of).rows
    assert found.height == 30
    assert found["nik"].to_list() == [row[1] for row in rows]
    assert [name for at, name in enumerate(found["name"]) if at != 10 + away] == [
        name for at, name in enumerate(wanted) if at != 10 + away
    ]
    assert wanted[10 + away] in found["name"][10 + away]
    assert found["address"][10].startswith("Jl. Handel RT 1")


def test_cell_of_several_lines_stays_one(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    rows = listed(people, 20)
    lines = [";".join([*row, '"Jl. Handel; Blok A\nRT 1; ""Ujung"""']) for row in rows[1:]]
    lines[7] = ";".join([*rows[8][:2], '"' + rows[8][2], *rows[8][3:], "Jl. Handel"])
    path = tmp_path / "alamat.csv"
    path.write_text("\n".join([";".join([*HEADING, "Alamat"]), *lines]))
    found = read(path, as_of=as_of).rows
    assert found["name"].to_list() == [row[2] for row in rows[1:]]
    assert found["address"].to_list().count('Jl. Handel; Blok A RT 1; "Ujung"') == 19


@pytest.mark.parametrize(
    "rule",
    [
        "|---|---|---|---|---|---|---|",
        "---;---;---;---;---;---;---",
        "=====;;;;;;",
        "...;...;...;;;;",
        "—;—;—;—;—;—;—",
        "13;-;---;-;-;-;-",
    ],
)
def test_line_of_dashes_is_nobody(tmp_path: Path, people: Any, as_of: dt.date, rule: str) -> None:
    rows = listed(people, 12)
    sign = "|" if rule.startswith("|") else ";"
    lines = [sign.join(row) if sign == ";" else f"| {' | '.join(row)} |" for row in rows]
    path = tmp_path / "garis.txt"
    path.write_text("\n".join([lines[0], *([rule] if rule[0] != "1" else []), *lines[1:], rule]))
    all_there(path, rows, as_of)
