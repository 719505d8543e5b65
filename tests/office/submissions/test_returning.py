"""The corrected workbook holds what was mended in the office, and coming back it takes the place of the former file."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from officeworld import VILLAGE, nik
from submissionsworld import GOOD, send, sheet
from workbooksworld import workbook

from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission, Upload

pytestmark = pytest.mark.django_db
BAD = ("62039905038", "RUSLAN", "31-02-1989")
THIRD = ("123", "BUDI", "05-03-1989")
MENDED = {"nik": nik(7), "birth_date": "05-03-1989", "sex": "L"}


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def corrected(upload: Upload) -> tuple[str, bytes, Any]:
    """Return name, content and first sheet of the corrected workbook."""
    name, content = actions.corrected(by="operator", upload=upload)
    return name, content, openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def _file(kind: str) -> bytes:
    rows = (GOOD[:3], BAD, THIRD)
    return workbook(*rows) if kind == "xlsx" else sheet(*rows, headings=("NIK", "NAMA", "TANGGAL LAHIR"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_workbook_holds_what_was_mended_and_takes_the_place(submission: Submission, kind: str) -> None:
    upload = send(submission, _file(kind), f"Daftar RT.{kind}")
    actions.mend(by="operator", row=Row.objects.get(name="RUSLAN"), values=MENDED)
    name, content, page = corrected(upload)
    assert name == "perbaikan Daftar RT.xlsx"
    assert [cell.value for cell in page[3]] == [nik(7), "RUSLAN", "05-03-1989", "L"]
    assert (page["A3"].data_type, page["A3"].number_format) == ("s", "@")
    assert page["D1"].value == "JENIS KELAMIN"
    assert {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment} == {"A4"}
    send(submission, content, name)
    counting = submission.rows.filter(replaced=False)
    assert list(counting.values_list("name", "verdict")) == [
        ("SITI AMINAH", "accepted"),
        ("RUSLAN", "accepted"),
        ("BUDI", "returned"),
    ]
    assert counting.get(name="RUSLAN").nik == nik(7)
    upload.refresh_from_db()
    assert upload.replaced_by is not None


def test_two_fields_of_one_cell_stay_together(submission: Submission) -> None:
    headings = ("NIK", "NAMA", "TEMPAT, TANGGAL LAHIR", "RT/RW")
    rows = [(nik(n), f"ORANG {n}", "Kapuas, 05-03-1989", "001/002") for n in range(1, 5)]
    upload = send(submission, sheet(*rows, headings=headings), "d.csv")
    row = submission.rows.all()[1]
    actions.mend(by="operator", row=row, values={"birth_place": "Selat", "rw": "003"})
    _, content, page = corrected(upload)
    assert [cell.value for cell in page[3]] == [nik(2), "ORANG 2", "Selat, 05-03-1989", "001/003"]
    send(submission, content, "perbaikan d.xlsx")
    listing = submission.rows.filter(replaced=False).get(name="ORANG 2").facts["listing"]
    assert (listing["birth_place"], listing["rw"], listing["birth_date"]) == ("Selat", "003", "1989-03-05")


def test_cell_that_was_emptied_is_empty(submission: Submission) -> None:
    upload = send(submission, workbook(GOOD[:3], BAD), "d.xlsx")
    actions.mend(by="operator", row=Row.objects.get(name="SITI AMINAH"), values={"birth_date": ""})
    assert corrected(upload)[2]["C2"].value is None


def test_row_that_shares_its_number_is_marked(submission: Submission) -> None:
    upload = send(submission, workbook(GOOD[:3], (nik(1), "BUDI", "05-03-1989")), "d.xlsx")
    page = corrected(upload)[2]
    assert "baris 3" in page["A2"].comment.text
    assert "baris 2" in page["A3"].comment.text


def test_sheet_of_repairs_shows_the_cell_that_it_names(submission: Submission) -> None:
    content = sheet((nik(1), "SITI", "05-03-1989", "P"), headings=("NIK", "NAMA", "TANGGAL LAHIR", "JK"))
    upload = send(submission, content, "d.csv")
    _, book, _ = corrected(upload)
    lines = list(openpyxl.load_workbook(io.BytesIO(book))["Perbaikan"].iter_rows(min_row=3, values_only=True))
    (line,) = [line for line in lines if line[7] == "NIK_JK_BEDA"]
    assert (line[2], line[3]) == ("A", nik(1))
