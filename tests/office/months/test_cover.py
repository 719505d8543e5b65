"""The register answers as the law does, for any day and any knowledge, and keeps what the rows say."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from monthsworld import findings, lines, pay, take_back
from officeworld import VILLAGE, listing

from payung.codes import Segment
from payung.errors import InputError
from payung.law import Payment, cover, months
from payung.office.access.scope import Area, Scope
from payung.office.months import actions, knowledge, pasts, queries
from payung.office.months.actions import places, turn
from payung.office.months.states import MOST_UNPAID, NEVER, Protection, Verdict, verdict
from payung.office.people.models import Person

pytestmark = pytest.mark.django_db
EVERYTHING = Scope((Area(""),))
PEOPLE = itertools.count(1_000)
MONTHS = months.between("2024-11", "2026-10")
DAYS = st.dates(dt.date(2024, 11, 1), dt.date(2026, 11, 20))
PAYING = st.tuples(
    st.just("pay"), st.lists(st.sampled_from(MONTHS), min_size=1, max_size=6, unique=True), DAYS
)
TAKING = st.tuples(
    st.just("back"), st.lists(st.sampled_from(MONTHS), min_size=1, max_size=3, unique=True), DAYS
)


def quiet(max_examples: int) -> Any:
    return settings(
        max_examples=max_examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def test_what_was_paid_is_answered_with_the_line_that_paid() -> None:
    pay([7], ["2026-01", "2026-02", "2026-03"], "2026-01-10", line=4)
    (answer,) = queries.cover_on(7, dt.date(2026, 3, 20))
    assert (answer.segment.value, answer.line, answer.cover.state) == ("bpu", 4, "aktif")
    assert [paid.month for paid in answer.months] == ["2026-01", "2026-02", "2026-03"]
    assert queries.cover_on(8, dt.date(2026, 3, 20)) == []


def test_two_clocks() -> None:
    first = pay([7], ["2026-01", "2026-02"], "2026-01-10")
    again = take_back([7], ["2026-02"])
    assert first.number < again.number
    assert [paid.month for paid in queries.paid_months(7)] == ["2026-01"]
    before = queries.Event.objects.get(number=first.number).at
    assert [paid.month for paid in queries.paid_months(7, known=before)] == ["2026-01", "2026-02"]
    assert queries.paid_months(7, known=before - dt.timedelta(seconds=1)) == []
    assert len(queries.paid_months(7, known=dt.date(2100, 1, 1))) == 1


def test_second_payer_is_handed_back_and_the_rest_is_written() -> None:
    pay([7], ["2026-01"], "2026-01-10")
    posted = pay([7, 8], ["2026-01"], "2026-01-12", line=2)
    assert posted.people == 1
    assert [(left.person, left.amount) for left in posted.left] == [(7, 16_800)]
    assert pay([7, 8], ["2026-01"], "2026-01-13").number == 0  # nothing left to write: no posting, no event
    assert findings() == []


def test_two_segments_of_one_person_are_two_covers() -> None:
    pay([7], ["2026-01"], "2026-01-10")
    assert pay([7], ["2026-01"], "2026-01-10", segment="pu").left == ()
    assert [answer.segment.value for answer in queries.cover_on(7, dt.date(2026, 1, 20))] == ["bpu", "pu"]


def test_same_payment_of_the_same_bill_is_refused_by_the_database() -> None:
    given_ = {
        "by": "t",
        "bill": 5,
        "payment": 6,
        "line": 1,
        "paid_on": dt.date(2026, 1, 5),
        "subject": "bill:5",
    }
    with transaction.atomic():
        actions.post(**given_, lines=lines([7], ["2026-01"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.post(**given_, lines=lines([8], ["2026-01"]))
    assert findings() == []


def test_payment_of_tomorrow_and_correction_without_reason_are_refused() -> None:
    with pytest.raises(InputError, match="belum tiba"):
        pay([7], ["2026-01"], (dt.date.today() + dt.timedelta(days=2)).isoformat())  # noqa: DTZ011
    with pytest.raises(InputError, match="alasan"), transaction.atomic():
        actions.take_back(
            by="t", bill=1, line=1, lines=lines([7], ["2026-01"], sign=-1), reason=" ", subject="x"
        )


@quiet(30)
@given(steps=st.lists(st.one_of(PAYING, TAKING), min_size=1, max_size=7), on=DAYS)
def test_rows_pasts_and_law_agree_after_any_payings_and_corrections(steps: Any, on: dt.date) -> None:
    person = next(PEOPLE)
    paid: dict[str, dt.date] = {}
    known: list[tuple[int, dict[str, dt.date]]] = []
    for kind, listed, day in steps:
        if kind == "pay":
            posted = pay([person], listed, day.isoformat())
            assert {months.from_index(left.month) for left in posted.left} == set(listed) & set(paid)
            paid |= {month: day for month in listed if month not in paid}
        else:
            posted = take_back([person], listed)
            assert {months.from_index(left.month) for left in posted.left} == set(listed) - set(paid)
            paid = {month: when for month, when in paid.items() if month not in listed}
        if posted.number:
            known.append((posted.number, dict(paid)))
    assert {one.month: one.paid_on for one in queries.paid_months(person)} == paid
    answers = queries.cover_on(person, on)
    payments = [Payment(month, when) for month, when in paid.items()]
    assert [answer.cover for answer in answers] == ([cover(payments, on, "bpu")] if paid else [])
    if known:
        number, then = known[len(known) // 2]
        at = queries.Event.objects.get(number=number).at
        assert {one.month: one.paid_on for one in queries.paid_months(person, known=at)} == then
        as_known = knowledge.everybody(on, at)[Segment.BPU]
        (said,) = as_known.verdicts[as_known.people == person]
        text = pasts.write({months.index(month): when.toordinal() for month, when in then.items()})
        assert verdict(int(said)) == pasts.judge(1, text, on)
        row = queries.Cover.objects.get(segment=1, person=person)
        text = queries.Past.objects.get(pk=row.past).text
        assert pasts.payments(text) == tuple(sorted(payments))
        assert pasts.judge(1, text, on).state == (cover(payments, on, "bpu").state if paid else "nonaktif")
    assert findings() == []


@given(st.sampled_from(Protection), st.integers(0, 100), st.booleans(), st.booleans())
def test_verdict_is_one_number_and_back(state: Protection, unpaid: int, jkm: bool, scholarship: bool) -> None:
    kept = verdict(Verdict(state, unpaid, jkm, scholarship).number)
    assert kept == Verdict(state, min(unpaid, MOST_UNPAID), jkm, scholarship)


@given(st.dictionaries(st.integers(24000, 26000), st.integers(700_000, 800_000), max_size=40))
def test_past_is_a_text_and_back(paid: dict[int, int]) -> None:
    assert pasts.read(pasts.write(paid)) == paid
    assert pasts.judge(1, "", dt.date(2026, 1, 1)) == NEVER


def test_states_of_a_village_are_kept_and_turn_with_the_day(make_people: Any) -> None:
    people = [person.pk for person in make_people(listing(1), listing(2), listing(3))]
    with transaction.atomic():
        place = places({(VILLAGE, "rentan")})[VILLAGE, "rentan"]
    pay(people[:2], ["2026-11"], "2026-11-05", place=place)
    pay(people[2:], ["2026-01"], "2026-01-05", place=place)
    today = queries.kept_day()
    assert today is not None
    for day in (dt.date(2026, 11, 20), dt.date(2026, 1, 20), dt.date(2027, 6, 1)):
        judged = queries.states(EVERYTHING, day)
        turn(by="t", on=day)
        assert queries.kept_day() == day
        assert queries.states(EVERYTHING, day) == judged
        assert findings() == []
    (counts,) = queries.states(EVERYTHING, dt.date(2026, 11, 20)).values()
    assert sum(counts.values()) == 3
    assert {said.state: many for said, many in counts.items()} == {
        Protection.AKTIF: 2,
        Protection.NONAKTIF: 1,
    }
    seen = queries.covered(EVERYTHING, dt.date(2026, 11, 20)).values_list("pk", flat=True)
    assert sorted(seen) == sorted(people[:2])
    nobody = queries.states(Scope((Area("62.03.02"),)), dt.date(2026, 11, 20))
    assert nobody == {}


def test_everybody_in_two_clocks_is_what_each_alone_is(make_people: Any) -> None:
    people = [person.pk for person in make_people(*map(listing, range(1, 7)))]
    with transaction.atomic():
        found = places({(VILLAGE, "rentan"), (VILLAGE, "bpd")})
    here, there = found[VILLAGE, "rentan"], found[VILLAGE, "bpd"]
    posted = [
        pay(people[:4], ["2026-01", "2026-02", "2026-03"], "2026-03-05", place=here),
        pay(people[2:], ["2026-04", "2026-05"], "2026-05-05", place=there),
        take_back(people[:1], ["2026-02"], place=here),
        pay(people[:1], ["2026-02"], "2026-09-05", line=2, place=there),
        pay(people[:3], ["2026-04"], "2026-09-06", segment="pu", place=here),
    ]
    assert findings() == []
    for on in (dt.date(2026, 2, 10), dt.date(2026, 5, 20), dt.date(2026, 9, 30)):
        for number in [one.number for one in posted]:
            at = queries.Event.objects.get(number=number).at
            for segment, known in knowledge.everybody(on, at).items():
                for person, said in zip(known.people.tolist(), known.verdicts.tolist(), strict=True):
                    alone = {one.segment: one for one in queries.cover_on(person, on, at)}
                    state = alone[segment].cover.state if segment in alone else "nonaktif"
                    assert verdict(said).state == state
        assert knowledge.states(EVERYTHING, on) == queries.states(EVERYTHING, on)
    assert knowledge.states(Scope((Area("62.03.02"),)), dt.date(2026, 9, 30)) == {}
    first = queries.Event.objects.get(number=posted[0].number).at
    (counts,) = knowledge.states(EVERYTHING, dt.date(2026, 3, 20), first).values()
    assert {said.state: many for said, many in counts.items()} == {Protection.AKTIF: 4}
    assert not any(knowledge.states(EVERYTHING, dt.date(2026, 3, 20), dt.date(2020, 1, 1)).values())


def test_pasts_that_nobody_has_any_more_go_with_the_day() -> None:
    pay([7, 8], ["2026-01"], "2026-01-05")
    pay([7, 8], ["2026-02"], "2026-02-05")
    assert queries.Past.objects.count() == 2
    turn(by="t", on=dt.date(2027, 1, 1))
    assert [past.text for past in queries.Past.objects.all()] == ["24312:739621,24313:739652"]
    assert findings() == []


@quiet(30)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([1, 2]),
            st.dictionaries(st.integers(24_300, 24_320), st.integers(739_250, 739_950), max_size=12),
        ),
        min_size=30,
        max_size=40,
    ),
    on=DAYS,
)
def test_many_pasts_are_judged_as_each_is(rows: list[tuple[int, dict[int, int]]], on: dt.date) -> None:
    texts = [(segment, pasts.write(paid)) for segment, paid in rows]
    assert len(texts) > pasts.FEW
    assert pasts.judged(texts, on) == [pasts.judge(segment, text, on).number for segment, text in texts]


def test_months_of_a_merged_record_belong_to_the_kept_person(make_people: Any) -> None:
    kept, gone = make_people(listing(1), listing(2))
    pay([gone.pk], ["2026-01"], "2026-01-05")
    Person.everybody.filter(pk=gone.pk).update(merged_into=kept)
    assert [paid.month for paid in queries.paid_months(kept.pk)] == ["2026-01"]


def test_money_of_a_month_by_village() -> None:
    with transaction.atomic():
        place = places({(VILLAGE, "rentan")})[VILLAGE, "rentan"]
    pay([7, 8], ["2026-01", "2026-02"], "2026-01-05", place=place)
    assert queries.money(EVERYTHING, "2026-01") == {VILLAGE: (2, 33_600)}


def test_statements_do_not_grow_with_people(django_assert_num_queries: Any) -> None:
    pay([1], ["2026-01"], "2026-01-05")
    many = {"sqlite": 25, "postgresql": 24}[connection.vendor]
    with django_assert_num_queries(many):
        pay([2], ["2026-02"], "2026-02-05")
    with django_assert_num_queries(many):
        pay(range(100, 400), ["2026-02", "2026-03"], "2026-02-06")
