"""What somebody sees: places and categories. The one place that builds this filter; every query starts here.

A model that can be seen in part says where its rows lie::

    scope_columns = Columns(region="village_code", category="category", person="person")

``scope(user, permission).of(Model)`` then returns the rows that this permission of this user reaches, and
nothing where there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES
from payung.office.face import faces
from payung.office.regions.tree import below, contains, district_of

if TYPE_CHECKING:
    from payung.office.accounts.models import Grant, User

Rows = TypeVar("Rows", bound=Model)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a model keeps its place, its category and its person.

    ``category`` is the name of a column, or empty where a row has none; then ``in_categories`` may give a
    condition for a set of categories (a person has several). ``person`` is the path to whom a row is about, for the
    insurer's officers, who read only people who were sent to the insurer; a model whose rows are about several
    people has ``for_insurer``, a condition of its own. A model with neither is not about people, or the insurer's
    by its nature (a bill, a case); `tests/attack/test_masks.py` names each of these.
    """

    region: str
    category: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A subtree of the regions, and the categories of people in it; empty means all categories.

    ``sent`` narrows it to people who were sent to the insurer.
    """

    code: str
    categories: frozenset[str] = frozenset()
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that one permission reaches."""

    areas: tuple[Area, ...]

    def of(self, rows: type[Rows] | QuerySet[Rows]) -> QuerySet[Rows]:
        """Return the rows within this scope, each once."""
        queryset: QuerySet[Rows] = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
        return queryset.filter(self.condition(queryset.model))

    def condition(self, model: type[Model]) -> Q:
        """Return the filter for ``model``, which must say its ``scope_columns``."""
        columns: Columns = model.scope_columns  # type: ignore[attr-defined]
        if not self.areas:
            return Q(pk__in=[])
        found = Q()
        for area in self.areas:
            here = below(area.code, columns.region)
            if area.categories:
                here &= self._categories(model, columns, area.categories)
            if area.sent:
                here &= for_insurer(model, columns)
            found |= here
        return found

    def covers(self, code: str, category: str = "") -> bool:
        """Tell whether a row at ``code`` with this category (empty: any) lies within."""
        return any(
            contains(area.code, code) and (not category or not area.categories or category in area.categories)
            for area in self.areas
        )

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of the subtrees, each once, those inside another left out."""
        codes = sorted({area.code for area in self.areas})
        return tuple(
            code for code in codes if not any(other != code and contains(other, code) for other in codes)
        )

    @property
    def districts(self) -> tuple[str, ...]:
        """The codes of the districts in which it reaches anything, each once; those of a province are not told here
        (:func:`payung.office.regions.queries.districts`)."""
        return tuple(sorted({district_of(code) for code in self.places} - {""}))

    @property
    def whole_districts(self) -> tuple[str, ...]:
        """The codes of the districts that it reaches from end to end: their totals are shown and signed by those
        alone."""
        return tuple(code for code in self.places if code.count(".") == 1)

    def in_places(self, field: str) -> Q:
        """Return the filter by place alone, for tables that hold no people (regions, boards)."""
        found = Q(pk__in=[])
        for code in self.places:
            found |= below(code, field)
        return found

    @staticmethod
    def _categories(model: type[Model], columns: Columns, categories: frozenset[str]) -> Q:
        if columns.category:
            return Q(**{f"{columns.category}__in": sorted(categories)})
        return model.in_categories(sorted(categories))  # type: ignore[attr-defined, no-any-return]


NOTHING = Scope(())


def sent(person: str) -> Q:
    """Return the condition that the person at the path ``person`` was sent to the insurer, in whatever way."""
    ways = [way(person) for face in faces() for way in face.sent]
    return Q(*ways, _connector=Q.OR) if ways else Q(pk__in=[])


def for_insurer(model: type[Model], columns: Columns) -> Q:
    """Return the condition on rows of ``model`` that the insurer's officers read."""
    if condition := getattr(model, "for_insurer", None):
        found: Q = condition()
        return found
    return sent(columns.person) if columns.person else Q()


def scope(user: User, permission: Permission) -> Scope:
    """Return what ``permission`` of ``user`` reaches today."""
    return Scope(tuple(areas(user.grants_now, permission)))


def joined(user: User, permissions: Iterable[Permission]) -> Scope:
    """Return what any of ``permissions`` of ``user`` reaches today: what the rule of a page that names them opens."""
    found: set[Area] = set()
    for permission in permissions:
        found |= set(user.scope(permission).areas)
    return Scope(tuple(sorted(found, key=repr)))


def areas(grants: Iterable[Grant], permission: Permission) -> Iterable[Area]:
    """Return the areas of those ``grants`` whose role carries ``permission``, each once, in order."""
    found = {
        Area(grant.region_code, grant.reaches(permission), ROLES[grant.role].reads_sent_only(permission))
        for grant in grants
        if grant.role in ROLES and permission in ROLES[grant.role].permissions
    }
    return sorted(found, key=lambda area: (area.code, sorted(area.categories), area.sent))


def in_force(grants: Iterable[Grant], on: dt.date) -> list[Grant]:
    """Return the grants that hold on the day ``on``; an acting official's end by themselves."""
    return [grant for grant in grants if grant.starts <= on and (grant.ends is None or on <= grant.ends)]
