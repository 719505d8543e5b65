"""Deciding a pair and undoing it; the other pairs, other people's hands, and the row without a number."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from duplicatesworld import SITI, SITY, TORN, bring, pair_of
from duplicatesworld import picture as register
from officeworld import VILLAGE, listing, nik

from payung.errors import InputError
from payung.office.access.scope import Area, Scope
from payung.office.duplicates import queries
from payung.office.duplicates.actions import pairs as actions
from payung.office.duplicates.models import Pair
from payung.office.duplicates.states import CLOSED, DIFFERENT, SAME, WAITING
from payung.office.history.models import Event
from payung.office.people.actions.merges import MergeError
from payung.office.people.models import Person, Standing
from payung.office.posts.models import Holding, Post
from payung.office.submissions.models import Row, Submission

pytestmark = pytest.mark.django_db
ALL = Scope((Area("62.03"),))
HANDS = ("held_by", "held_until")  # who had it open last is no part of what is undone


def picture() -> dict[str, Any]:
    """Return every row of the register, of intake and of the review."""
    pairs = [
        {name: value for name, value in row.items() if name not in HANDS}
        for row in Pair.objects.order_by("pk").values()
    ]
    return {**register(), "pairs": pairs}


def decide(pair: Pair, verdict: str, keep: Person | None = None, by: str = "dinsos") -> Pair:
    return actions.decide(by=by, pair=pair, verdict=verdict, keep=keep.pk if keep else None)


@pytest.fixture
def submission(regions: None) -> Submission:
    """A submission that pairs are said to come from."""
    return Submission.objects.create(village_code=VILLAGE, kind="rentan", created_by="t", landed=True)


@pytest.fixture
def three(submission: Submission, make_people: Any) -> tuple[list[Person], Callable[[int, int], Pair]]:
    """Three records, a pair of each two of them."""
    people = make_people(*[listing(n, name="Siti Aminah", job=f"Kerja {n}") for n in (1, 2, 3)])
    for left, right, chance in ((0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.7)):
        pair_of(people[left], people[right], submission, probability=chance)

    def pair(left: int, right: int) -> Pair:
        return Pair.objects.get(left=people[left], right=people[right])

    return people, pair


def test_decision_says_who_when_and_why(three: Any) -> None:
    people, pair = three
    actions.decide(by="dinsos", pair=pair(0, 1), verdict=DIFFERENT, reason="KTP dilihat")
    found = pair(0, 1)
    assert (found.state, found.decided_by, found.reason) == (DIFFERENT, "dinsos", "KTP dilihat")
    assert timezone.now() - found.decided_at < dt.timedelta(minutes=1)
    events = Event.objects.filter(action="pair.different", subject=found.subject)
    assert {(event.person, event.actor, event.reason) for event in events} == {
        (person.pk, "dinsos", "KTP dilihat") for person in people[:2]
    }


@pytest.mark.parametrize("kept", [0, 1])
def test_whoever_is_chosen_is_kept(three: Any, kept: int) -> None:
    people, pair = three
    decide(pair(0, 1), SAME, people[kept])
    assert set(Person.objects.filter(pk__in=[p.pk for p in people[:2]])) == {people[kept]}


@pytest.mark.parametrize("keep", [None, 2])
def test_same_needs_one_of_the_two_to_keep(three: Any, keep: int | None) -> None:
    people, pair = three
    before = picture()
    with pytest.raises(InputError, match="Pilih"):
        decide(pair(0, 1), SAME, people[keep] if keep else None)
    assert picture() == before


def test_third_answer_does_not_exist(three: Any) -> None:
    with pytest.raises(InputError):
        decide(three[1](0, 1), CLOSED)


@pytest.mark.parametrize("verdict", [SAME, DIFFERENT])
def test_undoing_restores_everything(three: Any, verdict: str) -> None:
    people, pair = three
    before = picture()
    decided = decide(pair(0, 1), verdict, people[1])
    assert picture() != before
    actions.undo(by="dinsos", pair=decided)
    assert picture() == before


def test_pairs_of_the_merged_record_go_on_as_those_of_the_kept_one(
    submission: Submission, make_people: Any
) -> None:
    first, second, third, fourth = make_people(*[listing(n) for n in (1, 2, 3, 4)])
    asked = pair_of(first, second, submission)
    other = pair_of(first, third, submission)
    answered = decide(pair_of(second, fourth, submission), DIFFERENT)
    before = picture()
    decide(asked, SAME, second)
    other.refresh_from_db()
    assert (other.left, other.right, other.state) == (second, third, WAITING)
    answered.refresh_from_db()
    assert answered.state == DIFFERENT
    actions.undo(by="dinsos", pair=asked)
    assert picture() == before


def test_question_that_two_pairs_ask_is_asked_once(three: Any) -> None:
    people, pair = three
    before = picture()
    decided = decide(pair(0, 1), SAME, people[0])
    assert pair(0, 2).state == WAITING
    assert pair(1, 2).state == CLOSED
    last = decide(pair(0, 2), SAME, people[2])
    assert not Pair.objects.filter(state=WAITING).exists()
    assert list(Person.objects.filter(name="Siti Aminah")) == [people[2]]
    actions.undo(by="dinsos", pair=last)
    actions.undo(by="dinsos", pair=decided)
    assert picture() == before


def test_answer_of_one_is_the_answer_of_the_other(three: Any) -> None:
    people, pair = three
    decide(pair(1, 2), DIFFERENT)
    before = picture()
    decided = decide(pair(0, 1), SAME, people[0])
    assert pair(0, 2).state == CLOSED
    actions.undo(by="dinsos", pair=decided)
    assert picture() == before


def test_earlier_decision_is_undone_after_the_later_one(three: Any) -> None:
    people, pair = three
    first = decide(pair(0, 1), SAME, people[0])
    second = decide(pair(0, 2), SAME, people[0])
    with pytest.raises(actions.TakenError, match="lebih baru"):
        actions.undo(by="dinsos", pair=first)
    actions.undo(by="dinsos", pair=second)
    actions.undo(by="dinsos", pair=first)
    assert Person.objects.count() == 3


def test_undoing_twice_says_so(three: Any) -> None:
    _, pair = three
    decided = decide(pair(0, 1), DIFFERENT)
    actions.undo(by="dinsos", pair=decided)
    with pytest.raises(actions.TakenError, match="sudah diurungkan"):
        actions.undo(by="bpjs", pair=decided)


def test_pair_of_a_record_that_is_merged_elsewhere_is_refused(three: Any) -> None:
    people, pair = three
    stale = pair(1, 2)
    Person.everybody.filter(pk=people[2].pk).update(merged_into=people[0])
    with pytest.raises(MergeError):
        decide(stale, SAME, people[1])


# Two people at one queue


def test_pair_that_somebody_has_open_is_refused_to_others(three: Any) -> None:
    _, pair = three
    assert actions.hold(by="siti", pair=pair(0, 1))
    assert not actions.hold(by="budi", pair=pair(0, 1))
    with pytest.raises(actions.TakenError, match="siti sedang membuka"):
        decide(pair(0, 1), DIFFERENT, by="budi")
    assert decide(pair(0, 1), DIFFERENT, by="siti").state == DIFFERENT


def test_decided_pair_says_by_whom(three: Any) -> None:
    _, pair = three
    decide(pair(0, 1), DIFFERENT, by="siti")
    with pytest.raises(actions.TakenError, match=r"diputuskan siti .*: orang berbeda"):
        decide(pair(0, 1), DIFFERENT, by="budi")
    assert Event.objects.filter(action="pair.different").count() == 2


def test_forgotten_pair_is_free_after_ten_minutes(three: Any) -> None:
    _, pair = three
    actions.hold(by="siti", pair=pair(0, 1))
    Pair.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert actions.hold(by="budi", pair=pair(0, 1))
    with pytest.raises(actions.TakenError, match="budi"):
        decide(pair(0, 1), DIFFERENT, by="siti")


def test_next_gives_each_a_pair_of_their_own_the_likeliest_first(three: Any) -> None:
    _, pair = three
    given = [actions.take_next(by=who, scope=ALL) for who in ("a", "b", "c", "d")]
    assert given == [pair(0, 1), pair(0, 2), pair(1, 2), None]


def test_next_goes_on_behind_the_last_and_begins_again(three: Any) -> None:
    _, pair = three
    assert actions.take_next(by="a", scope=ALL, after=pair(0, 1)) == pair(0, 2)
    assert actions.take_next(by="a", scope=ALL, after=pair(1, 2)) == pair(0, 1)
    Pair.objects.exclude(pk=pair(0, 1).pk).update(state=CLOSED)
    assert actions.take_next(by="a", scope=ALL, after=pair(0, 1)) is None


def test_whoever_opens_another_pair_lets_go_of_the_first(three: Any) -> None:
    _, pair = three
    actions.hold(by="a", pair=pair(0, 1))
    actions.hold(by="a", pair=pair(0, 2))
    assert actions.hold(by="b", pair=pair(0, 1))
    assert not actions.hold(by="b", pair=pair(0, 2))


def test_released_pair_is_free(three: Any) -> None:
    _, pair = three
    actions.hold(by="a", pair=pair(0, 1))
    actions.release(by="b", pair=pair(0, 1))
    assert not actions.hold(by="b", pair=pair(0, 1))
    actions.release(by="a", pair=pair(0, 1))
    assert actions.hold(by="b", pair=pair(0, 1))


@pytest.mark.django_db(transaction=True)
def test_people_who_press_next_together_get_different_pairs(submission: Submission, make_people: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the database of these tests lives in one connection: runs on PostgreSQL")
    people = make_people(*[listing(n) for n in range(1, 13)])
    for left, right in zip(people[::2], people[1::2], strict=True):
        pair_of(left, right, submission)
    start = threading.Barrier(4)
    given: list[int] = []

    def press(who: str) -> None:
        start.wait()
        found = actions.take_next(by=who, scope=ALL)
        given.append(found.pk if found else 0)
        connections.close_all()

    hands = [threading.Thread(target=press, args=(who,)) for who in "abcd"]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(set(given)) == 4
    assert 0 not in given


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_together_are_one_decision(submission: Submission, make_people: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the database of these tests lives in one connection: runs on PostgreSQL")
    left, right = make_people(listing(1), listing(2))
    pair = pair_of(left, right, submission)
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def press(who: str, keep: Person) -> None:
        start.wait()
        try:
            decide(pair, SAME, keep, by=who)
            outcomes.append("decided")
        except actions.TakenError:
            outcomes.append("taken")
        connections.close_all()

    hands = [threading.Thread(target=press, args=at) for at in (("a", left), ("b", right))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(outcomes) == ["decided", "taken"]
    assert Event.objects.filter(action="person.merge").count() == 1
    assert Person.objects.count() == 1


# A row without a usable NIK


def test_row_declared_the_same_is_linked_and_let_go_again(regions: None) -> None:
    bring(SITI)
    bring(TORN, SITY, kind="mandiri", name="b.csv")
    pair = Pair.objects.get(row__isnull=False, left__nik_index=Person.objects.get(name=SITI[1]).nik_index)
    before = picture()
    decided = actions.decide(by="dinsos", pair=pair, verdict=SAME, reason="NIK terpotong")
    assert Row.objects.get(name=TORN[1], nik_index__isnull=True).person == pair.left
    assert set(Standing.objects.filter(person=pair.left).values_list("category", flat=True)) == {
        "rentan",
        "mandiri",
    }
    event = Event.objects.get(action="row.link")
    assert (event.person, event.reason, event.subject) == (pair.left_id, "NIK terpotong", pair.subject)
    pair.left.refresh_from_db()
    assert pair.left.nik == nik(1)
    assert not Pair.objects.filter(mark=pair.mark, state=WAITING).exists()
    actions.undo(by="dinsos", pair=decided)
    assert picture() == before


def test_official_without_a_number_gets_the_post(regions: None) -> None:
    bring(SITI)
    kaur = ("62039905038", "SITI AMINAH", "05-03-1989", "Kaur Keuangan")
    bring((nik(50), "UJANG RAHMAT", "01-02-1971", "Kepala Desa"), kaur, kind="aparatur", name="b.csv")
    before = picture()
    pair = Pair.objects.get(row__isnull=False)
    decided = decide(pair, SAME)
    assert Holding.objects.get(person=pair.left).post.label == "Kaur Keuangan"
    actions.undo(by="dinsos", pair=decided)
    assert picture() == before
    assert not Post.objects.filter(label="Kaur Keuangan").exists()


def test_category_that_another_list_gave_too_stays(regions: None) -> None:
    bring(SITI)
    bring(TORN, (nik(60), "ORANG LAIN", "01-02-1970", "Petani"), kind="mandiri", name="b.csv")
    pair = Pair.objects.get()
    decided = decide(pair, SAME)
    bring(SITI, kind="mandiri", name="c.csv")
    actions.undo(by="dinsos", pair=decided)
    assert Standing.objects.filter(person=pair.left, category="mandiri").exists()


def test_deciding_takes_the_same_queries_whatever_else_is_asked(
    submission: Submission, make_people: Any
) -> None:
    def taken(first: int, others: int) -> int:
        people = make_people(*[listing(n) for n in range(first, first + 2 + others)])
        pair = pair_of(people[0], people[1], submission)
        for other in people[2:]:
            pair_of(people[1], other, submission, probability=0.5)
        with CaptureQueriesContext(connection) as found:
            decided = decide(pair, SAME, people[0])
            actions.undo(by="dinsos", pair=decided)
        return len(found)

    assert taken(1, 3) == taken(100, 30)


def test_error_rate_counts_what_people_said_of_certain_pairs(three: Any, make_people: Any) -> None:
    people, pair = three
    Pair.objects.filter(pk=pair(1, 2).pk).update(suggestion="review")
    decide(pair(1, 2), DIFFERENT)
    decide(pair(0, 2), DIFFERENT)
    decide(pair(0, 1), SAME, people[0])
    found = queries.measured(ALL)
    assert (found.looked, found.wrong) == (2, 1)
    assert queries.measured(Scope((Area("62.10"),))).looked == 0
