"""The list of cases."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cases import queries
from payung.office.cases.models import Case
from payung.office.cases.queries.seen import WITH_INSURER, late, overdue, to_object
from payung.office.cases.states import ENDED, CaseKind, CaseState
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, field_column, region_filter
from payung.office.desk.words import say
from payung.office.people.queries import name_key
from payung.text import Text


def _by(rows: QuerySet[Case], value: str) -> QuerySet[Case]:
    if value == "bpjs":
        return rows.filter(state__in=WITH_INSURER)
    if value == "lewat":
        return overdue(rows, timezone.localdate())
    if value == "keberatan":
        return rows.filter(to_object(timezone.localdate()))
    if value == "terbuka":
        return rows.exclude(state__in=ENDED)
    ours = rows.exclude(state__in=[*ENDED, *WITH_INSURER, CaseState.SCHOLARSHIP])
    return ours.filter(late(timezone.localdate())) if value == "lama" else ours


def _days(case: Case) -> int:
    return max(0, (timezone.now() - case.since).days)


class Cases(ListPage[Case]):
    """All cases within the scope."""

    title = Text("Kejadian dan klaim", "Events and cases")
    help = Text(
        "Setiap kecelakaan dan kematian yang dilaporkan, dan sampai di mana hak keluarganya.",
        "Every accident and death that was reported, and how far the family's right has come.",
    )
    empty_title = Text("Belum ada kejadian", "No event yet")
    empty_advice = Text(
        "Laporkan kecelakaan atau kematian begitu terdengar; berkas dapat menyusul.",
        "Report an accident or a death as soon as you hear of it; papers can follow.",
    )
    template = "cases/list.html"
    export_name = "klaim"
    order = "-lapor"
    columns = (
        Column(
            "nomor",
            Text("Nomor", "Number"),
            lambda c: c.number,
            ("incident__number",),
            link=lambda c: reverse("case_show", args=[c.pk]),
        ),
        Column("nama", Text("Nama", "Name"), lambda c: c.incident.name, ("incident__name_key",)),
        field_column("keadaan", Text("Keadaan", "State"), "state"),
        Column("jenis", Text("Jenis", "Kind"), lambda c: c.kind.text, ("kind",), phone=False),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda c: c.village_name or c.incident.village_code,
            ("incident__village_code",),
            phone=False,
        ),
        field_column("kejadian", Text("Kejadian", "Event"), "incident__on", phone=False),
        Column(
            "lapor",
            Text("Dilaporkan", "Reported"),
            lambda c: c.incident.at.date(),
            ("incident__at",),
            phone=False,
        ),
        Column("hari", Text("Hari di sini", "Days here"), _days, ("since",), kind="number", phone=False),
    )
    filters = (
        Filter(
            "cari",
            Text("Nama atau nomor", "Name or number"),
            lambda rows, text: (
                rows.filter(incident__number__istartswith=text)
                if text[:2].upper() == "K-"
                else rows.filter(incident__name_key__contains=name_key(text))
            ),
        ),
        code_filter("keadaan", Text("Keadaan", "State"), "state", CaseState),
        code_filter("jenis", Text("Jenis", "Kind"), "kind", CaseKind),
        Filter(
            "pada",
            Text("Menunggu siapa", "Waits for"),
            _by,
            choices=lambda _: [
                ("terbuka", say(Text("semua yang berjalan", "all that are open"))),
                ("kita", say(Text("langkah kita", "us"))),
                ("lama", say(Text("kita, lebih dari 7 hari", "us, for more than 7 days"))),
                ("bpjs", say(Text("BPJS", "the insurer"))),
                ("lewat", say(Text("BPJS, lewat batas bayar", "the insurer, past its day to pay"))),
                ("keberatan", say(Text("keberatan, berakhir segera", "an objection, ends soon"))),
            ],
        ),
        region_filter("incident__village_code"),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Case]:
        """Return the cases within the scope."""
        return queries.cases(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, object]:
        """Return whether this person may report."""
        return {"may_edit": user_of(request).may(Permission.CASE_EDIT)}
