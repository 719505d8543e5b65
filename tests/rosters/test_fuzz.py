"""Broken bytes for each reader: an answer or one sentence, never a crash, and the reader lives on."""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.errors import InputError
from payung.rosters import read, write_corrected
from payung.rosters.book import open_book

ROUNDS = 60


def spoil(data: bytes, draw: random.Random) -> bytes:
    """Return ``data`` with bytes changed, cut out, doubled or cut off."""
    spoilt = bytearray(data)
    for _ in range(draw.randrange(1, 8)):
        at = draw.randrange(len(spoilt))
        way = draw.randrange(5)
        if way == 0:
            spoilt[at] = draw.randrange(256)
        elif way == 1:
            spoilt[at : at + draw.randrange(1, 40)] = b""
        elif way == 2:
            spoilt[at:at] = spoilt[at : at + draw.randrange(1, 40)]
        elif way == 3:
            spoilt[at : at + 4] = draw.randbytes(4)
        elif draw.random() < 0.3:
            del spoilt[at:]
        if not spoilt:
            spoilt = bytearray(b"x")
    return bytes(spoilt)


def spoil_part(data: bytes, draw: random.Random, path: Path) -> None:
    """Write the zip ``data`` to ``path`` with one of its parts spoilt, so that the damage lies below the zip."""
    original = path.with_suffix(".asli")
    original.write_bytes(data)
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        victim = draw.choice(names)
        for name in names:
            part = source.read(name)
            target.writestr(name, spoil(part, draw) if name == victim and part else part)
    original.unlink()


def survives(path: Path, as_of: dt.date) -> bool:
    """Read the file; return whether it could be read."""
    sentence = path.name
    reading = None
    try:
        reading = read(path, as_of=as_of)
    except InputError as error:
        sentence = error.message.id
    assert path.name in sentence
    if reading is None:
        return False
    copy = write_corrected(reading, path.with_name(f"balasan-{path.name}"))
    assert read(copy, as_of=as_of).rows.height == reading.rows.height
    counts = reading.counts
    assert counts["rows"] == counts["accepted"] + counts["noted"] + counts["returned"]
    return True


@pytest.fixture
def good_file(sheet_file: Callable[..., Path], people: Any, tmp_path: Path) -> Callable[[str], Path]:
    """A function that returns a sound file of a kind."""

    def make(kind: str) -> Path:
        fields = ("seq", "nik", "name", "birth_date", "sex", "address")
        rows = [
            ["No", "NIK", "Nama", "Tgl Lahir", "L/P", "Alamat"],
            *[[people.person(n)[field] for field in fields] for n in range(6)],
        ]
        if kind == "xlsx":
            return sheet_file(rows)
        if kind == "csv":
            path = tmp_path / "data.csv"
            path.write_text("\n".join(";".join(map(str, row)) for row in rows))
        elif kind == "html":
            path = tmp_path / "data.xls"
            path.write_text(
                "<table>"
                + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
                + "</table>"
            )
        else:
            path = tmp_path / "data.ods"
            lines = "".join(
                "<table:table-row>"
                + "".join(
                    f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                    for cell in row
                )
                + "</table:table-row>"
                for row in rows
            )
            spaces = "".join(
                f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
            )
            with zipfile.ZipFile(path, "w") as book:
                book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                book.writestr(
                    "META-INF/manifest.xml",
                    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
                )
                book.writestr(
                    "content.xml",
                    f"<office:document-content{spaces}><office:body><office:spreadsheet><table:table "
                    f'table:name="W">{lines}</table:table>'
                    "</office:spreadsheet></office:body></office:document-content>",
                )
        return path

    return make


@pytest.mark.parametrize("kind", ["xlsx", "csv", "html", "ods"])
def test_spoilt_bytes(kind: str, good_file: Callable[[str], Path], tmp_path: Path, as_of: dt.date) -> None:
    good = good_file(kind)
    assert survives(good, as_of)
    data = good.read_bytes()
    draw = random.Random(kind)
    for number in range(ROUNDS):
        path = tmp_path / f"rusak{number}{good.suffix}"
        path.write_bytes(spoil(data, draw))
        survives(path, as_of)
    assert survives(good, as_of)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_spoilt_parts_of_a_sound_zip(
    kind: str, good_file: Callable[[str], Path], tmp_path: Path, as_of: dt.date
) -> None:
    good = good_file(kind)
    draw = random.Random(kind)
    for number in range(ROUNDS):
        path = tmp_path / f"bagian{number}{good.suffix}"
        spoil_part(good.read_bytes(), draw, path)
        survives(path, as_of)
    assert survives(good, as_of)


@pytest.mark.parametrize("name", ["02_siak_export.xls", "04_bip_2016.xls"])
def test_spoilt_old_books(name: str, collected: Path, tmp_path: Path, as_of: dt.date) -> None:
    data = (collected / name).read_bytes()
    draw = random.Random(name)
    for number in range(ROUNDS):
        path = tmp_path / f"rusak{number}.xls"
        path.write_bytes(spoil(data, draw))
        survives(path, as_of)


def test_random_bytes(tmp_path: Path, as_of: dt.date) -> None:
    draw = random.Random(1)
    for number in range(ROUNDS):
        path = tmp_path / f"acak{number}.xlsx"
        start = draw.choice(
            [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"\x09\x08"]
        )
        path.write_bytes(start + draw.randbytes(draw.randrange(1, 3000)))
        survives(path, as_of)


def test_a_reader_that_is_killed_starts_again(good_file: Callable[[str], Path]) -> None:
    from payung.rosters import book

    good = good_file("csv")
    assert open_book(good).sheets[0].cells.height == 7
    process = book._READER._process
    assert process is not None
    process.kill()
    process.wait()
    assert open_book(good).sheets[0].cells.height == 7
