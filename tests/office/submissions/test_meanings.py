"""A column that was corrected stays corrected: in the village's next files, and inside the corrected workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from officeworld import NEIGHBOUR, VILLAGE, nik
from submissionsworld import send, sheet

from payung.office.jobs.worker import run_all
from payung.office.submissions import actions
from payung.office.submissions.models import Meaning, Upload
from payung.rosters import read

pytestmark = pytest.mark.django_db
HEADINGS = ("NIK", "ORANGNYA", "TANGGAL LAHIR", "PEKERJAAN")
ROWS = [
    (nik(n), f"SITI {name}", "05-03-1989", "Petani")
    for n, name in enumerate(("AMINAH", "RUKMINI", "WATI"), 1)
]
FAULTY = ("62039905038", "RUSLAN HADI", "05-03-1989", "Petani")


def _corrected(regions: None) -> Upload:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    upload = send(submission, sheet(*ROWS, FAULTY, headings=HEADINGS))
    actions.correct_columns(by="operator", upload=upload, corrections={"orangnya": "name"})
    run_all()
    upload.refresh_from_db()
    return upload


def test_corrected_workbook_comes_back_and_is_read_as_corrected(regions: None) -> None:
    upload = _corrected(regions)
    assert upload.rows.filter(verdict="returned").count() == 1
    Meaning.objects.all().delete()  # the workbook alone must say it
    name, content = actions.corrected(by="operator", upload=upload)
    again = send(upload.submission, content, name=name)
    assert sorted(again.rows.values_list("name", flat=True)) == [
        "RUSLAN HADI",
        *sorted(row[1] for row in ROWS),
    ]
    assert again.rows.filter(verdict="returned").count() == 1


def test_next_file_of_the_village_begins_with_what_was_corrected(regions: None) -> None:
    upload = _corrected(regions)
    later = send(upload.submission, sheet(*ROWS[:2], headings=HEADINGS), name="tambahan.csv")
    assert later.corrections == {"orangnya": "name"}
    assert all(later.rows.values_list("name", flat=True))


def test_another_village_means_nothing_by_it(regions: None) -> None:
    _corrected(regions)
    other = actions.begin(by="operator", village_code=NEIGHBOUR, kind="rentan")
    assert send(other, sheet(*ROWS, headings=HEADINGS)).corrections == {}


def test_what_is_corrected_again_counts(regions: None) -> None:
    upload = _corrected(regions)
    actions.correct_columns(by="operator", upload=upload, corrections={"orangnya": "other"})
    assert Meaning.objects.get().field == "other"


def test_copy_of_a_copy_still_says_it(regions: None, tmp_path: Path) -> None:
    upload = _corrected(regions)
    _, content = actions.corrected(by="operator", upload=upload)
    first = tmp_path / "satu.xlsx"
    first.write_bytes(content)
    found = read(first, as_of=dt.date(2026, 11, 1))
    assert [column.field for column in found.tables[0].columns][:2] == ["nik", "name"]
    from payung.rosters import write_corrected

    second = read(write_corrected(found, tmp_path / "dua.xlsx"), as_of=dt.date(2026, 11, 1))
    assert [column.field for column in second.tables[0].columns][:2] == ["nik", "name"]


def test_line_of_a_field_that_there_is_not_says_nothing(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (HEADINGS, *ROWS):
        page.append(row)
    repairs = book.create_sheet("Perbaikan")
    repairs.append(
        ("Lembar", "Baris", "Kolom", "Isi sekarang", "Alasan", "Yang harus dilakukan", "Sifat", "Kode")
    )
    repairs.append(("Sheet", 1, "D", "PEKERJAAN", "", "", "", "ARTI:rahasia"))
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", as_of=dt.date(2026, 11, 1))
    assert found.tables[0].columns[3].field == "job"
