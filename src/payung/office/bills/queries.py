"""Named reads of bills and payments; what belongs to a place starts from a scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from payung.codes import Segment
from payung.law import months
from payung.office.access.scope import Scope
from payung.office.bills.models import Bill, BillLine, BillPlace, Payment
from payung.office.bills.states import ISSUED, OPEN, BillState
from payung.office.exchange.queries import not_enrolled
from payung.office.months.models import Cover
from payung.office.months.queries import places_of, records
from payung.office.months.states import SEGMENTS
from payung.office.programme.models import Decree, Line


def bare(bill: Bill) -> list[tuple[Decree, int]]:
    """Return the decrees of an unpaid bill that went to the insurer with no batch, with how many people."""
    if bill.state not in (BillState.DRAFT, *OPEN):
        return []
    return not_enrolled(bill.line_id, str(bill.segment), bill.from_month, bill.until_month)


def owed_by(person_id: int, segment: Segment) -> list[dict[str, Any]]:
    """Return the open bills that a person stands in, with what their months cost: what is due, by when."""
    return [
        {"bill": f"B{key:06d}", "month": month, "amount": amount, "due_on": str(due)}
        for key, month, amount, due in open_months(person_id, segment)
    ]


def open_months(person_id: int, segment: Segment) -> list[tuple[int, str, int, Any]]:
    """Return key of the bill, month, rupiah and due day of each unpaid month of a person in an open bill, by month."""
    listed = records(person_id)
    marks = ", ".join(["%s"] * len(listed))
    states = ", ".join(f"'{state}'" for state in OPEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id, l.month, l.jkk + l.jkm, b.due_on FROM bills_bill b JOIN bills_line l ON l.bill = b.id"
            f" AND l.person IN ({marks}) WHERE b.state IN ({states}) AND b.segment = %s AND l.month BETWEEN"
            " CAST(substr(b.from_month, 1, 4) AS integer) * 12 + CAST(substr(b.from_month, 6, 2) AS integer) - 1"
            " AND CAST(substr(b.until_month, 1, 4) AS integer) * 12 + CAST(substr(b.until_month, 6, 2) AS integer) - 1"
            " AND NOT EXISTS (SELECT 1 FROM months_month m JOIN months_posting g ON g.id = m.posting"
            " WHERE m.month = l.month AND m.segment = %s AND m.person = l.person AND g.bill = b.id"
            " AND g.kind = 'pay' AND NOT EXISTS (SELECT 1 FROM months_month n WHERE n.month = m.month"
            " AND n.segment = m.segment AND n.person = m.person AND n.seq > m.seq)) ORDER BY l.month, b.id",
            [*listed, str(segment), 1 if segment == Segment.BPU else 2],
        )
        return [
            (int(key), months.from_index(month), int(amount), due)
            for key, month, amount, due in cursor.fetchall()
        ]


def was_billed(person: str) -> Q:
    """Return the condition that the person at the path ``person`` has paid months, or stands in an open bill."""
    paid = Cover.objects.filter(segment__in=sorted(SEGMENTS.values()), person=OuterRef(person))
    owed = BillLine.objects.filter(bill__in=Bill.objects.filter(state__in=OPEN).order_by().values("pk"))
    return Q(Exists(paid)) | Q(**{f"{person}__in": owed.values("person")})


def bills_of(scope: Scope) -> QuerySet[Bill]:
    """Return the bills that ``scope`` reaches: those its places pay, and those that are for people of its places."""
    whole = scope.of(Bill)
    parts = BillPlace.objects.filter(place__in=list(places_of(scope))).values("bill")
    return (whole | Bill.objects.filter(pk__in=parts)).select_related("line")


def with_rest(scope: Scope) -> QuerySet[Payment]:
    """Return the payments of ``scope`` of which something is left."""
    return payments_of(scope).filter(used__lt=F("amount"))


def payments_of(scope: Scope) -> QuerySet[Payment]:
    """Return the payments that ``scope`` reaches; whose payer is not known yet, whoever sees the whole district."""
    own = scope.of(Payment)
    if any(code.count(".") <= 1 for code in scope.places):
        return own | Payment.objects.filter(region_code="")
    return own


def lines_ahead(scope: Scope, on: dt.date) -> QuerySet[Line]:
    """Return the lines of ``scope`` that are not over on the day ``on``."""
    return scope.of(Line).filter(until_month__gte=months.month_of(on))


def unpaid(scope: Scope) -> QuerySet[Bill]:
    """Return the open bills of ``scope``, the earliest due first."""
    return bills_of(scope).filter(state__in=OPEN).order_by("due_on", "pk")


def issued(month: str) -> QuerySet[Bill]:
    """Return the bills that were sent and hold ``month``."""
    return Bill.objects.filter(state__in=ISSUED, from_month__lte=month, until_month__gte=month)
