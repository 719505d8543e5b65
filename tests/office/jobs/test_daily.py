"""Work of each day is asked for once, by what apps declare, and brings the office to the present day."""

from __future__ import annotations

import datetime as dt
import os
import signal
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.db import OperationalError
from django.utils import timezone
from officeworld import VILLAGE, listing

from payung.office.arrears.models import Rung
from payung.office.history.models import Event
from payung.office.jobs import daily, worker
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.months import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_fresh_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "_asked", [dt.date.min])


def test_each_kind_is_asked_for_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = daily.when_due()
    assert first >= 2
    assert {"months.turn", "arrears.climb"} <= set(Job.objects.values_list("kind", flat=True))
    run_all()
    assert daily.when_due() == 0
    monkeypatch.setattr(daily, "_asked", [dt.date.min])  # another worker
    assert daily.when_due() == 0
    assert Job.objects.count() == first
    assert not Event.objects.filter(action="months.turn").exists()  # an empty office has nothing to turn
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert daily.when_due() == first


def test_night_brings_verdicts_and_ladder_to_the_new_day(
    make_people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = line_of(region_code=VILLAGE, source="apbdes")
    decree(line, make_people(listing(1)))
    arrive(EACH, bill_of(line, "2026-10"), on="2026-10-05")
    bill_of(line, "2026-11")
    later = timezone.now() + dt.timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    daily.when_due()
    run_all()
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert queries.kept_day() == timezone.localdate()
    assert Rung.objects.count() == 1


def test_a_database_that_goes_away_between_two_jobs_ends_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def when_due() -> int:
        looks.append(1)
        if len(looks) == 1:
            raise OperationalError("terminating connection due to administrator command")
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(worker, "_show_life", lambda stopping: None)
    monkeypatch.setattr(worker, "AWAY", 0.01)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "run_one", lambda: False)
    monkeypatch.setattr(daily, "when_due", when_due)
    try:
        worker.run_for_ever()
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
    assert len(looks) == 2
