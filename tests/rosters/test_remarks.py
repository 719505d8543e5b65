"""What remarks say of a person, and what they say of somebody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.rosters import read
from payung.rosters.remarks import read_household, read_late, read_life, read_note, read_official

Maker = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sudah meninggal", "meninggal"),
        ("Meninggal dunia tgl 3-5-2026", "meninggal"),
        ("wafat 2025", "meninggal"),
        ("Alm.", "meninggal"),
        ("sudah mati", "meninggal"),
        ("meninggal, tidak ada ahli waris", "meninggal"),
        ("Sudah pindah ke Banjarmasin", "pindah"),
        ("Pindah", "pindah"),
        ("pindah dari Mantangai ke Sampit", "pindah"),
        ("pindahan dari Sampit 2020", None),
        ("pindah dari Sampit", None),
        ("pindah datang 2019", None),
        ("pindah ke RT 03", None),
        ("belum pindah", None),
        ("rencana mau pindah", None),
        ("istri meninggal 2019", None),
        ("Suami sudah meninggal", None),
        ("bini meninggal 2019", None),
        ("abah wafat", None),
        ("umak sudah meninggal", None),
        ("menantu pindah ke Sampit", None),
        ("janda, suami meninggal", None),
        ("KTP mati", None),
        ("petani", None),
    ],
)
def test_life(text: str, said: str | None) -> None:
    assert read_life(text) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("RUSDI (ALM)", "meninggal"),
        ("Rusdi (Alm.)", "meninggal"),
        ("ALM. RUSDI", "meninggal"),
        ("RUSDI BIN UGA (ALM)", None),
        ("SITI BINTI ALM. UGA", None),
        ("ALMAN", None),
        ("ALM", None),
        ("RUSDI", None),
    ],
)
def test_late_in_the_name_of_the_person(name: str, said: str | None) -> None:
    assert read_late(name) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Suami PNS", True),
        ("istri ASN", True),
        ("TNI", True),
        ("bukan PNS", None),
        ("pensiunan PNS", None),
        ("petani", None),
    ],
)
def test_public_servant(text: str, said: bool | None) -> None:
    assert read_official(text) is said


@pytest.mark.parametrize(
    ("text", "said"), [("suami PNS", True), ("bukan PNS", False), ("tidak ada PNS", False), ("petani", None)]
)
def test_cell_under_servant_in_the_household(text: str, said: bool | None) -> None:
    assert read_household(text) is said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sudah punya BPJS TK", "KET_PESERTA"),
        ("belum punya BPJS TK", None),
        ("sdh jd peserta bpjs naker lewat perusahaan", "KET_PESERTA"),
        ("telah terdaftar BPJS Tenaga Kerja", "KET_PESERTA"),
        ("tercover BPJAMSOSTEK dari PT", "KET_PESERTA"),
        ("BPJS TK sudah ada", "KET_PESERTA"),
        ("BPJSTK aktif", "KET_PESERTA"),
        ("BPJS TK tidak aktif", None),
        ("dulu pernah ikut bpjs naker", None),
        ("sudah punya BPJS Kesehatan", None),
        ("usul BPJS TK", None),
        ("mundur", "KET_MUNDUR"),
        ("tidak bersedia", "KET_MUNDUR"),
        ("Merantau ke Malaysia", "KET_MERANTAU"),
        ("Ganda dgn no 3", "KET_GANDA"),
        ("anak merantau", None),
    ],
)
def test_notes(text: str, code: str | None) -> None:
    assert read_note(text) == code


def rows_with(people: Any, *remarks: str) -> list[list[Any]]:
    rows: list[list[Any]] = [["NO", "NAMA", "NIK", "KETERANGAN"]]
    for number, remark in enumerate(remarks):
        one = people.person(number)
        rows.append([one["seq"], one["name"], one["nik"], remark])
    return rows


REMARKS = ("Sudah wafat", "Sudah pindah ke Sampit", "Suami PNS", "mundur", "istri meninggal 2019")


def test_remarks_of_a_village_list(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(sheet_file(rows_with(people, *REMARKS)), as_of=as_of)
    assert reading.rows["reasons"].to_list() == [["MENINGGAL"], ["PINDAH"], ["KK_ASN"], ["MUNDUR"], []]
    assert reading.rows["verdict"].to_list() == ["returned", "returned", "noted", "noted", "accepted"]
    assert reading.rows["household_official"].to_list() == [None, None, True, None, None]
    assert set(reading.findings["column"].to_list()) == {"D"}


def test_insurers_list_is_not_judged_by_its_remarks(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(
        sheet_file(rows_with(people, "Sudah peserta BPJS TK", "mundur")), as_of=as_of, kind="insured"
    )
    assert reading.rows["reasons"].to_list() == [[], []]


def test_dead_by_name_is_returned_and_a_dead_father_is_a_note(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = rows_with(people, "", "")
    rows[1][1], rows[2][1] = "RUSDI (ALM)", "RUSDI BIN UGA (ALM)"
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["verdict"].to_list() == ["returned", "noted"]
    assert reading.rows["life_status"].to_list() == ["meninggal", None]
    assert reading.rows["reasons"].to_list() == [["MENINGGAL"], ["NAMA_ALMARHUM"]]


def test_category_of_the_programme_is_no_class_of_welfare(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = rows_with(people, "Rentan", "Pekerja Rentan (APBD)", "Rentan miskin", "Miskin ekstrem")
    rows[0][3] = "KATEGORI"
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["welfare"].to_list() == [None, None, "rentan_miskin", "miskin_ekstrem"]
