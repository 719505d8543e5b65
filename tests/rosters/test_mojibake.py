"""Names that were decoded with the wrong table of letters: put right where it is certain, else a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rosters import read
from payung.rosters.mojibake import repair, repair_column
from payung.said import say

Maker = Callable[..., Path]
NAMES = [
    "LÉNNY KRISTINA",
    "MARIA’NA",
    "UDIN\xa0SALEH",
    "José Muñoz",
    "Çelik “Ari”",
    "D’Arc – Yohanes",
    "ÑOÑO",
]
TABLES = ["cp1252", "latin-1", "cp850", "cp437", "mac_roman"]


def wrong(name: str, table: str) -> str:
    return name.encode().decode(table)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("table", TABLES)
def test_wrong_table_is_undone(name: str, table: str) -> None:
    try:
        damaged = wrong(name, table)
    except UnicodeDecodeError:
        pytest.skip("this table has no letter for one of the bytes")
    assert damaged != name
    assert repair(damaged) == name


@pytest.mark.parametrize("name", NAMES)
def test_twice_is_undone_as_well(name: str) -> None:
    assert repair(wrong(wrong(name, "latin-1"), "latin-1")) == name


@given(
    st.text(alphabet=st.characters(codec="ascii"), max_size=40).filter(
        lambda text: "&" not in text and "_x" not in text
    )
)
def test_plain_text_stays(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("name", [*NAMES, "Ñ", "Ãsa", "Ándi", "√", "¬", "A & B", "Siti_xyz", "Â¤" * 0 + "Ã"])
def test_right_text_stays(name: str) -> None:
    assert repair(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MARIA&#39;NA", "MARIA'NA"),
        ("MARIA&apos;NA", "MARIA'NA"),
        ("TOKO A &amp; B", "TOKO A & B"),
        ("Ma_x0027_ruf", "Ma'ruf"),
        ("UDINÂ SALEH", "UDIN SALEH"),
        ("UDIN&nbsp;SALEH", "UDIN\xa0SALEH"),
    ],
)
def test_entities_and_lost_spaces(text: str, name: str) -> None:
    assert repair(text) == name


def test_column_counts_its_cells() -> None:
    column, many = repair_column(pl.Series(["LÃ‰NNY", None, "RINA", "LÃ‰NNY"]))
    assert column.to_list() == ["LÉNNY", None, "RINA", "LÉNNY"]
    assert many == 2


def csv_of(path: Path, people: Any, names: list[str]) -> Path:
    lines = ["No;NIK;Nama Lengkap;Tanggal Lahir"]
    for at, name in enumerate(names):
        one = people.person(at)
        lines.append(f"{at + 1};{one['nik']};{name};{one['birth_date']}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("table", TABLES)
def test_list_is_read_with_right_names_and_a_note(
    tmp_path: Path, people: Any, as_of: dt.date, table: str
) -> None:
    names = ["LÉNNY KRISTINA", "UDIN\xa0SALEH", "Rina Sahay", "Muñoz Awat"]
    path = csv_of(tmp_path / "salah.csv", people, [wrong(name, table) for name in names])
    reading = read(path, as_of=as_of)
    assert reading.rows["name"].to_list() == ["LÉNNY KRISTINA", "UDIN SALEH", "Rina Sahay", "Muñoz Awat"]
    assert reading.counts["accepted"] == 4
    assert any("3 sel berisi huruf yang salah terbaca" in note for note in map(say, reading.notes))


@pytest.mark.parametrize("name", ["L�NNY", "LÃNNY KRISTINA", "MARIAâ€NA", "MARIï¿½A", "L├NNY"])
def test_what_cannot_be_undone_is_a_finding(tmp_path: Path, people: Any, as_of: dt.date, name: str) -> None:
    reading = read(csv_of(tmp_path / "rusak.csv", people, ["Rina Sahay", name]), as_of=as_of)
    assert "NAMA_RUSAK" in reading.findings["code"].to_list()
    assert reading.rows["verdict"].to_list() == ["accepted", "noted"]


def test_one_bad_byte_does_not_spoil_the_other_names(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = csv_of(tmp_path / "satu.csv", people, ["LÉNNY", "Muñoz", "Rina"])
    path.write_bytes(path.read_bytes().replace(b"Rina", b"R\xe9na"))
    assert read(path, as_of=as_of).rows["name"].to_list() == ["LÉNNY", "Muñoz", "Réna"]
