"""Named reads of cards. Each starts from a scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from payung.office.access.scope import Scope
from payung.office.cards.models import Card
from payung.office.people.models import Membership, Person
from payung.office.regions.models import Region

LATE = 30  # days in the office after which a card is late


def waiting(scope: Scope) -> QuerySet[Card, Any]:
    """Return the cards within ``scope`` that nobody has yet, with their person and ``village_name``."""
    village = Region.objects.filter(code=OuterRef("person__village_code")).values("name")[:1]
    return (
        scope.of(Card)
        .filter(handed_on__isnull=True)
        .select_related("person")
        .annotate(village_name=Subquery(village))
    )


def late(on: dt.date) -> Q:
    """Return the condition that a card has waited for more than :data:`LATE` days on the day ``on``."""
    return Q(received_on__lt=on - dt.timedelta(days=LATE))


def without_card(people: QuerySet[Person], kind: str) -> QuerySet[Membership]:
    """Return the latest membership with a KPJ of each of ``people`` for which no card of ``kind`` came yet."""
    had = Card.objects.filter(kpj_index=OuterRef("kpj_index"), kind=kind)
    newest = (
        Membership.objects.filter(person=OuterRef("person"), kpj_index__isnull=False)
        .order_by("-from_month", "-pk")
        .values("pk")[:1]
    )
    return (
        Membership.objects.filter(person__in=people.order_by(), pk=Subquery(newest))
        .exclude(Exists(had))
        .select_related("person")
    )
