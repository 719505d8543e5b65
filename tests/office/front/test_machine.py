"""The state of the office: work that failed is started again, what was withdrawn is erased with a reason."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from officeworld import VILLAGE

from payung.errors import InputError
from payung.office.history.models import Event
from payung.office.jobs import health
from payung.office.jobs.models import Job
from payung.office.service import leftovers
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission, Upload
from payung.office.submissions.states import ACCEPTED
from payung.office.submissions.work import landings

pytestmark = pytest.mark.django_db
CONTENT = b"NIK;NAMA\n6203990503890001;ORANG 1\n"


@pytest.fixture
def admin(make_user: Any, sign_in: Any) -> Client:
    client: Client = sign_in(make_user("admin"))
    return client


def _failed(**values: Any) -> Job:
    given = {
        "kind": "submissions.read",
        "subject": "upload:7",
        "fault_id": "Terhenti.",
        "fault_en": "Stopped.",
    }
    return Job.objects.create(
        **{**given, **values}, state=Job.State.FAILED, broken=True, finished=timezone.now(), asked_by="siti"
    )


def _withdrawn(settings: Any, hours: int = 30) -> str:
    """A file whose list was withdrawn so many hours ago; returns its path below the uploads."""
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    intake.upload(by="operator", submission=submission, file=SimpleUploadedFile("nama orang.csv", CONTENT))
    path = str(Upload.objects.get().path)
    Job.objects.all().delete()
    intake.withdraw(by="operator", upload=Upload.objects.get())
    old = timezone.now().timestamp() - hours * 3600
    os.utime(Path(settings.MEDIA_ROOT) / path, (old, old))
    return path


def test_failed_work_is_started_again_by_a_button(admin: Client) -> None:
    job = _failed()
    page = admin.get("/keadaan/")
    assert page.context["total"] == 1
    assert "Mulai lagi" in page.content.decode()
    assert {line.url: line.value for line in admin.get("/").context["late"]}["/keadaan/"] == 1
    admin.post("/keadaan/pekerjaan/lagi/", {"job": job.pk})
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("queued", 0)
    assert Event.objects.get(action="job.again").actor == "admin"
    for wrong in (str(job.pk), "9" * 5000, "٣", ""):
        again = admin.post("/keadaan/pekerjaan/lagi/", {"job": wrong}, follow=True)
        assert "tidak gagal" in again.content.decode(), wrong


def test_only_whoever_looks_after_the_office_sees_its_state(make_user: Any, sign_in: Any) -> None:
    dinsos = sign_in(make_user("dinsos"))
    assert dinsos.get("/keadaan/").status_code == 403
    assert dinsos.post("/keadaan/pekerjaan/lagi/", {"job": _failed().pk}).status_code == 403


def test_withdrawn_file_is_erased_with_a_reason_and_a_trace(admin: Client, settings: Any) -> None:
    path = _withdrawn(settings)
    page = admin.get("/keadaan/").content.decode()
    assert path[:12] in page
    assert "nama orang" not in page
    assert admin.post("/keadaan/berkas/hapus/", {"print": path[:64], "reason": ""}).status_code == 200
    assert (Path(settings.MEDIA_ROOT) / path).exists()
    admin.post("/keadaan/berkas/hapus/", {"print": path[:64], "reason": "Diminta warga"})
    assert not (Path(settings.MEDIA_ROOT) / path).exists()
    event = Event.objects.get(action="file.erase")
    assert (event.actor, event.reason, event.subject) == ("admin", "Diminta warga", f"file:{path[:12]}")


def test_what_a_list_names_or_what_just_came_cannot_be_erased(regions: None, settings: Any) -> None:
    path = _withdrawn(settings, hours=0)
    submission = intake.begin(by="operator", village_code="62.03.01.2002", kind="rentan")
    intake.upload(by="operator", submission=submission, file=SimpleUploadedFile("b.csv", CONTENT + b"x"))
    kept = str(Upload.objects.get().path)
    old = timezone.now().timestamp() - 90 * 86400
    os.utime(Path(settings.MEDIA_ROOT) / kept, (old, old))
    for one in (path, kept):
        with pytest.raises(InputError, match="tidak ada di antara"):
            leftovers.erase(by="dewi", print=one[:64], reason="x")
    assert leftovers.loose(timezone.now()) == []
    assert [one.path for one in leftovers.loose(timezone.now() + dt.timedelta(hours=2))] == [path]


def test_submission_says_that_entering_stopped_and_the_agency_lets_it_go_on(
    regions: None, make_user: Any, sign_in: Any
) -> None:
    submission = Submission.objects.create(
        village_code=VILLAGE, kind="rentan", state=ACCEPTED, created_by="o"
    )
    _failed(kind=landings.KIND, subject=f"submission:{submission.pk}")
    address = f"/usulan/{submission.pk}/"
    operator, dinsos = sign_in(make_user("operator")), sign_in(make_user("dinsos"))
    assert "terhenti" in operator.get(address).content.decode()
    assert "Lanjutkan" not in operator.get(address).content.decode()
    assert "Lanjutkan" in dinsos.get(address).content.decode()
    assert operator.post(f"{address}masukkan/").status_code == 403
    dinsos.post(f"{address}masukkan/")
    assert Job.objects.filter(kind=landings.KIND, state=Job.State.QUEUED).count() == 1
    assert "terhenti" not in dinsos.get(address).content.decode()


def test_every_page_says_that_the_disk_is_full(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hampir penuh" not in admin.get("/saya/").content.decode()
    monkeypatch.setattr(health, "has_room", lambda: False)
    assert "hampir penuh" in admin.get("/saya/").content.decode()
    told = Client().get("/sehat/").json()
    assert (told["ok"], "penuh" in told["said"][0], "full" in told["said_en"][0]) == (False, True, True)
