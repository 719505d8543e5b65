"""A file that does not belong here leaves again; a file whose reading failed can be sent again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, nik
from submissionsworld import BAD, GOOD, OTHER, send, sheet

from payung.errors import InputError
from payung.office.history.models import Event
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.papers import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def test_withdrawn_file_takes_its_rows_along_and_stands_in_the_history(submission: Submission) -> None:
    upload = send(submission, sheet(GOOD, OTHER), "tetangga.csv")
    actions.withdraw(by="operator", upload=upload)
    assert not Row.objects.exists()
    assert not Upload.objects.exists()
    event = Event.objects.get(action="submission.withdraw")
    assert (event.actor, event.subject) == ("operator", f"submission:{submission.pk}")
    assert event.before["file"] == "tetangga.csv"  # type: ignore[index]
    assert event.before["rows"] == 2  # type: ignore[index]


def test_what_a_withdrawn_file_said_again_counts_from_the_earlier_file(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER), "lama.csv")
    later = send(submission, sheet(OTHER), "baru.csv")
    assert list(submission.rows.filter(replaced=True).values_list("name", flat=True)) == ["BUDI SANTOSO"]
    actions.withdraw(by="operator", upload=later)
    assert submission.rows.filter(replaced=False).count() == 2


def test_file_that_is_being_read_stays(submission: Submission) -> None:
    upload = actions.upload(
        by="operator", submission=submission, file=SimpleUploadedFile("a.csv", sheet(GOOD))
    )
    with pytest.raises(InputError, match="masih dibaca"):
        actions.withdraw(by="operator", upload=upload)


def test_file_of_a_submission_that_was_sent_on_stays(submission: Submission) -> None:
    upload = send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    with pytest.raises(actions.StateError):
        actions.withdraw(by="operator", upload=upload)
    assert Row.objects.exists()


def test_file_that_comes_too_late_is_not_kept(submission: Submission, settings: Any) -> None:
    send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    submission.refresh_from_db()
    before = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    with pytest.raises(actions.StateError):
        send(submission, sheet(GOOD, BAD), "terlambat.csv")
    assert {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} == before
    assert before


def test_withdrawing_many_rows_takes_hardly_more_queries_than_few(
    submission: Submission, django_assert_max_num_queries: Any
) -> None:
    send(submission, sheet(GOOD), "tetap.csv")
    for many in (3, 300):
        rows = [(nik(n), f"ORANG {n}", "05-03-1989", "Petani") for n in range(10, 10 + many)]
        upload = send(submission, sheet(*rows), "banyak.csv")
        with django_assert_max_num_queries(28):
            actions.withdraw(by="operator", upload=upload)


def test_same_file_is_read_again_where_reading_it_failed(submission: Submission) -> None:
    upload = actions.upload(
        by="operator", submission=submission, file=SimpleUploadedFile("a.csv", sheet(GOOD))
    )
    Job.objects.update(state=Job.State.FAILED)
    again = actions.upload(
        by="operator", submission=submission, file=SimpleUploadedFile("a.csv", sheet(GOOD))
    )
    run_all()
    upload.refresh_from_db()
    assert (again.pk, upload.read, upload.rows.count()) == (upload.pk, True, 1)


def test_page_says_that_a_file_is_there_already(make_user: Any, sign_in: Any, submission: Submission) -> None:
    send(submission, sheet(GOOD), "d.csv")
    operator = sign_in(make_user("operator"))
    address = f"/usulan/{submission.pk}/"
    page = operator.post(
        f"{address}berkas/", {"files": [SimpleUploadedFile("d.csv", sheet(GOOD))]}, follow=True
    )
    assert "d.csv sudah ada" in page.content.decode()


def test_operator_withdraws_on_the_page_and_nobody_else(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    upload = send(submission, sheet(GOOD), "d.csv")
    address = f"/usulan/{submission.pk}/berkas/{upload.pk}/tarik/"
    kades = sign_in(make_user("kades"))
    assert kades.post(address).status_code == 403
    assert address not in kades.get(f"/usulan/{submission.pk}/").content.decode()
    operator = sign_in(make_user("operator"))
    assert address in operator.get(f"/usulan/{submission.pk}/").content.decode()
    operator.get(address)
    assert Upload.objects.exists()
    operator.post(address)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["n" * 240 + ".csv", "ن" * 150 + ".csv", "😀" * 90 + ".xlsx"])
def test_very_long_name_is_shortened_and_keeps_its_kind(submission: Submission, name: str) -> None:
    file = SimpleUploadedFile("x.csv", sheet(GOOD))
    file._name = name  # Django itself shortens by letters, not by bytes
    upload = actions.upload(by="operator", submission=submission, file=file)
    assert len(upload.name.encode()) <= files.LONGEST_NAME
    assert upload.name.endswith(name[-4:])
    assert len(upload.path) <= Upload._meta.get_field("path").max_length


def test_whole_numbers_of_a_list_are_for_whoever_keeps_it(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    upload = send(
        submission,
        sheet(
            (nik(1), "SITI", "06-03-1989", "6203990101890007", "081234567890"),
            ("620399050389000", "RUSLAN", "05-03-1989", "6203990101890007", "081234567890"),
            headings=("NIK", "NAMA", "TANGGAL LAHIR", "NO KK", "NO HP"),
        ),
    )
    operator = sign_in(make_user("operator"))
    row = f"/usulan/{submission.pk}/baris/{Row.objects.get(name='RUSLAN').pk}/"
    assert "620399050389000" in operator.get(row).content.decode()
    workbook = f"/usulan/{submission.pk}/berkas/{upload.pk}/perbaikan/"
    assert operator.get(workbook).status_code == 200
    for role in ("kades", "camat", "dinsos", "bpjs", "inspektorat"):
        client = sign_in(make_user(role))
        for found in submission.rows.all():
            page = client.get(f"/usulan/{submission.pk}/baris/{found.pk}/").content.decode()
            for number in (nik(1), "620399050389000", "6203990101890007", "081234567890"):
                assert number not in page, (role, number)
        assert client.get(workbook).status_code == 403
        assert workbook not in client.get(f"/usulan/{submission.pk}/").content.decode()


def test_faulty_row_still_says_what_is_wrong_to_whoever_only_looks(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    send(submission, sheet(BAD))
    page = sign_in(make_user("camat")).get(f"/usulan/{submission.pk}/baris/{Row.objects.get().pk}/")
    assert "bukan 16 angka" in page.content.decode()


def test_rows_that_could_not_be_entered_are_entered_when_the_agency_goes_on(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    send(submission, sheet(GOOD))
    for who, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        actions.move(by=who, submission=submission, name=step)
    Job.objects.filter(kind="submissions.land").update(state=Job.State.FAILED)
    agency = sign_in(make_user("dinsos", username="dinsos.dua"))
    page = agency.post(
        f"/padan/usulan/{submission.pk}/langkah/", {"state": "padan_dukcapil", "step": "on"}, follow=True
    )
    assert "sedang dimasukkan" in page.content.decode()
    run_all()
    submission.refresh_from_db()
    assert submission.landed
