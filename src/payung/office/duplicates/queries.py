"""Named reads of the pairs. Each starts from a scope: a pair is in reach where one of its two is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from payung.office.access.scope import Scope
from payung.office.duplicates.models import DIFFERENT, SAME, WAITING, Pair
from payung.office.people.models import Person
from payung.office.submissions.models import Submission

if TYPE_CHECKING:
    from payung.linkage.decisions import Measured


def pairs(scope: Scope) -> QuerySet[Pair, Any]:
    """Return the pairs in reach, each with ``sees_left`` and ``sees_right``: whether ``scope`` reaches that side."""
    people = scope.of(Person.everybody.order_by())
    lists = scope.of(Submission.objects.order_by())
    return Pair.objects.annotate(
        sees_left=Exists(people.filter(pk=OuterRef("left"))),
        sees_right=Exists(people.filter(pk=OuterRef("right")))
        | Exists(lists.filter(pk=OuterRef("row__submission"))),
    ).filter(Q(sees_left=True) | Q(sees_right=True))


def waiting(scope: Scope) -> QuerySet[Pair, Any]:
    """Return the pairs in reach that nobody has decided, the likeliest first."""
    return pairs(scope).filter(state=WAITING).order_by("-probability", "pk")


def free(rows: QuerySet[Pair, Any], *, by: str, at: dt.datetime) -> QuerySet[Pair, Any]:
    """Narrow to the pairs that nobody but ``by`` has open at the moment ``at``."""
    return rows.filter(Q(held_by="") | Q(held_by=by) | Q(held_until__isnull=True) | Q(held_until__lt=at))


def with_sides(rows: QuerySet[Pair, Any]) -> QuerySet[Pair, Any]:
    """Return ``rows`` with both sides fetched along."""
    return rows.select_related("left", "right", "row__submission")


def last_decided(scope: Scope, by: str) -> Pair | None:
    """Return what ``by`` decided last, while it can be undone."""
    mine = pairs(scope).filter(decided_by=by, state__in=[SAME, DIFFERENT])
    return with_sides(mine).order_by("-decided_at").first()


def measured(scope: Scope) -> Measured:
    """Return how often people found two where the machine had said "probably the same"."""
    from payung.linkage.decisions import Measured

    decided = pairs(scope).filter(suggestion="same", state__in=[SAME, DIFFERENT])
    counted = decided.aggregate(looked=Count("pk"), wrong=Count("pk", filter=Q(state=DIFFERENT)))
    return Measured(counted["looked"], counted["wrong"])
