"""The queue: nothing twice, nothing lost, a killed worker's job goes on."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from payung.errors import InputError
from payung.office.history.models import Event
from payung.office.jobs import health, queue, worker
from payung.office.jobs.actions import start_again
from payung.office.jobs.models import Job
from payung.text import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[str]]:
    """What the work of these tests has done; kinds ``good``, ``faulty`` and ``broken`` exist."""
    found: list[str] = []

    def good(ticket: queue.Ticket) -> None:
        ticket.report(1, 2)
        found.append(ticket.subject)

    def faulty(ticket: queue.Ticket) -> None:
        raise InputError(Text("Berkas rusak.", "The file is broken."))

    def broken(ticket: queue.Ticket) -> None:
        raise ZeroDivisionError

    for kind, work in (("good", good), ("faulty", faulty), ("broken", broken)):
        queue.register(kind, work)
    yield found
    for kind in ("good", "faulty", "broken"):
        queue._kinds.pop(kind)


def test_work_is_done_in_the_order_asked(done: list[str]) -> None:
    for subject in "abc":
        queue.ask(by="siti", kind="good", subject=subject)
    assert worker.run_all() == 3
    assert done == ["a", "b", "c"]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_asking_twice_is_one_job(done: list[str]) -> None:
    first = queue.ask(by="siti", kind="good", subject="a")
    assert queue.ask(by="budi", kind="good", subject="a").pk == first.pk
    worker.run_all()
    assert queue.ask(by="budi", kind="good", subject="a").pk != first.pk


def test_fault_is_kept_as_a_sentence_in_both_languages(done: list[str]) -> None:
    job = queue.ask(by="siti", kind="faulty", subject="a")
    worker.run_all()
    job.refresh_from_db()
    assert (job.state, job.fault_id, job.fault_en) == ("failed", "Berkas rusak.", "The file is broken.")


def test_broken_work_does_not_stop_the_next(done: list[str], caplog: Any) -> None:
    queue.ask(by="siti", kind="broken", subject="a")
    queue.ask(by="siti", kind="good", subject="b")
    assert worker.run_all() == 2
    assert done == ["b"]
    assert "ZeroDivisionError" in caplog.text


def _works(done: list[str], times: int, fault: Exception) -> Job:
    """Ask for work that fails ``times`` times and then does, with time passing between."""

    def busy(ticket: queue.Ticket) -> None:
        done.append(ticket.subject)
        if len(done) <= times:
            raise fault

    queue.register("busy", busy)
    try:
        job = queue.ask(by="siti", kind="busy", subject="a")
        while worker.run_all():
            Job.objects.update(not_before=None)  # time passes
    finally:
        queue._kinds.pop("busy")
    job.refresh_from_db()
    return job


AWAY = [OperationalError("database is locked"), OSError(errno.ENOSPC, "No space left on device")]
QUICKER = IntegrityError("one_person")


@pytest.mark.parametrize("fault", [*AWAY, QUICKER], ids=["busy", "full", "quicker"])
def test_work_that_finds_the_database_busy_is_tried_again(done: list[str], fault: Exception) -> None:
    job = _works(done, 2, fault)
    assert (job.state, len(done), job.broken) == ("done", 3, False)


@pytest.mark.parametrize("fault", AWAY, ids=["busy", "full"])
def test_work_goes_on_by_itself_however_often_the_disk_was_full(done: list[str], fault: Exception) -> None:
    job = _works(done, 9, fault)
    assert (job.state, len(done), job.broken) == ("done", 10, False)


def test_work_that_was_too_slow_again_and_again_is_given_up(done: list[str]) -> None:
    job = _works(done, 9, QUICKER)
    assert (job.state, len(done), job.broken, bool(job.fault_id)) == ("failed", queue.ATTEMPTS, True, True)


def test_after_a_week_without_a_disk_work_is_given_up_and_said(done: list[str]) -> None:
    def full(ticket: queue.Ticket) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    queue.register("full", full)
    try:
        job = queue.ask(by="siti", kind="full", subject="a")
        worker.run_all()
        Job.objects.update(not_before=None, created=timezone.now() - queue.PATIENCE - dt.timedelta(hours=1))
        worker.run_all()
    finally:
        queue._kinds.pop("full")
    job.refresh_from_db()
    assert (job.state, job.broken) == ("failed", True)
    assert any("Mulai lagi" in one for one in health.look()[1]["said"])


def test_starting_again_is_recorded_and_refused_where_nothing_failed(done: list[str]) -> None:
    job = _dead(attempt=queue.ATTEMPTS)
    worker.run_all()
    start_again(by="dewi", key=job.pk)
    assert Event.objects.get(action="job.again").actor == "dewi"
    with pytest.raises(InputError, match="tidak gagal"):
        start_again(by="dewi", key=job.pk)
    worker.run_all()
    job.refresh_from_db()
    assert (job.state, done) == ("done", ["a"])


def test_pauses_between_attempts_grow_until_half_an_hour(done: list[str]) -> None:
    def busy(ticket: queue.Ticket) -> None:
        raise OperationalError("database or disk is full")

    queue.register("busy", busy)
    rests = []
    try:
        job = queue.ask(by="siti", kind="busy", subject="a")
        for _ in queue.PAUSES:
            assert worker.run_all() == 1  # and not again before its time
            job.refresh_from_db()
            assert job.not_before is not None
            rests.append(job.not_before - timezone.now())
            Job.objects.update(not_before=timezone.now())
        worker.run_all()
    finally:
        queue._kinds.pop("busy")
    assert rests == sorted(rests)
    assert dt.timedelta(minutes=29) < rests[-1] <= dt.timedelta(minutes=30)
    job.refresh_from_db()
    assert (job.state, job.broken) == ("queued", False)
    assert dt.timedelta(minutes=29) < job.not_before - timezone.now() <= dt.timedelta(minutes=30)


def test_fault_of_a_file_is_no_fault_of_the_disk(done: list[str]) -> None:
    job = _works(done, 1, FileNotFoundError(errno.ENOENT, "gone"))
    assert (job.state, job.broken, len(done)) == ("failed", True, 1)


def test_job_that_was_given_up_can_be_asked_for_again(done: list[str]) -> None:
    job = _dead(attempt=queue.ATTEMPTS)
    worker.run_all()
    assert queue.again(job.pk)
    worker.run_all()
    job.refresh_from_db()
    assert (job.state, job.broken, done) == ("done", False, ["a"])
    assert not queue.again(job.pk)


def test_job_is_not_asked_for_again_beside_the_same(done: list[str]) -> None:
    job = _dead(attempt=queue.ATTEMPTS)
    queue.reap()
    queue.ask(by="siti", kind="good", subject="a")
    assert not queue.again(job.pk)


def test_job_of_a_worker_that_lived_in_the_future_is_done_by_the_next(done: list[str]) -> None:
    job = _dead(attempt=1)
    Job.objects.update(heartbeat=timezone.now() + dt.timedelta(days=1))  # then the clock was set back
    assert worker.run_all() == 1
    job.refresh_from_db()
    assert (job.state, done) == ("done", ["a"])


def test_pause_that_the_clock_moved_far_away_is_none(done: list[str]) -> None:
    queue.ask(by="siti", kind="good", subject="a")
    Job.objects.update(not_before=timezone.now() + dt.timedelta(days=1))
    assert worker.run_all() == 1


def test_unknown_kind_fails_and_says_so() -> None:
    job = queue.ask(by="siti", kind="nothing", subject="a")
    worker.run_all()
    job.refresh_from_db()
    assert "nothing" in job.fault_en


def _dead(**values: Any) -> Job:
    old = timezone.now() - 2 * queue.STALE
    return Job.objects.create(
        kind="good", subject="a", asked_by="t", state="running", heartbeat=old, **values
    )


def test_job_of_a_dead_worker_is_done_by_the_next(done: list[str]) -> None:
    job = _dead(attempt=1)
    worker.run_all()
    job.refresh_from_db()
    assert (job.state, job.attempt, done) == ("done", 2, ["a"])


def test_work_that_ends_its_worker_rests_longer_each_time_and_lets_other_work_be_done(
    done: list[str],
) -> None:
    job = _dead(attempt=1)
    queue.reap()
    job.refresh_from_db()
    assert job.not_before is None  # the worker may have been told to end
    for attempt, pause in enumerate(queue.PAUSES[: queue.ATTEMPTS - 2], start=2):
        Job.objects.update(state="running", attempt=attempt, heartbeat=timezone.now() - 2 * queue.STALE)
        queue.reap()
        job.refresh_from_db()
        assert job.not_before is not None
        assert pause - dt.timedelta(seconds=3) < job.not_before - timezone.now() <= pause
    assert any("dicoba lagi sendiri" in one for one in health.look()[1]["said"])
    queue.ask(by="siti", kind="good", subject="b")
    assert worker.run_all() == 1
    assert done == ["b"]


def test_job_that_dies_again_and_again_is_given_up(done: list[str]) -> None:
    job = _dead(attempt=queue.ATTEMPTS)
    worker.run_all()
    job.refresh_from_db()
    assert (job.state, done) == ("failed", [])
    assert job.fault_id


def test_job_with_a_sign_of_life_is_left_alone(done: list[str]) -> None:
    job = _dead(attempt=1)
    Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - queue.STALE / 2)
    assert worker.run_all() == 0


def test_worker_that_lost_its_job_cannot_write_any_more() -> None:
    queue.ask(by="siti", kind="good", subject="a")
    taken = queue.take()
    assert taken is not None
    _, first = taken
    Job.objects.update(heartbeat=timezone.now() - dt.timedelta(hours=1))
    queue.reap()
    assert queue.take() is not None
    with pytest.raises(queue.LostError):
        first.hold()
