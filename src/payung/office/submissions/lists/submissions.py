"""The list of submissions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import (
    Column,
    ListPage,
    choice_filter,
    code_filter,
    field_column,
    region_filter,
)
from payung.office.submissions.models import Submission
from payung.office.submissions.queries import (
    ASKED,
    MANY_ELSEWHERE,
    MANY_OF_OTHERS,
    OPEN_AND_FAULTY,
    counted,
    late,
)
from payung.office.submissions.states import IDLE, Kind, State
from payung.text import Text


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
        Column("jenis", Text("Daftar", "List"), lambda s: s.kind.text, ("kind",), phone=False),
        field_column("keadaan", Text("Keadaan", "State"), "state", template="submissions/cell_state.html"),
        field_column("baris", Text("Siap", "Ready"), "ready", kind="number"),
        field_column("perlu", Text("Perlu diperbaiki", "To mend"), "faulty", kind="number", phone=False),
        Column(
            "diam",
            Text("Menunggu (hari)", "Waiting (days)"),
            lambda s: s.idle_days,
            ("touched",),
            kind="number",
            phone=False,
        ),
    )
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", State),
        code_filter("jenis", Text("Daftar", "List"), "kind", Kind),
        choice_filter(
            "perlu",
            Text("Baris", "Rows"),
            "perbaiki",
            Text("ada yang perlu diperbaiki", "some to mend"),
            lambda rows: rows.filter(OPEN_AND_FAULTY),
        ),
        choice_filter(
            "tanya",
            Text("Berkas", "Files"),
            "versi",
            Text("mungkin versi baru, belum dijawab", "may be new versions, not answered"),
            lambda rows: rows.filter(ASKED),
        ),
        choice_filter(
            "lama",
            Text("Sudah menunggu", "Has waited"),
            "lewat",
            Text(f"lebih dari {IDLE.days} hari", f"more than {IDLE.days} days"),
            lambda rows: rows.filter(late()),
        ),
        choice_filter(
            "lain",
            Text("Orang desa lain", "People of other villages"),
            "banyak",
            Text(f"{MANY_ELSEWHERE} baris atau lebih", f"{MANY_ELSEWHERE} rows or more"),
            lambda rows: rows.filter(MANY_OF_OTHERS),
        ),
        region_filter("village_code"),
    )
    order = "-diam"

    def rows(self, request: HttpRequest) -> QuerySet[Submission]:
        """Return the submissions within the scope with their village and their rows counted."""
        return counted(scope_of(request).of(Submission))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may begin one, and whether they endorse."""
        user = user_of(request)
        return {
            "may_begin": user.may(Permission.SUBMISSION_EDIT),
            "may_endorse": user.may(Permission.SUBMISSION_ENDORSE),
        }
