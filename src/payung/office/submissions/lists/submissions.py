"""The list of submissions, and what is counted of each."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, place_choices
from payung.office.desk.words import say
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules import twins
from payung.office.submissions.states import IDLE, OPEN_TO_VILLAGE, Kind, State
from payung.text import Text

MANY_ELSEWHERE = 5  # rows of one list that name people of other villages: more than people who moved
# What the village still has to mend: needs the columns of :func:`counted`.
OPEN_AND_FAULTY = Q(faulty__gt=0, state__in=OPEN_TO_VILLAGE)


MANY_OF_OTHERS = Q(elsewhere__gte=MANY_ELSEWHERE)


def late() -> Q:
    """Return the condition that a submission has been in its state for longer than it should."""
    return Q(since__lt=timezone.now() - IDLE)


class Submissions(ListPage[Submission]):
    """All submissions within reach."""

    title = Text("Usulan", "Submissions")
    help = Text(
        "Daftar nama dari desa, dalam perjalanan ke camat lalu ke dinas.",
        "Lists of names from villages, on their way to the camat and then to the agency.",
    )
    empty_title = Text("Belum ada usulan", "No submissions yet")
    empty_advice = Text(
        "Operator desa memulainya: siapkan berkas Excel apa adanya, lalu unggah.",
        "A village operator begins: take the Excel file as it is and upload it.",
    )
    template = "submissions/list.html"
    export_name = "usulan"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda s: s.village_name,
            ("village_code",),
            template="submissions/cell_village.html",
        ),
        Column("jenis", Text("Daftar", "List"), lambda s: say(s.kind_name), ("kind",), phone=False),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda s: say(s.state_name),
            ("state",),
            template="submissions/cell_state.html",
        ),
        Column("baris", Text("Siap", "Ready"), lambda s: s.ready, ("ready",), kind="number"),
        Column(
            "perlu",
            Text("Perlu diperbaiki", "To mend"),
            lambda s: s.faulty,
            ("faulty",),
            kind="number",
            phone=False,
        ),
        Column(
            "diam",
            Text("Hari diam", "Idle days"),
            lambda s: s.idle_days,
            ("touched",),
            kind="number",
            phone=False,
        ),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, state: rows.filter(state=state),
            choices=lambda _: [(state, say(name)) for state, name in State.words().items()],
        ),
        Filter(
            "jenis",
            Text("Daftar", "List"),
            lambda rows, kind: rows.filter(kind=kind),
            choices=lambda _: [(kind, say(name)) for kind, name in Kind.words().items()],
        ),
        Filter(
            "perlu",
            Text("Baris", "Rows"),
            lambda rows, value: rows.filter(OPEN_AND_FAULTY) if value == "perbaiki" else rows,
            choices=lambda _: [("perbaiki", say(Text("ada yang perlu diperbaiki", "some to mend")))],
        ),
        Filter(
            "lama",
            Text("Dalam keadaan ini", "In this state"),
            lambda rows, value: rows.filter(late()) if value == "lewat" else rows,
            choices=lambda _: [
                ("lewat", say(Text(f"lebih dari {IDLE.days} hari", f"more than {IDLE.days} days")))
            ],
        ),
        Filter(
            "lain",
            Text("Orang desa lain", "People of other villages"),
            lambda rows, value: rows.filter(MANY_OF_OTHERS) if value == "banyak" else rows,
            choices=lambda _: [
                ("banyak", say(Text(f"{MANY_ELSEWHERE} baris atau lebih", f"{MANY_ELSEWHERE} rows or more")))
            ],
        ),
        Filter(
            "wilayah",
            Text("Wilayah", "Region"),
            lambda rows, code: rows.filter(below(code, "village_code")),
            choices=place_choices,
        ),
    )
    order = "-diam"

    def rows(self, request: HttpRequest) -> QuerySet[Submission]:
        """Return the submissions within the scope with their village and their rows counted."""
        return counted(scope_of(request).of(Submission))

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may begin one."""
        return {"may_begin": user_of(request).may(Permission.SUBMISSION_EDIT)}


def counted(submissions: QuerySet[Submission]) -> QuerySet[Submission, Any]:
    """Return ``submissions`` with ``village_name``, and ``ready``, ``faulty`` and ``elsewhere`` rows.

    ``elsewhere`` are those that were left out because they name people of other villages.
    """
    rows = Row.objects.filter(submission=OuterRef("pk"), replaced=False).order_by().values("submission")
    village = Region.objects.filter(code=OuterRef("village_code")).values("name")[:1]
    return submissions.annotate(
        village_name=Subquery(village),
        ready=Subquery(rows.exclude(verdict="returned").annotate(n=Count("pk")).values("n")),
        faulty=Subquery(rows.filter(verdict="returned").annotate(n=Count("pk")).values("n")),
        elsewhere=Subquery(
            rows.filter(reasons__contains=twins.OURS[twins.ELSEWHERE]).annotate(n=Count("pk")).values("n")
        ),
    )
