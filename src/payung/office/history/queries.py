"""Named reads of the log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from payung.office.history.models import Event


def of_people(people: QuerySet[Any]) -> QuerySet[Event]:
    """Return what happened to any of ``people`` (their keys), latest first."""
    return Event.objects.filter(person__in=people)


def of_subject(subject: str) -> QuerySet[Event]:
    """Return what happened to one thing, latest first."""
    return Event.objects.filter(subject=subject)


def actors_of(subject: str, actions: Collection[str], *, since: str = "") -> set[str]:
    """Return who did any of ``actions`` to one thing, after the latest ``since`` where there is one."""
    found = Event.objects.filter(subject=subject, action__in=actions)
    if since and (turn := last(since, subject)):
        found = found.filter(number__gt=turn.number)
    return set(found.order_by().values_list("actor", flat=True).distinct())


def last(action: str, subject: str) -> Event | None:
    """Return the latest event of this kind on this thing."""
    return Event.objects.filter(subject=subject, action=action).first()


def with_deed(action: str, subjects: Collection[str]) -> set[str]:
    """Return those of ``subjects`` to which ``action`` was done."""
    found = Event.objects.filter(subject__in=list(subjects), action=action)
    return set(found.order_by().values_list("subject", flat=True))


def search(text: str, queryset: QuerySet[Event]) -> QuerySet[Event]:
    """Narrow ``queryset`` to a letter number, a user name, a subject or an action that is exactly ``text``."""
    return queryset.filter(Q(letter=text) | Q(actor=text) | Q(subject=text) | Q(action=text))
