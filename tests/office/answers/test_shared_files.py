"""Files of one content and one name that several people sent: nobody's reading takes away another's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, listing, nik

from payung.office.answers.actions import answers
from payung.office.answers.models import StaffList
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all, run_one
from payung.office.service import leftovers
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Upload
from payung.office.submissions.papers import files

pytestmark = pytest.mark.django_db
KK = "6203990101100001"
CONTENT = f"NIK;NAMA;NO KK\n{nik(1)};ORANG 1;{KK}\n".encode()


def _staff(source: str = "BKPSDM") -> StaffList:
    return answers.upload_staff(
        by="dinsos",
        source=source,
        employer="asn",
        version_on=dt.date(2026, 11, 20),
        region_code="62.03",
        file=SimpleUploadedFile("daftar bersama.csv", CONTENT),
    )


def _village() -> Upload:
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    intake.upload(
        by="operator", submission=submission, file=SimpleUploadedFile("daftar bersama.csv", CONTENT)
    )
    return Upload.objects.get()


def _there(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("first", ["village", "staff"])
def test_reading_a_staff_list_leaves_the_same_file_of_a_village(
    make_people: Any, settings: Any, first: str
) -> None:
    make_people(listing(2, kk=KK))
    village = _village() if first == "village" else None
    _staff()
    village = village or _village()
    run_all()
    assert StaffList.objects.get().read
    with files.opened(village.path) as path:
        assert path.read_bytes() == CONTENT
    assert len(_there(settings)) == 1  # the open one of the staff is gone


def test_two_sources_send_the_same_and_each_is_read(make_people: Any, settings: Any) -> None:
    make_people(listing(2, kk=KK))
    first, second = _staff("BKPSDM"), _staff("Inspektorat")
    assert run_one()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.read, second.read, first.path) == (True, False, "")
    run_all()
    second.refresh_from_db()
    assert second.read
    assert _there(settings) == []


def test_staff_list_whose_file_went_with_a_fault_is_read_when_it_is_sent_again(
    regions: None, settings: Any
) -> None:
    found = _staff()
    files.remove_apart(found.path)
    StaffList.objects.update(path="")
    Job.objects.update(state=Job.State.FAILED)
    assert queue.given_up(Job.objects.get())
    _staff()
    run_all()
    found.refresh_from_db()
    assert (found.read, _there(settings)) == (True, [])


def test_removing_leaves_what_others_may_share(settings: Any) -> None:
    shared = f"{files.keep(SimpleUploadedFile('a.csv', CONTENT), 'a.csv')}/a.csv"
    files.remove_apart(shared)
    assert (Path(settings.MEDIA_ROOT) / shared).exists()


def test_what_a_killed_upload_left_apart_goes_after_a_day(db: None, settings: Any) -> None:
    from django.utils import timezone

    files.keep_apart(SimpleUploadedFile("a.csv", CONTENT), "a.csv")
    assert leftovers.files(timezone.now()) == 0
    assert leftovers.files(timezone.now() + dt.timedelta(days=2)) == 1
    assert _there(settings) == []
