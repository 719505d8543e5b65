"""Rows that a delimiter inside a name or an address has shifted: put right where one way is left, else returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.rosters import Reading, read

Maker = Callable[..., Path]
FIELDS = ("seq", "nik", "name", "address", "rt", "rw", "birth_place", "birth_date", "kk", "job")
HEADING = "No,NIK,Nama Lengkap,Alamat,RT,RW,Tempat Lahir,Tanggal Lahir,Nomor KK,Pekerjaan"
ORDERS = [
    FIELDS,
    ("seq", "name", "nik", "kk", "birth_place", "birth_date", "sex", "address", "rt", "rw", "job"),
    ("nik", "name", "address", "birth_date", "kk", "phone", "job"),
    ("seq", "name", "address", "village", "nik", "birth_date", "sex"),
    ("name", "job", "address", "rt", "nik", "kk", "birth_date"),
]
WORDS = {
    "seq": "No", "nik": "NIK", "name": "Nama", "address": "Alamat", "rt": "RT", "rw": "RW", "job": "Pekerjaan",
    "birth_place": "Tempat Lahir", "birth_date": "Tanggal Lahir", "kk": "No KK", "sex": "L/P", "phone": "No HP",
    "village": "Desa",
}  # fmt: skip
COUNT = 12


def write(
    path: Path, people: Any, changes: dict[int, dict[str, str]], order: tuple[str, ...], sign: str
) -> Path:
    lines = [sign.join(WORDS[field] for field in order)]
    for at in range(COUNT):
        one = {**people.person(at), "address": "Jl. Handel", "job": "Petani", **changes.get(at, {})}
        lines.append(sign.join(str(one[field]) for field in order))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def shown(reading: Reading, field: str) -> list[Any]:
    values: list[Any] = reading.rows[field].to_list()
    return values


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize(
    "address", ["Jl. Handel{} RT 1", "Jl. Patih{} Blok B", "Gg. Suka{} Jl. Ahmad{} No 3"]
)
def test_delimiter_in_an_address(
    tmp_path: Path, people: Any, as_of: dt.date, order: tuple[str, ...], sign: str, address: str
) -> None:
    text = address.replace("{}", sign)
    path = write(tmp_path / "geser.csv", people, {3: {"address": text}, 8: {"address": text}}, order, sign)
    reading = read(path, as_of=as_of)
    whole = people.__class__()
    persons = [whole.person(at) for at in range(COUNT)]
    assert shown(reading, "nik") == [one["nik"] for one in persons]
    assert shown(reading, "birth_date") == [one["birth"] for one in persons]
    if "kk" in order:
        assert shown(reading, "kk") == [one["kk"] for one in persons]
    assert [
        row for row, reasons in zip(shown(reading, "row"), shown(reading, "reasons"), strict=True) if reasons
    ] == [5, 10]
    assert set(reading.findings["code"]) == {"BARIS_DILURUSKAN"}
    assert shown(reading, "address")[3].replace(" ", "") == address.replace("{}", ",").replace(" ", "")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("degree", ["S.Pd", "S.E., M.M", "A.Md.Kep", "SH", "S. Sos"])
def test_degree_behind_a_name(
    tmp_path: Path, people: Any, as_of: dt.date, order: tuple[str, ...], degree: str
) -> None:
    path = write(tmp_path / "gelar.csv", people, {4: {"name": f"Lenny Kristina, {degree}"}}, order, ",")
    reading = read(path, as_of=as_of)
    wrong = [
        row
        for row, verdict in zip(shown(reading, "row"), shown(reading, "verdict"), strict=True)
        if verdict != "accepted"
    ]
    assert wrong == [6]
    if shown(reading, "verdict")[4] == "noted":
        assert shown(reading, "name")[4].startswith("Lenny Kristina, ")
        assert shown(reading, "address")[4] == "Jl. Handel"


def test_row_with_two_ways_is_returned_as_shifted(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    order = ("nik", "address", "job", "birth_date", "kk", "rt")
    path = tmp_path / "dua.csv"
    write(path, people, {4: {"address": "Handel, Karya"}}, order, ",")
    path.write_text(path.read_text().replace("NIK,Alamat", "NIK,Alamat").replace("Pekerjaan", "Keterangan"))
    reading = read(path, as_of=as_of)
    assert shown(reading, "verdict")[4] == "returned"
    assert "BARIS_GESER" in reading.findings["code"].to_list()


@pytest.mark.parametrize("beside", ["sudah pindah RT", "cek lagi", "x", "12", "ok, lengkap"])
def test_remark_beside_a_list_shifts_nothing(
    sheet_file: Maker, people: Any, as_of: dt.date, beside: str
) -> None:
    rows: list[list[Any]] = [[WORDS[field] for field in FIELDS]]
    for at in range(COUNT):
        one = people.person(at)
        rows.append([*(one[field] for field in FIELDS), beside if at == 4 else ""])
    codes = read(sheet_file(rows), as_of=as_of).findings["code"].to_list()
    assert "BARIS_GESER" not in codes
    assert "BARIS_DILURUSKAN" not in codes


@pytest.mark.parametrize("beside", ["sudah pindah RT", "cek lagi", "x", "sakit"])
@pytest.mark.parametrize(
    "order", [("seq", "nik", "name", "birth_date", "rt", "kk"), ("seq", "name", "nik", "kk", "sex")]
)
def test_remark_behind_a_line_of_text_shifts_nothing(
    tmp_path: Path, people: Any, as_of: dt.date, beside: str, order: tuple[str, ...]
) -> None:
    path = write(tmp_path / "catatan.csv", people, {}, order, ";")
    lines = path.read_text().splitlines()
    lines[4] += f";{beside}"
    path.write_text("\n".join(lines))
    codes = read(path, as_of=as_of).findings["code"].to_list()
    assert "BARIS_GESER" not in codes
    assert "BARIS_DILURUSKAN" not in codes


def test_row_that_lost_a_cell_is_returned(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = write(tmp_path / "kurang.csv", people, {}, FIELDS, ",")
    lines = path.read_text().splitlines()
    cells = lines[5].split(",")
    lines[5] = ",".join(cells[:3] + cells[4:])
    path.write_text("\n".join(lines))
    reading = read(path, as_of=as_of)
    assert shown(reading, "verdict")[4] == "returned"
    assert reading.findings["code"].to_list().count("BARIS_GESER") == 1
