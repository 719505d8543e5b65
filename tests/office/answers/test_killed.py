"""Reading an answer: a killed worker loses nothing and does nothing twice; no query for each row."""

from __future__ import annotations

from typing import Any

import pytest
from answersworld import ALL, DAY, answer, latest, no, sheet, yes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import listing

from payung.office.answers.actions import answers as actions
from payung.office.answers.actions import results as applying
from payung.office.answers.actions import texts as remapping
from payung.office.answers.models import Line, Phrase, Result
from payung.office.answers.work import sheets
from payung.office.answers.work import texts as following
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person

pytestmark = pytest.mark.django_db


def test_reading_goes_on_where_a_killed_worker_stopped(make_people: Any, monkeypatch: Any) -> None:
    make_people(*[listing(number) for number in range(1, 8)])
    monkeypatch.setattr(sheets, "CHUNK", 2)
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

    monkeypatch.setattr(sheets, "apply", dies)
    with pytest.raises(KeyboardInterrupt):
        sheets.work(ticket)
    assert Result.objects.count() == 4
    monkeypatch.setattr(sheets, "apply", whole)
    sheets.work(ticket)
    sheets.work(ticket)
    assert Result.objects.count() == 7 == Event.objects.filter(action="match.result").count()
    assert (
        Event.objects.filter(action="answer.read").count()
        == 1
        == Event.objects.filter(action="answer.apply").count()
    )
    found.refresh_from_db()
    assert found.applied


def test_results_follow_their_text_though_the_worker_is_killed(make_people: Any, monkeypatch: Any) -> None:
    people = make_people(*[listing(number) for number in range(1, 8)])
    answer(sheet(*[no(number, "Wafat") for number in range(1, 8)]))
    monkeypatch.setattr(remapping, "CHUNK", 2)
    phrase = Phrase.objects.get()
    assert actions.map_text(by="dinsos", phrase=phrase, code="meninggal") == actions.Mapped(2, 5)
    assert actions.map_text(by="dinsos", phrase=phrase, code="meninggal") == actions.Mapped(2, 3)
    taken = queue.take()
    assert taken is not None
    _, ticket = taken
    whole = remapping.remap

    def dies(**values: Any) -> None:
        whole(**values)
        raise KeyboardInterrupt

    monkeypatch.setattr(remapping, "remap", dies)
    with pytest.raises(KeyboardInterrupt):
        following.work(ticket)
    assert remapping.behind().count() == 3
    monkeypatch.setattr(remapping, "remap", whole)
    following.work(ticket)
    following.work(ticket)
    assert [latest(person) for person in people] == ["meninggal"] * 7
    assert Event.objects.filter(action="match.text").count() == 1
    assert Event.objects.filter(action="match.result", after__result="meninggal").count() == 7
    assert verify().broken_at is None


def test_text_changed_again_on_the_way_ends_as_said_last(make_people: Any, monkeypatch: Any) -> None:
    people = make_people(*[listing(number) for number in range(1, 8)])
    answer(sheet(*[no(number, "Wafat") for number in range(1, 8)]))
    monkeypatch.setattr(remapping, "CHUNK", 2)
    phrase = Phrase.objects.get()
    actions.map_text(by="dinsos", phrase=phrase, code="meninggal")
    actions.map_text(by="dinsos", phrase=phrase, code="nik_beda_nama", reason="salah baca")
    run_all()
    assert [latest(person) for person in people] == ["nik_beda_nama"] * 7
    assert set(Person.objects.values_list("life_status", flat=True)) == {""}
    jobs = Job.objects.filter(kind=following.KIND)
    assert [(job.state, job.done, job.total) for job in jobs] == [("done", 5, 5), ("done", 0, 0)]
    assert remapping.job_of(phrase) == jobs.last()


def test_text_mapped_while_its_answer_is_being_entered_reaches_every_row(
    make_people: Any, monkeypatch: Any
) -> None:
    people = make_people(*[listing(number) for number in range(1, 5)])
    whole = applying.apply

    def meanwhile(**values: Any) -> None:
        whole(**values)  # with the text as it was known when the rows were fetched
        phrase = Phrase.objects.get()
        if not phrase.code:
            Phrase.objects.update(code="meninggal")

    monkeypatch.setattr(sheets, "apply", meanwhile)
    answer(sheet(*[no(number, "Wafat") for number in range(1, 5)]))
    assert [latest(person) for person in people] == ["meninggal"] * 4


def test_killed_while_writing_rows_ends_with_each_once(make_people: Any, monkeypatch: Any) -> None:
    make_people(listing(1))
    monkeypatch.setattr(sheets, "CHUNK", 1)
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
    monkeypatch.setattr(sheets, "counts", lambda answer: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        sheets.work(ticket)
    assert Line.objects.count() == 3
    monkeypatch.undo()
    sheets.work(ticket)
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
