"""The register of checks, and health by the worker's sign of life."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from payung.cli import office_care
from payung.errors import InputError
from payung.office.face import Finding
from payung.office.jobs import health, worker
from payung.office.jobs.models import Beat, Job
from payung.office.service import checks
from payung.office.service.addresses import Mail
from payung.text import Text


@pytest.fixture(autouse=True)
def _none_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_checks", {})


def _money() -> Iterator[Finding]:
    yield Finding("money.sum", "person:1", Text("Jumlahnya salah.", "The sum is wrong."))


def test_checks_are_walked_in_order_and_one_that_breaks_is_a_finding() -> None:
    def breaks() -> Iterator[Finding]:
        raise ZeroDivisionError("6203991234567890")

    checks.add("broken", breaks)
    checks.add("money", _money)
    checks.add("quiet", list)
    found = [(name, finding.code, finding.fault) for name, finding in checks.walk()]
    assert found == [("broken", "check.broken", True), ("money", "money.sum", True)]
    assert [name for name, _ in checks.walk(["money"])] == ["money"]
    assert "6203991234567890" not in str(list(checks.walk()))


def test_checks_of_an_app_stand_in_its_face(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from payung.office import face
    from payung.office.service import condition

    def wrong() -> Iterator[face.Finding]:
        yield face.Finding("money.sum", "bill:1", Text("Jumlahnya salah.", "The sum is wrong."))

    found = [(SimpleNamespace(label="bills"), face.Face(checks=(wrong,)))]
    monkeypatch.setattr(condition, "with_face", lambda: found)
    condition.register()
    assert "app-bills" in checks.names()
    ((name, finding),) = checks.walk(["app-bills"])
    assert (name, finding.code, finding.where, finding.fault) == ("app-bills", "money.sum", "bill:1", True)


def test_findings_are_sent_to_the_administrator(settings: Any) -> None:
    found = [("money", finding) for finding in _money()]
    with pytest.raises(InputError, match="PAYUNG_MAIL"):
        office_care._send(found)
    server = Mail("h", 25, "", "", "none", "kantor@example.id", ("admin@example.id",))
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, mail=server)
    office_care._send(found)
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email, "money.sum" in sent.body) == (
        ["admin@example.id"],
        "kantor@example.id",
        True,
    )


@pytest.mark.django_db
def test_health_misses_a_worker_that_shows_no_life() -> None:
    now = timezone.now()
    assert health.worker_lives(now) is None
    assert health.look()[0]
    worker.live()
    assert health.look()[1]["worker"] is True
    for moment in (
        now - dt.timedelta(minutes=5),
        now + dt.timedelta(days=1),
    ):  # dead; dead, and the clock set back
        Beat.objects.update(at=moment)
        works, told = health.look()
        assert (works, told["worker"], told["ok"]) == (False, False, False)
    Beat.objects.update(at=now - dt.timedelta(days=2))
    worker.live()
    assert Beat.objects.count() == 1


@pytest.mark.django_db
def test_health_tells_broken_work_and_leaves_work_that_rests(client: Any) -> None:
    now = timezone.now()
    Job.objects.create(kind="x", subject="a", asked_by="t", state="failed", broken=True, finished=now)
    Job.objects.create(kind="x", subject="b", asked_by="t", state="failed", finished=now)  # a faulty file
    resting = Job.objects.create(
        kind="x", subject="c", asked_by="t", not_before=now + dt.timedelta(minutes=30)
    )
    Job.objects.filter(pk=resting.pk).update(created=now - dt.timedelta(hours=1))
    works, told = health.look()
    assert (works, told["jobs_broken"], told["jobs_waiting_long"]) == (True, 1, 0)


@pytest.mark.django_db
def test_full_disk_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "ROOM", 1 << 62)
    assert health.look()[1]["disk"] is False
    assert not health.look()[0]
