"""What may be a new version is asked and answered; whoever passed already is told at the village's own upload."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, nik
from submissionsworld import BAD, GOOD, OTHER, send, sheet, through

from payung.errors import InputError
from payung.office.answers.models import Outcome
from payung.office.answers.states import PASSED
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.states import Version

pytestmark = pytest.mark.django_db
FIRST = [(nik(n), f"ORANG {n}", "05-03-1989", "Petani") for n in range(20, 24)]
NEXT = [(nik(n), f"ORANG {n}", "05-03-1989", "Petani") for n in range(21, 26)]  # three of FIRST are in it


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def counting(submission: Submission) -> int:
    """Return how many rows count."""
    return submission.rows.filter(replaced=False).count()


def sent_twice(submission: Submission) -> tuple[Upload, Upload]:
    """Send a list, and its revision under another name."""
    return send(submission, sheet(*FIRST, BAD), "Data.csv"), send(
        submission, sheet(*NEXT), "revisi final 2.csv"
    )


def test_revision_of_another_name_is_asked_about_and_both_count_until_then(submission: Submission) -> None:
    old, new = sent_twice(submission)
    assert (new.version, new.compared_with, new.in_common) == (Version.ASKED, old, 3)
    assert counting(submission) == 7  # three of both, one and the faulty one of the old, two of the new
    with pytest.raises(InputError, match=r"revisi final 2\.csv"):
        actions.move(by="kades", submission=submission, name="submit")


def test_answer_new_version_leaves_the_old_one_out_and_can_be_said_anew(submission: Submission) -> None:
    old, new = sent_twice(submission)
    actions.say_version(by="operator", upload=new, version=Version.NEW)
    old.refresh_from_db()
    assert (old.replaced_by, old.left_behind, counting(submission)) == (new, 2, 5)
    event = Event.objects.filter(action="submission.version").get()
    assert event.before == {"file": new.name, "version": "ditanyakan"}
    assert event.after == {"file": new.name, "version": "versi_baru", "of_file": old.name}
    actions.say_version(by="operator", upload=new, version=Version.OTHER)
    old.refresh_from_db()
    assert (old.replaced_by, old.left_behind, counting(submission)) == (None, 0, 7)
    actions.move(by="kades", submission=submission, name="submit")


def test_answer_is_kept_when_the_file_is_read_again(submission: Submission) -> None:
    old, new = sent_twice(submission)
    actions.say_version(by="operator", upload=new, version=Version.NEW)
    actions.correct_columns(by="operator", upload=new, corrections={"pekerjaan": "other"})
    run_all()
    old.refresh_from_db()
    assert (old.replaced_by, counting(submission)) == (new, 5)


def test_file_of_the_same_name_that_is_another_list_after_all(submission: Submission) -> None:
    old = send(submission, sheet(*FIRST), "data.csv")
    new = send(submission, sheet(*NEXT), "data.csv")
    assert counting(submission) == 5
    actions.say_version(by="operator", upload=new, version=Version.OTHER)
    old.refresh_from_db()
    assert (old.replaced_by, counting(submission)) == (None, 6)


def test_a_few_rows_sent_later_are_not_asked_about(submission: Submission) -> None:
    send(submission, sheet(*FIRST), "data.csv")
    few = send(submission, sheet(FIRST[0]), "susulan.csv")
    assert few.version == ""


def test_question_goes_with_the_file_that_it_was_about(submission: Submission) -> None:
    old, new = sent_twice(submission)
    actions.withdraw(by="operator", upload=old)
    new.refresh_from_db()
    assert (new.version, new.compared_with) == ("", None)
    actions.move(by="kades", submission=submission, name="submit")


def test_new_version_of_what_was_replaced_meanwhile_is_refused(submission: Submission) -> None:
    old, new = sent_twice(submission)
    actions.say_version(by="operator", upload=new, version=Version.NEW)
    third = send(submission, sheet(GOOD), "lain.csv")
    with pytest.raises(InputError, match="tidak dihitung"):
        actions.say_version(by="operator", upload=third, version=Version.NEW, earlier=old)


def test_it_is_said_at_upload_which_file_it_replaces(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    operator = sign_in(make_user("operator"))
    old = send(submission, sheet(*FIRST), "data.csv")
    address = f"/usulan/{submission.pk}/"
    assert "Versi baru dari data.csv" in operator.get(address).content.decode()
    two = [SimpleUploadedFile(f"{n}.csv", sheet(OTHER, GOOD, (nik(9), n, "", ""))) for n in "AB"]
    operator.post(f"{address}berkas/", {"files": two, "version": str(old.pk)})
    assert submission.uploads.count() == 1  # one file takes the place of one
    operator.post(f"{address}berkas/", {"files": two[:1], "version": "daftar_lain"})
    new = SimpleUploadedFile("baru.csv", sheet(GOOD))
    operator.post(f"{address}berkas/", {"files": new, "version": str(old.pk)})
    run_all()
    old.refresh_from_db()
    assert old.replaced_by is not None
    assert (old.replaced_by.name, old.left_behind) == ("baru.csv", 4)
    assert [one.version for one in submission.uploads.order_by("pk")] == ["", "daftar_lain", "versi_baru"]


def test_page_asks_and_takes_the_answer(make_user: Any, sign_in: Any, submission: Submission) -> None:
    _, new = sent_twice(submission)
    operator = sign_in(make_user("operator"))
    page = operator.get(f"/usulan/{submission.pk}/").content.decode()
    assert "Apakah ini versi baru dari Data.csv?" in page
    assert "Berkas yang mungkin versi baru" in operator.get("/").content.decode()
    assert f"/usulan/{submission.pk}/" in operator.get("/usulan/?tanya=versi").content.decode()
    operator.post(f"/usulan/{submission.pk}/berkas/{new.pk}/versi/", {"version": "versi_baru"})
    assert counting(submission) == 5
    assert "?tanya=versi" not in operator.get("/").content.decode()
    camat = sign_in(make_user("camat"))
    assert (
        camat.post(f"/usulan/{submission.pk}/berkas/{new.pk}/versi/", {"version": "daftar_lain"}).status_code
        == 403
    )


@pytest.fixture
def passed(submission: Submission) -> Submission:
    """An earlier list in which SITI passed."""
    send(submission, sheet(GOOD, OTHER))
    through(submission)
    row = Row.objects.get(submission=submission, name=GOOD[1])
    Outcome.objects.create(row=row, submission=submission, person=row.person, end=PASSED)
    return submission


def test_whoever_passed_already_is_told_at_upload_and_left_out_at_once(
    make_user: Any, sign_in: Any, passed: Submission
) -> None:
    again = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    assert again != passed
    send(again, sheet(GOOD, OTHER, FIRST[0]), "lagi.csv")
    siti = again.rows.get(name=GOOD[1])
    assert (siti.verdict, siti.reasons) == ("noted", " SUDAH_LOLOS ")
    assert f"usulan nomor {passed.pk}" in siti.facts["findings"][-1]["message"]
    assert again.rows.exclude(pk=siti.pk).filter(reasons__contains="SUDAH_LOLOS").count() == 0
    operator = sign_in(make_user("operator"))
    page = operator.get(f"/usulan/{again.pk}/").content.decode()
    assert "1 orang di sini sudah lolos di usulan lain." in page
    operator.post(f"/usulan/{again.pk}/sudah-lolos/")
    siti.refresh_from_db()
    assert (siti.dropped, counting(again)) == ("Sudah lolos di usulan lain.", 2)
    assert Event.objects.filter(action="submission.drop", subject=f"submission:{again.pk}").count() == 1
    assert actions.drop_passed(by="operator", submission=again) == 0


def test_office_that_does_not_ask_it_is_not_told(passed: Submission, settings: Any) -> None:
    import dataclasses

    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, rules_off=("passed_before",))
    again = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(again, sheet(GOOD), "lagi.csv")
    assert again.rows.get().reasons == ""
