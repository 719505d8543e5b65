"""The lists that wait for a camat, to be endorsed together, and those that can still be taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, ListPage
from payung.office.submissions.models import Submission
from payung.office.submissions.queries import counted
from payung.office.submissions.states import ENDORSED, SUBMITTED
from payung.text import Text

MOST_BACK = 50  # lists that are offered to be taken back


class Endorsements(ListPage[Submission]):
    """The lists of all villages that wait for whoever endorses."""

    title = Text("Setujui beberapa desa", "Endorse several villages")
    help = Text(
        "Tandai daftar yang sudah Anda periksa, lalu teruskan bersama-sama. Buka satu daftar dengan menekan namanya.",
        "Tick the lists that you have looked at, then pass them on together. Open one by its name.",
    )
    empty_title = Text("Tidak ada daftar yang menunggu Anda", "No list waits for you")
    empty_advice = Text(
        "Daftar muncul di sini begitu kepala desa mengajukannya.",
        "Lists appear here as soon as a village head submits them.",
    )
    template = "submissions/endorsements.html"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda s: s.village_name,
            ("village_code",),
            template="submissions/cell_endorse.html",
        ),
        Column("baris", Text("Siap", "Ready"), lambda s: s.ready or 0, kind="number"),
        Column("perlu", Text("Tertinggal", "Stay behind"), lambda s: s.faulty or 0, kind="number"),
        Column(
            "lain",
            Text("Orang desa lain", "Of other villages"),
            lambda s: s.elsewhere or 0,
            kind="number",
            phone=False,
        ),
        Column("sejak", Text("Diajukan", "Submitted"), lambda s: s.since, ("since",), phone=False),
    )
    order = "sejak"

    def rows(self, request: HttpRequest) -> QuerySet[Submission]:
        """Return the lists that wait within the scope."""
        return counted(scope_of(request).of(Submission).filter(state=SUBMITTED))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return those that this person passed on and on which nobody acted since."""
        passed = (
            scope_of(request).of(Submission).filter(state=ENDORSED, endorsed_by=user_of(request).username)
        )
        return {"passed": list(counted(passed).order_by("-since", "-pk")[:MOST_BACK])}
