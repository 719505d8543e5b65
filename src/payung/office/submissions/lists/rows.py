"""Pages of the rows of a submission: the list with verdicts, and one row with its cells to mend."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from payung.codes import Reason
from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.desk.lists import Column, Filter, ListPage
from payung.office.desk.words import say, typed
from payung.office.submissions import actions
from payung.office.submissions.forms import Mend
from payung.office.submissions.models import Row
from payung.office.submissions.pages import _reaches, submission_of
from payung.office.submissions.rules.mended import cells_of
from payung.office.submissions.work import landing
from payung.text import Text

VERDICTS: dict[str, tuple[Text, str]] = {
    "accepted": (Text("siap", "ready"), "good"),
    "noted": (Text("siap, dengan catatan", "ready, with a note"), "info"),
    "returned": (Text("perlu diperbaiki", "to mend"), "bad"),
}


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
        Column(
            "nama", Text("Nama", "Name"), lambda r: r.name, ("name",), template="submissions/cell_row.html"
        ),
        Column("nik", Text("NIK", "NIK"), lambda r: r.masked, template="people/cell_nik.html", phone=False),
        Column(
            "hasil",
            Text("Hasil", "Verdict"),
            lambda r: say(VERDICTS[r.verdict][0]),
            ("verdict",),
            template="submissions/cell_verdict.html",
        ),
        Column("sebab", Text("Sebab", "Reasons"), _reasons, ("reasons",)),
        Column("berkas", Text("Berkas", "File"), lambda r: r.upload.name, phone=False),
    )
    filters = (
        Filter(
            "hasil",
            Text("Hasil", "Verdict"),
            lambda rows, verdict: rows.filter(verdict=verdict),
            choices=lambda _: [(code, say(name)) for code, (name, _) in VERDICTS.items()],
        ),
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
        self.submission = submission_of(request, self.kwargs["key"])
        rows = self.submission.rows.select_related("upload")
        return rows.exclude(dropped="") if request.GET.get("keluar") else rows.filter(replaced=False)

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the submission for the way back."""
        return {"submission": self.submission}


def row(request: HttpRequest, key: int, row: int) -> HttpResponse:
    """One row: what is wrong in it, and its cells to mend."""
    submission = submission_of(request, key)
    found = get_object_or_404(submission.rows.select_related("upload", "submission"), pk=row)
    may_edit = submission.open_to_village and _reaches(
        user_of(request), Permission.SUBMISSION_EDIT, submission
    )
    cells = cells_of(found)
    form = Mend(request.POST or None, initial=cells)
    if request.method == "POST":
        if not _reaches(user_of(request), Permission.SUBMISSION_EDIT, submission):
            raise PermissionDenied("rows are mended by those who keep this list")
        if form.is_valid():
            typed = {field: form.cleaned_data[field] for field in form.changed_data}
            changed = {field: text for field, text in typed.items() if text != cells[field]}
            if _mended(request, found, changed):
                return redirect("submission_row", key=key, row=found.pk)
    rows = submission.rows.filter(replaced=False, verdict="returned")
    context = {
        "submission": submission,
        "row": found,
        "verdict": VERDICTS[found.verdict],
        "findings": [{**finding, "row": found.row} for finding in found.facts.get("findings", [])],
        "form": form,
        "cells": [(form[field].label, cells[field]) for field in cells],
        "may_edit": may_edit,
        "next_row": rows.filter(pk__gt=found.pk).order_by("pk").first() or rows.exclude(pk=found.pk).first(),
        "left": rows.count(),
    }
    return render(request, "submissions/row.html", context)


def drop(request: HttpRequest, key: int, row: int) -> HttpResponse:
    """Leave a row out of the submission with a reason, or put it back."""
    submission = submission_of(request, key)
    found = get_object_or_404(submission.rows.select_related("upload", "submission"), pk=row)
    if request.method != "POST":
        return redirect("submission_row", key=key, row=row)
    if not _reaches(user_of(request), Permission.SUBMISSION_EDIT, submission):
        raise PermissionDenied("rows are left out by those who keep this list")
    by = user_of(request).username
    try:
        if request.POST.get("step") == "back":
            actions.put_back(by=by, row=found)
            told = Text("Baris ini dihitung lagi.", "This row counts again.")
        else:
            actions.drop(by=by, row=found, reason=typed(request.POST, "reason", 200))
            told = Text("Baris dikeluarkan; dapat dimasukkan lagi.", "Row left out; it can be put back.")
    except PayungError as error:
        messages.error(request, say(error.message))
    else:
        messages.success(request, say(told))
    return redirect("submission_row", key=key, row=row)


def _mended(request: HttpRequest, row: Row, changed: dict[str, str]) -> bool:
    if not changed:
        return True
    try:
        mended = actions.mend(by=user_of(request).username, row=row, values=changed)
    except PayungError as error:
        messages.error(request, say(error.message))
        return False
    verdict = VERDICTS[mended.verdict][0]
    told = Text(f"Tersimpan: {verdict.id}.", f"Saved: {verdict.en}.")
    (messages.warning if mended.verdict == "returned" else messages.success)(request, say(told))
    return True


def enter(request: HttpRequest, key: int) -> HttpResponse:
    """Let the worker go on entering the rows of an accepted submission."""
    submission = submission_of(request, key)
    user = user_of(request)
    if not _reaches(user, Permission.SUBMISSION_ACCEPT, submission):
        raise PermissionDenied("only the agency enters rows")
    if request.method == "POST" and landing.stopped(submission):
        actions.enter(by=user.username, submission=submission)
        messages.success(request, say(Text("Dilanjutkan.", "It goes on.")))
    return redirect("submission_show", key=key)
