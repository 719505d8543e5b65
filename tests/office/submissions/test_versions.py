"""A new version of a list takes the place of the former one; another list of the same file name does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, nik
from submissionsworld import BAD, GOOD, OTHER, send, sheet

from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.submissions import actions
from payung.office.submissions.models import Submission
from payung.office.submissions.rules.versions import likeness, stem

pytestmark = pytest.mark.django_db
FIRST = [(nik(n), f"ORANG {n}", "05-03-1989", "Petani") for n in range(20, 24)]
SECOND = [(nik(n), f"WARGA {n}", "05-03-1989", "Petani") for n in range(30, 34)]


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def counting(submission: Submission) -> int:
    """Return how many rows count."""
    return submission.rows.filter(replaced=False).count()


def test_two_lists_of_one_file_name_both_stay(submission: Submission) -> None:
    send(submission, sheet(*FIRST), "data.csv")
    send(submission, sheet(*SECOND), "data.csv")
    assert counting(submission) == 8
    assert not submission.uploads.filter(replaced_by__isnull=False).exists()


def test_new_version_takes_the_place_and_the_page_says_so(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    old = send(submission, sheet(*FIRST, BAD), "data.csv")
    new = send(submission, sheet(*FIRST[:3], (nik(9), "RUSLAN", "05-03-1989", "Petani")), "data (1).csv")
    old.refresh_from_db()
    assert (old.replaced_by, old.left_behind, counting(submission)) == (new, 1, 4)
    page = sign_in(make_user("operator")).get(f"/usulan/{submission.pk}/").content.decode()
    assert "data (1).csv yang dikirim kemudian adalah versi baru" in page
    assert "1 orang di sini tidak ada di versi baru" in page
    assert Event.objects.filter(action="submission.read").latest("pk").after["replaced"] == "data.csv"
    actions.withdraw(by="operator", upload=new)
    assert counting(submission) == 5


def test_withdrawing_a_version_between_two_leaves_the_newest(submission: Submission) -> None:
    send(submission, sheet(*FIRST), "data.csv")
    between = send(submission, sheet(*FIRST, OTHER), "data.csv")
    send(submission, sheet(*FIRST, OTHER, GOOD), "data.csv")
    assert counting(submission) == 6
    actions.withdraw(by="operator", upload=between)
    assert counting(submission) == 6
    assert submission.rows.filter(replaced=True).count() == 4


def test_version_that_is_read_again_still_takes_the_place(submission: Submission) -> None:
    send(submission, sheet(*FIRST), "data.csv")
    new = send(submission, sheet(*FIRST, OTHER), "data.csv")
    actions.correct_columns(by="operator", upload=new, corrections={"pekerjaan": "other"})
    run_all()
    assert counting(submission) == 5


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Data RT 2.xlsx", "data rt 2"),
        ("perbaikan Data RT 2.xlsx", "data rt 2"),
        ("perbaikan perbaikan data rt 2 (3).xlsx", "data rt 2"),
        ("perbaikan.xlsx", "perbaikan"),
    ],
)
def test_name_is_compared_without_what_a_download_adds(name: str, known: str) -> None:
    assert stem(name) == known


def test_equal_names_with_two_numbers_are_two_people() -> None:
    assert likeness([("a", "siti"), (None, "budi")], [("b", "siti"), ("c", "budi")]).common == 1
    assert likeness([("a", "siti")], [(None, "siti")]).common == 1
    assert likeness([(None, "")], [(None, "")]).common == 0


def test_script_that_sends_files_leaves_the_sentences_to_the_next_page(
    make_user: Any, sign_in: Any, submission: Submission
) -> None:
    operator = sign_in(make_user("operator"))
    address = f"/usulan/{submission.pk}/"
    files = [SimpleUploadedFile("foto.jpg", b"x"), SimpleUploadedFile("d.csv", sheet(GOOD))]
    answer = operator.post(
        f"{address}berkas/", {"files": files}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert (answer.status_code, answer.headers["X-Payung-To"]) == (200, address)
    for _ in range(2):  # while a file is read the page loads itself again
        page = operator.get(address).content.decode()
        assert "foto.jpg: kirim berkas Excel" in page
        assert "Berkas diterima: d.csv." in page
    run_all()
    assert "Berkas diterima" in operator.get(address).content.decode()
    assert "Berkas diterima" not in operator.get(address).content.decode()
