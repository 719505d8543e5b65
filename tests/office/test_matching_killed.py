"""Reading an answer: a killed worker loses nothing and does nothing twice; no query for each row."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from matchingworld import ALL, DAY, no, sheet, yes
from officeworld import listing

from payung.office.history.models import Event
from payung.office.jobs import queue
from payung.office.jobs.worker import run_all
from payung.office.matching import actions, applying, reading
from payung.office.matching.models import Line, Result

pytestmark = pytest.mark.django_db


def test_reading_goes_on_where_a_killed_worker_stopped(make_people: Any, monkeypatch: Any) -> None:
    make_people(*[listing(number) for number in range(1, 8)])
    monkeypatch.setattr(reading, "CHUNK", 2)
    content = sheet(*[no(number, "meninggal") for number in range(1, 8)])
    found = actions.upload(
        by="d",
        agency="dukcapil",
        region_code="62.03",
        reach=ALL,
        answered_on=DAY,
        file=SimpleUploadedFile("j.csv", content),
    )
    taken = queue.take()
    assert taken is not None
    _, ticket = taken
    whole, calls = applying.apply, []

    def dies(**values: Any) -> None:
        if len(calls) == 2:
            raise KeyboardInterrupt
        whole(**values)
        calls.append(1)

    monkeypatch.setattr(reading, "apply", dies)
    with pytest.raises(KeyboardInterrupt):
        reading.work(ticket)
    assert Result.objects.count() == 4
    monkeypatch.setattr(reading, "apply", whole)
    reading.work(ticket)
    reading.work(ticket)
    assert Result.objects.count() == 7 == Event.objects.filter(action="match.result").count()
    assert (
        Event.objects.filter(action="answer.read").count()
        == 1
        == Event.objects.filter(action="answer.apply").count()
    )
    found.refresh_from_db()
    assert found.applied


def test_killed_while_writing_rows_ends_with_each_once(make_people: Any, monkeypatch: Any) -> None:
    make_people(listing(1))
    monkeypatch.setattr(reading, "CHUNK", 1)
    actions.upload(
        by="d",
        agency="dukcapil",
        region_code="62.03",
        reach=ALL,
        answered_on=DAY,
        file=SimpleUploadedFile("j.csv", sheet(yes(1), yes(2), yes(3))),
    )
    taken = queue.take()
    assert taken is not None
    _, ticket = taken
    monkeypatch.setattr(reading, "counts", lambda answer: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        reading.work(ticket)
    assert Line.objects.count() == 3
    monkeypatch.undo()
    reading.work(ticket)
    assert Line.objects.count() == 3
    assert Result.objects.count() == 1


def test_reading_takes_no_query_for_each_row(make_people: Any) -> None:
    def queries_of(first: int, many: int) -> int:
        numbers = [first + 37 * n % 211 for n in range(many)]  # in a row they would look dragged by Excel
        make_people(*[listing(number) for number in numbers])
        actions.upload(
            by="d",
            agency="dukcapil",
            region_code="62.03",
            reach=ALL,
            answered_on=DAY,
            file=SimpleUploadedFile(f"{first}.csv", sheet(*[no(number, "meninggal") for number in numbers])),
        )
        with CaptureQueriesContext(connection) as found:
            run_all()
        return len(found)

    few = queries_of(1, 2)
    assert queries_of(300, 150) <= few + 8
