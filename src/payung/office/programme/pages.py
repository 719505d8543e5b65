"""Pages of agreements, money, and the calendar of what ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.desk.act import act, must_reach, values_of
from payung.office.desk.words import say
from payung.office.history import queries as history
from payung.office.programme import actions
from payung.office.programme.advice import compare
from payung.office.programme.forms import NewAgreement, NewEntry, NewFile, NewLine, Segments
from payung.office.programme.models import AgreementFile, Line
from payung.office.programme.queries import endings, in_force_on, seen
from payung.office.programme.queries.faults import line_warnings
from payung.office.programme.rules import ALARMS
from payung.office.programme.states import EntryKind
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.office.submissions.papers.files import opened
from payung.text import Text

SHOWN = 50


def agreement_new(request: HttpRequest) -> HttpResponse:
    """Record an agreement or an addendum."""
    scope = scope_of(request)
    form = NewAgreement(request.POST or None, places=_places(scope), papers=seen.agreements(scope))

    def add() -> str:
        made = actions.add_agreement(by=user_of(request).username, paper=actions.Paper(**values_of(form)))
        return reverse("agreement_show", args=[made.pk])

    answered = act(request, add, to=lambda address: address, form=form)
    return answered or render(request, "programme/agreement_new.html", {"form": form})


def agreement_show(request: HttpRequest, key: int) -> HttpResponse:
    """One agreement: its days, its amendments, its quotas, its files, and what was done."""
    scope, user = scope_of(request), user_of(request)
    agreement = get_object_or_404(seen.agreements(scope), pk=key)
    may_edit = user.scope(Permission.DECREE_EDIT).covers(agreement.region_code)
    form = NewFile(request.POST or None, request.FILES or None) if may_edit else None
    if request.method == "POST":
        must_reach(request, Permission.DECREE_EDIT, agreement.region_code)
        assert form is not None
        answered = act(
            request,
            lambda: actions.attach(by=user.username, agreement=agreement, file=form.cleaned_data["file"]),
            to=request.path,
            form=form,
        )
        if answered:
            return answered
    holding = [one for one in in_force_on(timezone.localdate()) if agreement in (one.paper, one.terms)]
    places = list(agreement.places.select_related("balance"))
    context = {
        "agreement": agreement,
        "holding": holding[0] if holding else None,
        "places": places,
        "names": regions.names(place.region_code for place in places),
        "children": agreement.children.all(),
        "files": agreement.files.all(),
        "form": form,
        "events": history.of_subject(f"agreement:{agreement.pk}")[:SHOWN],
    }
    return render(request, "programme/agreement.html", context)


def agreement_file(request: HttpRequest, key: int, file: int) -> HttpResponse:
    """Hand out a file of an agreement."""
    agreement = get_object_or_404(seen.agreements(scope_of(request)), pk=key)
    kept = get_object_or_404(AgreementFile, pk=file, agreement=agreement)
    with opened(kept.path) as path:
        response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return response


def calendar(request: HttpRequest) -> HttpResponse:
    """What ends within ninety days: whose cover, which agreements, and lines that run out."""
    scope, today = scope_of(request), timezone.localdate()
    last = today + dt.timedelta(days=max(ALARMS))
    ends = endings(scope, today, max(ALARMS))
    visible = set(seen.agreements(scope).values_list("pk", flat=True))
    papers = [
        (one, (one.terms.ends - today).days)
        for one in in_force_on(today)
        if one.terms.ends <= last and one.paper.pk in visible
    ]
    context = {
        "today": today,
        "alarms": [
            (limit, sum(one.people for one in ends if one.days(today) <= limit)) for limit in sorted(ALARMS)
        ],
        "ends": [(one, one.days(today)) for one in ends],
        "papers": sorted(papers, key=lambda item: item[1]),
    }
    return render(request, "programme/calendar.html", context)


def segments(request: HttpRequest) -> HttpResponse:
    """PU and BPU side by side for a category: cost, benefit and what else; decides nothing."""
    form = Segments(request.GET or None)
    found = None
    if form.is_valid():
        try:
            found = compare(**values_of(form))
        except PayungError as error:
            form.add_error(None, say(error.message))
    return render(request, "programme/segments.html", {"form": form, "advice": found})


def line_new(request: HttpRequest) -> HttpResponse:
    """Record a line of money."""
    form = NewLine(request.POST or None, places=_places(scope_of(request)))
    answered = act(
        request,
        lambda: actions.add_line(by=user_of(request).username, **values_of(form)),
        to=lambda line: reverse("line_show", args=[line.pk]),
        form=form,
    )
    return answered or render(request, "programme/line_new.html", {"form": form})


def line_show(request: HttpRequest, key: int) -> HttpResponse:
    """One line: what is free and where the rest is, its entries, what the law warns of, when it runs out."""
    scope, user = scope_of(request), user_of(request)
    line = get_object_or_404(seen.lines(scope), pk=key)
    may_edit = user.scope(Permission.QUOTA_EDIT).covers(line.region_code)
    others = seen.lines(user.scope(Permission.QUOTA_EDIT)).exclude(pk=key)
    form = NewEntry(request.POST or None, lines=others) if may_edit else None
    if request.method == "POST":
        must_reach(request, Permission.QUOTA_EDIT, line.region_code)
        assert form is not None
        answered = act(request, lambda: _book(user.username, line, form), to=request.path, form=form)
        if answered:
            return answered
    out = seen.runs_out(line)
    entries = list(line.entries.order_by("-pk")[:SHOWN])
    context = {
        "line": line,
        "place": regions.names([line.region_code]).get(line.region_code, line.region_code),
        "balance": line.balance,
        "entries": entries,
        "more": line.entries.count() - len(entries),
        "runs_out": months.first_day(out) if out else None,
        "warnings": line_warnings(line) if line.categories else [],
        "form": form,
    }
    return render(request, "programme/line.html", context)


def _book(by: str, line: Line, form: NewEntry) -> Any:
    values = form.cleaned_data
    if values["kind"] == EntryKind.CEILING:
        return actions.book(
            by=by,
            line=line,
            kind="ceiling",
            amount=values["amount"],
            subject=line.subject,
            note=values["reason"],
        )
    if values["target"] is None:
        raise InputError(Text("Pilih baris dana tujuan.", "Choose the line to move to."), at="target")
    return actions.shift(
        by=by, source=line, target=values["target"], amount=values["amount"], reason=values["reason"]
    )


def _places(scope: Scope) -> list[Region]:
    return list(Region.objects.filter(scope.in_places("code")))
