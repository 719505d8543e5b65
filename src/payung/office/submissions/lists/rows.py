"""The rows of a submission with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from payung.codes import Reason, Verdict
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, code_filter
from payung.office.desk.words import say
from payung.office.regions import queries as regions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.queries import reaches
from payung.text import Text

LEFT_OUT = Text("dikeluarkan", "left out")


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and whether whoever looks can tick it."""

    row: Row
    ticked: bool


def _reasons(line: Line) -> str:
    return ", ".join(
        say(Reason.words()[code]) if code in Reason.words() else code for code in line.row.reasons.split()
    )


def _verdict(line: Line) -> Verdict | Text:
    """Return the verdict; of what somebody left out nothing is asked any more."""
    return LEFT_OUT if line.row.dropped else line.row.verdict


class Rows(ListPage[Row]):
    """The rows of a submission."""

    title = Text("Baris usulan", "Rows of the submission")
    help = Text(
        "Setiap baris berkas dengan hasil pemeriksaannya. Tekan nama untuk melihat sebabnya dan memperbaiki.",
        "Every row of the files with what the checks say. Open a name to see why, and to mend it.",
    )
    empty_title = Text("Belum ada baris", "No rows yet")
    empty_advice = Text("Unggah berkasnya dahulu.", "Upload a file first.")
    template = "submissions/rows.html"
    export_name = "baris-usulan"
    columns = (
        Column(
            "baris",
            Text("Baris", "Row"),
            lambda r: r.row.row,
            ("upload", "sheet", "row"),
            phone=False,
            kind="number",
        ),
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda r: r.row.name,
            ("name",),
            template="submissions/cell_row.html",
        ),
        Column(
            "nik",
            Text("NIK", "NIK"),
            lambda r: r.row.masked,
            template="submissions/cell_nik.html",
            phone=False,
        ),
        Column("hasil", Text("Hasil", "Verdict"), _verdict, ("verdict",)),
        Column("sebab", Text("Sebab", "Reasons"), _reasons, ("reasons",)),
        Column("berkas", Text("Berkas", "File"), lambda r: r.row.upload.name, phone=False),
    )
    filters = (
        code_filter("hasil", Text("Hasil", "Verdict"), "verdict", Verdict),
        Filter(
            "sebab",
            Text("Sebab", "Reason"),
            lambda rows, code: rows.filter(reasons__contains=f" {code} "),
            choices=lambda _: [(code, say(name)) for code, name in Reason.words().items()],
        ),
        Filter(
            "keluar",
            Text("Yang dikeluarkan", "Left out"),
            lambda rows, value: rows,  # chosen in Rows.rows
            choices=lambda _: [("ya", say(Text("hanya yang dikeluarkan", "only those left out")))],
        ),
        Filter("cari", Text("Nama", "Name"), lambda rows, text: rows.filter(name__icontains=text)),
    )
    order = "baris"

    def rows(self, request: HttpRequest) -> QuerySet[Row]:
        """Return the rows that count, or those that somebody left out."""
        self.submission = get_object_or_404(scope_of(request).of(Submission), pk=self.kwargs["key"])
        keeps = self.submission.open_to_village and user_of(request).may(Permission.SUBMISSION_EDIT)
        self.ticks = keeps and reaches(user_of(request), Permission.SUBMISSION_EDIT, self.submission)
        rows = self.submission.rows.select_related("upload")
        return rows.exclude(dropped="") if request.GET.get("keluar") else rows.filter(replaced=False)

    def shown(self, rows: list[Row]) -> list[Line]:
        """Return every row, to be ticked by whoever keeps the list."""
        return [Line(row, self.ticks) for row in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the submission for the way back, and what can be done with those that are ticked."""
        out = bool(request.GET.get("keluar"))
        about = regions.name(self.submission.village_code)
        return {"submission": self.submission, "about": about, "ticks": self.ticks, "out": out}
