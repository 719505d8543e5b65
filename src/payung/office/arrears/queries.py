"""Named reads of arrears: rungs, and all that a letter to one payer says."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from payung.office.access.scope import Scope
from payung.office.arrears.board import counted, day_said, ending
from payung.office.arrears.models import Contact, Rung
from payung.office.arrears.states import How, RungState
from payung.office.bills.models import Bill
from payung.office.bills.states import OPEN
from payung.office.bills.unbillable import LEFT, excused
from payung.office.months.models import Past
from payung.office.months.states import SEGMENT_OF
from payung.office.people.models import Person
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Owed:
    """A bill that its payer has not paid: person-months and rupiah that are open, and the level it has reached."""

    bill: Bill
    level: int
    people: int
    open: int

    def plain(self) -> dict[str, Any]:
        """Return it as a letter keeps it."""
        return {
            "bill": self.bill.code,
            "line": self.bill.line.name,
            "segment": str(self.bill.segment),
            "from": self.bill.from_month,
            "until": self.bill.until_month,
            "due_on": self.bill.due_on.isoformat(),
            "level": self.level,
            "people": self.people,
            "open": self.open,
        }


@dataclass(frozen=True, slots=True)
class Losing:
    """Somebody who loses the right unless paid for by ``until``: how many paid months end, whether JKM is full."""

    person: int
    name: str
    village_code: str
    segment: str
    until: dt.date
    months: int
    jkm_full: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a letter to one payer says on a day.

    Fields
        region_code: the payer. level: the highest that waits for a letter, 0 where none does. bills: every open bill
        past its due day, the oldest first. losing: the people of those bills whose right ends, the earliest first.
        contact: how the payer was spoken to last.
    """

    region_code: str
    level: int
    bills: tuple[Owed, ...]
    losing: tuple[Losing, ...]
    contact: Contact | None

    @property
    def amount(self) -> int:
        """Rupiah that are open."""
        return sum(one.open for one in self.bills)

    @property
    def people(self) -> int:
        """Person-months that are open."""
        return sum(one.people for one in self.bills)

    @property
    def until(self) -> dt.date | None:
        """The last day on which paying keeps everybody's right."""
        return min((one.until for one in self.losing), default=None)

    @property
    def loss(self) -> Text | None:
        """What is lost after the last day on which paying helps, or ``None`` where nothing is soon."""
        if (until := self.until) is None:
            return None
        first = [one for one in self.losing if one.until == until]
        full = sum(one.jkm_full for one in first)
        most = max(one.months for one in first)
        many = sum(one.months == most for one in first)
        lost = len(first)
        return Text(
            f"{lost} orang kehilangan perlindungan, {full} orang kehilangan hak JKM penuh, {many} orang kehilangan "
            f"{most} bulan iuran",
            f"{lost} people lose their cover, {full} lose full JKM, {many} lose {most} paid months",
        )

    @property
    def sentence(self) -> Text | None:
        """What to do by when, and what is lost else; ``None`` where nothing is soon."""
        if (until := self.until) is None or (loss := self.loss) is None:
            return None
        return Text(
            f"Bayar paling lambat {day_said(until, 'id')}: {loss.id}.",
            f"Pay by {day_said(until, 'en')}: else {loss.en}.",
        )


def late(on: dt.date) -> QuerySet[Bill]:
    """Return the open bills whose due day has passed on the day ``on``, the oldest first."""
    return (
        Bill.objects.filter(state__in=OPEN, due_on__lt=on)
        .select_related("line")
        .order_by("due_on", "from_month", "pk")
    )


def owing(bills: Iterable[Bill]) -> list[Owed]:
    """Return ``bills`` with what is open of each without whom nobody has to pay for any more: the dead, who left, whom
    the insurer rejected. A bill of which nothing remains is not in it. The level is 0."""
    listed = list(bills)
    spared: Counter[int] = Counter()
    people: Counter[int] = Counter()
    for one in excused(listed):
        spared[one.bill] += one.amount
        people[one.bill] += 1
    found = [
        Owed(bill, 0, bill.people - bill.paid_people - people[bill.pk], bill.open - spared[bill.pk])
        for bill in listed
    ]
    return [one for one in found if one.people > 0 and one.open > 0]


def waiting(scope: Scope) -> QuerySet[Rung]:
    """Return the rungs of ``scope`` that wait for a letter or a reason."""
    return scope.of(Rung).filter(state=RungState.WAITING, bill__state__in=OPEN)


def reached(scope: Scope, level: int) -> QuerySet[Rung]:
    """Return the rungs of ``scope`` at ``level`` whose bill is still open: what has come up to that office."""
    return scope.of(Rung).filter(level=level, bill__state__in=OPEN)


def gathered(region_code: str, on: dt.date) -> Gathered:
    """Return all that a letter to the payer ``region_code`` says on the day ``on``."""
    bills = owing(late(on).filter(region_code=region_code))
    keys = [one.bill.pk for one in bills]
    of_payer = Rung.objects.filter(bill__in=keys).order_by()
    levels = dict(of_payer.values_list("bill").annotate(level=Max("level")))
    wait = of_payer.filter(state=RungState.WAITING).aggregate(level=Max("level"))["level"]
    owed = tuple(replace(one, level=levels.get(one.bill.pk, 0)) for one in bills)
    contact = Contact.objects.filter(region_code=region_code).first()
    return Gathered(region_code, wait or 0, owed, tuple(losing(keys, on)), contact)


def owed_people(owed: Iterable[Owed]) -> list[tuple[str, int]]:
    """Return name and unpaid months of whoever has to be paid for in ``owed``, by name; two statements at most."""
    bills = [one.bill for one in owed]
    if not bills:
        return []
    spared = {(one.bill, one.month, one.person) for one in excused(bills)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.bill, l.month, l.person, p.name FROM bills_line l JOIN bills_bill b ON b.id = l.bill"
            " JOIN people_person p ON p.id = l.person"
            f" WHERE l.bill IN ({', '.join(str(bill.pk) for bill in bills)})"
            " AND (COALESCE((SELECT MAX(m.seq) FROM months_month m WHERE m.month = l.month AND m.person = l.person"
            " AND m.segment = CASE b.segment WHEN 'bpu' THEN 1 ELSE 2 END), 0) & 1) = 0"
        )
        rows = [
            (int(bill), int(month), int(person), str(name)) for bill, month, person, name in cursor.fetchall()
        ]
    months: dict[tuple[str, int], set[int]] = defaultdict(set)
    for bill, month, person, name in rows:
        if (bill, month, person) not in spared:
            months[name, person].add(month)
    return [(name, len(found)) for (name, _), found in sorted(months.items())]


def letters_to(region_code: str) -> list[tuple[str, dt.date]]:
    """Return number and day of the letters that went to a payer, the first one first."""
    sent = Contact.objects.filter(region_code=region_code, how=How.LETTER).select_related("order__letter")
    return [(one.called, one.on) for one in sent.order_by("on", "pk") if one.called]


def losing(bills: Iterable[int], on: dt.date) -> list[Losing]:
    """Return the people of ``bills`` whose right ends soon unless they are paid for, the earliest first."""
    keys, ends = [int(key) for key in bills], ending(on)
    if not keys or not ends:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.person, c.segment, c.past FROM bills_line l JOIN bills_bill b ON b.id = l.bill"
            " JOIN months_cover c ON c.person = l.person AND c.segment = CASE b.segment WHEN 'bpu' THEN 1 ELSE 2 END"
            f" WHERE l.bill IN ({', '.join(map(str, keys))}) AND c.past IN ({', '.join(map(str, ends))})"
        )
        rows = [(int(person), int(segment), int(past)) for person, segment, past in cursor.fetchall()]
    spared = {one.person for one in excused(list(Bill.objects.filter(pk__in=keys))) if one.why not in LEFT}
    people = Person.objects.in_bulk({person for person, _, _ in rows} - spared)
    pasts = Past.objects.in_bulk({past for _, _, past in rows})
    found = []
    for key, segment, past in rows:
        if (person := people.get(key)) is None or person.dead:
            continue  # merged meanwhile, rejected by the insurer, moved; nobody is warned about the dead
        paid, full = counted(segment, pasts[past].text, on)
        said = SEGMENT_OF[segment].value
        found.append(Losing(key, person.name, person.village_code, said, ends[past], paid, full))
    return sorted(found, key=lambda one: (one.until, -one.months, one.name, one.person))
