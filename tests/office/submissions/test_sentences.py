"""What the page says about a row names the cell or the row of the village's own list, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from officeworld import VILLAGE, nik
from submissionsworld import GOOD, send, sheet

from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.templatetags.submissions import _other, finding_message
from payung.rosters.reasons import REASONS

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
        "Baris 15 kosong: nama wajib diisi.",
        "NIK di baris 15",
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


def test_what_a_sentence_names_is_found_again() -> None:
    template = REASONS["NIK_JK_BEDA"].message.id
    assert _other(template, template.format(cell="C15", other="L", value="P")) == "L"
    assert _other(template, "something else") == ""


def test_page_says_it_in_english(make_user: Any, sign_in: Any, submission: Submission) -> None:
    send(submission, sheet(GOOD, ("123", "RUSLAN", "05-03-1989", "Petani")))
    operator = sign_in(make_user("operator"))
    operator.cookies["bahasa"] = "en"
    page = operator.get(f"/usulan/{submission.pk}/baris/{Row.objects.get(name='RUSLAN').pk}/")
    assert "The NIK in cell A3 is not" in page.content.decode()
