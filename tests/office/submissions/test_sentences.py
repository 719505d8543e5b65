"""What the page says about a row names the cell or the row of the village's own list, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.translation import override
from officeworld import VILLAGE, nik
from submissionsworld import GOOD, send, sheet

from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.templatetags.submissions import finding_message
from payung.rosters.reasons import REASONS
from payung.said import Said, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def _row(submission: Submission) -> Row:
    """Return the row of Ruslan: row 15 of a list that begins with its running number."""
    heading = ("NO", "NAMA", "NIK", "TANGGAL LAHIR", "JK")
    rows = [(str(n), f"ORANG {n}", nik(n), "05-03-1989", "L") for n in range(1, 14)]
    send(submission, sheet(*rows, ("14", "RUSLAN", nik(14), "05-03-1989", "L"), headings=heading))
    return Row.objects.get(name="RUSLAN")


def _told(row: Row, language: str) -> list[str]:
    with override(language):
        return [finding_message({**finding, "row": row.row}) for finding in row.facts["findings"]]


def test_sentences_of_a_mended_row_name_its_own_row(submission: Submission) -> None:
    row = actions.mend(by="operator", row=_row(submission), values={"name": "", "nik": "123"})
    assert [text.split(" bukan")[0] for text in _told(row, "id")] == [
        "Sel B15 kosong: nama wajib diisi.",
        "NIK di sel C15",
    ]
    english = _told(row, "en")
    assert "The NIK in cell C15 is not 16 valid digits: “123”." in english
    assert any("B15" in text for text in english)


def test_field_without_a_column_is_named_by_its_row(submission: Submission) -> None:
    row = actions.mend(by="operator", row=_row(submission), values={"phone": "12"})
    assert "baris 15" in _told(row, "id")[0]
    assert "row 15" in _told(row, "en")[0]


def test_english_says_what_the_number_says(submission: Submission) -> None:
    row = actions.mend(by="operator", row=_row(submission), values={"sex": "P"})
    assert _told(row, "en") == ["The NIK in cell C15 says sex L, the list says “P”."]


@pytest.mark.parametrize(
    ("place", "id_", "en"),
    [
        ({"cell": "C15"}, "Sel C15 kosong: nama wajib diisi.", "Cell C15 is empty: the name is required."),
        ({"row": 15}, "Di baris 15 tidak ada nama: daftar ini tidak punya kolomnya.",
         "There is no name in row 15: this list has no column for it."),
        ({}, "Isian ini kosong: nama wajib diisi.", "This entry is empty: the name is required."),
    ],
)  # fmt: skip
def test_reason_is_told_of_a_cell_a_row_or_a_form(place: dict[str, Any], id_: str, en: str) -> None:
    told = REASONS["DATA_KURANG"].told(**place, other=kept(Said("rosters.the_name")))
    assert (told.id, told.en) == (id_, en)


def test_no_reason_told_of_a_form_names_a_cell() -> None:
    for code, reason in REASONS.items():
        told = reason.told(value="x", other="y")
        assert not re.search(r"(?i)\b(sel|cell|row|baris)  |\(\)|  ", f"{told.id} {told.en}"), code
        assert "{" not in told.id + told.en, code


def test_finding_of_before_shows_its_own_text() -> None:
    before = {
        "code": "NIK_JK_BEDA", "value": "P", "column": "C", "row": 4, "remedy": "Betulkan.",
        "message": "NIK di sel C4 menunjukkan jenis kelamin L, di daftar “P”.",
    }  # fmt: skip
    with override("id"):
        assert finding_message(before) == before["message"]
    with override("en"):
        assert finding_message(before) == "The NIK in cell C4 says sex …, the list says “P”."


def test_page_says_it_in_english(make_user: Any, sign_in: Any, submission: Submission) -> None:
    send(submission, sheet(GOOD, ("123", "RUSLAN", "05-03-1989", "Petani")))
    operator = sign_in(make_user("operator"))
    operator.cookies["bahasa"] = "en"
    page = operator.get(f"/usulan/{submission.pk}/baris/{Row.objects.get(name='RUSLAN').pk}/")
    assert "The NIK in cell A3 is not" in page.content.decode()
