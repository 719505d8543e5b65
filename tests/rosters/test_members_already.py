"""A column that says who is insured already is heard as remarks are: such people are asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.rosters import read
from payung.rosters.remarks import read_labour_insurance, read_member

Maker = Callable[..., Path]


def listed(people: Any, heading: str, cells: list[Any]) -> list[list[Any]]:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "Tanggal Lahir", heading, "RT"]]
    for at, text in enumerate(cells):
        one = people.person(at)
        rows.append([at + 1, one["name"], one["nik"], one["birth_date"], text, "001"])
    return rows


HEADINGS = [
    "Status BPJS Ketenagakerjaan",
    "BPJS TK",
    "Kepesertaan BPJS Ketenagakerjaan",
    "Sudah Terdaftar BPJSTK (Ya/Tidak)",
    "Status Jamsostek",
    "BPJAMSOSTEK",
    "Peserta BPJS Tenaga Kerja",
    "Jaminan Sosial Ketenagakerjaan",
    "Jaminan Sosial Tenaga Kerja",
    "Perlindungan Jamsos Naker",
    "Jamsos Ketenagakerjaan",
    "BPJS Jamsostek",
    "Sudah Peserta",
    "Status Kepesertaan",
    "Kepesertaan",
]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize(
    ("yes", "no"),
    [("Aktif", "Belum"), ("Sudah", "Nonaktif"), ("Ya", "Tidak"), ("Terdaftar", "Belum terdaftar")],
)
def test_column_of_members_is_heard(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str, yes: str, no: str
) -> None:
    reading = read(sheet_file(listed(people, heading, [yes, no, no, yes, None, no])), as_of=as_of)
    told = [["SUDAH_BPU"], [], [], ["SUDAH_BPU"], [], []]
    assert reading.rows["reasons"].to_list() == told
    found = reading.findings.filter(reading.findings["code"] == "KET_PESERTA")
    assert found["row"].to_list() == [2, 5]
    assert set(found["column"]) == {"E"}


@pytest.mark.parametrize("tick", ["v", "√", "✓", "x", "1"])
def test_tick_says_yes(sheet_file: Maker, people: Any, as_of: dt.date, tick: str) -> None:
    cells = [tick, None, tick, None, None, tick]
    reasons = read(sheet_file(listed(people, "BPJS TK", cells)), as_of=as_of).rows["reasons"].to_list()
    assert reasons == [["SUDAH_BPU"] if cell else [] for cell in cells]


@pytest.mark.parametrize(
    "heading",
    ["Jaminan Sosial", "Jenis Asuransi", "BPJS", "Jaminan Sosial yang Dimiliki", "Kepesertaan BPJS"],
)
def test_only_the_insurance_of_workers_counts(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str
) -> None:
    cells = ["BPJS Kesehatan", "BPJS Ketenagakerjaan", "KIS", "BPJS Kes dan BPJS TK", "Tidak ada", "PBI"]
    reasons = read(sheet_file(listed(people, heading, cells)), as_of=as_of).rows["reasons"].to_list()
    assert reasons == [[], ["SUDAH_BPU"], [], ["SUDAH_BPU"], [], []]


@pytest.mark.parametrize("heading", ["Belum BPJS TK", "Tidak Punya BPJS Ketenagakerjaan"])
def test_column_of_those_who_are_not_is_not_heard(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str
) -> None:
    reading = read(sheet_file(listed(people, heading, ["v"] * 6)), as_of=as_of)
    assert reading.counts["accepted"] == 6


@pytest.mark.parametrize("heading", ["Jenis Kepesertaan", "Kepesertaan", "Segmen"])
def test_segment_that_is_proposed_says_nobody_is_a_member(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str
) -> None:
    reading = read(
        sheet_file(listed(people, heading, ["BPU", "BPU", "PU", "BPU", "BPU", "BPU"])), as_of=as_of
    )
    assert reading.counts["accepted"] == 6
    assert reading.rows["segment"].to_list() == ["bpu", "bpu", "pu", "bpu", "bpu", "bpu"]


def test_same_column_in_the_insurers_own_list_is_its_status(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, "Status BPJS Ketenagakerjaan", ["Aktif", "Nonaktif", "Aktif", "Aktif"])
    reading = read(sheet_file(rows), as_of=as_of, kind="insured")
    assert reading.rows["member_status"].to_list() == ["active", "inactive", "active", "active"]
    assert reading.counts["accepted"] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SUDAH", True), ("sdh ada", True), ("Peserta aktif", True), ("BPU", True), ("12345678901", True),
        ("BELUM ADA", False), ("tdk", False), ("Non Aktif", False), ("pernah", False), ("berhenti 2024", False),
        ("KIS", None), ("dalam proses", None), ("bpjs kesehatan", None), ("Sudah BPJS Kesehatan", None),
    ],
)  # fmt: skip
def test_words_of_such_a_column(text: str, said: bool | None) -> None:
    assert read_member(text) is said


@pytest.mark.parametrize("text", ["bukan peserta BPJS TK", "7", "Asuransi Jasindo", ""])
def test_other_insurances_are_none_of_workers(text: str) -> None:
    assert read_labour_insurance(text) is None


@pytest.mark.parametrize(
    "heading", ["KPJ", "No. KPJ", "Nomor KPJ", "No Peserta BPJS TK", "Nomor BPJS Ketenagakerjaan"]
)
def test_number_of_a_card_is_heard(sheet_file: Maker, people: Any, as_of: dt.date, heading: str) -> None:
    cells = ["21012345678", None, 21012345679, "-", "210 1234 5670", "belum ada"]
    reading = read(sheet_file(listed(people, heading, cells)), as_of=as_of)
    told = [["SUDAH_BPU"], [], ["SUDAH_BPU"], [], ["SUDAH_BPU"], []]
    assert reading.rows["reasons"].to_list() == told
    found = reading.findings.filter(reading.findings["code"] == "KPJ_ADA")
    assert found["row"].to_list() == [2, 4, 6]
    assert set(found["column"]) == {"E"}
    assert "21012345678" in found["message"][0]


@pytest.mark.parametrize("cell", ["0", "00000000000", "-", "tidak ada", "6203990101600001", "belum", "12"])
def test_what_is_no_card_number_says_nothing(
    sheet_file: Maker, people: Any, as_of: dt.date, cell: str
) -> None:
    reasons = read(sheet_file(listed(people, "No KPJ", ["21012345678", *[cell] * 5])), as_of=as_of).rows[
        "reasons"
    ]
    assert reasons.to_list() == [["SUDAH_BPU"], *[[]] * 5]


@pytest.mark.parametrize(
    ("said", "told"),
    [("Aktif", ["KET_PESERTA"]), ("Nonaktif", []), ("Berhenti 2024", []), (None, ["KPJ_ADA"])],
)
def test_beside_what_is_said_of_the_membership_the_number_adds_nothing(
    sheet_file: Maker, people: Any, as_of: dt.date, said: str | None, told: list[str]
) -> None:
    rows = listed(people, "Status BPJS Ketenagakerjaan", [said, "Belum", "Aktif", "Belum", "Aktif", "Belum"])
    for at, row in enumerate(rows):
        row.append("No KPJ" if not at else "21012345678" if at == 1 else None)
    reading = read(sheet_file(rows), as_of=as_of)
    first = reading.findings.filter(reading.findings["row"] == 2)
    assert first["code"].to_list() == told


def test_insurers_own_list_is_not_asked_about_its_numbers(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    path = sheet_file(listed(people, "No KPJ", ["21012345678"] * 6))
    assert "KPJ_ADA" not in read(path, as_of=as_of, kind="insured").findings["code"].to_list()
