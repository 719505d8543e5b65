"""What the history of a list tells, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from officeworld import VILLAGE, nik
from submissionsworld import BAD, GOOD, send, sheet

from payung.office.desk.labels import changes
from payung.office.history.models import Event
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules.columns import name_of
from payung.office.submissions.rules.mended import without_numbers
from payung.rosters import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def mended(regions: None) -> Submission:
    """A draft in which a NIK and a name were mended."""
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(GOOD, BAD))
    row = Row.objects.get(name="RUSLAN")
    actions.mend(by="operator", row=row, values={"nik": nik(9), "name": "RUSLAN EFENDI"})
    return submission


def test_mended_row_tells_what_stood_there_and_what_stands_there_now(mended: Submission) -> None:
    event = Event.objects.get(action="submission.mend")
    assert event.before == {"nik": "620399•••38", "name": "RUSLAN", "verdict": "returned"}
    assert event.after == {
        "row": 3,
        "nik": "620399••••••••••",
        "name": "RUSLAN EFENDI",
        "verdict": "accepted",
    }


def test_names_of_a_mended_row_are_not_for_who_keeps_the_accounts(
    make_user: Any, sign_in: Any, mended: Submission
) -> None:
    address = "/riwayat/?apa=submission.mend"
    admin, inspektorat = (sign_in(make_user(role)) for role in ("admin", "inspektorat"))
    assert "RUSLAN" not in admin.get(address).content.decode()
    assert "RUSLAN EFENDI" in inspektorat.get(address).content.decode()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"NIK “{nik(1)}” salah", "NIK “620399••••••••••” salah"),
        ("6203 9905 0389 0001", "620399••••••••••"),
        ("+62 812-3456-7890", "+628123•••••90"),
        ("lahir 05-03-1989, bukan 1989-03-05", "lahir 05-03-1989, bukan 1989-03-05"),
    ],
)
def test_long_numbers_are_masked_and_dates_are_not(written: str, shown: str) -> None:
    assert without_numbers(written) == shown


def test_time_line_writes_dates_as_people_do_and_says_what_is_gone() -> None:
    assert changes({"starts": "2026-01-31"}, {"starts": "2026-12-01"}) == ["mulai: 31 Jan 2026 → 1 Des 2026"]
    assert changes({"name": "Ahli Waris", "phone": ""}, {}) == ["nama: Ahli Waris"]
    assert changes(None, {"letter": "2026-99-99"}) == ["letter: 2026-99-99"]


def test_reasons_of_rows_are_words(make_user: Any, sign_in: Any) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(BAD))
    operator = sign_in(make_user("operator"))
    page = operator.get(f"/usulan/{submission.pk}/baris/?sebab=NIK_FORMAT").content.decode()
    assert page.count("NIK tidak sah") == 2  # the choice of the filter, and the row
    assert ">NIK_FORMAT<" not in page
    assert "NIK_FORMAT<" not in operator.get(f"/usulan/{submission.pk}/").content.decode()


def test_two_open_pages_of_one_row_do_not_overwrite_each_other(make_user: Any, sign_in: Any) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(GOOD))
    operator = sign_in(make_user("operator"))
    address = f"/usulan/{submission.pk}/baris/{Row.objects.get().pk}/"
    page = operator.get(address)
    shown = page.context["form"].initial
    assert 'name="initial-job" value="Petani"' in page.content.decode()
    both_pages = {**shown, **{f"initial-{field}": text for field, text in shown.items()}}
    operator.post(address, {**both_pages, "phone": "081234567890"})
    operator.post(address, {**both_pages, "job": "Nelayan"})
    cells = operator.get(address).context["form"].initial
    assert (cells["phone"], cells["job"]) == ("081234567890", "Nelayan")
    assert Event.objects.filter(action="submission.mend").count() == 2


def test_every_meaning_of_a_column_has_a_name_of_its_own() -> None:
    meanings = {*fields.PHRASES, *fields.JOINED, "other"}
    assert not [field for field in meanings if name_of(field).id == field]


def test_column_that_nobody_chooses_is_shown_in_words(make_user: Any, sign_in: Any) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="aparatur")
    rows = [("1", nik(1), "SITI", "05-03-1989", "Ketua RT", "Kaharingan")]
    upload = send(submission, sheet(*rows, headings=("NO", "NIK", "NAMA", "TGL LAHIR", "JABATAN", "AGAMA")))
    for role in ("operator", "kades"):
        page = sign_in(make_user(role)).get(f"/usulan/{submission.pk}/berkas/{upload.pk}/").content.decode()
        assert "Nomor urut" in page
        assert "Agama" in page
        assert "religion" not in page


def test_finding_of_a_mended_row_names_the_cell_of_its_own_sheet(make_user: Any) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    headings = ("NO", "NIK", "NAMA", "TANGGAL LAHIR", "PEKERJAAN")
    send(submission, sheet(("1", *BAD), headings=headings))
    row = actions.mend(by="operator", row=Row.objects.get(), values={"nik": "123"})
    assert row.facts["findings"][0]["message"] == "NIK di sel B2 bukan 16 angka yang sah: “123”."
