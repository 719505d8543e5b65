"""Everybody in the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from payung.codes import Category
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import (
    Column,
    Filter,
    ListPage,
    choice_filter,
    code_filter,
    field_column,
    place_choices,
)
from payung.office.desk.words import say
from payung.office.people import queries
from payung.office.people.actions.facts import BY_HAND
from payung.office.people.models import DEAD, Person
from payung.office.regions.tree import below
from payung.text import Text

FOUND_LIMIT = 200  # a search that finds more says "more than": whoever wants fewer writes another word


def _in_place(field: str) -> Any:
    return lambda rows, code: rows.filter(below(code, field))


def _as_searched(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return ``rows`` as they are: the search is the first thing that is asked of the register, see `People.rows`."""
    return rows


COVER = {"ya": Text("ya", "yes"), "belum": Text("belum", "no"), "meninggal": Text("meninggal", "died")}


def _cover(person: Any) -> str:
    return "ya" if person.covered else "meninggal" if person.dead else "belum"


def _covered(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to a key of :data:`COVER`; whoever died is not among those who still have to be covered."""
    if value == "meninggal":
        return rows.filter(life_status=DEAD)
    return (
        rows.filter(covered=True) if value == "ya" else rows.filter(covered=False).exclude(life_status=DEAD)
    )


def _categories(person: Person) -> str:
    return ", ".join(
        say(Category.words().get(standing.category, Text(standing.category, standing.category)))
        for standing in person.standings.all()
    )


class People(ListPage[Person]):
    """Everybody in the register."""

    title = Text("Orang", "People")
    help = Text(
        "Semua orang dalam wilayah dan kategori Anda. Cari dengan nama, NIK, atau nomor KPJ.",
        "Everybody within your region and categories. Search by name, NIK or KPJ number.",
    )
    empty_title = Text("Register masih kosong", "The register is empty")
    empty_advice = Text(
        "Orang masuk ke sini sesudah usulan desanya diterima dinas. Mulai dengan mengunggah daftar.",
        "People come here after the agency accepts their village's submission. Begin by uploading a list.",
    )
    empty_action = ("submission_list", Text("Ke usulan", "To submissions"))
    export_name = "orang"
    template = "people/people.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda p: p.name,
            ("name_key",),
            template="people/cell_person.html",
        ),
        Column("nik", Text("NIK", "NIK"), lambda p: p.masked, template="people/cell_nik.html"),
        field_column("lahir", Text("Tanggal lahir", "Birth date"), "birth_date", phone=False),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda p: p.village_name or p.village_code,
            ("village_code",),
            phone=False,
        ),
        Column("kategori", Text("Kategori", "Category"), _categories, phone=False),
        Column(
            "lindung",
            Text("Terlindungi", "Covered"),
            lambda p: say(COVER[_cover(p)]),
            template="people/cell_covered.html",
        ),
    )
    filters = (
        Filter(
            "cari", Text("Cari", "Search"), _as_searched, hint=Text("nama, NIK, atau KPJ", "name, NIK or KPJ")
        ),
        Filter("wilayah", Text("Wilayah", "Region"), _in_place("village_code"), choices=place_choices),
        code_filter("kategori", Text("Kategori", "Category"), "standings__category", Category),
        choice_filter(
            "asal",
            Text("Asal", "Came from"),
            "tangan",
            Text("dicatat tangan, tanpa usulan", "by hand, on no list"),
            lambda rows: rows.filter(standings__source=BY_HAND).distinct(),
        ),
        Filter(
            "lindung",
            Text("Terlindungi", "Covered"),
            _covered,
            choices=lambda _: [(code, say(name)) for code, name in COVER.items()],
        ),
    )
    order = "nama"
    bare = False
    most: int | None = None
    found: int | None = None

    @property
    def today(self) -> dt.date:
        """The day for which cover is told."""
        return timezone.localdate()

    def rows(self, request: HttpRequest) -> QuerySet[Person]:
        """Return everybody within the scope, with village, categories and cover (but not where those are ``bare``)."""
        people = queries.searched(scope_of(request), self.asked(request, "cari"), self.most)
        return people if self.bare else queries.told(people, self.today)

    def on_page(self, request: HttpRequest) -> QuerySet[Person]:
        """Look for the first matches only, once for the count and for what the page shows of them."""
        if not (text := self.asked(request, "cari")):
            return super().on_page(request)
        self.count_limit = FOUND_LIMIT
        if queries.number_in(text):  # a few people at most: what was found is what the page shows
            rows = self.narrowed(request)[: FOUND_LIMIT + 1]
            self.found = len(rows)
            return rows
        self.bare = not self.asked(request, "lindung")
        others = [filter_.key for filter_ in self.filters if filter_.key != "cari"]
        if not any(self.asked(request, key) for key in (*others, "urut")):
            self.most = FOUND_LIMIT + 1
        found = self.narrowed(request)
        keys = list(found.values_list("pk", flat=True)[: FOUND_LIMIT + 1])
        self.found = len(keys)
        return queries.told(Person.objects.filter(pk__in=keys), self.today).order_by(*found.query.order_by)

    def counted(self, rows: QuerySet[Person]) -> int:
        """Return how many were found, where something was looked for: they are known by then."""
        return super().counted(rows) if self.found is None else self.found

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may add somebody."""
        return {"may_add": user_of(request).may(Permission.PERSON_EDIT)}
