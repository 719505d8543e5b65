"""Scholarships: years by the law, caps of levels, age, and what the database holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from casesworld import DIED, LOSS, STRAIGHT, case_of, paid, step, walk
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from officeworld import listing

from payung.errors import InputError
from payung.office.access.scope import Area, Scope
from payung.office.cases import actions as cases
from payung.office.cases.models import Case
from payung.office.cases.states import TOTAL, CaseKind, Happening, Refusal
from payung.office.history.models import Event
from payung.office.people.models import Person
from payung.office.scholarships import actions, queries, rules
from payung.office.scholarships.models import Child, Year
from payung.office.scholarships.queries import ground
from payung.office.scholarships.states import Ending, Level

EVERYTHING = Scope((Area(""),))
BORN = dt.date(2015, 3, 5)
ON = dt.date(2026, 8, 1)


def test_a_child_in_kindergarten_gets_nineteen_years() -> None:
    years = rules.plan(Level.TK, dt.date(2021, 7, 1), DIED, [], 2026)
    assert len(years) == 18  # on 1 July 2044 it turns 23
    whole = rules.plan(Level.TK, dt.date(2021, 7, 2), DIED, [], 2026)
    assert (len(whole), sum(year.amount for year in whole)) == (
        19,
        8 * 1_500_000 + 3 * 2_000_000 + 3 * 3_000_000 + 60_000_000,
    )


def test_what_was_taken_counts_against_its_level() -> None:
    taken = [(2026, Level.SMP), (2027, Level.SMP), (2028, Level.SMP)]
    coming = rules.plan(Level.SMP, dt.date(2013, 8, 1), DIED, taken, 2026)
    assert (coming[0].year, coming[0].level) == (2029, Level.SMA)


@given(
    st.sampled_from(Level),
    st.dates(dt.date(2000, 1, 1), dt.date(2026, 1, 1)),
    st.integers(2026, 2040),
)
def test_no_plan_goes_beyond_age_levels_and_years(level: Level, birth: dt.date, first: int) -> None:
    years = rules.plan(level, birth, DIED, [], first)
    assert [year.year for year in years] == list(range(first, first + len(years)))
    for one in Level:
        assert sum(year.level is one for year in years) <= rules.most(one, DIED)
    assert not any(rules.too_old(birth, dt.date(year.year, 7, 1), DIED) for year in years)


def test_before_december_2019_it_was_paid_once() -> None:
    with pytest.raises(InputError):
        rules.rate(Level.SD, dt.date(2019, 12, 1))


@pytest.fixture
def case(make_people: Any) -> Case:
    (person,) = make_people(listing(1))
    paid(person, "2023-05", "2026-04")  # 36 months
    return walk(case_of(person=person), *STRAIGHT)


def give(case: Case, **values: Any) -> Child:
    return actions.add_child(
        **{"by": "t", "case": case, "name": "Anak", "birth_date": BORN, "level": Level.SD, **values}
    )


def disabled(person: Person, loss: str) -> Case:
    case = walk(case_of(Happening.ACCIDENT, dt.date(2025, 4, 1), person=person), "dirujuk_plkk")
    step(case, "cacat", becomes=CaseKind.JKK_DISABILITY)
    cases.set_facts(by="t", case=case, loss=loss)
    return walk(case, *STRAIGHT[1:])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("died", "first", "months"),
    [
        ("2026-04-20", "2023-05", 36),  # PP 82/2019: three years
        ("2026-04-20", "2023-06", 35),
        ("2026-04-20", "", 0),
    ],
)
def test_out_of_jkm_it_takes_the_paid_months_of_the_law_or_the_letter_of_the_insurer(
    make_people: Any, died: str, first: str, months: int
) -> None:
    (person,) = make_people(listing(1))
    if first:
        paid(person, first, "2026-04")
    case = walk(case_of(person=person, on=dt.date.fromisoformat(died)), *STRAIGHT)
    found = ground(case)
    assert (found.sure, found.article) == (months >= 36, "PP 82/2019; Permenaker 5/2021")
    assert str(months) in found.text.id
    if found.sure:
        assert give(case).letter == ""
        return
    with pytest.raises(InputError) as refused:
        give(case)
    assert refused.value.at == "letter"
    assert f"{months} dari paling sedikit 36" in refused.value.message.id
    assert f"{months} of at least 36" in refused.value.message.en
    assert not Child.objects.exists()
    assert give(case, letter="B/17").letter == "B/17"
    (event,) = Event.objects.filter(action="scholarship.add")
    assert (event.letter, event.after["sure"]) == ("B/17", False)


@pytest.mark.django_db
@pytest.mark.parametrize(("loss", "sure"), [(TOTAL, True), (LOSS, False), ("", False)])
def test_out_of_a_disability_only_a_total_one_gives_it(make_people: Any, loss: str, sure: bool) -> None:
    (person,) = make_people(listing(1))
    paid(person, "2025-04", "2025-04")
    case = disabled(person, loss)
    assert ground(case).sure == sure
    if not sure:
        with pytest.raises(InputError) as refused:
            give(case)
        assert refused.value.at == "letter"
        assert "cacat total tetap" in refused.value.message.id
    assert give(case, letter="" if sure else "B/18").pk


@pytest.mark.django_db
def test_killed_by_work_gives_it_whatever_was_paid(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    case = walk(case_of(Happening.ACCIDENT_DEATH, person=person), *STRAIGHT)
    assert ground(case).sure
    assert give(case).pk


@pytest.mark.django_db
def test_a_refused_case_gives_none_also_where_it_is_done_since_or_examined_again(case: Case) -> None:
    walk(case, "diperiksa")
    for state in ("ditolak", "selesai", "diperiksa"):
        step(case, state, refusal=Refusal.OTHER, paper="S-1")
        with pytest.raises(InputError) as refused:
            give(case, letter="B/19")
        assert "disetujui" in refused.value.message.id
    walk(case, "disetujui")
    assert give(case).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "says"), [("2019-05-01", "dibayar sekali"), ("2014-05-01", "tidak dipegang di sini")]
)
def test_a_day_of_another_law_is_said_and_no_fault(make_people: Any, day: str, says: str) -> None:
    (person,) = make_people(listing(1))
    case = walk(case_of(Happening.ACCIDENT_DEATH, dt.date.fromisoformat(day), person=person), *STRAIGHT)
    with pytest.raises(InputError) as refused:
        give(case, letter="B/20")
    assert says in refused.value.message.id


@pytest.fixture
def child(case: Case) -> Child:
    return actions.add_child(by="t", case=case, name="Anak", birth_date=BORN, level=Level.SD)


@pytest.mark.django_db
def test_two_children_at_most_and_each_once(case: Case, child: Child) -> None:
    for name, born in (("Anak", BORN), ("Tua", dt.date(2000, 1, 1)), ("Esok", dt.date(2100, 1, 1))):
        with pytest.raises(InputError):
            actions.add_child(by="t", case=case, name=name, birth_date=born, level=Level.SD)
    actions.add_child(by="t", case=case, name="Adik", birth_date=BORN, level=Level.TK)
    with pytest.raises(InputError) as refused:
        actions.add_child(by="t", case=case, name="Bungsu", birth_date=BORN, level=Level.TK)
    assert "2 anak" in refused.value.message.id


@pytest.mark.django_db
def test_only_an_approved_death_or_disability_gives_one(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    for happening in (Happening.DEATH, Happening.ACCIDENT):
        with pytest.raises(InputError):
            actions.add_child(
                by="t", case=case_of(happening, person=person), name="A", birth_date=BORN, level=Level.SD
            )


@pytest.mark.django_db
def test_a_year_is_claimed_once_paid_once_and_has_a_letter(child: Child) -> None:
    made = actions.ask(by="t", child=child, year=2026, level=Level.SD, letter="S-1", on=ON)
    assert made.amount == 1_500_000
    for year, letter, level in ((2026, "S-2", Level.SD), (2027, "S-2", Level.SD), (2025, "S-2", Level.SD)):
        with pytest.raises(InputError):
            actions.ask(by="t", child=child, year=year, level=level, letter=letter, on=ON)
    with pytest.raises(InputError):
        actions.pay(by="t", year=made, on=ON - dt.timedelta(days=1))
    actions.pay(by="t", year=made, on=ON)
    with pytest.raises(InputError):
        actions.pay(by="t", year=made, on=ON)


@pytest.mark.django_db
def test_due_until_claimed_or_ended(child: Child) -> None:
    rows = queries.children(EVERYTHING)
    assert rows.filter(queries.due(ON)).count() == 1
    actions.ask(by="t", child=child, year=2026, level=Level.SD, letter="S-1", on=ON)
    assert not rows.filter(queries.due(ON)).exists()
    assert not rows.filter(queries.due(dt.date(2027, 6, 30))).exists()
    assert rows.filter(queries.due(dt.date(2027, 7, 1))).exists()
    actions.end(by="t", child=child, ending=Ending.MARRIED, on=ON)
    assert not rows.filter(queries.due(dt.date(2027, 7, 1))).exists()
    with pytest.raises(InputError):
        actions.ask(by="t", child=child, year=2026, level=Level.SMP, letter="S-3", on=ON)


@pytest.mark.django_db
def test_at_the_age_and_with_no_years_left_nothing_is_due(case: Case) -> None:
    """Nobody is asked every year for what can no longer be claimed; the list and the claim say the same."""
    on = dt.date(2026, 8, 1)
    for born, goes_on in ((dt.date(2003, 8, 2), True), (dt.date(2003, 8, 1), False)):
        child = Child.objects.create(case=case, name=f"Anak {born}", birth_date=born, level=Level.PT, by="t")
        rows = queries.children(EVERYTHING).filter(pk=child.pk)
        assert rows.filter(queries.due(on)).exists() == goes_on
        assert bool(queries.coming(child, on)) == goes_on
        if goes_on:
            actions.ask(by="t", child=child, year=2026, level=Level.PT, letter="S", on=on)
        else:
            with pytest.raises(InputError):
                actions.ask(by="t", child=child, year=2026, level=Level.PT, letter="S", on=on)
    young = Child.objects.create(case=case, name="Muda", birth_date=BORN, level=Level.PT, by="t")
    for year in range(2021, 2026):
        Year.objects.create(child=young, year=year, level=Level.PT, letter="S", amount=1, asked_on=on, by="t")
    assert not queries.children(EVERYTHING).filter(queries.due(on), pk=young.pk).exists()
    assert queries.coming(young, on) == []


@pytest.mark.django_db
def test_two_children_of_one_member_over_all_events(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    paid(person, "2023-05", "2026-04")
    hurt = disabled(person, TOTAL)
    dead = walk(case_of(person=person), *STRAIGHT)
    for case, name in ((hurt, "Satu"), (dead, "Dua")):
        actions.add_child(by="t", case=case, name=name, birth_date=BORN, level=Level.SD)
    with pytest.raises(InputError):
        actions.add_child(by="t", case=dead, name="Satu", birth_date=BORN, level=Level.SD)
    with pytest.raises(InputError) as refused:
        actions.add_child(by="t", case=dead, name="Tiga", birth_date=BORN, level=Level.SD)
    assert "2 anak" in refused.value.message.id


@pytest.mark.django_db
def test_the_database_refuses_a_second_claim_of_a_year(child: Child) -> None:
    row: dict[str, Any] = {
        "child": child,
        "year": 2026,
        "level": Level.SD,
        "letter": "S",
        "asked_on": ON,
        "by": "t",
    }
    Year.objects.create(**row, amount=1)
    for values in ({"amount": 1}, {"amount": 0, "year": 2027}, {"amount": 1, "year": 2028, "letter": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Year.objects.create(**{**row, **values})
    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.update(ended=Ending.WORKS)


@pytest.mark.django_db
def test_pages(make_user: Any, sign_in: Any, case: Case, django_assert_num_queries: Any) -> None:
    client = sign_in(make_user("operator"))
    assert "36 bulan iuran, paling sedikit 36" in client.get(f"/kejadian/{case.pk}/anak/").content.decode()
    values = {"name": "Anak", "birth_date": "2015-03-05", "level": "sd"}
    page = client.post(f"/kejadian/{case.pk}/anak/", values, follow=True)
    child = Child.objects.get()
    due = client.get("/beasiswa/?pada=kita").content.decode()
    for said in ("SD", "Rp1.500.000", f"/surat/buat/scholarship_request/child:{child.pk}/"):
        assert said in due
    assert "Masih dapat diterima" in page.content.decode()
    asked = {"langkah": "ajukan", "year": "2026", "level": "sd", "letter": "S-1", "on": "2026-08-01"}
    assert client.post(f"/beasiswa/{child.pk}/", asked).status_code == 302
    year = Year.objects.get()
    paid = {"langkah": f"bayar-{year.pk}", "on": "2026-08-20"}
    assert client.post(f"/beasiswa/{child.pk}/", paid).status_code == 302
    ended = {"langkah": "akhiri", "ending": "menikah", "on": "2026-08-20"}
    assert client.post(f"/beasiswa/{child.pk}/", ended).status_code == 302
    listed = client.get("/beasiswa/")
    assert listed.context["total"] == 1
    assert client.get("/beasiswa/?pada=kita").context["total"] == 0
    with django_assert_num_queries(7):
        client.get("/beasiswa/")
    child.letter = "B/21"
    child.save()
    assert "B/21" in client.get(f"/beasiswa/{child.pk}/").content.decode()
    assert sign_in(make_user("bupati")).get(f"/beasiswa/{child.pk}/").status_code == 403
