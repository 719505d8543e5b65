"""Children with a scholarship, and which year waits; each starts from a scope."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from payung.office.access.scope import Scope
from payung.office.scholarships.models import Child, Year
from payung.office.scholarships.rules import SCHOOL_BEGINS


def children(scope: Scope) -> QuerySet[Child]:
    """Return the children within ``scope`` with their case and years."""
    return scope.of(Child).select_related("case__incident").prefetch_related("years")


def school_year(on: dt.date) -> int:
    """Return the year in which the school year of ``on`` began."""
    return on.year if on.month >= SCHOOL_BEGINS else on.year - 1


def due(on: dt.date) -> Q:
    """Return the condition that a child goes on and its school year is not claimed yet."""
    claimed = Year.objects.filter(child=OuterRef("pk"), year=school_year(on))
    return Q(~Exists(claimed), ended="")
