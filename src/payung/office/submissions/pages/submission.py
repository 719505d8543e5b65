"""Pages of one submission: beginning it, what stands in it, and its steps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.act import act
from payung.office.desk.words import say, typed
from payung.office.face import gathered_deeds
from payung.office.history import queries as history
from payung.office.people.models import Person
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.office.submissions import actions
from payung.office.submissions.forms import Begin
from payung.office.submissions.models import Submission
from payung.office.submissions.queries import (
    decides,
    of_elsewhere,
    passed_before,
    reaches,
    row_counts,
    stopped_landing,
)
from payung.office.submissions.states import DRAFT, STEPS
from payung.text import Text

SHORT, LONG = 40, 2000  # lines of the history, at first and where somebody asks for all


def begin(request: HttpRequest) -> HttpResponse:
    """Choose the village and the list, then go on to the upload."""
    villages = list(Region.objects.filter(scope_of(request).in_places("code"), level="village"))
    form = Begin(request.POST or None, villages=villages)

    def do() -> Submission:
        values = form.cleaned_data
        return actions.begin(
            by=user_of(request).username, village_code=values["village"], kind=values["kind"]
        )

    def to(made: Submission) -> str:
        return reverse("submission_show", args=[made.pk])

    done = act(request, do, to=to, form=form, told=lambda _: None)
    return done or render(request, "submissions/begin.html", {"form": form})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One submission: its files, its rows by verdict, what can be done now, what was done."""
    submission = submission_of(request, key)
    user = user_of(request)
    places = regions.names([submission.village_code])
    steps = [
        step
        for step in STEPS
        if submission.state in step.sources and reaches(user, step.permission, submission)
    ]
    shown, stopped = files(request, submission), stopped_landing(submission)
    counts = row_counts(submission)
    context = {
        "submission": submission,
        "village": places.get(submission.village_code, submission.village_code),
        "subdistrict": places.get(submission.village_code.rpartition(".")[0], ""),
        **shown,
        "upload_limit": settings.UPLOAD_LIMIT,
        "stopped": stopped,
        "may_enter": stopped is not None and reaches(user, Permission.SUBMISSION_ACCEPT, submission),
        "counts": counts,
        "passed": passed_before(submission).count() if submission.open_to_village else 0,
        "elsewhere": of_elsewhere(submission).count() if decides(user, submission) else 0,
        "steps": [step for step in steps if not step.reason],
        "ready": counts["accepted"] + counts["noted"],
        "may_discard": shown["may_edit"] and submission.state == DRAFT and not shown["uploads"],
        "return_step": next((step for step in steps if step.reason), None),
        **timeline(request, f"submission:{submission.pk}"),
    }
    response = render(request, "submissions/show.html", context)
    if context["busy"]:  # the page loads itself again once the files are read: what it told is told again
        held = messages.get_messages(request)
        if isinstance(held, BaseStorage):
            held.used = False
    return response


def timeline(request: HttpRequest, subject: str) -> dict[str, Any]:
    """Return what was done to ``subject``: equal events gathered, those of people with the names that may be seen."""
    asked = request.GET.get("riwayat") == "semua"
    events = history.of_subject(subject).exclude(action__in=["person.create", "person.change"])
    lines, older = history.gathered(events, gathered_deeds(), LONG if asked else SHORT)
    keys = {person for line in lines for person in line.people}
    people = user_of(request).scope(Permission.PERSON_VIEW).of(Person).filter(pk__in=keys)
    names = dict(people.values_list("pk", "name")) if keys else {}
    return {"events": lines, "older": older, "names": names}


def progress(request: HttpRequest, key: int) -> HttpResponse:
    """The list of files with how far each is read; asked for again while one is busy."""
    submission = submission_of(request, key)
    context = {"submission": submission, **files(request, submission)}
    response = render(request, "submissions/uploads.html", context)
    if not context["busy"]:
        response["HX-Refresh"] = "true"  # the counts and the buttons of the page have changed
    return response


def files(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """Return what the list of files shows: to those who keep this list also its workbooks with whole numbers."""
    uploads = list(submission.uploads.select_related("job", "replaced_by", "compared_with"))
    keeps = reaches(user_of(request), Permission.SUBMISSION_EDIT, submission)
    return {
        "uploads": uploads,
        "busy": any(upload.job and upload.job.open for upload in uploads),
        "asked": sum(upload.asked and upload.replaced_by_id is None for upload in uploads),
        "counting": [upload for upload in uploads if upload.read and upload.replaced_by_id is None],
        "may_take": keeps,
        "may_edit": keeps and submission.open_to_village,
    }


def enter(request: HttpRequest, key: int) -> HttpResponse:
    """Let the worker go on entering the rows of an accepted submission."""
    submission = submission_of(request, key)
    user, show = user_of(request), reverse("submission_show", args=[key])
    if stopped_landing(submission) is None:
        return redirect(show)

    def do() -> None:
        actions.enter(by=user.username, submission=submission)

    return act(request, do, to=show, told=Text("Dilanjutkan.", "It goes on.")) or redirect(show)


def discard(request: HttpRequest, key: int) -> HttpResponse:
    """Take away a draft that was begun by mistake."""
    submission = submission_of(request, key)
    show = reverse("submission_show", args=[key])
    told = Text("Draf dibuang.", "Draft discarded.")

    def do() -> None:
        actions.discard(by=user_of(request).username, submission=submission)

    return act(request, do, to=reverse("submission_list"), told=told, back=show) or redirect(show)


def move(request: HttpRequest, key: int) -> HttpResponse:
    """Submit, endorse, accept or return."""
    submission = submission_of(request, key)
    show = reverse("submission_show", args=[key])
    name = request.POST.get("step", "")
    step = actions.step_for(submission, name)
    if request.method == "POST" and step is None:
        state = submission.state.text
        told = Text(
            f"Tidak ada yang berubah: usulan ini sekarang “{state.id}”.",
            f"Nothing was changed: this submission is now “{state.en}”.",
        )
        messages.info(request, say(told))
        return redirect(show)
    if step is not None and not reaches(user_of(request), step.permission, submission):
        raise PermissionDenied("this step belongs to somebody else")

    def do() -> None:
        reason = typed(request.POST, "reason")
        actions.move(by=user_of(request).username, submission=submission, name=name, reason=reason)

    done = Text("Sudah. Langkah ini dicatat.", "Done. This step is recorded.")
    return act(request, do, to=show, told=done) or redirect(show)


def submission_of(request: HttpRequest, key: int) -> Submission:
    """Return the submission with this key within the scope of this page."""
    return get_object_or_404(scope_of(request).of(Submission), pk=key)
