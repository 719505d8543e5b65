"""The log: in the transaction of the change, never changed after, chained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from officeworld import listing

from payung.office.history.actions import Entry, changed, record
from payung.office.history.chain import verify
from payung.office.history.models import Event, Head

pytestmark = pytest.mark.django_db


def _write(many: int) -> None:
    with transaction.atomic():
        record(by="siti", entries=[Entry("test.done", f"thing:{n}", after={"n": n}) for n in range(many)])


def _without_trigger() -> None:
    """Take the database's own protection off, as somebody with its password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER history_event_no_update")
            cursor.execute("DROP TRIGGER history_event_no_delete")
        else:
            cursor.execute("DROP TRIGGER history_event_append_only ON history_event")


@pytest.mark.django_db(transaction=True)
def test_writing_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(by="siti", entries=[Entry("test.done")])


def _write_and_fail() -> None:
    with transaction.atomic():
        record(by="siti", entries=[Entry("test.done")])
        raise ValueError("no")


def test_event_goes_with_a_change_that_is_rolled_back() -> None:
    with pytest.raises(ValueError, match="no"):
        _write_and_fail()
    assert not Event.objects.exists()


def test_chain_holds_over_several_writes() -> None:
    _write(3)
    _write(2)
    verdict = verify()
    assert (verdict.events, verdict.broken_at) == (5, None)
    assert verdict.chain == Head.objects.get().chain


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_database_refuses_to_change_an_event(verb: str) -> None:
    _write(2)
    rows = Event.objects.filter(number=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="x") if verb == "update" else rows.delete()


def test_changed_event_breaks_the_chain_at_its_number() -> None:
    _write(4)
    _without_trigger()
    Event.objects.filter(number=2).update(after={"n": 99})
    assert (verify().broken_at, verify().why) == (2, "changed")


def test_removed_event_breaks_the_chain() -> None:
    _write(4)
    _without_trigger()
    Event.objects.filter(number=3).delete()
    assert (verify().broken_at, verify().why) == (3, "missing")


def test_events_cut_off_at_the_end_are_noticed() -> None:
    _write(4)
    _without_trigger()
    Event.objects.filter(number=4).delete()
    assert (verify().broken_at, verify().why) == (4, "head")


def test_dates_and_unicode_keep_their_link_after_reading_back() -> None:
    with transaction.atomic():
        after = {"day": dt.date(2026, 11, 22), "text": "é “x”", "many": [1, 2]}
        record(by="siti", entries=[Entry("test.done", after=after)])
    assert verify().broken_at is None


def test_bulk_entry_of_people_writes_an_event_for_each(make_people: Callable[..., Any]) -> None:
    people = make_people(*[listing(n) for n in range(1, 41)])
    assert Event.objects.filter(action="person.create").count() == 40
    assert {event.person for event in Event.objects.filter(action="person.create")} == {p.pk for p in people}
    assert verify().broken_at is None


def test_history_never_holds_a_whole_nik(make_people: Callable[..., Any]) -> None:
    make_people(listing(7))
    for event in Event.objects.all():
        assert listing(7)["nik"] not in str(event.after)


def test_only_what_differs_is_kept() -> None:
    assert changed({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})
    assert changed({"a": 1}, {"a": 1}) is None
