"""A whole office of bills against a simple reference: any order of drawing, sending, paying, changing, giving back."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from billsworld import EACH, arrive, decree, findings, line_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from officeworld import listing

from payung.errors import PayungError
from payung.law import months
from payung.office.bills.actions import draw_up, give_back, send, void
from payung.office.bills.models import Bill, Payment, Use
from payung.office.bills.states import BillState
from payung.office.changes.actions import approve, report
from payung.office.changes.states import ChangeKind
from payung.office.months import queries
from payung.office.programme.models import Balance, Line

pytestmark = pytest.mark.django_db
MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
REFERENCES = itertools.count(1)
PEOPLE = 3


class Office(RuleBasedStateMachine):
    """The reference: which person-months are paid and by which bill, who stopped when, money in and used."""

    make_people: Any = None
    start: Any = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.people: list[list[int]] = []
        for _ in range(2):
            line = line_of()
            found = Office.make_people(*(listing(next(Office.start)) for _ in range(PEOPLE)))
            decree(line, found)
            self.lines.append(line)
            self.people.append([person.pk for person in found])
        self.persons = {person.pk: person for line in self.lines for person in _people(line)}
        self.paid: dict[tuple[int, str], int] = {}
        self.open: dict[int, set[tuple[int, str]]] = {}
        self.stopped: dict[int, str] = {}
        self.money = 0

    def _free(self, line: int, month: str) -> set[tuple[int, str]]:
        taken = set(self.paid).union(*self.open.values()) if self.open else set(self.paid)
        wanted = {(person, month) for person in self.people[line] if month < self.stopped.get(person, "9999")}
        return wanted - taken

    @rule(line=st.integers(0, 1), month=st.sampled_from(MONTHS), sends=st.booleans())
    def draw(self, line: int, month: str, sends: bool) -> None:
        drawn = draw_up(by="t", month=month, line=self.lines[line]).bills
        free = self._free(line, month)
        assert sum(bill.people for bill in drawn) == len(free)
        for bill in drawn:
            self.open[bill.pk] = free
            if sends:
                send(by="t", bill=bill)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def sends(self, data: Any) -> None:
        bill = Bill.objects.get(pk=data.draw(st.sampled_from(sorted(self.open))))
        if bill.state == BillState.DRAFT:
            assert send(by="t", bill=bill).state == BillState.SENT
        else:
            with pytest.raises(PayungError):
                send(by="t", bill=bill)

    @precondition(lambda self: self.open)
    @rule(data=st.data(), months_=st.integers(1, 4), off=st.sampled_from((-1, 0, 7)))
    def pays(self, data: Any, months_: int, off: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.open)))
        amount = months_ * EACH + off
        found = arrive(amount, Bill.objects.get(pk=key), reference=f"M{next(REFERENCES)}")
        self.money += amount
        before = Bill.objects.get(pk=key)
        if not found.settled:
            assert before.state == BillState.DRAFT or amount < EACH
            return
        (settled,) = found.settled
        still = sorted(self.open[key], key=lambda one: (one[1], one[0]))
        affordable = still[: amount // EACH]
        assert settled.people == len(affordable)
        self.paid |= dict.fromkeys(affordable, key)
        self.open[key] -= set(affordable)
        if not self.open[key]:
            del self.open[key]

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def voids(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.open)))
        bill = Bill.objects.get(pk=key)
        if bill.state in (BillState.DRAFT, BillState.SENT):
            void(by="t", bill=bill, reason="uji")
            del self.open[key]
        else:
            with pytest.raises(PayungError):
                void(by="t", bill=bill, reason="uji")

    @precondition(lambda self: self.paid)
    @rule(data=st.data())
    def gives_back(self, data: Any) -> None:
        person, month = data.draw(st.sampled_from(sorted(self.paid)))
        key = self.paid.pop((person, month))
        bill = Bill.objects.get(pk=key)
        give_back(by="t", bill=bill, people=[person], months=[months.index(month)], reason="uji")
        self.open.setdefault(key, set()).add((person, month))

    @rule(data=st.data(), day=st.dates(dt.date(2026, 6, 1), dt.date(2026, 11, 1)))
    def dies(self, data: Any, day: dt.date) -> None:
        person = data.draw(st.sampled_from(sorted(self.persons)))
        if person in self.stopped:
            return
        change = report(
            by="siti", person=self.persons[person], kind=ChangeKind.MENINGGAL, on=day, evidence="akta"
        ).change
        approve(by="camat", change=change)
        self.stopped[person] = months.add(months.month_of(day), 1)

    @invariant()
    def register_is_the_reference(self) -> None:
        found = {
            (person, paid.month): paid.bill for person in self.persons for paid in queries.paid_months(person)
        }
        assert found == self.paid

    @invariant()
    def money_adds_up(self) -> None:
        mine = Payment.objects.filter(reference__startswith="M")
        assert sum(payment.amount for payment in mine) >= self.money
        used = sum(Use.objects.filter(bill__line__in=self.lines).values_list("amount", flat=True))
        assert used >= EACH * len(self.paid)
        for line in self.lines:
            of_line = [key for key, bill in self.paid.items() if Bill.objects.get(pk=bill).line_id == line.pk]
            assert Balance.objects.get(line=line).paid == EACH * len(of_line)

    def teardown(self) -> None:
        assert findings() == []


def _people(line: Line) -> list[Any]:
    return [row.person for row in line.people.select_related("person")]


def test_any_order_of_everything_keeps_the_office_whole(make_people: Any) -> None:
    Office.make_people = staticmethod(make_people)
    Office.start = itertools.count(1)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Office,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
