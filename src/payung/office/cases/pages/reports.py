"""Reporting an event: by an account, and by the link of a village without one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cases import actions
from payung.office.cases.actions import Reported, Told
from payung.office.cases.forms import LinkForm, ReportForm
from payung.office.cases.models import Report, VillageLink
from payung.office.cases.states import FATAL, Channel
from payung.office.clinics.queries import near
from payung.office.desk.act import act
from payung.office.people.pages.changes import village_choices
from payung.office.regions import queries as regions
from payung.text import Text

BY_LINK = "tautan"
MOST_AN_HOUR = 30  # reports by the link of one village


def report(request: HttpRequest) -> HttpResponse:
    """Report an accident or a death."""
    user = user_of(request)
    scope = scope_of(request)
    form = ReportForm(request.POST or None, villages=village_choices(scope), initial={"reporter": user.name})

    def send() -> Reported:
        told = replace(_told(form, Channel.OFFICE), reaches=scope.covers)
        return actions.report(by=user.username, told=told)

    def further(made: Reported) -> str:
        if user.may(Permission.CASE_VIEW):
            return reverse("case_show", args=[made.cases[0].pk])
        return request.path

    answered = act(request, send, to=further, form=form, told=_sentence)
    return answered or render(request, "cases/report.html", {"form": form})


def public_report(request: HttpRequest, word: str) -> HttpResponse:
    """Report without an account, with the link of the village. Tells a number and nothing else."""
    village = actions.village_of(word)
    if village is None:
        raise Http404("no such link")
    form = ReportForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "village": regions.names([village]).get(village, village)}
    if request.method == "POST" and form.is_valid():
        try:
            told = _told(form, Channel.LINK, village)
            _not_too_many(village, told)
            made = actions.report(by=BY_LINK, told=told)
        except InputError as error:
            form.add_error(error.at if error.at in form.fields else None, error.read())
        else:
            hurt = told.happening not in FATAL
            context |= {"number": made.incident.number, "hurt": hurt}
            context |= {"near": near(village, timezone.localdate()) if hurt else None}
            return render(request, "cases/reported.html", context)
    return render(request, "cases/public_report.html", context)


def links(request: HttpRequest) -> HttpResponse:
    """The links of villages: make a new one (shown once), or close one."""
    scope = scope_of(request)
    form = LinkForm(request.POST or None, villages=village_choices(scope))
    made = ""
    if request.method == "POST" and form.is_valid():
        village = form.cleaned_data["village"]
        if request.POST.get("tutup"):
            actions.close_link(by=user_of(request).username, village_code=village)
        else:
            word = actions.open_link(by=user_of(request).username, village_code=village)
            made = request.build_absolute_uri(reverse("public_report", args=[word]))
    rows = list(VillageLink.objects.filter(scope.in_places("village_code"), closed_at__isnull=True))
    context = {
        "form": form,
        "made": made,
        "links": rows,
        "names": regions.names(row.village_code for row in rows),
    }
    return render(request, "cases/links.html", context)


def _told(form: ReportForm, channel: Channel, village: str = "") -> Told:
    values = dict(form.cleaned_data)
    values.setdefault("village_code", village)
    return Told(**values, channel=channel)


def _not_too_many(village: str, told: Told) -> None:
    if actions.sent_before(told) is not None:
        return  # the phone sends again what it got no answer to
    since = timezone.now() - dt.timedelta(hours=1)
    many = Report.objects.filter(channel=Channel.LINK, at__gte=since, incident__village_code=village).count()
    if many >= MOST_AN_HOUR:
        raise InputError(
            Text(
                "Terlalu banyak laporan lewat tautan ini: telepon kantor desa.",
                "Too many reports by this link: call the village office.",
            )
        )


def _sentence(made: Reported) -> Text:
    if made.joined:
        return Text(
            f"Kejadian ini sudah dilaporkan sebagai {made.incident.number}: laporan Anda ditambahkan.",
            f"This event is reported already as {made.incident.number}: your report was added.",
        )
    return Text(
        f"Tercatat dengan nomor {made.incident.number}.", f"Recorded with the number {made.incident.number}."
    )
