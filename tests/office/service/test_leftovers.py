"""Old records go when their time is over, and only they; what went is recorded."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone
from officeworld import VILLAGE

from payung.office.history.models import Event
from payung.office.jobs import retention
from payung.office.jobs.models import Installation, Job
from payung.office.service import leftovers
from payung.office.submissions.models import Submission, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_rules", dict(retention._rules))
    leftovers.register()


def _ago(**time: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(**time)


def test_what_is_too_old_goes_and_the_rest_stays(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, keep_sign_ins=10, keep_jobs=20)
    for key, expires in (("old", _ago(minutes=1)), ("new", timezone.now() + dt.timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    for days in (9, 11):
        for model, more in ((AccessAttempt, {"failures_since_start": 1}), (AccessLog, {})):
            values = {"username": f"u{days}", "ip_address": "192.0.2.1", "user_agent": "x", **more}
            made = model.objects.create(**values)
            model.objects.filter(pk=made.pk).update(attempt_time=_ago(days=days))
    for number, (state, days) in enumerate((("done", 21), ("failed", 21), ("done", 19), ("queued", 99))):
        job = Job.objects.create(kind="x", subject=str(number), asked_by="t", state=state)
        Job.objects.filter(pk=job.pk).update(finished=_ago(days=days) if state != "queued" else None)
    assert retention.clear() == {"sessions": 1, "sign_ins": 2, "jobs": 2}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert set(AccessLog.objects.values_list("username", flat=True)) == {"u9"}
    assert set(Job.objects.values_list("subject", flat=True)) == {"2", "3"}
    event = Event.objects.get(action="records.clear")
    assert event.after == {"sessions": 1, "sign_ins": 2, "jobs": 2}
    assert retention.clear() == {}
    assert Event.objects.filter(action="records.clear").count() == 1


def _kept(root: Path, digest: str, name: str, age: dt.timedelta) -> str:
    path = root / digest / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    moment = (timezone.now() - age).timestamp()
    os.utime(path, (moment, moment))
    return f"{digest}/{name}"


def test_file_goes_when_no_row_names_it_and_its_time_is_over(regions: None, settings: Any) -> None:
    root, old = Path(settings.MEDIA_ROOT), dt.timedelta(days=31)
    named = _kept(root, "a" * 64, "dipakai.csv", old)
    young = _kept(root, "b" * 64, "baru ditarik.csv", dt.timedelta(days=29))
    beside = _kept(root, "a" * 64, "ditarik.csv", old)
    alone = _kept(root, "c" * 64, "ditarik.csv", old)
    foreign = _kept(root, "lain", "x.csv", old)
    (root / ".office").write_text("x")
    submission = Submission.objects.create(village_code=VILLAGE, kind="rentan", created_by="t")
    Upload.objects.create(submission=submission, name="x", path=named, size=1, sha256="a" * 64, by="t")
    assert leftovers.files(timezone.now()) == 2
    assert all((root / path).exists() for path in (named, young, foreign, ".office"))
    assert not any((root / path).exists() for path in (beside, alone, "c" * 64))


def test_rules_run_once_a_day_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[dt.datetime] = []

    def rule(now: dt.datetime) -> int:
        runs.append(now)
        return 0

    monkeypatch.setattr(retention, "_rules", {"x": rule})
    Installation.objects.create(pk=1, secret="x", mark="x")
    for hours, expected in ((0, 1), (0, 1), (25, 2), (-48, 3)):  # the last: the clock was set back
        Installation.objects.filter(cleared__isnull=False).update(
            cleared=timezone.now() - dt.timedelta(hours=hours)
        )
        monkeypatch.setattr(retention, "_looked", [float("-inf")])
        retention.when_due()
        assert len(runs) == expected
    retention.when_due()  # not even looked at so soon
    assert len(runs) == 3


def test_rule_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def breaks(now: dt.datetime) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(retention, "_rules", {"a": breaks, "b": lambda now: 3})
    assert retention.clear() == {"b": 3}
    assert "the rule a failed" in caplog.text


NOT_KEPT = {
    "bills.PaymentFile",
    "deaths.DeathList",
    "reconciliation.InsurerList",
}  # read, and not kept as files


def test_model_that_knows_a_file_by_its_hash_says_where_it_is() -> None:
    """Else the file would be taken for one that nothing refers to, and be removed."""
    from django.apps import apps

    known = 0
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if "sha256" in names and model._meta.label not in NOT_KEPT:
            known += 1
            assert any(name == "path" or name.endswith("_path") for name in names), model._meta.label
    assert known >= 3
