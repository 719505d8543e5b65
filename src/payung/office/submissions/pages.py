"""Pages of submissions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from payung.codes.field import OFFERED
from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.words import say, typed
from payung.office.history import queries as history
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.office.submissions import actions
from payung.office.submissions.forms import Begin
from payung.office.submissions.models import Submission, Upload
from payung.office.submissions.rules import twins
from payung.office.submissions.rules.columns import corrections_of, name_of
from payung.office.submissions.states import DRAFT, STEPS
from payung.text import Text


def begin(request: HttpRequest) -> HttpResponse:
    """Choose the village and the list, then go on to the upload."""
    scope = user_of(request).scope(Permission.SUBMISSION_EDIT)
    villages = list(Region.objects.filter(scope.in_places("code"), level="village"))
    form = Begin(request.POST or None, villages=villages)
    if request.method == "POST" and form.is_valid():
        submission = actions.begin(
            by=user_of(request).username,
            village_code=form.cleaned_data["village"],
            kind=form.cleaned_data["kind"],
        )
        return redirect("submission_show", key=submission.pk)
    return render(request, "submissions/begin.html", {"form": form})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One submission: its files, its rows by verdict, what can be done now, what was done."""
    submission = submission_of(request, key)
    user = user_of(request)
    places = regions.names([submission.village_code])
    steps = [
        step
        for step in STEPS
        if submission.state in step.sources and _reaches(user, step.permission, submission)
    ]
    files = _files(request, submission)
    context = {
        "submission": submission,
        "village": places.get(submission.village_code, submission.village_code),
        "subdistrict": places.get(submission.village_code.rpartition(".")[0], ""),
        **files,
        "counts": row_counts(submission),
        "elsewhere": twins.of_elsewhere(submission).count() if _decides(user, submission) else 0,
        "steps": [step for step in steps if not step.reason],
        "may_discard": files["may_edit"] and submission.state == DRAFT and not files["uploads"],
        "return_step": next((step for step in steps if step.reason), None),
        "events": history.of_subject(f"submission:{submission.pk}").exclude(
            action__in=["person.create", "person.change"]
        )[:60],
    }
    response = render(request, "submissions/show.html", context)
    if context["busy"]:  # the page loads itself again once the files are read: what it told is told again
        held = messages.get_messages(request)
        if isinstance(held, BaseStorage):
            held.used = False
    return response


def _decides(user: Any, submission: Submission) -> bool:
    """Tell whether ``user`` endorses, accepts or examines lists like this one."""
    ways = (Permission.SUBMISSION_ENDORSE, Permission.SUBMISSION_ACCEPT, Permission.LOG_EXPORT)
    return any(_reaches(user, permission, submission) for permission in ways)


def row_counts(submission: Submission) -> dict[str, Any]:
    """Return how many rows have each verdict, and how many each reason, commonest first; three queries."""
    rows = submission.rows.filter(replaced=False)
    verdicts = dict(rows.order_by().values_list("verdict").annotate(Count("pk")))
    reasons: Counter[str] = Counter()
    for text, many in rows.order_by().exclude(reasons="").values_list("reasons").annotate(Count("pk")):
        for code in text.split():
            reasons[code] += many
    return {
        "rows": sum(verdicts.values()),
        "dropped": submission.rows.exclude(dropped="").count(),
        **{verdict: verdicts.get(verdict, 0) for verdict in ("accepted", "noted", "returned")},
        "reasons": sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
    }


def progress(request: HttpRequest, key: int) -> HttpResponse:
    """The list of files with how far each is read; asked for again while one is busy."""
    submission = submission_of(request, key)
    context = {"submission": submission, **_files(request, submission)}
    response = render(request, "submissions/uploads.html", context)
    if not context["busy"]:
        response["HX-Refresh"] = "true"  # the counts and the buttons of the page have changed
    return response


def _files(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """Return what the list of files shows: to those who keep this list also its workbooks with whole numbers."""
    uploads = list(submission.uploads.select_related("job", "replaced_by"))
    keeps = _reaches(user_of(request), Permission.SUBMISSION_EDIT, submission)
    return {
        "uploads": uploads,
        "busy": any(upload.job and upload.job.open for upload in uploads),
        "may_take": keeps,
        "may_edit": keeps and submission.open_to_village,
    }


def upload(request: HttpRequest, key: int) -> HttpResponse:
    """Take the files of the form; each is read in the background."""
    submission = submission_of(request, key)
    if request.method != "POST":
        return redirect("submission_show", key=key)
    list(messages.get_messages(request))  # those of an earlier upload were shown while it was read
    there = set(submission.uploads.filter(read=True).values_list("pk", flat=True))
    taken = []
    for file in request.FILES.getlist("files"):
        try:
            sent = actions.upload(by=user_of(request).username, submission=submission, file=file)
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


def columns(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """What each column was taken for and why; a wrong one is corrected in place and the file read again."""
    submission = submission_of(request, key)
    file = get_object_or_404(Upload.objects.select_related("submission"), pk=upload, submission=submission)
    may_edit = submission.open_to_village and _reaches(
        user_of(request), Permission.SUBMISSION_EDIT, submission
    )
    if request.method == "POST":
        if not _reaches(user_of(request), Permission.SUBMISSION_EDIT, submission):
            raise PermissionDenied("columns are corrected by those who keep this list")
        corrections = corrections_of(file, request.POST)
        if not corrections:
            told = Text("Tidak ada arti kolom yang diubah.", "No meaning of a column was changed.")
            messages.info(request, say(told))
        elif _corrected(request, file, corrections):
            return redirect("submission_show", key=key)
        return redirect("submission_columns", key=key, upload=upload)
    context = {
        "submission": submission,
        "file": file,
        "fields": [(field.value, field.text) for field in OFFERED],
        "may_edit": may_edit,
        "mended": file.rows.filter(Q(mended=True) | ~Q(dropped="")).count() if may_edit else 0,
    }
    for table in file.tables:
        for column in table["columns"]:
            column["meaning"] = name_of(column["field"])
    context["known"] = set(OFFERED)
    return render(request, "submissions/columns.html", context)


def _corrected(request: HttpRequest, file: Upload, corrections: dict[str, str]) -> bool:
    try:
        actions.correct_columns(by=user_of(request).username, upload=file, corrections=corrections)
    except PayungError as error:
        messages.error(request, say(error.message))
        return False
    told = Text(
        f"Arti kolom tersimpan; {file.name} dibaca ulang.", f"Meanings saved; {file.name} is read again."
    )
    messages.success(request, say(told))
    return True


def corrected(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """Hand out the village's own workbook with its faulty cells marked; recorded like every file that leaves."""
    submission = submission_of(request, key)
    file = get_object_or_404(Upload.objects.select_related("submission"), pk=upload, submission=submission)
    try:
        name, content = actions.corrected(by=user_of(request).username, upload=file)
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("submission_show", key=key)
    response = HttpResponse(
        content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def withdraw(request: HttpRequest, key: int, upload: int) -> HttpResponse:
    """Take a file that does not belong here out of the submission again."""
    submission = submission_of(request, key)
    file = get_object_or_404(Upload.objects.select_related("submission"), pk=upload, submission=submission)
    if request.method != "POST":
        return redirect("submission_show", key=key)
    try:
        actions.withdraw(by=user_of(request).username, upload=file)
    except PayungError as error:
        messages.error(request, say(error.message))
    else:
        told = Text(f"{file.name} dan barisnya ditarik.", f"{file.name} and its rows were withdrawn.")
        messages.success(request, say(told))
    return redirect("submission_show", key=key)


def discard(request: HttpRequest, key: int) -> HttpResponse:
    """Take away a draft that was begun by mistake."""
    submission = submission_of(request, key)
    if request.method != "POST":
        return redirect("submission_show", key=key)
    if not _reaches(user_of(request), Permission.SUBMISSION_EDIT, submission):
        raise PermissionDenied("a draft is discarded by those who keep this list")
    try:
        actions.discard(by=user_of(request).username, submission=submission)
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("submission_show", key=key)
    messages.success(request, say(Text("Draf dibuang.", "Draft discarded.")))
    return redirect("submission_list")


def act(request: HttpRequest, key: int) -> HttpResponse:
    """Submit, endorse, accept or return."""
    submission = submission_of(request, key)
    name = request.POST.get("step", "")
    step = actions.step_for(submission, name)
    if request.method != "POST":
        return redirect("submission_show", key=key)
    if step is None:
        state = submission.state_name
        told = Text(
            f"Tidak ada yang berubah: usulan ini sekarang “{state.id}”.",
            f"Nothing was changed: this submission is now “{state.en}”.",
        )
        messages.info(request, say(told))
        return redirect("submission_show", key=key)
    if not _reaches(user_of(request), step.permission, submission):
        raise PermissionDenied("this step belongs to somebody else")
    try:
        actions.move(
            by=user_of(request).username,
            submission=submission,
            name=name,
            reason=typed(request.POST, "reason"),
        )
    except PayungError as error:
        messages.error(request, say(error.message))
    else:
        messages.success(request, say(Text("Sudah. Langkah ini dicatat.", "Done. This step is recorded.")))
    return redirect("submission_show", key=key)


def submission_of(request: HttpRequest, key: int) -> Submission:
    """Return the submission with this key within the scope of this page."""
    return get_object_or_404(scope_of(request).of(Submission), pk=key)


def _reaches(user: Any, permission: Permission, submission: Submission) -> bool:
    """Tell whether ``permission`` of ``user`` reaches ``submission``."""
    condition: Q = user.scope(permission).condition(Submission)
    return bool(Submission.objects.filter(condition, pk=submission.pk).exists())
