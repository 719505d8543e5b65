"""Suggested names: for the village all that wait, for a neighbour their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.desk.lists import ACCOUNT, Column, Filter, ListPage, code_filter, region_filter
from payung.office.suggestions import queries
from payung.office.suggestions.models import Suggestion
from payung.office.suggestions.states import SuggestionState
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A suggestion, and whether whoever looks may tick it."""

    row: Suggestion
    open: bool


class Suggestions(ListPage[Suggestion]):
    """Suggested names with what became of them."""

    title = Text("Nama yang diusulkan", "Suggested names")
    help = Text(
        "Nama dari ketua RT/RW dan agen PERISAI. Yang dimasukkan ke usulan dibaca dengan aturan yang sama seperti "
        "daftar desa.",
        "Names from heads of RT/RW and PERISAI agents. What is put on a list is read by the rules of any list.",
    )
    empty_title = Text("Belum ada nama yang diusulkan", "No suggested names yet")
    empty_advice = Text(
        "Ketua RT/RW dan agen PERISAI mengusulkan nama dari telepon mereka.",
        "Heads of RT/RW and PERISAI agents suggest names from their phones.",
    )
    template = "suggestions/list.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda line: line.row.name,
            ("name",),
            template="suggestions/cell_name.html",
        ),
        Column("keadaan", Text("Keadaan", "State"), lambda line: line.row.state, ("state",)),
        Column(
            "oleh",
            Text("Diusulkan oleh", "Suggested by"),
            lambda line: line.row.by,
            ("by",),
            phone=False,
            kind=ACCOUNT,
        ),
        Column("kapan", Text("Kapan", "When"), lambda line: line.row.at, ("at",), phone=False),
        Column("alasan", Text("Alasan", "Why"), lambda line: line.row.reason, phone=False),
    )
    filters = (
        Filter(
            "cari", Text("Cari nama", "Find a name"), lambda rows, text: rows.filter(name__icontains=text)
        ),
        code_filter("keadaan", Text("Keadaan", "State"), "state", SuggestionState),
        region_filter("village_code"),
    )
    order = "-kapan"

    def rows(self, request: HttpRequest) -> QuerySet[Suggestion]:
        """Return what whoever looks sees."""
        return queries.seen_by(user_of(request))

    def shown(self, rows: list[Suggestion]) -> list[Line]:
        """Return each suggestion with whether it can be ticked."""
        return [Line(row, self.decides and row.state == SuggestionState.WAITING) for row in rows]

    def narrowed(self, request: HttpRequest) -> QuerySet[Suggestion]:
        """Return the rows that the address asks for; note whether whoever looks decides on them."""
        self.decides = user_of(request).may(Permission.SUBMISSION_EDIT)
        return super().narrowed(request)

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return what whoever looks may do."""
        user = user_of(request)
        return {"decides": self.decides, "suggests": user.may(Permission.SUBMISSION_DRAFT)}
