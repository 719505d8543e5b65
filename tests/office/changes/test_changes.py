"""Changes: with evidence, decided by somebody else, never edited; after a death nobody bills."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from officeworld import VILLAGE, listing, nik

from payung.errors import InputError
from payung.law import months
from payung.office.access.apart import SamePersonError
from payung.office.bills.actions import draw_up
from payung.office.changes import papers
from payung.office.changes.actions import approve, refuse, report, withdraw
from payung.office.changes.models import Change
from payung.office.changes.states import EFFECTS, ChangeKind, ChangeState
from payung.office.people.models import Person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 20)


@pytest.fixture
def person(make_people: Any) -> Person:
    (found,) = make_people(listing(1))
    return found  # type: ignore[no-any-return]


def reported(person: Person, kind: ChangeKind = ChangeKind.MENINGGAL, on: dt.date = DAY) -> Change:
    return report(by="siti", person=person, kind=kind, on=on, evidence="akta 12").change


def test_every_kind_has_its_effect() -> None:
    assert set(EFFECTS) == set(ChangeKind)


def test_death_in_effect_ends_billing_from_the_next_month(person: Person) -> None:
    line = line_of()
    decree(line, [person])
    change = reported(person)
    assert draw_up(by="t", month="2026-10", line=line).bills  # only reported: nobody has decided yet
    approve(by="camat", change=change)
    person.refresh_from_db()
    assert person.dead
    assert draw_up(by="t", month="2026-11", line=line).left_out == {"stopped": 1}
    assert draw_up(by="t", month="2026-09", line=line).bills[0].people == 1
    withdraw(by="camat", change=change, reason="salah orang")
    Person.objects.filter(pk=person.pk).update(life_status="")
    assert draw_up(by="t", month="2026-11", line=line).bills[0].people == 1


def test_segment_that_goes_on_is_still_billed(person: Person) -> None:
    line = line_of()
    decree(line, [person], segment="pu", category="kepala_desa", income=3_000_000)
    approve(by="camat", change=reported(person, ChangeKind.JADI_PU))
    assert draw_up(by="t", month="2026-11", line=line).bills[0].people == 1


def test_same_event_is_one_change_and_who_reports_does_not_decide(person: Person) -> None:
    change = reported(person)
    again = report(by="budi", person=person, kind=ChangeKind.MENINGGAL, on=DAY, evidence="surat")
    assert (again.new, again.change) == (False, change)
    with pytest.raises(SamePersonError):
        approve(by="siti", change=change)
    approve(by="camat", change=change)
    with pytest.raises(InputError):
        refuse(by="camat", change=change, reason="x")
    other = reported(person, on=dt.date(2026, 9, 21))
    with pytest.raises(InputError, match="2026-09-20"):
        approve(by="camat", change=other)
    refuse(by="camat", change=other, reason="tanggal salah")
    assert Change.objects.filter(state=ChangeState.REFUSED).get().reason == "tanggal salah"


def test_without_evidence_or_before_its_day_nothing_is_reported(person: Person) -> None:
    for values in ({"evidence": " "}, {"on": dt.date(2030, 1, 1)}):
        given_: dict[str, Any] = {"kind": ChangeKind.PINDAH, "on": DAY, "evidence": "SKPWNI", **values}
        with pytest.raises(InputError):
            report(by="siti", person=person, **given_)
    with pytest.raises(InputError, match="alasan"):
        refuse(by="camat", change=reported(person), reason=" ")


def test_database_keeps_changes(person: Person) -> None:
    change = approve(by="camat", change=reported(person))
    rows = Change.objects.filter(pk=change.pk)
    for values in (
        {"evidence": "lain"},
        {"on": dt.date(2026, 1, 1)},
        {"state": "reported"},
        {"stops_from": 1},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(
            person=person,
            kind="meninggal",
            on=DAY,
            evidence="x",
            state="approved",
            decided_by="u",
            village_code=VILLAGE,
            by="s",
        )


@given(st.dates(dt.date(2020, 1, 1), dt.date(2026, 11, 1)))
def test_effect_is_the_month_after_the_event(day: dt.date) -> None:
    stops = months.index(months.month_of(day)) + 1
    assert months.first_day(months.from_index(stops)) > day >= months.first_day(months.from_index(stops - 1))


def test_file_of_changes(make_people: Any) -> None:
    make_people(listing(1), listing(2), listing(3))
    text = "nik;kind;date;evidence\n" + "\n".join(
        [
            f"{nik(1)};meninggal;20-09-2026;akta 1",
            f"{nik(2)};pindah;tanggal 5;surat",
            f"{nik(3)};terbang;2026-09-01;surat",
            f"{nik(9)};pindah;2026-09-01;surat",
            f"{nik(3)};undur diri;2026-09-01;",
            f"{nik(3)};undur diri;1 Sept 2026;surat 3",
        ]
    )
    found = papers.read(by="siti", name="a.csv", content=text.encode())
    assert [(line.row, line.new, line.why is None) for line in found] == [
        *(
            (2, True, True),
            (3, False, False),
            (4, False, False),
            (5, False, False),
            (6, False, False),
            (7, True, True),
        )
    ]
    again = papers.read(by="siti", name="b.csv", content=text.encode())
    assert sum(line.new for line in again) == 0
    assert Change.objects.count() == 2
    hidden = papers.read(by="siti", name="c.csv", content=text.encode(), reaches=lambda code: False)
    assert all(line.why for line in hidden)
    with pytest.raises(InputError, match="evidence"):
        papers.read(by="siti", name="d.csv", content=b"nik;kind;date\n")


def test_bill_of_before_a_death_stays_payable(person: Person) -> None:
    line = line_of()
    decree(line, [person])
    bill = bill_of(line, "2026-09")
    approve(by="camat", change=reported(person))
    assert arrive(EACH, bill).settled[0].people == 1  # the month of the death: paying it settles the arrears
