"""Named reads of the log."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from payung.office.history.models import Event

NAMED = 100  # people of equal events who are named


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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: an event, or many equal ones gathered, with the people whom they are about.

    ``event`` is the latest of them; ``people`` are keys, at most :data:`NAMED`, latest first.
    """

    event: Event
    many: int = 1
    people: tuple[int, ...] = ()


def gathered(events: QuerySet[Event], many: Collection[str], limit: int) -> tuple[list[Line], int]:
    """Return the ``limit`` latest of ``events`` and how many older ones there are; three queries, however many.

    Equal events (by one person, with the same values) of the actions ``many`` are one line each.
    """
    alone = events.exclude(action__in=many)
    found = list(alone[: limit + 1])
    older = alone.count() - limit if len(found) > limit else 0
    lines = [Line(event) for event in found[:limit]]
    equal = events.filter(action__in=many).order_by()
    by = ("action", "actor", "reason", "before", "after")
    groups = equal.values(*by).annotate(times=Count("pk"), latest=Max("number"), moment=Max("at"))
    people = _people(equal) if (counted := list(groups.order_by("-latest")[:limit])) else {}
    for group in counted:
        values = {name: group[name] for name in by}
        event = Event(number=group["latest"], at=group["moment"], **values)
        lines.append(Line(event, group["times"], tuple(people.get(_key(values), ()))))
    return sorted(lines, key=lambda line: -line.event.number), older


def _people(events: QuerySet[Event]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    rows = events.filter(person__isnull=False).order_by("-number")
    names = ("action", "actor", "reason", "before", "after")
    for *values, person in rows.values_list(*names, "person")[: NAMED * 10]:
        of_these = found.setdefault(_key(dict(zip(names, values, strict=True))), [])
        if len(of_these) < NAMED:
            of_these.append(person)
    return found


def _key(values: dict[str, Any]) -> str:
    return json.dumps(values, sort_keys=True, default=str)


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
