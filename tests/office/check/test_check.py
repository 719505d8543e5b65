"""The public check: three words, no oracle, no trace."""

from __future__ import annotations

import datetime as dt
import logging
import os
import time
from typing import Any

import pytest
from casesworld import paid
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from officeworld import listing, nik

from payung.law import months
from payung.office.check import limits, pages
from payung.office.check.models import Asked
from payung.office.check.queries import Protected, protected
from payung.office.history.models import Event
from payung.office.people.models import DEAD, Person
from payung.office.vault.sealed import blind

pytestmark = pytest.mark.django_db
BORN = dt.date(1989, 3, 5)
ON = dt.date(2026, 4, 20)
LONG = pytest.mark.skipif(
    not os.environ.get("PAYUNG_ATTACKS"), reason="PAYUNG_ATTACKS=1 plays what takes minutes"
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "TAKES", 0.0)


def ask(client: Any, number: str, born: str = "1989-03-05") -> Any:
    return client.post("/periksa/", {"nik": number, "birth_date": born})


def test_three_words(make_people: Any) -> None:
    good, ended, grace, dead = make_people(*(listing(n) for n in range(1, 5)))
    for person, last in ((good, "2026-04"), (ended, "2025-10"), (grace, "2026-02"), (dead, "2026-04")):
        paid(person, "2025-01", last)
    Person.objects.filter(pk=dead.pk).update(life_status=DEAD)
    assert [protected(nik(n), BORN, ON) for n in range(1, 5)] == [
        Protected.YES,
        Protected.NO,
        Protected.ASK,
        Protected.ASK,
    ]


def test_unknown_and_wrong_birth_date_and_dead_answer_alike(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    paid(person, "2025-01", "2026-04")
    assert protected(nik(99), BORN, ON) is protected(nik(1), dt.date(1989, 3, 6), ON) is Protected.ASK


def test_the_same_queries_whoever_it_is(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    paid(person, "2025-01", "2026-04")
    many = []
    for number, born in ((nik(1), dt.date(2000, 1, 1)), (nik(99), BORN), (nik(98), BORN)):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            protected(number, born, ON)
        many.append(len(seen))
    assert len(set(many)) == 1


def test_the_page_shows_no_name_and_gives_nothing_back(make_people: Any, client: Any) -> None:
    (person,) = make_people(listing(1, name="Rahasia Sekali"))
    now = months.month_of(timezone.localdate())
    paid(person, months.add(now, -12), now, on=f"{months.add(now, -1)}-01")
    response = ask(client, nik(1))
    text = response.content.decode()
    assert "Terlindungi" in text
    assert "Rahasia" not in text
    assert nik(1) not in text
    assert "62.03" not in text
    assert response.request["QUERY_STRING"] == ""


def test_no_trace_is_left(make_people: Any, client: Any, caplog: pytest.LogCaptureFixture) -> None:
    make_people(listing(1))
    before = Event.objects.count()
    with caplog.at_level(logging.DEBUG):
        ask(client, nik(1))
    assert Event.objects.count() == before
    assert nik(1) not in caplog.text
    kept = str(list(Asked.objects.values()))
    assert nik(1) not in kept
    assert "127.0.0.1" not in kept


def test_one_address_is_stopped(make_people: Any, client: Any) -> None:
    answers = [ask(client, nik(n)).status_code for n in range(1, limits.BY_ADDRESS + 3)]
    assert answers == [200] * limits.BY_ADDRESS + [429] * 2


def test_birth_dates_of_one_number_cannot_be_tried(make_people: Any, client: Any) -> None:
    make_people(listing(1))
    statuses = []
    for day in range(1, limits.BY_NUMBER + 3):
        asked = client.post(
            "/periksa/",
            {"nik": nik(1), "birth_date": f"1989-03-{day + 10}"},
            REMOTE_ADDR=f"10.0.0.{day}",
        )
        statuses.append(asked.status_code)
    assert statuses == [200] * limits.BY_NUMBER + [429] * 2
    assert ask(client, nik(1)).status_code == 429  # the right one comes too late


def test_of_many_who_ask_at_the_same_moment_no_more_are_answered(
    regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others count in the moment before this question does: what stands there afterwards decides."""
    hour = int(timezone.now().timestamp()) // 3600
    monkeypatch.setattr(limits.timezone, "now", lambda: dt.datetime.fromtimestamp(hour * 3600 + 60, dt.UTC))
    asked = Asked.objects.create(print=blind("a:10.0.0.1", limits.PLACE), hour=hour, times=0)
    counted = []

    def others_first(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and not counted:
            counted.append(sql)
            Asked.objects.filter(pk=asked.pk).update(times=limits.BY_ADDRESS)
        return execute(sql, *rest)

    with connection.execute_wrapper(others_first):
        assert not limits.may_ask(address="10.0.0.1", number=nik(1))
    assert counted


def test_counting_is_one_statement(regions: None) -> None:
    for stem, most in (("", 2), ("621099050389", 3)):
        with CaptureQueriesContext(connection) as seen:
            assert limits.may_ask(address="10.0.0.1", number=nik(1), stem=stem)
        statements = [one["sql"] for one in seen if "SAVEPOINT" not in one["sql"]]
        assert len(statements) == most, statements


def test_ten_thousand_numbers_of_many_addresses_are_stopped(regions: None) -> None:
    answered = sum(limits.may_ask(address=f"10.1.{n // 200}.{n % 200}", number=str(n)) for n in range(700))
    assert answered == limits.BY_ALL
    assert limits.asked_since(timezone.now() - dt.timedelta(hours=1)) == 700


@pytest.mark.parametrize("tried", [200, pytest.param(10_000, marks=LONG)])
def test_counting_through_numbers_finds_nobody_to_speak_of(
    make_people: Any, client: Any, monkeypatch: pytest.MonkeyPatch, tried: int
) -> None:
    """Whoever knows place and birth date counts through the last four digits, each from an address of its own and in
    an hour of its own; every tenth of them is somebody who is covered."""
    monkeypatch.setattr(pages, "protected", lambda number, *_: _every_tenth(number))
    answers = []
    hours = 23  # so slowly that no other limit is met
    begun = timezone.now()
    for number in range(tried):
        now = begun + dt.timedelta(minutes=60 * number * hours // tried)
        monkeypatch.setattr(limits.timezone, "now", lambda now=now: now)
        asked = {"nik": nik(number), "birth_date": "1989-03-05"}
        answers.append(client.post("/periksa/", asked, REMOTE_ADDR=f"10.{number // 250}.{number % 250}.7"))
    answered = [answer for answer in answers if answer.status_code == 200]
    found = [answer for answer in answered if answer.context["answer"] is Protected.YES]
    assert (len(answered), len(found)) == (limits.BY_STEM, limits.BY_STEM // 10)
    assert {answer.context["answer"] for answer in answers if answer.status_code == 429} == {Protected.ASK}


def _every_tenth(number: str) -> Protected:
    return Protected.YES if int(number) % 10 == 0 else Protected.ASK


def test_neighbours_who_ask_the_next_day_are_answered(
    client: Any, regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(limits.BY_STEM):
        assert limits.may_ask(address=f"10.0.0.{number}", number=nik(number), stem=nik(number)[:12])
    assert not limits.may_ask(address="10.0.1.1", number=nik(50), stem=nik(50)[:12])
    assert limits.may_ask(address="10.0.1.2", number=nik(51), stem="620399060390")  # born on another day
    tomorrow = timezone.now() + dt.timedelta(hours=24)
    monkeypatch.setattr(limits.timezone, "now", lambda: tomorrow)
    assert limits.may_ask(address="10.0.1.1", number=nik(50), stem=nik(50)[:12])


def test_every_answer_takes_the_same_time(
    make_people: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "TAKES", 0.3)
    (person,) = make_people(listing(1))
    paid(person, "2026-01", "2026-04")
    times = []
    for number in (nik(1), nik(77)):
        begun = time.monotonic()
        ask(client, number)
        times.append(time.monotonic() - begun)
    assert min(times) >= 0.3
    assert min(times) < 3  # a busy machine may take longer once, not each time


def test_what_is_no_number_is_said_without_a_question(client: Any, db: None) -> None:
    assert "16" in ask(client, "123").content.decode()
    assert not Asked.objects.exists()
