"""What a figure is, and what can be asked of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from payung.codes import Category, Code
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.desk.lists import Column
from payung.office.months.states import SEGMENT_OF, SEGMENTS
from payung.office.regions.tree import below
from payung.text import Text


class Unit(Code):
    """What a figure counts."""

    PEOPLE = "orang", "orang", "people"
    PERSON_MONTHS = "orang_bulan", "orang-bulan", "person-months"
    RUPIAH = "rupiah", "rupiah", "rupiah"
    BILLS = "tagihan", "tagihan", "bills"
    CASES = "kasus", "kasus", "cases"
    PAPERS = "berkas", "perjanjian dan SK", "agreements and decrees"


class Cut(Code):
    """By what a figure is parted. The parts of one cut add up to the figure."""

    SUBDISTRICT = "kecamatan", "Kecamatan", "Sub-district"
    VILLAGE = "desa", "Desa", "Village"
    CATEGORY = "kategori", "Kategori", "Category"
    LINE = "dana", "Baris dana", "Line of money"
    MONTH = "bulan", "Bulan", "Month"
    SEGMENT = "segmen", "Segmen", "Segment"
    BASIS = "dasar", "Menurut", "As known from"
    AGE = "umur", "Lamanya", "Age"
    YEARS = "usia", "Umur", "Age in years"
    OCCUPATION = "pekerjaan", "Pekerjaan", "Occupation"


CATEGORIES = tuple(Category)
BITS = "bits"  # the column in which the categories of a person are bits
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the office, declared once for page, list, workbook, JSON and snapshot.

    Fields
        code: how addresses, snapshots and the API call it. name, definition: in words, both languages.
        unit: what is counted. rows: the rows within a scope on a day; the number is how many they are, or the sum of
        ``amount`` over them. places: column of the code of the place. cuts: what else it is parted by → the column
        that says it; a category is one code, or the bits of a person's categories (:data:`CATEGORIES`).
        sees: whoever has one of these opens the rows. counts: whoever has one of these sees the number too.
        names: its rows name people, so small numbers are kept from whoever only counts.
        columns: of the list of its rows. order: key of the column that the list is sorted by.
        whole: the figure that it is a part of, its denominator. tone: how it looks where it is not zero.
        of_the_year: it is about the year of the day, not about the day. heads: column of how many people a row stands
        for; empty: one. numbered: its rows keep months and segments as numbers. further: by what else its rows are
        counted on their own and listed, not as parts of every number → the expression that says it on a day.
    """

    code: str
    name: Text
    definition: Text
    unit: Unit
    rows: Callable[[Scope, dt.date], QuerySet[Any, Any]]
    places: str
    sees: tuple[Permission, ...]
    counts: tuple[Permission, ...]
    columns: tuple[Column, ...]
    order: str
    amount: str = ""
    cuts: Mapping[Cut, str] = field(default_factory=dict)
    names: bool = False
    whole: str = ""
    tone: str = ""
    of_the_year: bool = False
    heads: str = ""
    numbered: bool = False
    further: Mapping[Cut, Callable[[dt.date], Any]] = field(default_factory=dict)

    @property
    def money(self) -> bool:
        """Whether the number is rupiah."""
        return self.unit is Unit.RUPIAH

    @property
    def of_people(self) -> bool:
        """Whether it counts people or their months, who are seen by where they lie and in which category; lines, bills,
        cases and papers are seen by other rules too, and are few."""
        return Cut.CATEGORY in self.cuts or self.unit is Unit.PEOPLE

    @property
    def parted_by(self) -> tuple[Cut, ...]:
        """Every cut of it, in the order of :class:`Cut`."""
        of_places = {Cut.SUBDISTRICT, Cut.VILLAGE}
        return tuple(cut for cut in Cut if cut in of_places or cut in self.cuts)

    def narrowed(self, rows: QuerySet[Any, Any], cut: Cut, key: str, scope: Scope) -> QuerySet[Any, Any]:
        """Return those of ``rows`` that make the part ``key`` of ``cut``: exactly the rows that were counted in it."""
        if cut is Cut.SUBDISTRICT and key.count(".") > 1:
            found: QuerySet[Any, Any] = rows.filter(below(key, self.places))
            return found
        if cut in (Cut.SUBDISTRICT, Cut.VILLAGE):
            return rows.filter(**{self.places: key})
        column = self.cuts[cut]
        if column == BITS:
            if key and key not in Category.words():
                nobody: QuerySet[Any, Any] = rows.none()
                return nobody
            looked_at = F(column).bitand(_bits(key, seen_categories(scope)))
            first: QuerySet[Any, Any] = rows.alias(_seen=looked_at).filter(
                _seen=bits_of([key] if key else ())
            )
            return first
        return rows.filter(**{column: self.value(cut, key)})

    def value(self, cut: Cut, key: str) -> Any:
        """Return the key of a part as its rows keep it. What is no such key is kept by none."""
        if cut is Cut.LINE:
            return int(key) if key.isdecimal() and len(key) < 10 else -1
        if self.numbered and cut is Cut.MONTH:
            return months.index(key) if MONTH.fullmatch(key) else -1
        if self.numbered and cut is Cut.SEGMENT:
            return SEGMENTS.get(key, -1)
        return key

    def key(self, cut: Cut, value: Any) -> str:
        """Return what the rows keep as the key of a part; of several categories all, with ``|`` between them."""
        if value is None:
            return ""
        if self.cuts[cut] == BITS:
            return "|".join(categories_of(int(value)))
        if self.numbered and cut is Cut.MONTH:
            return months.from_index(int(value))
        if self.numbered and cut is Cut.SEGMENT:
            return str(SEGMENT_OF[int(value)])
        return str(value)


def seen_categories(scope: Scope) -> frozenset[str]:
    """Return the categories that ``scope`` reaches; empty: all of them."""
    if any(not area.categories for area in scope.areas):
        return frozenset()
    return frozenset(category for area in scope.areas for category in area.categories)


def categories_of(bits: int, seen: Iterable[str] = ()) -> list[str]:
    """Return the categories that ``bits`` stand for, in order; only those ``seen`` where some are named."""
    wanted = set(seen)
    return [
        str(category)
        for place, category in enumerate(CATEGORIES)
        if bits >> place & 1 and (not wanted or category in wanted)
    ]


def bits_of(categories: Iterable[str]) -> int:
    """Return the bits that stand for ``categories``."""
    return sum(1 << CATEGORIES.index(Category.member(category)) for category in categories)


def _bits(key: str, seen: frozenset[str]) -> int:
    """Return the bits that tell whether ``key`` is the first seen category: its own and those before."""
    known = [str(category) for category in CATEGORIES if not seen or category in seen]
    return bits_of(known[: known.index(key) + 1] if key in known else known)


def reached(user: Any, figure: Figure) -> tuple[Scope, bool] | None:
    """Return what of ``figure`` somebody reaches, and whether they may open its rows; ``None`` where nothing."""
    for permission in figure.sees:
        if user.may(permission):
            return user.scope(permission), True
    for permission in figure.counts:
        if user.may(permission):
            return user.scope(permission), not figure.names
    return None
