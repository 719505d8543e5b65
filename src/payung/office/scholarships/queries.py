"""Children with a scholarship, and which year waits; each starts from a scope."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from payung.office.access.scope import Scope
from payung.office.scholarships import rules
from payung.office.scholarships.models import Child, Year
from payung.office.scholarships.rules import SCHOOL_BEGINS, Planned
from payung.office.scholarships.states import Level


def children(scope: Scope) -> QuerySet[Child]:
    """Return the children within ``scope`` with their case and years."""
    return scope.of(Child).select_related("case__incident").prefetch_related("years")


def school_year(on: dt.date) -> int:
    """Return the year in which the school year of ``on`` began."""
    return on.year if on.month >= SCHOOL_BEGINS else on.year - 1


def due(on: dt.date) -> Q:
    """Return the condition that a child goes on, is young enough, has years left, and this one is not claimed yet."""
    claimed = Year.objects.filter(child=OuterRef("pk"), year=school_year(on))
    last = list(Level)[-1]
    spent = (
        Year.objects.filter(child=OuterRef("pk"), level=last)
        .order_by()
        .values("child")
        .annotate(many=Count("pk"))
        .filter(many__gte=rules.most(last, on))
    )
    return Q(~Exists(claimed), ~Exists(spent), ended="", birth_date__gt=rules.oldest(on))


def coming(child: Child, on: dt.date) -> list[Planned]:
    """Return the years that ``child`` can still claim as of the day ``on``; its years must be fetched."""
    event = child.case.incident.on
    if child.ended or rules.too_old(child.birth_date, on, event):
        return []
    taken = [(year.year, year.level) for year in child.years.all()]
    return rules.plan(child.level, child.birth_date, event, taken, max(event.year, school_year(on)))
