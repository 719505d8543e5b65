"""The five sets of a month side by side; only what differs leaves the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from payung.law import months
from payung.law.calendar import add_working_days
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeState
from payung.office.exchange.queries import rejected_rows
from payung.office.months.states import SEGMENTS
from payung.office.people.models import DEAD, Person
from payung.office.programme.models import DecreePerson
from payung.office.programme.queries import held_in
from payung.office.reconciliation.models import Closing, InsurerList
from payung.office.reconciliation.states import ClosingState, Difference, Owner, mending
from payung.office.regions.queries import meant
from payung.office.regions.tree import below, contains, following


@dataclass(frozen=True, slots=True)
class Differing:
    """A person whose sets do not agree in a month; amounts in rupiah, 0 where they stand in no such set."""

    kind: Difference
    person: int
    segment: int
    village_code: str
    decree: bool
    inactive: bool
    billed: int
    paid: int
    insurer: int
    owner: Owner
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Correction:
    """A month row that was posted after its month was closed: ``of`` is that month, ``amount`` rupiah (negative: taken
    back), ``posting`` the event that wrote it."""

    of: str
    person: int
    segment: int
    posting: int
    amount: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A month of a district compared: how many people and rupiah each set has, the differences, the corrections of
    closed months."""

    month: str
    district: str
    totals: dict[str, tuple[int, int]]
    differences: tuple[Differing, ...]
    corrections: tuple[Correction, ...]
    insurer_list: int  # key of the list; 0: none came yet

    def counts(self) -> dict[str, int]:
        """Return how many differences there are of each class, in the order of the classes."""
        found = {str(kind): 0 for kind in Difference}
        for one in self.differences:
            found[str(one.kind)] += 1
        return {kind: many for kind, many in found.items() if many}


def compare(month: str, district: str = "") -> Compared:
    """Compare decree, register, bills, payments and the insurer's latest list of ``month`` (``YYYY-MM``) of a district.

    ``district`` is its code; empty: the only one of this office (:func:`meant`). A decree, a bill and a paid month are
    those of the district whose line pays.
    """
    district = district or meant()
    number = months.index(months.parse_month(month))
    latest = InsurerList.objects.filter(district=district, month=month).first()
    sql, values = _sets(month, number, latest.pk if latest else 0, district)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(decree), SUM(0), SUM(billed), SUM(billed_amount), SUM(paid), SUM(paid_amount), SUM(insurer),"
            f" SUM(insurer_amount) FROM ({sql}) s",
            values,
        )
        sums = [int(value or 0) for value in cursor.fetchone() or [0] * 8]
        insurer = "MAX(insurer)" if latest else "MAX(decree)"
        cursor.execute(
            "SELECT person, segment, MAX(village), MAX(decree), MAX(inactive), SUM(billed), SUM(billed_amount),"
            f" SUM(paid), SUM(paid_amount), MAX(insurer), SUM(insurer_amount) FROM ({sql}) s GROUP BY person, segment"
            f" HAVING MAX(decree) <> SUM(billed) OR SUM(billed) <> SUM(paid) OR MAX(decree) <> {insurer}"
            " OR (MAX(inactive) = 1 AND MAX(decree) + SUM(billed) + SUM(paid) > 0)"
            " OR SUM(billed_amount) <> SUM(paid_amount)"
            + (" OR SUM(insurer_amount) <> SUM(paid_amount)" if latest else "")
            + " ORDER BY person, segment",
            values,
        )
        rows = cursor.fetchall()
    found = tuple(_differences(rows, listed=latest is not None, rejected=_rejected(month)))
    totals = {
        "decree": (sums[0], 0),
        "billed": (sums[2], sums[3]),
        "paid": (sums[4], sums[5]),
        "insurer": (sums[6], sums[7]),
    }
    listed = latest.pk if latest else 0
    return Compared(
        month, district, totals, _with_villages(found, district), corrections(month, district), listed
    )


def _rejected(month: str) -> set[tuple[int, int]]:
    """Return person and segment of the month's decrees whom the insurer rejected: they are not to be billed."""
    rows = rejected_rows().filter(from_month__lte=month, last_month__gte=month)
    return {(person, SEGMENTS[str(segment)]) for person, segment in rows.values_list("person_id", "segment")}


# Rows of months whose line another district pays; a line that nobody knows is told everywhere.
_ELSEWHERE = "SELECT e.id FROM programme_line e WHERE e.region_code < %s OR e.region_code >= %s"


def _sets(month: str, number: int, insurer_list: int, district: str) -> tuple[str, list[Any]]:
    """Return the sets as one statement, a row for each person of each set."""
    here = (district, following(district))
    rows = held_in(month).filter(below(district, "decree__region_code"))
    decree, values = (
        rows.order_by().values_list("person_id", "segment", "village_code").query.sql_with_params()
    )
    code = "CASE q.segment WHEN 'bpu' THEN 1 ELSE 2 END"
    nothing = (
        "0 AS billed, 0 AS billed_amount, 0 AS paid, 0 AS paid_amount, 0 AS insurer, 0 AS insurer_amount"
    )
    stopped = "SELECT c.person_id, {segment}, '', 0, 1, 0, 0, 0, 0, 0, 0 FROM changes_change c"
    parts = [
        (
            f"SELECT q.person_id AS person, {code} AS segment, q.village_code AS village, 1 AS decree, 0 AS inactive,"
            f" {nothing} FROM ({decree}) q"
        ),
        (
            "SELECT l.person, CASE b.segment WHEN 'bpu' THEN 1 ELSE 2 END, '', 0, 0, 1, l.jkk + l.jkm, 0, 0, 0, 0"
            " FROM bills_bill b JOIN bills_line l ON l.bill = b.id AND l.month = %s"
            " WHERE b.state IN ('sent', 'partly', 'paid') AND b.from_month <= %s AND b.until_month >= %s"
            " AND b.region_code >= %s AND b.region_code < %s"
        ),
        (
            "SELECT m.person, m.segment, '', 0, 0, 0, 0, SUM(CASE WHEN (m.seq & 1) = 1 THEN 1 ELSE -1 END),"
            f" SUM(m.jkk + m.jkm), 0, 0 FROM months_month m WHERE m.month = %s AND m.line NOT IN ({_ELSEWHERE})"
            " GROUP BY m.person, m.segment"
        ),
        (
            "SELECT r.person, r.segment, '', 0, 0, 0, 0, 0, 0, 1, r.amount FROM reconciliation_insurerrow r"
            " WHERE r.list_id = %s"
        ),
        *(
            stopped.format(segment=segment)
            + f" WHERE c.state = 'approved' AND c.segment IN ('', '{name}') AND c.stops_from <= %s"
            for segment, name in ((1, "bpu"), (2, "pu"))
        ),
        *(
            f"SELECT p.id, {segment}, '', 0, 1, 0, 0, 0, 0, 0, 0 FROM people_person p WHERE p.life_status = '{DEAD}'"
            " AND NOT EXISTS (SELECT 1 FROM changes_change d WHERE d.person_id = p.id AND d.state = 'approved'"
            f" AND d.kind = '{DEAD}')"
            for segment in (1, 2)
        ),
    ]
    bound = [*values, number, month, month, *here, number, *here, insurer_list, number, number]
    return " UNION ALL ".join(parts), bound


def _differences(
    rows: Iterable[Any], *, listed: bool, rejected: Collection[tuple[int, int]]
) -> Iterable[Differing]:
    today = timezone.localdate()
    for (
        person,
        segment,
        village,
        decree,
        inactive,
        billed,
        of_bill,
        paid,
        of_paid,
        insurer,
        of_insurer,
    ) in rows:
        kind = _kind(decree, inactive, billed, of_bill, paid, of_paid, insurer, of_insurer, listed=listed)
        if kind == Difference.UNBILLED and (int(person), int(segment)) in rejected:
            kind = Difference.REJECTED
        if kind is not None:
            fix = mending(kind)
            due = add_working_days(today, fix.days)
            sums = (int(of_bill), int(of_paid), int(of_insurer))
            yield Differing(
                kind,
                int(person),
                int(segment),
                str(village),
                bool(decree),
                bool(inactive),
                *sums,
                fix.owner,
                due,
            )


def _kind(
    decree: int,
    inactive: int,
    billed: int,
    of_bill: int,
    paid: int,
    of_paid: int,
    insurer: int,
    of_insurer: int,
    *,
    listed: bool,
) -> Difference | None:
    """Return the class of a difference: the worst that holds, ``None`` where the sets agree after all."""
    tests = (
        (inactive and paid, Difference.PAID_INACTIVE),
        (inactive and billed, Difference.BILLED_INACTIVE),
        (inactive and decree, Difference.DECREE_INACTIVE),
        (paid and not decree, Difference.PAID_NO_DECREE),
        (billed and not decree, Difference.BILLED_NO_DECREE),
        (decree and not billed and not paid and not inactive, Difference.UNBILLED),
        (paid and not billed, Difference.PAID_UNBILLED),
        (billed and not paid, Difference.UNPAID),
        (of_bill != of_paid, Difference.AMOUNT),
        (listed and paid and not insurer, Difference.INSURER_MISSING),
        (listed and insurer and not paid, Difference.INSURER_EXTRA),
        (listed and abs(of_insurer - of_paid) > 1, Difference.INSURER_AMOUNT),
    )
    return next((kind for test, kind in tests if test), None)


def _with_villages(found: tuple[Differing, ...], district: str) -> tuple[Differing, ...]:
    """Say the village of those that no decree names: where the register has them; the district where they left it."""
    missing = {one.person for one in found if not one.village_code}
    known = dict(Person.everybody.filter(pk__in=missing).values_list("pk", "village_code")) if missing else {}

    def place(one: Differing) -> str:
        code = one.village_code or known.get(one.person, "")
        return code if not code or contains(district, code) else district

    return tuple(Differing(**{**asdict(one), "village_code": place(one)}) for one in found)


def known_in(district: str, people: Mapping[str | None, Person]) -> dict[str | None, Person]:
    """Return those of ``people`` whom the district has: who live there, or stand in a decree of it."""
    away = [one.pk for one in people.values() if not contains(district, one.village_code)]
    ours = DecreePerson.objects.filter(below(district, "decree__region_code"), person__in=away)
    left = set(away) - set(ours.values_list("person_id", flat=True)) if away else set()
    return {key: one for key, one in people.items() if one.pk not in left}


def corrections(month: str, district: str) -> tuple[Correction, ...]:
    """Return what was posted for months of a district closed before ``month``, and stands in no minutes yet."""
    rounds = Closing.objects.filter(district=district, state=ClosingState.CLOSED, month__lt=month)
    closed = list(rounds.order_by("pk"))
    if not closed:
        return ()
    newest = {one.month: one for one in closed}
    told = max(one.event for one in closed)
    found = []
    with connection.cursor() as cursor:
        for one in newest.values():
            cursor.execute(
                "SELECT person, segment, posting, jkk + jkm FROM months_month WHERE month = %s AND posting > %s"
                f" AND line NOT IN ({_ELSEWHERE}) ORDER BY posting, segment, person, seq",
                [months.index(one.month), max(told, one.event), district, following(district)],
            )
            found += [Correction(one.month, *map(int, row)) for row in cursor.fetchall()]
    return tuple(found)


def late_changes(month: str, district: str = "") -> list[Change]:
    """Return the changes that came into effect for months of a district closed before ``month``, after they were
    closed."""
    district = district or meant()
    rounds = Closing.objects.filter(district=district, state=ClosingState.CLOSED, month__lt=month)
    closed = rounds.order_by("-month").first()
    if closed is None or closed.branch_at is None or closed.district_at is None:
        return []
    since = max(closed.branch_at, closed.district_at)
    effective = Change.objects.filter(
        below(district, "village_code"),
        state=ChangeState.APPROVED,
        decided_at__gt=since,
        stops_from__lte=months.index(closed.month),
    )
    return list(effective.select_related("person"))


def current(month: str, district: str = "") -> Closing | None:
    """Return the latest round of a month of a district, or ``None`` where nobody began."""
    return Closing.objects.filter(district=district or meant(), month=month).order_by("-round").first()


def unknown_to_us(insurer_list: int) -> int:
    """Return how many rows of an insurer's list name nobody of the register; 0 where none came."""
    return InsurerList.objects.filter(pk=insurer_list).values_list("unknown", flat=True).first() or 0
