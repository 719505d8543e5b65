"""The list of deaths: who of the register died, and what each death still asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.deaths import queries
from payung.office.deaths.models import Death
from payung.office.deaths.states import Follows, Match, Origin
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, region_filter
from payung.office.desk.words import say
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A death, and what follows of it."""

    death: Death
    after: queries.After

    @property
    def to_do(self) -> Text:
        """Return what it still asks for, in words."""
        asked = [one.text for one in self.after.asks]
        return Text(", ".join(one.id for one in asked), ", ".join(one.en for one in asked))


class Deaths(ListPage[Death]):
    """Rows of lists of deaths, with what follows."""

    title = Text("Kematian", "Deaths")
    help = Text(
        "Daftar kematian Dukcapil dan desa, dicocokkan dengan register: tagihan yang harus berhenti, iuran yang "
        "dibayar setelah meninggal, dan klaim yang belum dibuka.",
        "Deaths of the civil registry and villages, matched with the register: bills to stop, contributions paid "
        "after death, and claims that nobody opened.",
    )
    empty_title = Text("Belum ada daftar kematian", "No list of deaths yet")
    empty_advice = Text(
        "Unggah daftar dari Dukcapil atau desa.", "Upload a list of the registry or a village."
    )
    empty_action = ("death_new", Text("Unggah daftar", "Upload a list"))
    export_name = "kematian"
    template = "deaths/list.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda d: d.death.person.name if d.death.person else d.death.name,
            ("name",),
            link=lambda d: reverse("death_show", kwargs={"key": d.death.pk}),
        ),
        Column("nik", Text("NIK", "NIK"), lambda d: d.death.masked, phone=False),
        Column("meninggal", Text("Meninggal", "Died"), lambda d: d.death.died or "", ("died",), phone=False),
        Column("cocok", Text("Kecocokan", "Match"), lambda d: d.death.match, ("match",)),
        Column("tindak", Text("Yang harus dilakukan", "To do"), lambda d: d.to_do),
        Column(
            "kembali",
            Text("Dibayar sesudahnya", "Paid after"),
            lambda d: d.after.refund,
            kind="money",
            phone=False,
        ),
        Column(
            "klaim",
            Text("Santunan", "Benefit"),
            lambda d: d.after.claim or 0,
            kind="money",
            phone=False,
        ),
    )
    filters = (
        Filter(
            "tindak",
            Text("Yang harus dilakukan", "To do"),
            lambda rows, value: (
                queries.asking(rows, kind, timezone.localdate())
                if (kind := Follows.known(value))
                else rows.none()
            ),
            choices=lambda _: [(str(one), say(one.text)) for one in Follows],
        ),
        code_filter("cocok", Text("Kecocokan", "Match"), "match", Match),
        code_filter("asal", Text("Asal", "Origin"), "listed__origin", Origin),
        region_filter("village_code"),
    )
    order = "-meninggal"

    def rows(self, request: HttpRequest) -> QuerySet[Death]:
        """Return the deaths within the scope."""
        return queries.deaths(scope_of(request))

    def shown(self, rows: list[Death]) -> list[Line]:
        """Return each death with what follows."""
        found = queries.after(rows, timezone.localdate())
        return [Line(row, found.get(row.pk) or queries.After()) for row in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return what this person may do, and how many deaths nobody reported yet."""
        user = user_of(request)
        reach = user.reach(Permission.ANSWER_EDIT, Permission.CHANGE_EDIT)
        return {
            "may_take": reach is not None,
            "unreported": len(queries.unreported(reach)) if reach is not None else 0,
        }
