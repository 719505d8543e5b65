"""`payung roster`: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import PayungError
from payung.people.nik import build as make_nik

RUN = CliRunner()
DAY = ["--as-of", "2026-11-22"]
VILLAGE = "62.03.09.2008"


@pytest.fixture
def village_list(tmp_path: Path) -> Path:
    """A list of four: two right, one with a note, one to be returned."""
    path = tmp_path / "daftar.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Warga")
    niks = [make_nik("620399", birth, "L", 1) for birth in (_day(1980), _day(1981), _day(1982))]
    page.write_row(2, 0, ["No", "NIK", "Nama", "L/P", "Tgl Lahir"])
    page.write_row(3, 0, [1, niks[0], "Kasmi", "L", "01-05-1980"])
    page.write_row(4, 0, [2, niks[1], "Jahri", "L", "01-05-1981"])
    page.write_row(5, 0, [3, niks[2], "Yogi", "P", "01-05-1982"])
    page.write_row(6, 0, [4, "12345", "Miskan", "L", "01-05-1983"])
    book.close()
    return path


def _day(year: int) -> Any:
    import datetime as dt

    return dt.date(year, 5, 1)


def run(*words: object) -> Any:
    return RUN.invoke(build(), ["roster", *map(str, words)])


def test_check_prints_the_promised_object(village_list: Path) -> None:
    result = run("check", village_list, "--json", *DAY)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert {
        name: answer[name]
        for name in ("file", "rows", "accepted", "noted", "returned", "refused_columns", "reasons")
    } == {
        "file": "daftar.xlsx",
        "rows": 4,
        "accepted": 2,
        "noted": 1,
        "returned": 1,
        "refused_columns": [],
        "reasons": {"NIK_FORMAT": 1, "NIK_JK_BEDA": 1},
    }
    (table,) = answer["tables"]
    assert (table["sheet"], table["header_row"]) == ("Warga", 3)
    assert [(column["cell"], column["heading"], column["field"]) for column in table["columns"]][1] == (
        "B3",
        "NIK",
        "nik",
    )
    assert all(0 <= column["confidence"] <= 1 for column in table["columns"])


def test_check_reads_for_people_too(village_list: Path) -> None:
    result = run("check", village_list, *DAY)
    assert result.exit_code == 0
    assert "4 baris orang" in result.stdout
    assert "NIK_FORMAT" in result.stdout


def test_check_writes_the_copy(village_list: Path, tmp_path: Path) -> None:
    result = run("check", village_list, "--out", tmp_path / "balasan", "--json", *DAY)
    assert Path(json.loads(result.stdout)["corrected"]) == tmp_path / "balasan" / "daftar.xlsx"
    assert (tmp_path / "balasan" / "daftar.xlsx").is_file()


def test_check_of_a_useless_file_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "acak.csv"
    path.write_text("a;b\n1;2\n")
    result = run("check", path)
    assert result.exit_code == 1
    assert "tidak ditemukan daftar orang" in result.stderr
    answer = json.loads(run("check", path, "--json").stdout)
    assert (answer["rows"], answer["tables"]) == (0, [])
    assert "acak.csv" in answer["error"]


@pytest.mark.parametrize(
    "words", [["check"], ["check", "tiada.xlsx"], ["check", "--as-of", "kemarin"], ["explain"], ["template"]]
)
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_unknown_village_is_wrong_usage(village_list: Path) -> None:
    result = run("check", village_list, "--village", "99.99.99.9999")
    assert isinstance(result.exception, PayungError)
    assert result.exception.exit_code == 2


def test_check_against_the_earlier_file_counts_changes(village_list: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(village_list)
    book.active["B7"] = make_nik("620399", _day(1983), "L", 1)
    book.active["C5"] = "Jahri Bin Udin"
    mended = tmp_path / "baru.xlsx"
    book.save(mended)
    answer = json.loads(run("check", mended, "--before", village_list, "--json", *DAY).stdout)
    assert answer["changes"] == {"changed": 1, "mended": 1, "same": 2}


def test_correction_is_remembered_for_its_village_only(tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    nik = make_nik("620399", _day(1980), "L", 1)
    path.write_text(f"NAMA;GELAR KAMPUNG;NIK\nKasmi;Penyadap karet;{nik}\n")
    memory = tmp_path / "koreksi.json"

    def field(*words: object) -> str:
        answer = json.loads(run("check", path, "--json", "--corrections", memory, *words, *DAY).stdout)
        return str(answer["tables"][0]["columns"][1]["field"])

    assert field() != "job"
    assert field("--village", VILLAGE, "--correct", "GELAR KAMPUNG=job") == "job"
    assert field("--village", VILLAGE) == "job"
    assert field() != "job"
    assert field("--correct", "gelar kampung=job") == "job"
    assert field() == "job"


def test_unknown_meaning_is_refused(village_list: Path, tmp_path: Path) -> None:
    result = run("check", village_list, "--corrections", tmp_path / "k.json", "--correct", "NIK=ikan")
    assert isinstance(result.exception, PayungError)
    assert not (tmp_path / "k.json").exists()


def test_severity_can_be_set(village_list: Path, tmp_path: Path) -> None:
    weights = tmp_path / "bobot.json"
    weights.write_text('{"NIK_JK_BEDA": "return", "NIK_FORMAT": "note"}')
    answer = json.loads(run("check", village_list, "--severity", weights, "--json", *DAY).stdout)
    assert (answer["noted"], answer["returned"]) == (1, 1)
    weights.write_text('{"NIK_JK_BEDA": "off"}')
    assert (
        json.loads(run("check", village_list, "--severity", weights, "--json", *DAY).stdout)["accepted"] == 3
    )


def test_explain_a_faulty_cell(village_list: Path) -> None:
    answer = json.loads(run("explain", village_list, "B7", "--json", *DAY).stdout)
    assert (answer["heading"], answer["field"], answer["value"], answer["verdict"]) == (
        "NIK",
        "nik",
        "12345",
        "returned",
    )
    assert answer["clean"] == {"nik": "12345", "nik_state": "malformed"}
    assert [found["code"] for found in answer["findings"]] == ["NIK_FORMAT"]
    told = run("explain", village_list, "Warga!B7", *DAY).stdout
    assert "dikembalikan" in told
    assert "dibaca sebagai nik" in told


def test_explain_both_of_two_lists_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "berdampingan.csv"
    left, right = (make_nik("620399", _day(year), "L", 1) for year in (1980, 1990))
    path.write_text(
        f"NO,NAMA,NIK,,NO,NAMA,NIK\n1,Jahri,{left},,1,Uga,123\n2,Budi,{left},,2,Tono,{right}\n", "utf-8"
    )
    told = {
        cell: json.loads(run("explain", path, cell, "--json", *DAY).stdout) for cell in ("C2", "G2", "B3")
    }
    assert [told[cell]["value"] for cell in told] == [left, "123", "Budi"]
    assert (told["C2"]["clean"]["nik"], told["G2"]["clean"]["nik"]) == (left, "123")
    assert [found["code"] for found in told["G2"]["findings"]] == ["NIK_FORMAT"]
    assert "NIK_FORMAT" not in [found["code"] for found in told["C2"]["row_findings"]]


def test_explain_outside_the_list(village_list: Path) -> None:
    assert json.loads(run("explain", village_list, "A1", "--json", *DAY).stdout)["verdict"] is None
    assert isinstance(run("explain", village_list, "Lain!A1", *DAY).exception, PayungError)
    assert isinstance(run("explain", village_list, "tujuh", *DAY).exception, PayungError)


def test_template_reads_back_without_a_fault(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "kosong.xlsx"
    assert run("template", VILLAGE, "--out", path, *DAY).exit_code == 0
    assert run("check", path).exit_code == 1  # nobody in it yet
    book = openpyxl.load_workbook(path)
    page = book["Daftar"]
    assert len(page.data_validations.dataValidation) > 8
    assert "MANTANGAI HULU" in page["A2"].value
    for column, value in enumerate(
        [
            1,
            make_nik("620399", _day(1980), "P", 1),
            "Kasmi",
            make_nik("620399", _day(2005), "L", 2),
            "Tewah",
            _day(1980),
            "P",
            "Jl. Patih",
            "003",
            "001",
            "Mantangai Hulu",
            "Mantangai",
            "Penyadap karet",
            1_000_000,
            "Rentan",
            "Tidak",
            2,
            "Lathifah",
            "081200000001",
            "",
        ],
        1,
    ):
        page.cell(7, column, value)
    book.save(path)
    answer = json.loads(run("check", path, "--village", VILLAGE, "--json", *DAY).stdout)
    assert (answer["rows"], answer["accepted"]) == (1, 1), answer
    assert "other" not in {column["field"] for column in answer["tables"][0]["columns"]}


def test_template_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("template", VILLAGE, "--out", tmp_path / f"{name}.xlsx", *DAY)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_template_of_no_village_is_refused(tmp_path: Path) -> None:
    result = run("template", "62.03.09.9999", "--out", tmp_path / "x.xlsx")
    assert isinstance(result.exception, PayungError)
    assert not (tmp_path / "x.xlsx").exists()
