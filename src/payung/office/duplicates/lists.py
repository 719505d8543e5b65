"""The queue of pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, place_choices
from payung.office.duplicates import queries
from payung.office.duplicates.models import Pair
from payung.office.duplicates.states import WAITING, PairState, Suggestion
from payung.office.people.models import Person
from payung.office.people.queries import name_key
from payung.office.regions import queries as regions
from payung.office.regions.tree import below
from payung.office.submissions.models import Row
from payung.text import Text


def _in_place(rows: QuerySet[Pair], code: str) -> QuerySet[Pair]:
    sides = below(code, "left__village_code") | below(code, "right__village_code")
    return rows.filter(sides | below(code, "row__submission__village_code"))


def _named(rows: QuerySet[Pair], text: str) -> QuerySet[Pair]:
    for word in name_key(text).split():
        sides = Q(left__name_key__contains=word) | Q(right__name_key__contains=word)
        rows = rows.filter(sides | Q(row__name__icontains=word))
    return rows


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as the queue shows it: the one on the other side, and where both are."""

    pair: Pair
    other: Person | Row
    places: str


class Pairs(ListPage[Pair]):
    """The pairs that may be one person."""

    title = Text("Tinjau orang ganda", "Review of duplicates")
    help = Text(
        "Dua catatan yang mungkin satu orang. Tidak ada yang digabung sebelum ada yang memutuskan di sini.",
        "Two records that may be one person. Nothing is merged before somebody decides it here.",
    )
    empty_title = Text("Tidak ada pasangan yang menunggu", "No pair is waiting")
    empty_advice = Text(
        "Setiap usulan yang diterima dibandingkan dengan register; yang mirip muncul di sini.",
        "Every accepted submission is compared with the register; those alike appear here.",
    )
    template = "duplicates/list.html"
    export_name = "orang-ganda"
    columns = (
        Column(
            "nama",
            Text("Pasangan", "Pair"),
            lambda p: f"{p.pair.left.name} / {p.other.name}",
            ("left__name_key",),
            template="duplicates/cell_pair.html",
        ),
        Column(
            "nik",
            Text("NIK", "NIK"),
            lambda p: f"{p.pair.left.masked or '–'} / {p.other.masked or '–'}",
            phone=False,
            template="duplicates/cell_niks.html",
        ),
        Column("desa", Text("Desa", "Village"), lambda p: p.places, phone=False),
        Column(
            "mirip",
            Text("Kemiripan (%)", "Likeness (%)"),
            lambda p: p.pair.percent,
            ("probability",),
            kind="number",
        ),
        Column(
            "dugaan",
            Text("Dugaan", "Suggestion"),
            lambda p: p.pair.suggestion,
            ("suggestion",),
            phone=False,
        ),
        Column("ditemukan", Text("Ditemukan", "Found"), lambda p: p.pair.found, ("found",), phone=False),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda p: p.pair.state,
            ("state",),
            template="duplicates/cell_state.html",
            phone=False,
        ),
    )
    filters = (
        Filter("cari", Text("Nama", "Name"), _named),
        Filter("wilayah", Text("Wilayah", "Region"), _in_place, choices=place_choices),
        code_filter("dugaan", Text("Dugaan", "Suggestion"), "suggestion", Suggestion),
        code_filter("keadaan", Text("Keadaan", "State"), "state", PairState),
    )
    order = "-mirip"

    def rows(self, request: HttpRequest) -> QuerySet[Pair]:
        """Return the pairs in reach."""
        return queries.with_sides(queries.pairs(scope_of(request)))

    def narrowed(self, request: HttpRequest) -> QuerySet[Pair]:
        """Narrow as usual; an address that says nothing of the state means those that wait."""
        asked = request.GET.copy()
        asked.setdefault("keadaan", WAITING)
        request.GET = asked  # type: ignore[assignment]
        return super().narrowed(request)

    def shown(self, rows: list[Pair]) -> list[Line]:
        """Return every pair with the other side and the places of both."""
        others = [pair.right or pair.row for pair in rows]
        codes = [
            (pair.left.village_code, (pair.right or pair.row.submission).village_code)  # type: ignore[union-attr]
            for pair in rows
        ]
        names = regions.names({code for both in codes for code in both})
        return [
            Line(pair, other, " / ".join(dict.fromkeys(names.get(code, code) for code in both)))
            for pair, other, both in zip(rows, others, codes, strict=True)
            if other is not None
        ]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return how good the suggestions were, and whether this person decides."""
        measured = queries.measured(scope_of(request))
        low, high = measured.interval
        return {
            "filtered": any(request.GET.get(one.key) not in {None, "", WAITING} for one in self.filters),
            "measured": measured,
            "rate": round(100 * measured.rate),
            "low": math.floor(100 * low),
            "high": math.ceil(100 * high),
            "may_decide": user_of(request).may(Permission.PAIR_EDIT),
        }
