"""The ledger: money moves from stage to stage, adds up, and is never overspent, whatever is asked for."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programmeworld import line_of

from payung.office.programme.actions import OverspentError, book, book_all, shift
from payung.office.programme.actions.money import Booking
from payung.office.programme.models import Balance, LedgerEntry
from payung.office.programme.queries.money import moved
from payung.office.programme.states import EntryKind, Stage

pytestmark = pytest.mark.django_db
STAGES = ("free", "reserved", "committed", "billed", "paid")


def sums(line: Any) -> tuple[int, ...]:
    balance = Balance.objects.get(line=line)
    return tuple(getattr(balance, stage) for stage in STAGES)


def test_money_goes_from_stage_to_stage(regions: None) -> None:
    line = line_of(1000)
    for kind, amount in (("reserve", 600), ("commit", 600), ("bill", 200), ("pay", 150)):
        book(by="t", line=line, kind=kind, amount=amount, subject="decree:1")
    assert sums(line) == (400, 0, 400, 50, 150)
    book(by="t", line=line, kind="release", amount=100, subject="decree:1")
    assert sums(line) == (500, 0, 300, 50, 150)
    book(by="t", line=line, kind="bill", amount=-50, subject="decree:1")
    assert sums(line) == (500, 0, 350, 0, 150)


def test_what_was_not_reserved_is_taken_from_what_is_free(regions: None) -> None:
    line = line_of(1000)
    book(by="t", line=line, kind="bill", amount=300, subject="bill:1")
    assert sums(line) == (700, 0, 0, 300, 0)
    kinds = [str(kind) for kind in LedgerEntry.objects.filter(line=line).values_list("kind", flat=True)]
    assert kinds == ["ceiling", "reserve", "commit", "bill"]


def test_nobody_commits_what_another_one_reserved(regions: None) -> None:
    line = line_of(1000)
    book(by="t", line=line, kind="reserve", amount=900, subject="decree:1")
    with pytest.raises(OverspentError) as refused:
        book(by="t", line=line, kind="commit", amount=200, subject="decree:2")
    assert refused.value.left == 100
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(line=line, kind="commit", amount=50, subject="decree:2", by="t")


def test_an_overspent_line_is_refused_with_what_is_left(regions: None) -> None:
    line = line_of(1000)
    with pytest.raises(OverspentError) as refused:
        book(by="t", line=line, kind="reserve", amount=1001, subject="decree:1")
    assert refused.value.left == 1000
    assert "1.001" in refused.value.message.id
    assert sums(line) == (1000, 0, 0, 0, 0)


def test_the_database_itself_refuses(regions: None) -> None:
    line = line_of(1000)
    for kind, amount in (("reserve", 1001), ("shift", -1001), ("pay", 1), ("ceiling", -2000)):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(line=line, kind=kind, amount=amount, subject="decree:1", by="t")
    entry = LedgerEntry.objects.get(line=line)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).update(amount=5)
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Balance.objects.filter(line=line).update(free=5000, ceiling=5000)
    with pytest.raises(DatabaseError), transaction.atomic():
        Balance.objects.filter(line=line).delete()
    assert sums(line) == (1000, 0, 0, 0, 0)


def test_a_shift_is_two_entries_and_takes_only_what_is_free(regions: None) -> None:
    one, two = line_of(1000, name="satu"), line_of(0, name="dua")
    shift(by="t", source=one, target=two, amount=400, reason="pergeseran DPA")
    assert (sums(one)[0], sums(two)[0]) == (600, 400)
    with pytest.raises(OverspentError):
        shift(by="t", source=one, target=two, amount=601, reason="terlalu banyak")


def test_many_entries_take_a_constant_number_of_queries(
    regions: None, django_assert_max_num_queries: Any
) -> None:
    lines = [line_of(1000, name=f"l{number}") for number in range(6)]
    with django_assert_max_num_queries(16):
        book_all(by="t", bookings=[Booking(one, EntryKind.RESERVE, 10, "decree:1") for one in lines])


MOVE = st.tuples(
    st.sampled_from(["ceiling", "shift", "reserve", "commit", "bill", "pay", "release"]),
    st.integers(-400, 400).filter(bool),
    st.sampled_from(["decree:1", "decree:2"]),
)


@given(st.lists(MOVE, max_size=25))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_for_the_sums_are_those_of_the_entries(
    regions: None, moves: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        line = line_of(500)
        for kind, amount, subject in moves:
            with contextlib.suppress(OverspentError):
                book(by="t", line=line, kind=kind, amount=amount, subject=subject)
        entries = LedgerEntry.objects.filter(line=line)
        reckoned = entries.aggregate(**{stage: Sum(moved(Stage(stage))) for stage in STAGES})
        assert sums(line) == tuple(reckoned[stage] for stage in STAGES)
        assert min(sums(line)) >= 0
        transaction.set_rollback(True)


def test_triggers_are_there(regions: None) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = {row[0] for row in cursor.fetchall()}
    assert {"programme_ledgerentry_sums", "programme_decree_ways", "programme_agreement_order"} <= found
