"""The rows of a submission with their verdicts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from payung.codes import Reason, Verdict
from payung.office.access.requests import scope_of
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, field_column
from payung.office.desk.words import say
from payung.office.submissions.models import Row, Submission
from payung.text import Text


def _reasons(row: Row) -> str:
    return ", ".join(
        say(Reason.words()[code]) if code in Reason.words() else code for code in row.reasons.split()
    )


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
            lambda r: r.row,
            ("upload", "sheet", "row"),
            phone=False,
            kind="number",
        ),
        field_column("nama", Text("Nama", "Name"), "name", template="submissions/cell_row.html"),
        Column("nik", Text("NIK", "NIK"), lambda r: r.masked, template="people/cell_nik.html", phone=False),
        field_column("hasil", Text("Hasil", "Verdict"), "verdict"),
        Column("sebab", Text("Sebab", "Reasons"), _reasons, ("reasons",)),
        Column("berkas", Text("Berkas", "File"), lambda r: r.upload.name, phone=False),
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
        rows = self.submission.rows.select_related("upload")
        return rows.exclude(dropped="") if request.GET.get("keluar") else rows.filter(replaced=False)

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the submission for the way back."""
        return {"submission": self.submission}
