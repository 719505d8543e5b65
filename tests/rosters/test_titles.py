"""Whom a list is of: only a title that says so makes its people office-holders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.regions import Gazetteer
from payung.rosters import read
from payung.rosters.titles import category

Maker = Callable[..., Path]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DAFTAR KETUA RT", "ketua_rt"),
        ("DATA PERANGKAT DESA", "perangkat_desa"),
        ("DAFTAR NAMA ANGGOTA BPD", "bpd"),
        ("II. ANGGOTA BPD", "bpd"),
        ("I. KETUA RT DESA CONTOH KEC. MANTANGAI", "ketua_rt"),
        ("DAFTAR USULAN PESERTA BPJS KETENAGAKERJAAN PERANGKAT DESA", "perangkat_desa"),
        ("PERANGKAT DESA BUNGAI", "perangkat_desa"),
        ("KATEGORI : KETUA RT", "ketua_rt"),
        ("DAFTAR MANTIR KECAMATAN TEWAH", "mantir_kecamatan"),
        ("DATA PEKERJA RENTAN DESA CONTOH", "rentan"),
        ("DATA PEKERJA RENTAN DESA CONTOH (SK BPD No 3)", "rentan"),
        ("DATA PEKERJA RT 03", None),
        ("RT 03", None),
        ("KETUA RT : SUPARMAN", None),
        ("KEPALA DESA : YANSEN", None),
        ("KEPALA DESA MANTANGAI HULU", None),
        ("BADAN PERMUSYAWARATAN DESA", None),
        ("(sudah disetujui dalam musyawarah bersama BPD)", None),
        ("Sumber: SK BPD No 3", None),
        ("DATA WARGA PEKERJA RUKUN TETANGGA 05 DESA CONTOH", None),
        ("DATA PETANI, disetujui BPD", None),
        ("DAFTAR WARGA YANG DIUSULKAN KEPALA DESA", None),
        ("DAFTAR PERANGKAT DESA DAN BPD", None),
    ],
)
def test_title_gives_a_category(line: str, said: str | None) -> None:
    assert category([line]) == said


def test_nearest_title_decides() -> None:
    assert category(["DATA NELAYAN", "KETUA RT", "DAFTAR PERANGKAT DESA"]) is None
    assert category(["DATA PER NOVEMBER 2026", "DAFTAR PERANGKAT DESA"]) == "perangkat_desa"


def listed(people: Any, *extra: str) -> list[list[Any]]:
    return [
        [one["seq"], one["name"], one["nik"], *extra]
        for one in (people.person(number) for number in range(4))
    ]


def test_office_of_a_row_counts_before_the_title(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people)
    positions = ["Ketua BPD", "Linmas", None, "Sekretaris"]
    rows = [
        ["DAFTAR PERANGKAT DESA"],
        ["NO", "NAMA", "NIK", "JABATAN"],
        *[[*row, position] for row, position in zip(rows, positions, strict=True)],
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["category"].to_list() == ["bpd", None, "perangkat_desa", "perangkat_desa"]


def test_two_lists_side_by_side_share_the_title_over_both(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    left, right = listed(people), [row[:] for row in listed(people)]
    for number, row in enumerate(right):
        other = people.person(number + 30)
        row[1:] = [other["name"], other["nik"]]
    heading = ["NO", "NAMA", "NIK"]
    rows = [
        ["DESA MANTANGAI HULU KEC. MANTANGAI"],
        ["RT 01", None, None, None, "RT 02"],
        [*heading, None, *heading],
        *[[*one, None, *other] for one, other in zip(left, right, strict=True)],
    ]
    reading = read(sheet_file(rows), as_of=as_of, regions=Gazetteer.load())
    assert reading.rows["rt"].to_list() == ["001"] * 4 + ["002"] * 4
    assert set(reading.rows["village_code"].to_list()) == {"62.03.09.2008"}
    assert reading.rows["category"].null_count() == 8
