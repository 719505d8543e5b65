"""The eight collected fixtures, row by row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from payung.rosters import Reading, read

SAME_PEOPLE = ("01_opensid_impor_penduduk.xlsx", "02_siak_export.xls", "04_bip_2016.xls")


def _read(collected: Path, name: str, as_of: dt.date) -> Reading:
    return read(collected / name, as_of=as_of)


def test_three_layouts_of_the_same_people_say_the_same(collected: Path, as_of: dt.date) -> None:
    facts = ["nik", "kk", "name", "birth_date", "sex", "mother", "rt", "rw"]
    readings = [
        _read(collected, name, as_of)
        .rows.select(facts)
        .with_columns(pl.col("name", "mother").str.to_uppercase())
        for name in SAME_PEOPLE
    ]
    assert readings[0].height == 18
    for other in readings[1:]:
        assert other.rows() == readings[0].rows()
    assert readings[0].row(0) == (
        "6203990407940001",
        "6203992708110001",
        "JOHANSYAH",
        dt.date(1994, 7, 4),
        "L",
        "HJ. NORHAYATI",
        "001",
        "002",
    )


def test_opensid_codes_become_words(collected: Path, as_of: dt.date) -> None:
    reading = _read(collected, SAME_PEOPLE[0], as_of)
    assert reading.rows["row"].to_list() == list(range(2, 20))
    assert set(reading.rows["life_status"].to_list()) == {"hidup"}
    assert set(reading.rows["job"].to_list()) == {"Buruh harian lepas", "Petani/pekebun"}
    assert reading.counts["accepted"] == 18
    assert reading.tables[0].others == {"blank": 1, "end": 2}


def test_siak_row_that_is_not_valid_is_returned(collected: Path, as_of: dt.date) -> None:
    rows = _read(collected, SAME_PEOPLE[1], as_of).rows
    returned = rows.filter(pl.col("verdict") == "returned")
    assert returned.select("row", "name", "reasons").rows() == [(7, "SUPARNO", ["NIK_TIDAK_ADA"])]


def test_bip_family_rows_give_number_address_and_neighbourhood(collected: Path, as_of: dt.date) -> None:
    reading = _read(collected, SAME_PEOPLE[2], as_of)
    row = reading.rows.row(3, named=True)
    assert (row["row"], row["kk"], row["rt"], row["rw"], row["address"]) == (
        15,
        "6203991901140001",
        "007",
        "002",
        "MANTANGAI HULU",
    )
    assert reading.tables[0].area == {
        "province": "KALIMANTAN TENGAH",
        "regency": "KAPUAS",
        "district": "MANTANGAI",
        "village": "MANTANGAI HULU",
    }
    assert reading.tables[0].others == {"context": 6, "numbering": 1}


def test_bdt_uses_no_bps_code_and_no_household_number(collected: Path, as_of: dt.date) -> None:
    reading = _read(collected, "06_bdt_bps_codes.xlsx", as_of)
    fields = {column.field for column in reading.tables[0].columns}
    assert {
        "village_code_bps",
        "district_code_bps",
        "regency_code_bps",
        "province_code_bps",
        "household_id",
    } <= fields
    assert reading.rows.height == 14
    assert reading.rows["village_code"].null_count() == 14
    assert reading.rows["nik_state"].unique().to_list() == ["valid"]
    assert reading.rows["sex"].to_list()[:3] == ["L", "P", "P"]
    assert reading.rows["decile"].to_list()[:3] == [3, 2, 4]
    assert reading.rows.select("rt", "rw").row(0) == ("006", "003")


def test_erdkk_column_is_refused_and_every_row_returned(collected: Path, as_of: dt.date) -> None:
    reading = _read(collected, "08_erdkk_nik_rusak.csv", as_of)
    assert [column["code"] for column in reading.tables[0].refused] == ["KOLOM_NIK_ILMIAH"]
    assert reading.counts == {"rows": 32, "accepted": 0, "noted": 0, "returned": 32}
    assert reading.rows["nik_state"].unique().to_list() == ["damaged"]
    assert reading.rows.select("name", "birth_date", "mother", "rt").row(0) == (
        "IPAN",
        dt.date(1978, 9, 1),
        "Kasiyem",
        "006",
    )


def test_indonesian_csv_with_apostrophes_and_commas_in_names(collected: Path, as_of: dt.date) -> None:
    rows = _read(collected, "11_excel_indonesia_titikkoma.csv", as_of).rows
    assert rows["nik"].to_list()[0] == "6203990407940001"
    assert rows["name"].to_list()[2] == "Hairiah, S.Pd"
    assert rows["village"].to_list()[4] == "Karetau Manta’a"
    assert rows["phone"].to_list()[:4] == ["+6281200000001", "+628120000001", "+6281200000001", None]
    assert rows["birth_date"].to_list()[2] == dt.date(2013, 12, 10)


def test_bank_reconciliation_gives_nik_and_name(collected: Path, as_of: dt.date) -> None:
    reading = read(collected / "14_bpjstk_rekon.txt", as_of=as_of, kind="insured")
    assert reading.rows.height == 8
    assert reading.rows.select("nik", "name").row(0) == ("6203990407940001", "JOHANSYAH")
    assert reading.counts["returned"] == 0


MANUAL = [
    (8, "Kasmi", "6203994505960001", dt.date(1996, 5, 5), "Tewah", "001", "003"),
    (9, "Hamidah", "6203996002930001", dt.date(1993, 2, 20), "KUALA KURUN", "001", "002"),
    (10, "Ratna Sari", "6203996009880001", dt.date(1988, 9, 20), "Pujon", "001", "001"),
    (11, "Jainudin", "6203992409770001", dt.date(1977, 9, 24), "KUALA KURUN", "001", "002"),
    (12, "SABARIAH", "6203995308760001", dt.date(1976, 8, 13), "TEWAH", "001", "001"),
    (14, "SARKAWI", "6203990401630001", dt.date(1963, 1, 4), "Tewah", "002", "002"),
    (15, "Hamidah", "6203995907980001", dt.date(1998, 7, 19), "KUALA KAPUAS", "002", "003"),
    (16, "Mawar", "6203995512820001", dt.date(1982, 12, 15), "MANTANGAI", "002", "001"),
    (17, "Suriani", "6203996312800001", dt.date(1980, 12, 23), "MANTANGAI", "002", "001"),
    (18, "HASBULLAH", "6203991308640001", dt.date(1964, 8, 13), "TEWAH", "002", "003"),
]


@pytest.mark.parametrize("at", range(len(MANUAL)))
def test_manual_list_row(at: int, collected: Path, as_of: dt.date) -> None:
    rows = _read(collected, "15_daftar_desa_manual.xlsx", as_of).rows
    assert rows.select("row", "name", "nik", "birth_date", "birth_place", "rt", "rw").row(at) == MANUAL[at]


def test_manual_list_numeric_nik_is_a_note_and_other_rows_are_named(collected: Path, as_of: dt.date) -> None:
    reading = _read(collected, "15_daftar_desa_manual.xlsx", as_of)
    assert reading.findings.select("row", "column", "code").rows() == [(10, "C", "NIK_ANGKA")]
    assert reading.tables[0].others == {"blank": 2, "context": 2, "footer": 3, "numbering": 1, "total": 1}
    assert set(reading.rows["village"].to_list()) == {"MANTANGAI HULU"}
    assert set(reading.rows["category"].to_list()) == {"rentan"}
