"""What follows of deaths: looked up in the register of months, the changes and the cases, a block of people at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from payung.law import months
from payung.office.access.scope import Scope
from payung.office.bills.states import OPEN
from payung.office.cases.models import Incident
from payung.office.cases.queries.unclaimed import CHUNK, deadly, paid_for, worth
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.deaths.models import Death
from payung.office.deaths.states import KNOWN, Follows
from payung.office.months.models import Month
from payung.office.months.queries import range_of_months, records_of
from payung.office.months.states import SEGMENT_OF


@dataclass(slots=True)
class After:
    """What a death still asks for.

    Fields
        refund: rupiah paid for months after that of the death, and refund_months how many. open: person-months after
        it that stand in open bills. stop: nobody reported it as a change yet. claim: rupiah of JKM by the law (an
        estimate) that nobody claimed, ``None`` where there is a case or no cover; periksa: it cannot be said; until:
        the last day to claim.
    """

    refund: int = 0
    refund_months: list[str] = field(default_factory=list)
    open: int = 0
    stop: bool = False
    claim: int | None = None
    periksa: bool = False
    until: dt.date | None = None

    @property
    def asks(self) -> list[Follows]:
        """The kinds of what is left to do."""
        claim = self.claim is not None or self.periksa
        found = ((Follows.STOP, self.stop), (Follows.REFUND, self.refund), (Follows.CLAIM, claim))
        return [kind for kind, holds in found if holds]


def deaths(scope: Scope) -> QuerySet[Death]:
    """Return the rows of lists of deaths within ``scope``."""
    return scope.of(Death).select_related("person", "listed")


def day_of(person: str) -> Subquery:
    """Return the day on which the person at the path ``person`` died by the list that was read last, else null."""
    rows = Death.objects.filter(
        person=OuterRef(person), match__in=[str(one) for one in KNOWN], died__isnull=False
    )
    return Subquery(rows.order_by("-listed_id", "pk").values("died")[:1])


def after(rows: Iterable[Death], today: dt.date) -> dict[int, After]:
    """Return by key of each row what its death still asks for; nothing of rows that mean nobody."""
    known = [row for row in rows if row.match in KNOWN and row.died is not None]
    found: dict[int, After] = {}
    for start in range(0, len(known), CHUNK):
        block = known[start : start + CHUNK]
        people = sorted({row.person_id for row in block if row.person_id})
        owners = records_of(people)
        live = _live(owners)
        billed = _billed(owners)
        done = set(
            Change.objects.filter(
                person__in=people,
                kind=ChangeKind.MENINGGAL,
                state__in=[ChangeState.REPORTED, ChangeState.APPROVED],
            ).values_list("person", flat=True)
        )
        cases = set(deadly(Incident.objects.filter(person__in=people)).values_list("person", flat=True))
        paid = paid_for(people)
        for row in block:
            assert row.died is not None
            assert row.person_id is not None
            last = months.index(months.month_of(row.died))
            over = [(month, amount) for month, amount in live[row.person_id] if month > last]
            one = After(
                refund=sum(amount for _, amount in over),
                refund_months=[months.from_index(month) for month, _ in over],
                open=sum(month > last for month in billed[row.person_id]),
                stop=row.person_id not in done,
            )
            if row.person_id not in cases:
                for segment, payments in sorted(paid.get(row.person_id, {}).items()):
                    said = worth(segment, payments, row.died)
                    if said is None:
                        continue
                    one.claim = (one.claim or 0) + said.amount if said.amount else one.claim
                    one.periksa = one.periksa or said.covered == "periksa"
                    one.until = said.until
            found[row.pk] = one
    return found


def _live(owners: dict[int, int]) -> dict[int, list[tuple[int, int]]]:
    """Return by person the months that are paid, with their rupiah."""
    reach = range_of_months()
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if reach is None or not owners:
        return found
    rows = Month.objects.filter(
        month__in=list(range(reach[0], reach[1] + 1)), segment__in=SEGMENT_OF, person__in=list(owners)
    ).order_by("month", "segment", "person", "seq")
    last: dict[tuple[int, int, int], Month] = {(row.month, row.segment, row.person): row for row in rows}
    for (month, _, person), row in last.items():
        if row.seq % 2:
            found[owners[person]].append((month, row.jkk + row.jkm))
    return found


def _billed(owners: dict[int, int]) -> dict[int, list[int]]:
    """Return by person the months that stand in open bills."""
    found: dict[int, list[int]] = defaultdict(list)
    if not owners:
        return found
    states = ", ".join(f"'{state}'" for state in OPEN)
    keys = ", ".join(str(int(key)) for key in owners)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.person, l.month FROM bills_bill b JOIN bills_line l ON l.bill = b.id"
            f" WHERE b.state IN ({states}) AND l.person IN ({keys}) ORDER BY l.person, l.month"
        )
        for person, month in cursor.fetchall():
            found[owners[int(person)]].append(int(month))
    return found


def asking(rows: QuerySet[Death], kind: Follows, today: dt.date) -> QuerySet[Death]:
    """Narrow ``rows`` to those whose death still asks for ``kind``."""
    keys = [key for key, one in after(rows, today).items() if kind in one.asks]
    return rows.filter(pk__in=keys)


def unreported(scope: Scope) -> QuerySet[Death]:
    """Return the rows of ``scope`` that mean somebody whose death nobody reported as a change yet."""
    reported = Change.objects.filter(
        kind=ChangeKind.MENINGGAL, state__in=[ChangeState.REPORTED, ChangeState.APPROVED]
    )
    rows = deaths(scope).filter(match__in=[str(one) for one in KNOWN], died__isnull=False)
    return rows.filter(~Q(person__in=reported.values("person"))).order_by("pk")
