"""Covered on that day, and what the family may receive: against the law, month by month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from casesworld import DIED, LOSS, case_of, paid, report, step, walk
from officeworld import VILLAGE, listing, nik

from payung.codes import Relation
from payung.errors import InputError
from payung.office.access.scope import Area, Scope
from payung.office.cases import actions, queries
from payung.office.cases.states import TOTAL, CaseKind, Happening
from payung.office.changes import actions as changes
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind
from payung.office.people.models import DEAD, Heir, Person

pytestmark = pytest.mark.django_db
EVERYTHING = Scope((Area(""),))
TODAY = dt.date(2026, 11, 28)


@pytest.fixture
def person(make_people: Any) -> Person:
    found: Person = make_people(listing(1))[0]
    return found


# Paid up to the first month, died on a day: the answer, months in arrears.
@pytest.mark.parametrize(
    ("last", "died", "answer", "unpaid"),
    [
        ("2026-04", "2026-04-20", "yes", 0),
        ("2026-03", "2026-04-15", "yes", 0),  # April falls due today: nobody is in arrears yet
        ("2026-03", "2026-04-16", "conditional", 1),
        ("2026-01", "2026-04-20", "conditional", 3),
        ("2025-12", "2026-04-10", "periksa", 3),  # in the fourth month, before its due day: two readings
        ("2025-12", "2026-04-20", "no", 4),
    ],
)
def test_covered_on_that_day(person: Person, last: str, died: str, answer: str, unpaid: int) -> None:
    paid(person, "2025-01", last)
    (right,) = queries.rights(person, dt.date.fromisoformat(died))
    assert right.answer == answer
    assert len(right.cover.unpaid) in {unpaid, 0 if answer == "no" else unpaid}


def test_three_unpaid_months_pay_part_now_and_the_rest_after_settling(person: Person) -> None:
    paid(person, "2024-06", "2025-09")
    on = dt.date(2025, 12, 20)
    case = case_of(person=person, on=on)
    (right,) = queries.rights(person, on)
    owed = right.cover.arrears
    assert owed is not None
    assert (owed.total, owed.surely_until, owed.helps_until) == (
        50_400,
        dt.date(2025, 12, 31),
        dt.date(2026, 1, 15),
    )
    found = queries.estimate(case, right)
    assert found.benefit is not None
    assert found.benefit.due is not None
    assert (found.benefit.due.sum_of("now"), found.benefit.due.sum_of("settled")) == (10_000_000, 32_000_000)
    assert found.benefit.total == 42_000_000


def test_settled_after_the_death_within_the_grace_is_whole(person: Person) -> None:
    paid(person, "2025-01", "2026-01")
    case = case_of(person=person)
    paid(person, "2026-02", "2026-04", on="2026-04-28")
    (right,) = queries.rights(person, DIED)
    found = queries.estimate(case, right)
    assert found.benefit is not None
    assert found.benefit.due is not None
    assert found.benefit.due.sum_of("now") == 42_000_000


def test_four_unpaid_months_are_nothing(person: Person) -> None:
    paid(person, "2025-01", "2025-12")
    case = case_of(person=person)
    (right,) = queries.rights(person, DIED)
    found = queries.estimate(case, right)
    assert found.benefit is None or found.benefit.total == 0


def test_first_months_are_the_waiting_sum(person: Person) -> None:
    paid(person, "2026-03", "2026-04")
    case = case_of(person=person)
    (right,) = queries.rights(person, DIED)
    found = queries.estimate(case, right)
    assert found.benefit is not None
    assert found.benefit.total == 10_000_000
    assert "perkiraan" in found.benefit.notes[0].id


def test_killed_at_work_is_48_times_the_basis_and_more(person: Person) -> None:
    paid(person, "2026-03", "2026-04")
    case = case_of(Happening.ACCIDENT_DEATH, person=person)
    (right,) = queries.rights(person, DIED)
    found = queries.estimate(case, right)
    assert case.kind is CaseKind.JKK_DEATH
    assert found.benefit is not None
    assert found.benefit.total == 48_000_000 + 12_000_000 + 10_000_000
    assert all(step.article for step in found.benefit.steps[:-1] if step.unit == "rupiah")


def test_scholarship_follows_after_36_months(person: Person) -> None:
    paid(person, "2023-05", "2026-04")
    case = case_of(person=person)
    actions.set_facts(by="operator", case=case, children=("sd", "smp"))
    case.refresh_from_db()
    (right,) = queries.rights(person, DIED)
    found = queries.estimate(case, right)
    assert found.benefit is not None
    assert found.benefit.total > 42_000_000


def test_two_memberships_are_two_cases(person: Person) -> None:
    paid(person, "2026-01", "2026-04")
    paid(person, "2026-01", "2026-04", segment="pu")
    made = report(person=person)
    assert [case.number.rsplit("/")[-1] for case in made.cases] == ["bpu", "pu"]


def test_nobody_in_the_register_is_reported_all_the_same(regions: None) -> None:
    made = report(name="Tidak Dikenal", nik=nik(77))
    (case,) = made.cases
    assert (case.segment, made.incident.person) == ("", None)
    assert queries.rights(None, DIED) == []
    found = queries.estimate(case, None)
    assert found.benefit is None
    assert found.missing is not None


def test_rights_cost_a_constant_number_of_queries(person: Person, django_assert_num_queries: Any) -> None:
    paid(person, "2025-01", "2026-04")
    paid(person, "2025-01", "2026-04", segment="pu")
    with django_assert_num_queries(5):
        queries.rights(person, DIED)


def test_heirs_stand_in_the_order_of_the_law_with_what_is_missing(person: Person) -> None:
    Heir.objects.create(person=person, relation=Relation.SIBLING, name="Adik")
    Heir.objects.create(
        person=person, relation=Relation.CHILD, name="Anak", nik=nik(8), phone="0812", has_account=True
    )
    first, second = queries.heirs_of(person, DIED)
    assert (first.heir.name, first.first, first.missing) == ("Anak", True, ())
    assert (second.heir.name, second.first, len(second.missing)) == ("Adik", False, 3)


# The estimate of every kind: paid from January 2025, of an event on 20 April 2026 (law.md 2; PP 82/2019).
@pytest.mark.parametrize(
    ("happening", "kind", "segment", "facts", "total"),
    [
        (Happening.DEATH, CaseKind.JKM, "bpu", {}, 42_000_000),
        (Happening.DEATH, CaseKind.JKM, "pu", {}, 42_000_000),
        (Happening.ACCIDENT, CaseKind.JKK_PARTNER, "bpu", {"months_off": 3}, 3_000_000),
        (
            Happening.ACCIDENT,
            CaseKind.JKK_REIMBURSED,
            "bpu",
            {"months_off": 14},
            13_000_000,
        ),  # half from the 13th
        (Happening.ACCIDENT, CaseKind.JKK_DISABILITY, "bpu", {"loss": LOSS}, 25_600_000),
        (
            Happening.ACCIDENT,
            CaseKind.JKK_DISABILITY,
            "bpu",
            {"loss": TOTAL},
            68_000_000,
        ),  # 56 months and 12 million
        (
            Happening.ACCIDENT,
            CaseKind.JKK_DISABILITY,
            "bpu",
            {"loss": TOTAL, "children": ("sd",)},
            152_000_000,
        ),
        (Happening.ACCIDENT, CaseKind.JKK_DEATH, "bpu", {}, 70_000_000),
        (Happening.TRAFFIC, CaseKind.JKK_TRAFFIC, "bpu", {"months_off": 1}, 1_000_000),
        (Happening.TRAFFIC_DEATH, CaseKind.JKK_DEATH, "bpu", {"children": ("sd",)}, 154_000_000),
        (Happening.DISEASE, CaseKind.JKK_DISEASE, "bpu", {"months_off": 2}, 2_000_000),
        (
            Happening.ACCIDENT,
            CaseKind.JKK_PARTNER,
            "bpu",
            {},
            None,
        ),  # treatment has no sum: it says what to fill in
        (Happening.ACCIDENT, CaseKind.JKK_DISABILITY, "bpu", {}, None),
        (Happening.ACCIDENT, CaseKind.JKK_DEATH, "pu", {}, None),  # no wage is known
    ],
)
def test_every_kind_is_estimated_by_the_law_or_says_what_lacks(
    person: Person, happening: Happening, kind: CaseKind, segment: str, facts: Any, total: int | None
) -> None:
    paid(person, "2025-01", "2026-04", segment=segment)
    case = case_of(happening, person=person)
    if case.kind is not kind:
        walk(case, "dirujuk_plkk")
        step(case, "meninggal" if kind is CaseKind.JKK_DEATH else "sembuh", becomes=kind)
    actions.set_facts(by="operator", case=case, **facts)
    case.refresh_from_db()
    (right,) = queries.rights(person, DIED)
    found = queries.estimate(case, right)
    assert case.kind is kind
    assert (found.benefit and found.benefit.total) == total
    assert (found.missing is None) == (total is not None)
    if found.benefit:
        assert "perkiraan" in found.benefit.notes[0].id
        assert any(one.article for one in found.benefit.steps if one.unit == "rupiah")


def test_a_row_that_the_table_does_not_have_is_refused(person: Person) -> None:
    case = case_of(Happening.ACCIDENT, person=person)
    with pytest.raises(InputError) as refused:
        actions.set_facts(by="operator", case=case, loss="tidak ada")
    assert refused.value.at == "loss"


def test_who_dies_in_treatment_is_a_case_of_a_death_and_no_longer_billed(person: Person) -> None:
    paid(person, "2025-01", "2026-04")
    case = walk(case_of(Happening.ACCIDENT, person=person), "dirujuk_plkk", "dirawat", "meninggal")
    change = Change.objects.get()
    assert (case.kind, case.dead) == (CaseKind.JKK_DEATH, True)
    assert (change.kind, change.on) == (ChangeKind.MENINGGAL, dt.date(2026, 5, 4))
    changes.approve(by="b", change=change)
    assert queries.unclaimed(EVERYTHING, TODAY) == []  # this case is its claim


# Deaths without a case


def died(person: Person, on: dt.date | None = DIED) -> None:
    if on is None:
        Person.objects.filter(pk=person.pk).update(life_status=DEAD)
    else:
        change = changes.report(
            by="a", person=person, kind=ChangeKind.MENINGGAL, on=on, evidence="akta"
        ).change
        changes.approve(by="b", change=change)


def test_unclaimed_are_the_dead_who_were_covered_and_nobody_reported(make_people: Any) -> None:
    found, waits, missed, alive, claimed, unknown, never = make_people(*(listing(n) for n in range(1, 8)))
    for person in (found, alive, claimed, unknown):
        paid(person, "2025-01", "2026-04")
    paid(waits, "2025-01", "2026-01")
    paid(missed, "2025-01", "2025-12")
    for person in (found, waits, missed, claimed, never):
        died(person)
    died(unknown, None)
    report(person=claimed)
    rows = queries.unclaimed(EVERYTHING, TODAY)
    said = [(row.person.pk, row.covered, row.amount, row.until, row.over) for row in rows]
    until = dt.date(2031, 4, 20)
    assert said == [
        (found.pk, "yes", 42_000_000, until, False),
        (waits.pk, "conditional", 42_000_000, until, False),
        (unknown.pk, "periksa", None, None, False),
    ]


def test_unclaimed_is_over_the_day_after_five_years(person: Person) -> None:
    paid(person, "2025-01", "2026-04")
    died(person)
    assert not queries.unclaimed(EVERYTHING, dt.date(2031, 4, 20))[0].over
    assert queries.unclaimed(EVERYTHING, dt.date(2031, 4, 21))[0].over


def test_unclaimed_of_a_day_whose_law_is_not_held_here_is_told_without_a_last_day(person: Person) -> None:
    paid(person, "2018-01", "2018-05", segment="pu")
    died(person, dt.date(2018, 5, 20))
    (row,) = queries.unclaimed(EVERYTHING, TODAY)
    assert (row.until, row.over) == (None, False)


def test_unclaimed_of_another_region_is_not_seen(person: Person) -> None:
    paid(person, "2025-01", "2026-04")
    died(person)
    assert queries.unclaimed(Scope((Area("62.03.02"),)), TODAY) == []
    assert len(queries.unclaimed(Scope((Area(VILLAGE),)), TODAY)) == 1


def test_unclaimed_costs_the_same_for_many(make_people: Any, django_assert_num_queries: Any) -> None:
    people = make_people(*(listing(n) for n in range(1, 21)))
    for person in people:
        paid(person, "2026-04", "2026-04")
    Person.objects.update(life_status=DEAD)
    with django_assert_num_queries(5):
        assert len(queries.unclaimed(EVERYTHING, TODAY)) == 20
