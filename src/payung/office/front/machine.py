"""The state of this office for whoever looks after it: what is wrong, work that failed, files that were withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import PayungError
from payung.office.access.requests import user_of
from payung.office.desk.act import act
from payung.office.desk.fields import ReasonField
from payung.office.desk.words import say, typed
from payung.office.history import marks
from payung.office.jobs import health
from payung.office.jobs.actions import start_again
from payung.office.jobs.models import Job
from payung.office.service import installation, leftovers, pristine
from payung.text import Text

ANEW = Text(
    "Peragaan dimulai dari awal: masuk lagi dengan sandi peragaan.",
    "The demonstration began anew: sign in again with the password of the demonstration.",
)
MOST = 100  # jobs and files on the page


class Erase(forms.Form):
    """Why a withdrawn file goes before its time."""

    print = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = ReasonField()


def failed() -> QuerySet[Job]:
    """Return work that was given up by a fault of the office, latest first."""
    return Job.objects.filter(state=Job.State.FAILED, broken=True).order_by("-pk")


def show(request: HttpRequest) -> HttpResponse:
    """What is wrong, when the last backup was, the end of the history, and what can be done."""
    return _page(request, Erase(auto_id=False))


def _page(request: HttpRequest, form: Erase) -> HttpResponse:
    works, told = health.look()
    jobs = list(failed()[: MOST + 1])
    files = leftovers.loose(timezone.now())
    context: dict[str, Any] = {
        "works": works,
        "said": health.said(told),
        "version": told["version"],
        "installation": installation.installation(),
        "end": marks.head(),
        "jobs": jobs[:MOST],
        "total": failed().count() if len(jobs) > MOST else len(jobs),
        "files": files[:MOST],
        "many_files": len(files),
        "form": form,
        "resets": pristine.kept(),
    }
    return render(request, "front/machine.html", context)


def reset(request: HttpRequest) -> HttpResponse:
    """Put a demonstration back to how it was filled, and sign everybody out; refused in a real office."""
    if request.method != "POST":
        return redirect("machine")
    by = user_of(request).username
    try:
        pristine.reset(by=by)
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("machine")
    request.session = SessionStore()  # the one of before is in the state that is no more
    messages.success(request, say(ANEW))
    response = redirect("account_login")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    return response


def again(request: HttpRequest) -> HttpResponse:
    """Start one failed piece of work again."""
    number = typed(request.POST, "job", 18)
    key = int(number) if number.isascii() and number.isdecimal() else 0
    told = Text(
        "Dimulai lagi; lihat hasilnya sebentar lagi.", "Started again; look at the result in a moment."
    )
    to = reverse("machine")
    return act(
        request, lambda: start_again(by=user_of(request).username, key=key), to=to, told=told
    ) or redirect(to)


def erase(request: HttpRequest) -> HttpResponse:
    """Erase a withdrawn file before its time, with a reason."""
    form, to = Erase(request.POST or None, auto_id=False), reverse("machine")

    def do() -> int:
        return leftovers.erase(
            by=user_of(request).username, print=form.cleaned_data["print"], reason=form.cleaned_data["reason"]
        )

    if request.method == "POST" and not form.is_valid():
        return _page(request, form)
    told = Text(
        "Berkas dihapus untuk selamanya; alasannya dicatat.", "The file is gone for good; why is recorded."
    )
    return act(request, do, form=form, to=to, told=told) or _page(request, form)
