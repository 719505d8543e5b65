"""Pages of the files of a submission: sending them, what their columns mean, the workbook that goes back."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from payung.codes.field import OFFERED, Field
from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.desk.act import act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import say
from payung.office.submissions import actions
from payung.office.submissions.models import SURE, Submission, Upload
from payung.office.submissions.pages.submission import submission_of
from payung.office.submissions.queries import reaches
from payung.office.submissions.rules.columns import corrections_of, name_of
from payung.office.submissions.states import Version
from payung.text import Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(request: HttpRequest, key: int) -> HttpResponse:
    """Take the files of the form; each is read in the background."""
    submission = submission_of(request, key)
    if request.method != "POST":
        return redirect("submission_show", key=key)
    list(messages.get_messages(request))  # those of an earlier upload were shown while it was read
    there = set(submission.uploads.filter(read=True).values_list("pk", flat=True))
    taken = []
    sent_now = request.FILES.getlist("files")
    said, earlier = _said(request, submission)
    if earlier and len(sent_now) > 1:
        one = Text("Versi baru: kirim satu berkas saja.", "A new version: send one file only.")
        messages.error(request, say(one))
        sent_now = []
    for file in sent_now:
        try:
            sent = actions.upload(
                by=user_of(request).username, submission=submission, file=file, version=said, earlier=earlier
            )
        except PayungError as error:
            messages.error(request, say(error.message))
            continue
        if sent.pk in there:
            told = Text(
                f"{sent.name} sudah ada dan sudah dibaca; tidak masuk dua kali.",
                f"{sent.name} is here already and was read; it does not go in twice.",
            )
            messages.info(request, say(told))
        else:
            taken.append(sent.name)
    if taken:
        names = ", ".join(taken)
        messages.success(request, say(Text(f"Berkas diterima: {names}.", f"Taken: {names}.")))
    if not request.FILES:
        messages.error(request, say(Text("Pilih berkasnya dahulu.", "Choose a file first.")))
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        # A redirect would be followed by the script, and the page that tells all this be thrown away.
        return HttpResponse(headers={"X-Payung-To": reverse("submission_show", args=[key])})
    return redirect("submission_show", key=key)


def _said(request: HttpRequest, submission: Submission) -> tuple[Version | None, Upload | None]:
    """Return what the form says that the files are: nothing, another list, or a new version of one that is there."""
    chosen = request.POST.get("version", "")
    if chosen == Version.OTHER:
        return Version.OTHER, None
    key = key_of(chosen)
    return (Version.NEW, _file(submission, key)) if key else (None, None)


def version(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """Take the answer to whether a file is a new version of an earlier one."""
    file = _file(submission_of(request, key), upload)
    show = reverse("submission_show", args=[key])
    said = Version.known(request.POST.get("version", ""))
    if said not in (Version.NEW, Version.OTHER):
        return redirect(show)

    def do() -> None:
        actions.say_version(by=user_of(request).username, upload=file, version=said)

    told = {
        Version.NEW: Text(
            f"{file.name} menggantikan berkas sebelumnya.", f"{file.name} takes the place of the file before."
        ),
        Version.OTHER: Text(
            f"{file.name} dihitung sebagai daftar lain.", f"{file.name} counts as another list."
        ),
    }[said]
    return act(request, do, to=show, told=told) or redirect(show)


def columns(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """What each column was taken for and why; a wrong one is corrected in place and the file read again."""
    submission = submission_of(request, key)
    file = _file(submission, upload)
    keeps = reaches(user_of(request), Permission.SUBMISSION_EDIT, submission)
    may_edit = submission.open_to_village and keeps
    if request.method == "POST":
        if not keeps:
            raise PermissionDenied("columns are corrected by those who keep this list")
        return _correct(request, file)
    samples = json.loads(file.samples or "[]")
    for place, table in enumerate(file.tables):
        for column in table["columns"]:
            column["meaning"] = name_of(column["field"])
            column["samples"] = samples[place].get(str(column["at"]), []) if place < len(samples) else []
            column["doubtful"] = column["field"] != Field.OTHER and column["confidence"] < SURE
        table["columns"].sort(key=lambda column: not column["doubtful"])  # what should be looked at first
    context = {
        "submission": submission,
        "file": file,
        "fields": [(field.value, field.text) for field in OFFERED],
        "known": set(OFFERED),
        "may_edit": may_edit,
        "mended": file.rows.filter(Q(mended=True) | ~Q(dropped="")).count() if may_edit else 0,
    }
    return render(request, "submissions/columns.html", context)


def _correct(request: HttpRequest, file: Upload) -> HttpResponse:
    here = reverse("submission_columns", args=[file.submission_id, file.pk])
    corrections = corrections_of(file, request.POST)
    if not corrections:
        nothing = Text("Tidak ada arti kolom yang diubah.", "No meaning of a column was changed.")
        messages.info(request, say(nothing))
        return redirect(here)

    def do() -> None:
        actions.correct_columns(by=user_of(request).username, upload=file, corrections=corrections)

    told = Text(
        f"Arti kolom tersimpan; {file.name} dibaca ulang.", f"Meanings saved; {file.name} is read again."
    )
    to = reverse("submission_show", args=[file.submission_id])
    return act(request, do, to=to, told=told, back=here) or redirect(here)


def corrected(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """Hand out the village's own workbook with its faulty cells marked; recorded like every file that leaves."""
    file = _file(submission_of(request, key), upload)
    try:
        name, content = actions.corrected(by=user_of(request).username, upload=file)
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("submission_show", key=key)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def withdraw(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """Take a file that does not belong here out of the submission again."""
    file = _file(submission_of(request, key), upload)
    show = reverse("submission_show", args=[key])
    told = Text(f"{file.name} dan barisnya ditarik.", f"{file.name} and its rows were withdrawn.")

    def do() -> None:
        actions.withdraw(by=user_of(request).username, upload=file)

    return act(request, do, to=show, told=told) or redirect(show)


def _file(submission: Submission, key: int) -> Upload:
    return get_object_or_404(Upload.objects.select_related("submission"), pk=key, submission=submission)
