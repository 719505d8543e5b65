"""Pages of clinics: one by hand, a list of the branch, the half page for the hospital."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.clinics import actions, queries
from payung.office.clinics.actions import Taken
from payung.office.clinics.forms import ClinicForm, TakeForm, WordForm
from payung.office.clinics.lists import places
from payung.office.clinics.models import Clinic
from payung.office.desk.act import act, values_of
from payung.text import Text

SHOWN = 5  # rows of a list that are named where they cannot be used


def add(request: HttpRequest) -> HttpResponse:
    """Add a clinic."""
    return _form(request, None, {})


def edit(request: HttpRequest, key: int) -> HttpResponse:
    """Change a clinic, or end it."""
    clinic = get_object_or_404(queries.clinics(scope_of(request)), pk=key)
    names = ("name", "subdistrict_code", *actions.FACTS)
    return _form(request, clinic, {name: getattr(clinic, name) for name in names})


def take(request: HttpRequest) -> HttpResponse:
    """Take the branch's list."""
    form = TakeForm(request.POST or None, request.FILES or None)

    def do() -> Taken:
        file = form.cleaned_data["file"]
        return actions.take(
            by=user_of(request).username,
            name=file.name,
            content=file.read(),
            region_code=queries.districts(scope_of(request))[0],
            complete=form.cleaned_data["complete"],
        )

    answered = act(request, do, form=form, to=reverse("clinic_list"), told=_told)
    return answered or render(request, "clinics/take.html", {"form": form})


def says(request: HttpRequest) -> HttpResponse:
    """The half page for the hospital, to print; whoever keeps the clinics words it."""
    user, scope = user_of(request), scope_of(request)
    code = scope.places[0] if scope.places else ""
    may = user.may(Permission.CLINIC_EDIT)
    lines = queries.says(code)
    form = (
        WordForm(request.POST or None, initial={"lines": "\n".join(line.id for line in lines)})
        if may
        else None
    )
    if form is not None:
        answered = act(
            request,
            lambda: actions.word(by=user.username, region_code=code[:5], **values_of(form)),
            form=form,
            to=reverse("clinic_says"),
        )
        if answered:
            return answered
    near = queries.near(code, timezone.localdate())
    return render(request, "clinics/says.html", {"near": near, "form": form})


def _form(request: HttpRequest, clinic: Clinic | None, initial: dict[str, Any]) -> HttpResponse:
    form = ClinicForm(request.POST or None, initial=initial, places=places(request))
    answered = act(
        request,
        lambda: actions.keep(by=user_of(request).username, clinic=clinic, **values_of(form)),
        form=form,
        to=reverse("clinic_list"),
    )
    return answered or render(request, "clinics/form.html", {"form": form, "clinic": clinic})


def _told(done: Taken) -> list[Any]:
    told: list[Any] = [
        Text(
            f"Baru {done.new}, berubah {done.changed}, tetap {done.same}, berakhir {done.ended}.",
            f"New {done.new}, changed {done.changed}, as before {done.same}, ended {done.ended}.",
        )
    ]
    for line in done.faults[:SHOWN]:
        assert line.fault is not None
        told.append(
            ("warning", Text(f"Baris {line.row}: {line.fault.id}", f"Row {line.row}: {line.fault.en}"))
        )
    if len(done.faults) > SHOWN:
        more = len(done.faults) - SHOWN
        told.append(("warning", Text(f"dan {more} baris lain tidak terbaca.", f"and {more} more rows.")))
    return told
