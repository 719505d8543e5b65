"""A double click, two tabs, two colleagues: the same thing asked for several times at the same moment.

SQLite lets one write at a time, so this runs on PostgreSQL (see test_postgresql.py).
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from officeworld import VILLAGE, nik

from payung.errors import PayungError
from payung.office.accounts import actions as accounts
from payung.office.cards import actions as cards
from payung.office.cards.models import Card
from payung.office.check import limits
from payung.office.history.chain import verify
from payung.office.people.actions import facts as editing
from payung.office.people.models import Person
from payung.office.people.rules import FIELDS
from payung.office.posts import actions as posting
from payung.office.submissions import actions as intake

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time"),
]
TIMES = 5


def _together(act: Callable[[], Any]) -> list[Any]:
    """Return what ``act`` returned, or the sentence that it refused with, for each of several at the same moment."""
    found: list[Any] = []
    ready = threading.Barrier(TIMES)

    def run() -> None:
        ready.wait()
        try:
            found.append(act())
        except PayungError as error:
            found.append(error.message.en)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == TIMES, "something broke instead of being refused"
    assert verify().broken_at is None
    return found


def test_of_many_questions_at_once_no_more_are_answered_than_may_be(
    regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BY_ALL", TIMES - 2)
    numbers = iter(range(TIMES))
    found = _together(lambda: limits.may_ask(address="10.0.0.1", number=nik(next(numbers) + 1)))
    assert sorted(found) == [False] * 2 + [True] * (TIMES - 2)
    assert limits.asked_since(timezone.now() - dt.timedelta(hours=2)) == TIMES


def test_several_clicks_begin_one_submission(regions: None) -> None:
    found = _together(lambda: intake.begin(by="siti", village_code=VILLAGE, kind="rentan").pk)
    assert len(set(found)) == 1


def test_several_clicks_make_one_account() -> None:
    found = _together(lambda: accounts.create_user(by="a", username="siti", name="S", password=None).username)
    assert found.count("siti") == 1
    assert sum("is taken" in one for one in found) == TIMES - 1


def test_several_clicks_enter_one_person(regions: None) -> None:
    cells = dict.fromkeys(FIELDS, "") | {"nik": nik(1), "name": "SITI", "birth_date": "05-03-1989"}
    cells["kk"] = "6203990103890007"
    chosen = editing.Chosen()
    found = _together(
        lambda: (
            editing.add(
                by="siti", village_code=VILLAGE, category="rentan", cells=cells, chosen=chosen, reason="baru"
            ).new
        )
    )
    assert found.count(True) == 1 == Person.objects.count()


def test_several_clicks_record_one_card(make_people: Any) -> None:
    from officeworld import listing

    (person,) = make_people(listing(1))
    received = dt.date(2026, 11, 1)
    found = _together(
        lambda: cards.receive(by="siti", cards=[(person, "12345678901")], kind="kertas", on=received)
    )
    assert sum(found) == 1 == Card.objects.count()


def test_alike_posts_get_numbers_of_their_own(regions: None) -> None:
    found = _together(
        lambda: posting.open_post(by="siti", region_code=VILLAGE, category="bpd", label="Anggota BPD").number
    )
    assert 1 in found
    assert len(set(found)) == TIMES
