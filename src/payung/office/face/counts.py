"""Counts what waits and what stands on the first page: the rows of all apps in one statement."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Count, IntegerField, QuerySet, Value

from payung.office.face.declared import Figure, Rows, Task

Line = TypeVar("Line", Task, Figure)


def counted(tasks: Iterable[Task], *figures: Iterable[Figure]) -> tuple[list[Task], list[list[Figure]]]:
    """Return what waits, without that of which there is none, and groups of figures, all of them with numbers."""
    waiting, groups = list(tasks), [list(group) for group in figures]
    asked = [one.many for one in waiting] + [one.value for group in groups for one in group]
    numbers = iter(_asked([one for one in asked if isinstance(one, Rows)]))
    told: list[Task] = []
    for task in waiting:
        if isinstance(task.many, Rows):
            many, late = next(numbers)
            task = dataclasses.replace(task, many=many, late=late)
        if task.many:
            told.append(task)
    for group in groups:
        for place, figure in enumerate(group):
            if isinstance(figure.value, Rows):
                group[place] = dataclasses.replace(figure, value=next(numbers)[0])
    return told, [[one for one in group if one.value or not one.quiet] for group in groups]


def _asked(wanted: list[Rows]) -> list[tuple[int, int]]:
    """Return how many of each there are, and how many of them late; one statement."""
    if not wanted:
        return []
    parts = [_part(place, rows) for place, rows in enumerate(wanted)]
    found = {place: (many, late) for place, many, late in parts[0].union(*parts[1:], all=True)}
    return [found.get(place, (0, 0)) for place in range(len(wanted))]


def _part(place: int, asked: Rows) -> QuerySet[Any, Any]:
    rows = asked.rows.order_by()
    if rows.query.distinct or rows.query.annotations:  # counted as they are, whatever was joined to them
        rows = rows.model._base_manager.filter(pk__in=rows.values("pk")).order_by()
    late = Count("pk", filter=asked.late) if asked.late is not None else Value(0, IntegerField())
    part: QuerySet[Any, Any] = rows.values_list(Value(place, IntegerField())).annotate(
        many=Count("pk"), late=late
    )
    return part
