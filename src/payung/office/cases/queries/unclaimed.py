"""Deaths that nobody reported: people known to be dead, covered on that day, without a case."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from payung.codes import Segment
from payung.errors import InputError
from payung.law import Case as Facts
from payung.law import Payment, benefit, months, position
from payung.office.access.scope import Scope
from payung.office.cases.models import Incident
from payung.office.cases.rules.clocks import last_day
from payung.office.cases.states import CaseKind
from payung.office.changes.endings import died_on
from payung.office.face import faces
from payung.office.months.models import Month, Posting
from payung.office.months.queries import EMPLOYER, range_of_months
from payung.office.months.states import SEGMENT_OF
from payung.office.people.models import DEAD, Person

CHUNK = 400  # people asked for at once


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A death without a case.

    Fields
        person, segment: whose membership. died: the day, ``None`` where nobody wrote it down. covered: ``yes``,
        ``conditional``, or ``periksa`` (also where the day is not known). amount: rupiah of JKM by the law (an
        estimate), ``None`` where it cannot be said. until: the last day to claim, ``None`` where the law held here
        says none. over: that day has passed.
    """

    person: Person
    segment: Segment
    died: dt.date | None
    covered: str
    amount: int | None
    until: dt.date | None
    over: bool


def unclaimed(scope: Scope, today: dt.date) -> list[Unclaimed]:
    """Return the deaths within ``scope`` without a case whose membership covered the day, the most urgent first.

    Work on the job, or not, nobody knows yet: the sum is that of JKM. Queries grow with blocks of people only.
    """
    told = [
        day("pk") for face in faces() for day in face.died
    ]  # lists of the registry, the villages, allowances
    reported = deadly(Incident.objects.filter(person=OuterRef("pk")))
    dead = list(
        scope.of(Person)
        .annotate(died=Coalesce(died_on("pk"), *told, Value(None, DateField())))
        .filter(Q(life_status=DEAD) | Q(died__isnull=False), ~Exists(reported))
        .order_by("pk")
    )
    found = []
    for start in range(0, len(dead), CHUNK):
        block = dead[start : start + CHUNK]
        paid = paid_for([person.pk for person in block])
        for person in block:
            for segment, payments in sorted(paid.get(person.pk, {}).items()):
                row = _row(person, segment, payments, today)
                if row is not None:
                    found.append(row)
    return sorted(found, key=lambda row: (row.over, row.until or dt.date.max, row.person.pk))


def day_of(person: str) -> Subquery:
    """Return the day of the event of which the person at the path ``person`` died, else null."""
    rows = deadly(Incident.objects.filter(person=OuterRef(person)))
    return Subquery(rows.order_by("pk").values("on")[:1])


def deadly(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """Return those of ``rows`` of which somebody died, at once or later in treatment."""
    return rows.filter(Q(fatal=True) | Q(cases__kind=CaseKind.JKK_DEATH), void=False)


def paid_for(people: Sequence[int]) -> dict[int, dict[Segment, list[Payment]]]:
    """Return by person (records merged into it count as theirs) and segment what was paid: at most four queries."""
    reach = range_of_months()
    if reach is None or not people:
        return {}
    owner = {key: key for key in people}
    for merged, kept in Person.everybody.filter(merged_into__in=people).values_list("pk", "merged_into"):
        owner[merged] = kept or merged
    rows = Month.objects.filter(
        month__in=list(range(reach[0], reach[1] + 1)), segment__in=SEGMENT_OF, person__in=list(owner)
    ).order_by("month", "segment", "person", "seq")
    live: dict[tuple[int, int, int], int] = {}
    for row in rows:
        key = (row.month, row.segment, row.person)
        if row.seq % 2:
            live[key] = row.posting
        else:
            live.pop(key, None)
    days = dict(Posting.objects.filter(pk__in=set(live.values())).values_list("pk", "paid_on"))
    found: dict[int, dict[Segment, list[Payment]]] = defaultdict(lambda: defaultdict(list))
    for (month, segment, person), posting in live.items():
        payment = Payment(months.from_index(month), days[posting])
        found[owner[person]][SEGMENT_OF[segment]].append(payment)
    return found


def _row(person: Person, segment: Segment, payments: list[Payment], today: dt.date) -> Unclaimed | None:
    died: dt.date | None = person.died  # type: ignore[attr-defined]
    if died is None:
        return Unclaimed(person, segment, None, "periksa", None, None, over=False)
    said = worth(segment, payments, died)
    if said is None:
        return None
    over = said.until is not None and today > said.until
    return Unclaimed(person, segment, died, said.covered, said.amount, said.until, over=over)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a death asks of the insurer: how sure the cover is (``yes``, ``conditional``, ``periksa``), rupiah of JKM
    by the law (an estimate, ``None`` where it cannot be said), and the last day to claim (``None`` where the law of
    that day is not held here)."""

    covered: str
    amount: int | None
    until: dt.date | None


def worth(segment: Segment, payments: list[Payment], died: dt.date) -> Worth | None:
    """Return what a death on the day ``died`` is worth by what was paid, or ``None`` where it was not covered."""
    if all(payment.paid_on is not None and payment.paid_on > died for payment in payments):
        return None  # no member yet on that day
    stood = position(payments, died, segment.value, employer=EMPLOYER[segment])
    if stood.covered == "no":
        return None
    facts = Facts(segment=segment.value, member_since=stood.since, paid_months=stood.paid_months)
    try:
        amount: int | None = benefit("death", facts, died).total
    except InputError:  # no law of that day is held here
        amount = None
    return Worth(stood.covered, amount, last_day("jkm", died))
