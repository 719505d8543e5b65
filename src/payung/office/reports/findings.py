"""The rows of what should not be: each starts from a scope and is for a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Abs, Cast, Coalesce, Substr

from payung.codes.category import VULNERABLE
from payung.law import months
from payung.office.access.scope import Scope
from payung.office.answers.models import StaffMember
from payung.office.bills import queries as bills
from payung.office.bills.models import Bill, BillLine
from payung.office.bills.states import ISSUED
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.insight.figures.people import of_age
from payung.office.people.models import Membership, Person
from payung.office.people.queries import covered_memberships
from payung.office.programme.models import DecreePerson
from payung.office.programme.states import IN_FORCE
from payung.office.regions import queries as regions


def _number(month: str) -> Any:
    """Return the column ``month`` (``YYYY-MM``) as the number of the month, as bills and register keep it."""
    year, of_year = (Cast(Substr(month, *part), IntegerField()) for part in ((1, 4), (6, 2)))
    return year * 12 + of_year - 1


def _billed(scope: Scope) -> QuerySet[BillLine, Any]:
    """Return the person-months of sent bills for the people of ``scope``."""
    sent = Bill.objects.filter(state__in=ISSUED).order_by().values("pk")
    people = scope.of(Person.everybody.all()).order_by().values("pk")
    person = Person.everybody.filter(pk=OuterRef("person"))
    rows = BillLine.objects.filter(bill__in=sent, person__in=people).annotate(
        village_code=Subquery(person.values("village_code")[:1]),
        name=Subquery(person.values("name")[:1]),
        line_id=Subquery(Bill.objects.filter(pk=OuterRef("bill")).values("line_id")[:1]),
        segment=Subquery(Bill.objects.filter(pk=OuterRef("bill")).values("segment")[:1]),
        amount=F("jkk") + F("jkm"),
    )
    return regions.with_place(rows, "village_code")


def dead_billed(scope: Scope, on: dt.date) -> QuerySet[BillLine, Any]:
    """Return the person-months of sent bills from the month on that a recorded death stops."""
    died = Change.objects.filter(
        person=OuterRef("person"), kind=ChangeKind.MENINGGAL, state=ChangeState.APPROVED
    ).order_by()
    return (
        _billed(scope)
        .annotate(stops_from=Subquery(died.values("stops_from")[:1]), died_on=Subquery(died.values("on")[:1]))
        .filter(month__gte=F("stops_from"))
    )


def without_decree(scope: Scope, on: dt.date) -> QuerySet[BillLine, Any]:
    """Return the person-months of sent bills that no decree in force names."""
    named = (
        DecreePerson.objects.filter(
            person=OuterRef("person"), segment=OuterRef("segment"), decree__state__in=IN_FORCE, held=True
        )
        .annotate(first=_number("from_month"), last=_number("last_month"))
        .filter(first__lte=OuterRef("month"), last__gte=OuterRef("month"))
        .order_by()
    )
    return _billed(scope).filter(~Exists(named))


def _enrolled(scope: Scope) -> QuerySet[DecreePerson, Any]:
    rows = scope.of(DecreePerson).filter(held=True, decree__state__in=IN_FORCE)
    return regions.with_place(rows.select_related("decree", "line", "person"), "village_code")


def wrong_age(scope: Scope, on: dt.date) -> QuerySet[DecreePerson, Any]:
    """Return who was newly enrolled in a month on whose first day the law said they were too young or too old."""
    rows = _enrolled(scope)
    found = Q(pk__in=[])
    listed = DecreePerson.objects.filter(held=True, decree__state__in=IN_FORCE).order_by()
    for month in sorted(set(listed.values_list("from_month", flat=True))):
        found |= Q(from_month=month) & ~of_age(months.first_day(month), "person__birth_date")
    earlier = DecreePerson.objects.filter(
        person=OuterRef("person"),
        segment=OuterRef("segment"),
        held=True,
        from_month__lt=OuterRef("from_month"),
    ).exclude(decree__state__in=("draft", "dropped"))
    member = Membership.objects.filter(
        person=OuterRef("person"),
        segment=OuterRef("segment"),
        from_month__lt=OuterRef("from_month"),
        claimed=False,
    )
    fresh = ~Exists(earlier.order_by()), ~Exists(member.order_by())
    return rows.filter(found, *fresh, person__birth_date__isnull=False)


def two_payers(scope: Scope, on: dt.date) -> QuerySet[DecreePerson, Any]:
    """Return who stands in a decree in force for the month of ``on`` while the insurer has another payer for them."""
    month = months.month_of(on)
    other = (
        covered_memberships(month)
        .filter(person=OuterRef("person"), segment=OuterRef("segment"), claimed=False)
        .exclude(Q(source=OuterRef("line__source")) | Q(source=""))
    )
    rows = _enrolled(scope).filter(from_month__lte=month, last_month__gte=month)
    return rows.annotate(payer=Subquery(other.values("source")[:1])).filter(payer__isnull=False)


def civil_servant_card(scope: Scope, on: dt.date) -> QuerySet[DecreePerson, Any]:
    """Return who stands as vulnerable in a decree for the month of ``on``, with staff on the family card."""
    month = months.month_of(on)
    staff = StaffMember.objects.filter(staff__current=True)
    by_card = staff.filter(kk_index=OuterRef("person__household__kk_index"))
    of_card = Person.objects.filter(household=OuterRef("person__household")).filter(
        Exists(staff.filter(nik_index=OuterRef("nik_index")))
    )
    rows = _enrolled(scope).filter(
        from_month__lte=month, last_month__gte=month, category__in=[str(one) for one in VULNERABLE]
    )
    return rows.filter(person__household__isnull=False).filter(Exists(by_card) | Exists(of_card.order_by()))


def _issued(scope: Scope) -> QuerySet[Bill, Any]:
    rows = (
        bills.bills_of(scope)
        .filter(state__in=ISSUED)
        .annotate(
            due=Coalesce(F("printed"), F("amount")),
            off=Abs(Coalesce(F("printed"), F("amount")) - F("amount")),
            gap=Abs(Coalesce(F("printed"), F("amount")) - F("paid_amount")),
        )
    )
    return regions.with_place(rows, "region_code")


def bill_not_list(scope: Scope, on: dt.date) -> QuerySet[Bill, Any]:
    """Return the sent bills whose paper has other rupiah or other people than the list of names."""
    return _issued(scope).filter(~Q(off=0) | Q(code_heads__isnull=False) & ~Q(code_heads=F("heads")))


def paid_not_billed(scope: Scope, on: dt.date) -> QuerySet[Bill, Any]:
    """Return the bills for which something was paid, but not what they ask."""
    return _issued(scope).filter(~Q(gap=0), paid_amount__gt=0)
