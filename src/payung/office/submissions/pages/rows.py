"""Pages of one row of a submission: its cells to mend, leaving it out."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from payung.codes import Verdict
from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.desk.act import Told, act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import typed
from payung.office.submissions import actions
from payung.office.submissions.forms import Mend
from payung.office.submissions.lists.rows import LEFT_OUT
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.pages.submission import submission_of
from payung.office.submissions.queries import reaches
from payung.office.submissions.rules.mended import cells_of
from payung.text import Text

MOST = 1000  # rows ticked at once


def row(request: HttpRequest, key: int, row: int) -> HttpResponse:
    """One row: what is wrong in it, and its cells to mend."""
    submission = submission_of(request, key)
    found = _row(submission, row)
    keeps = reaches(user_of(request), Permission.SUBMISSION_EDIT, submission)
    cells = cells_of(found)
    findings = [{**finding, "row": found.row} for finding in found.facts.get("findings", [])]
    faulty = {str(finding.get("field")) for finding in findings if finding["severity"] == "return"}
    form = Mend(request.POST or None, initial=cells, faulty=faulty)
    if request.method == "POST" and not keeps:
        raise PermissionDenied("rows are mended by those who keep this list")

    def do() -> Row | None:
        form.is_valid()
        typed = {field: form.cleaned_data[field] for field in form.changed_data}
        changed = {field: text for field, text in typed.items() if text != cells[field]}
        if not changed:
            return None
        return actions.mend(by=user_of(request).username, row=found, values=changed)

    here = reverse("submission_row", args=[key, _following(request, submission) or found.pk])
    # What is not open to the village any more has no form that could show why.
    shown = form if submission.open_to_village else None
    if done := act(request, do, to=here, form=shown, told=_verdict):
        return done
    rows = submission.rows.filter(replaced=False, verdict=Verdict.RETURNED)
    context = {
        "submission": submission,
        "row": found,
        "verdict": LEFT_OUT if found.dropped else found.verdict,
        "findings": findings,
        "form": form,
        "cells": [(form[field].label, cells[field]) for field in cells],
        "may_edit": submission.open_to_village and keeps,
        "next_row": rows.filter(pk__gt=found.pk).order_by("pk").first() or rows.exclude(pk=found.pk).first(),
        "left": rows.count(),
    }
    return render(request, "submissions/row.html", context)


def drop(request: HttpRequest, key: int, row: int) -> HttpResponse:
    """Leave a row out of the submission with a reason, or put it back."""
    found = _row(submission_of(request, key), row)
    here = reverse("submission_row", args=[key, row])
    by = user_of(request).username

    def do() -> Text:
        if request.POST.get("step") == "back":
            actions.put_back(by=by, row=found)
            return Text("Baris ini dihitung lagi.", "This row counts again.")
        actions.drop(by=by, row=found, reason=typed(request.POST, "reason", 200))
        return Text("Baris dikeluarkan; dapat dimasukkan lagi.", "Row left out; it can be put back.")

    return act(request, do, to=here, told=lambda told: told) or redirect(here)


def drop_many(request: HttpRequest, key: int) -> HttpResponse:
    """Leave the ticked rows out of the submission with one reason, or put them back."""
    submission = submission_of(request, key)
    back = request.POST.get("step") == "back"
    here = reverse("submission_rows", args=[key]) + ("?keluar=ya" if back else "")
    keys = {found for text in request.POST.getlist("baris")[:MOST] if (found := key_of(text)) is not None}
    by = user_of(request).username

    def do() -> Text:
        if back:
            many = actions.put_back_many(by=by, submission=submission, keys=keys)
            return Text(f"{many} baris dihitung lagi.", f"{many} rows count again.")
        reason = typed(request.POST, "reason", 200)
        many = actions.drop_many(by=by, submission=submission, keys=keys, reason=reason)
        return Text(
            f"{many} baris dikeluarkan; dapat dimasukkan lagi.",
            f"{many} rows left out; they can be put back.",
        )

    return act(request, do, to=here, told=lambda told: told) or redirect(here)


def _following(request: HttpRequest, submission: Submission) -> int | None:
    """Return the row to go on with, where somebody asked for the next one."""
    asked = key_of(request.POST.get("next", ""))
    found = submission.rows.filter(pk=asked).first() if asked is not None else None
    return found.pk if found else None


def drop_passed(request: HttpRequest, key: int) -> HttpResponse:
    """Leave out everybody who passed in another submission already."""
    submission = submission_of(request, key)
    show = reverse("submission_show", args=[key])

    def do() -> int:
        return actions.drop_passed(by=user_of(request).username, submission=submission)

    def told(many: int) -> Text:
        return Text(
            f"{many} orang yang sudah lolos dikeluarkan dari usulan ini.",
            f"{many} people who passed already were left out of this submission.",
        )

    return act(request, do, to=show, told=told) or redirect(show)


def _row(submission: Submission, key: int) -> Row:
    return get_object_or_404(submission.rows.select_related("upload", "submission"), pk=key)


def _verdict(mended: Row | None) -> Told:
    if mended is None:
        return None
    verdict = mended.verdict.text
    told = Text(f"Tersimpan: {verdict.id}.", f"Saved: {verdict.en}.")
    return ("warning", told) if mended.verdict == Verdict.RETURNED else told
