"""Two records become one person and two again: nothing lost, nothing doubled, exactly as before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import UniqueConstraint
from django.test.utils import CaptureQueriesContext
from duplicatesworld import picture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from officeworld import FAR, VILLAGE, listing, nik

from payung.office.access.scope import Area, Scope
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.people import actions, queries
from payung.office.people.actions import merges as merging
from payung.office.people.models import Membership, NameWord, Person, Standing
from payung.office.posts import actions as posting
from payung.office.posts.models import Holding, Post

pytestmark = pytest.mark.django_db
ALL = Scope((Area("62.03"),))


def merge(kept: Person, gone: Person) -> merging.Memory:
    with transaction.atomic():
        return merging.merge(by="dinsos", kept=kept, gone=gone, subject="pair:1", reason="KTP sama")


def unmerge(kept: Person, gone: Person, memory: merging.Memory) -> None:
    with transaction.atomic():
        merging.unmerge(by="dinsos", kept=kept, gone=gone, memory=memory, subject="pair:1")


def enrol(person: Person, segment: str, from_month: str) -> None:
    actions.enrol(by="bpjs", people=[(person, "")], segment=segment, source="apbd", from_month=from_month)


@pytest.fixture
def two(make_people: Any) -> tuple[Person, Person]:
    """The same person twice: a farmer, and an official with cover and a phone."""
    kept = make_people(listing(1, name="Siti Aminah", job="Petani"))[0]
    facts = {"mother": "Ani", "phone": "+6281200000001", "kk": "6203990101100001", "category": "bpd"}
    gone = make_people(listing(2, name="Siti Aminnah", **facts), village=FAR)[0]
    post = posting.open_post(by="t", region_code=FAR, category="bpd", label="Anggota BPD")
    posting.appoint(by="t", post=post, person=gone, starts=dt.date(2024, 1, 1))
    enrol(gone, "bpu", "2026-01")
    return kept, gone


def test_everything_goes_to_the_kept_person(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(kept, gone)
    assert {s.category for s in Standing.objects.filter(person=kept)} == {"rentan", "bpd"}
    assert Holding.objects.get().person_id == Membership.objects.get().person_id == kept.pk
    assert not any(
        field.model._base_manager.filter(**{field.name: gone}).exists() for field in merging.references()
    )
    kept.refresh_from_db()
    assert (kept.name, kept.job, kept.mother, kept.phone) == (
        "Siti Aminah",
        "Petani",
        "Ani",
        "+6281200000001",
    )
    assert kept.household_id == Person.everybody.get(pk=gone.pk).household_id is not None


def test_merged_person_is_in_no_list_count_or_search_by_name(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(kept, gone)
    assert list(ALL.of(Person)) == [kept]
    assert [p.pk for p in queries.matching(ALL.of(Person), "siti")] == [kept.pk]
    assert not queries.matching(ALL.of(Person), "aminnah").exists()
    assert Person.everybody.filter(pk=gone.pk, merged_into=kept).exists()


def test_nik_of_the_merged_person_finds_the_kept_one(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(kept, gone)
    assert list(queries.matching(ALL.of(Person), nik(2))) == [kept]


def test_later_list_with_the_old_nik_lands_on_the_kept_person(
    two: tuple[Person, Person], make_people: Any
) -> None:
    kept, gone = two
    merge(kept, gone)
    landed = make_people(listing(2, job="Nelayan"), listing(1, name="Siti Aminah"))
    assert {person.pk for person in landed} == {kept.pk}
    kept.refresh_from_db()
    assert (kept.nik, kept.job, kept.name) == (nik(1), "Nelayan", "Siti Aminah")
    assert Person.everybody.count() == 2
    changes = Event.objects.filter(action="person.change", person=kept.pk)
    assert changes.count() == 1


def test_undoing_restores_every_row(two: tuple[Person, Person]) -> None:
    before = picture()
    memory = merge(*two)
    assert picture() != before
    unmerge(*two, memory)
    assert picture() == before
    assert verify().broken_at is None


def test_both_people_have_it_in_their_history(two: tuple[Person, Person]) -> None:
    kept, gone = two
    unmerge(kept, gone, merge(kept, gone))
    for person, actions_ in (
        (kept, ["person.merge", "person.unmerge"]),
        (gone, ["person.merged", "person.unmerged"]),
    ):
        events = Event.objects.filter(person=person.pk, subject="pair:1").order_by("number")
        assert [event.action for event in events] == actions_
        assert (events[0].actor, events[0].reason) == ("dinsos", "KTP sama")
        assert nik(1) not in str(events[0].after)
        assert nik(2) not in str(events[0].after)


def test_merge_of_somebody_merged_meanwhile_is_refused(two: tuple[Person, Person], make_people: Any) -> None:
    kept, gone = two
    third = make_people(listing(3))[0]
    merge(kept, gone)
    for pair in ((third, gone), (gone, third), (kept, kept)):
        before = picture()
        with pytest.raises(merging.MergeError):
            merge(*pair)
        assert picture() == before


def test_chain_of_merges_is_undone_from_its_end(two: tuple[Person, Person], make_people: Any) -> None:
    second, first = two
    last = make_people(listing(3))[0]
    start = picture()
    one = merge(second, first)
    middle = picture()
    two_ = merge(last, second)
    assert set(Person.everybody.filter(merged_into=last)) == {first, second}
    assert {p.pk for n in (1, 2, 3) for p in queries.matching(ALL.of(Person), nik(n))} == {last.pk}
    with pytest.raises(merging.MergeError, match="digabung lagi"):
        unmerge(second, first, one)
    unmerge(last, second, two_)
    assert picture() == middle
    unmerge(second, first, one)
    assert picture() == start


CATEGORIES = st.sets(st.sampled_from(["rentan", "bpd", "mandiri"]))
MONTHS = st.sets(st.sampled_from([("pu", "2026-01"), ("bpu", "2026-01"), ("bpu", "2026-03")]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CATEGORIES, CATEGORIES, MONTHS, MONTHS, st.sets(st.sampled_from(["mother", "job", "address"])))
def test_merging_and_undoing_any_two_people_changes_nothing(
    make_people: Any,
    left: set[str],
    right: set[str],
    first: set[tuple[str, str]],
    second: set[tuple[str, str]],
    facts: set[str],
) -> None:
    with transaction.atomic():
        kept, gone = make_people(
            listing(1, category=""), listing(2, category="", **dict.fromkeys(facts, "isi")), village=VILLAGE
        )
        for person, categories, months in ((kept, left, first), (gone, right, second)):
            for category in sorted(categories):
                Standing.objects.create(person=person, category=category, village_code=VILLAGE)
            for segment, month in sorted(months):
                enrol(person, segment, month)
        before = picture()
        memory = merge(kept, gone)
        assert set(Standing.objects.filter(person=kept).values_list("category", flat=True)) == left | right
        held = Membership.objects.filter(person=kept).values_list("segment", "from_month")
        assert set(held) == first | second
        unmerge(kept, gone, memory)
        assert picture() == before
        transaction.set_rollback(True)


def test_number_of_queries_does_not_grow_with_what_moves(make_people: Any) -> None:
    def taken(first: int, many: int) -> int:
        kept, gone = make_people(listing(first), listing(first + 1))
        for n in range(many):
            post = Post.objects.create(region_code=VILLAGE, category="bpd", label=f"Anggota {first} {n}")
            Holding.objects.create(post=post, person=gone)
        with CaptureQueriesContext(connection) as found:
            memory = merge(kept, gone)
            unmerge(kept, gone, memory)
        return len(found)

    assert taken(1, 2) == taken(10, 60)


def test_every_rule_about_what_a_person_has_once_is_understood() -> None:
    fields = list(merging.references())
    assert {field.model._meta.label for field in fields} >= {"posts.Holding", "submissions.Row"}
    assert NameWord not in {field.model for field in fields}
    for field in fields:
        assert not field.model._meta.unique_together, field
        for rule in field.model._meta.constraints:
            if isinstance(rule, UniqueConstraint):
                assert rule.fields, f"{field}: merging knows no rules made of expressions: {rule.name}"
