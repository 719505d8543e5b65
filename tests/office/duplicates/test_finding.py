"""Pairs are found once, from the database, and what was decided is not asked again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from duplicatesworld import BUDI, SITI, SITY, TORN, bring
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik

from payung.office.duplicates.actions import pairs as actions
from payung.office.duplicates.models import Pair
from payung.office.duplicates.states import CLOSED, DIFFERENT, SAME, WAITING
from payung.office.duplicates.work import candidates, comparisons
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.office.people.models import Person
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.work import landings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]


def people_pair() -> Pair:
    return Pair.objects.get(right__isnull=False)


def test_landed_list_is_compared_with_the_register() -> None:
    bring(SITI, BUDI)
    assert not Pair.objects.exists()
    second = bring(SITY, name="b.csv")
    pair = Pair.objects.get()
    assert (pair.left.name, pair.right.name if pair.right else "") == ("SITI AMINAH", "SITI AMINNAH")
    assert (pair.submission, pair.suggestion, pair.state) == (second, "same", WAITING)
    assert "same_date" in pair.why
    assert pair.probability > 0.9


def test_row_that_could_not_land_is_compared_too() -> None:
    bring(SITI, BUDI)
    bring(TORN, (nik(40), "ORANG LAIN", "01-02-1970", "Petani"), name="b.csv")
    pair = Pair.objects.get()
    assert (pair.left.nik, pair.right, pair.row.name if pair.row else "") == (nik(1), None, "SITI AMINAH")
    assert TORN[0] not in pair.mark


def test_certain_pair_is_asked_and_nothing_is_merged_by_itself() -> None:
    bring(SITI, SITY)
    assert Pair.objects.get().probability > 0.99
    assert Person.objects.count() == 2


def test_both_people_have_the_finding_in_their_history() -> None:
    bring(SITI, SITY)
    found = Event.objects.filter(action="pair.find")
    assert {event.person for event in found} == set(Person.objects.values_list("pk", flat=True))
    assert nik(1) not in str([event.after for event in found])


def test_same_list_again_finds_nothing_new() -> None:
    submission = bring(SITI, SITY, TORN)
    before = list(Pair.objects.order_by("pk").values())
    queue.ask(by="t", kind=comparisons.KIND, subject="submission:1", submission=submission.pk)
    bring(SITI, SITY, TORN, name="lagi.csv")
    assert list(Pair.objects.order_by("pk").values()) == before
    assert verify().broken_at is None


def test_decided_pair_never_comes_back() -> None:
    bring(SITI, SITY)
    actions.decide(by="dinsos", pair=people_pair(), verdict=DIFFERENT)
    bring(SITI, SITY, name="lagi.csv")
    assert [pair.state for pair in Pair.objects.all()] == [DIFFERENT]


def test_merged_people_are_not_asked_about_again() -> None:
    bring(SITI, SITY)
    pair = people_pair()
    actions.decide(by="dinsos", pair=pair, verdict=SAME, keep=pair.left_id)
    bring(SITY, SITI, name="lagi.csv")
    assert Pair.objects.get().state == SAME
    assert Person.objects.count() == 1


def test_whoever_is_different_from_one_is_different_from_whom_that_one_became() -> None:
    bring(SITI, SITY, (nik(3), "SITI AMINA", "05-03-1989", "Guru"))
    assert Pair.objects.count() == 3
    first, second, third = Person.objects.order_by("pk")
    decide = {(first.pk, third.pk): DIFFERENT, (first.pk, second.pk): SAME}
    for (left, right), verdict in decide.items():
        pair = Pair.objects.get(left=left, right=right)
        actions.decide(by="dinsos", pair=pair, verdict=verdict, keep=second.pk)
    assert Pair.objects.get(left=second, right=third).state == CLOSED
    Pair.objects.get(left=second, right=third).delete()
    bring((nik(3), "SITI AMINA", "05-03-1989", "Guru"), name="lagi.csv")
    assert not Pair.objects.filter(state=WAITING).exists()


def test_row_said_again_is_linked_to_whom_it_was() -> None:
    bring(SITI, TORN)
    pair = Pair.objects.get()
    actions.decide(by="dinsos", pair=pair, verdict=SAME)
    bring(TORN, BUDI, name="lagi.csv")
    assert [row.person for row in Row.objects.filter(name=TORN[1]).order_by("pk")] == [pair.left] * 3
    assert Pair.objects.count() == 1
    pair.refresh_from_db()
    actions.undo(by="dinsos", pair=pair)
    assert Row.objects.filter(person=pair.left).count() == 1


def test_row_of_a_pair_that_is_different_is_not_asked_again() -> None:
    bring(SITI, TORN)
    actions.decide(by="dinsos", pair=Pair.objects.get(), verdict=DIFFERENT)
    bring(TORN, BUDI, name="lagi.csv")
    assert [pair.state for pair in Pair.objects.all()] == [DIFFERENT]
    assert Row.objects.filter(name=TORN[1], person__isnull=True).count() == 2


def _keys(people: list[Person]) -> set[str]:
    return set(candidates.compared(people, []).part["record"])


@pytest.mark.parametrize(
    ("village", "facts", "met"),
    [
        (VILLAGE, {"name": "Lain Sekali", "birth_date": dt.date(1950, 1, 2)}, True),
        (FAR, {"name": "Ruslan Effendi"}, True),
        (NEIGHBOUR, {"name": "Nama Lain"}, True),
        (FAR, {"name": "Nama Lain"}, False),
        (FAR, {"birth_date": dt.date(1950, 1, 2)}, True),
        (FAR, {"name": "Nama Lain", "birth_date": dt.date(1950, 1, 2), "kk": "6203990101100001"}, True),
        (FAR, {"name": "Ruslan", "birth_date": dt.date(1950, 1, 2)}, False),
    ],
    ids=["village", "birth and word", "birth and sub-district", "birth alone", "name", "card", "word alone"],
)
def test_candidates_come_from_what_is_shared(
    make_people: Any, village: str, facts: dict[str, Any], met: bool
) -> None:
    (one,) = make_people(listing(1, name="Ruslan Hadi", kk="6203990101100001"))
    (other,) = make_people(listing(2, **{"name": "Ruslan Hadi", **facts}), village=village)
    assert _keys([one]) == ({f"p{other.pk}"} if met else set())


def test_name_that_many_have_brings_nobody_from_afar(make_people: Any) -> None:
    (one,) = make_people(listing(1, name="Siti Aminah"))
    many = [
        listing(n, name="Siti Aminah", birth_date=dt.date(1950, 1, 2))
        for n in range(100, 101 + candidates.FEW)
    ]
    make_people(*many, village=FAR)
    assert _keys([one]) == set()


def test_neither_size_of_list_nor_of_register_costs_queries(make_people: Any) -> None:
    def taken(first: int, many: int) -> int:
        people = make_people(*[listing(n, name=f"Nama {n}") for n in range(first, first + many)])
        with CaptureQueriesContext(connection) as found:
            comparisons.find(people, [])
        return len(found)

    # The new people's candidates, the places, and five counts.
    assert taken(1, 2) == taken(100, 60) == taken(300, 200)


def test_keeping_takes_the_same_queries_for_few_and_many(make_people: Any) -> None:
    submission = Submission.objects.create(village_code=VILLAGE, kind="rentan", created_by="t")

    def taken(first: int, many: int) -> int:
        people = make_people(*[listing(n, name=f"Nama {n}") for n in range(first, first + 2 * many)])
        halves = zip(people[:many], people[many:], strict=True)
        found = [comparisons.Found(a.pk, b.pk, None, 0.9, "same", "nama sama") for a, b in halves]
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            assert comparisons.keep(by="t", submission=submission, found=found) == many
        return len(queries)

    assert taken(1, 1) == taken(100, 40)


def test_finding_goes_on_where_a_killed_worker_stopped(monkeypatch: Any) -> None:
    monkeypatch.setattr(comparisons, "CHUNK", 1)
    monkeypatch.setattr(landings, "follow", lambda *args, **kwargs: [])
    submission = bring(SITI, SITY, TORN)
    queue.ask(by="dinsos", kind=comparisons.KIND, subject="submission:1", submission=submission.pk)
    taken = queue.take()
    assert taken is not None
    _, ticket = taken
    kept: list[int] = []
    whole = comparisons.keep

    def dies(**values: Any) -> None:
        kept.append(whole(**values))
        if len(kept) == 2:
            raise KeyboardInterrupt  # after the pairs are written, before they are committed

    monkeypatch.setattr(comparisons, "keep", dies)
    with pytest.raises(KeyboardInterrupt):
        comparisons.work(ticket)
    assert 0 < Pair.objects.count() < 3
    half = set(Pair.objects.values_list("pk", flat=True))
    monkeypatch.setattr(comparisons, "keep", whole)
    comparisons.work(ticket)
    comparisons.work(ticket)
    assert half < set(Pair.objects.values_list("pk", flat=True))
    assert Pair.objects.count() == 3
    assert Event.objects.filter(action="pair.find").count() == 4


def test_worker_that_lost_the_job_writes_nothing(monkeypatch: Any) -> None:
    monkeypatch.setattr(landings, "follow", lambda *args, **kwargs: [])
    submission = bring(SITI, SITY)
    queue.ask(by="dinsos", kind=comparisons.KIND, subject="submission:1", submission=submission.pk)
    taken = queue.take()
    assert taken is not None
    whole = comparisons.find

    def slow(*args: Any) -> list[comparisons.Found]:
        Job.objects.update(heartbeat=timezone.now() - dt.timedelta(hours=1))
        queue.reap()
        assert queue.take() is not None
        return whole(*args)

    monkeypatch.setattr(comparisons, "find", slow)
    with pytest.raises(queue.LostError):
        comparisons.work(taken[1])
    assert not Pair.objects.exists()
