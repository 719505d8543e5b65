"""Pages of the inspectorate: what looks odd, drawing a sample, and the second look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.requests import scope_of, user_of
from payung.office.desk.act import act, values_of
from payung.office.desk.numbers import key_of
from payung.office.history.queries import of_subject
from payung.office.patterns import actions, queries, rules
from payung.office.patterns.forms import DrawForm, LookForm
from payung.office.patterns.states import PatternKind

SHOWN = 20


def listed(request: HttpRequest) -> HttpResponse:
    """What looks odd, by kind."""
    found = queries.seen(scope_of(request), timezone.localdate())
    groups = [
        {"kind": kind, "found": [one for one in found if one.pattern.kind is kind]} for kind in PatternKind
    ]
    context = {"groups": groups, "many": len(found), "years": queries.YEARS, "days": rules.NEAR_DAYS}
    return render(request, "patterns/list.html", context)


def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    today = timezone.localdate()
    initial = {"since": today.replace(month=1, day=1), "until": today, "size": 10}
    form = DrawForm(request.POST or None, initial=initial)
    answered = act(
        request,
        lambda: actions.draw(by=user_of(request).username, scope=scope_of(request), **values_of(form)),
        form=form,
        to=lambda made: reverse("sample_show", args=[made.pk]),
    )
    return answered or render(request, "patterns/draw.html", {"form": form})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One sample: its cases, and the form of the one that is looked at."""
    sample = get_object_or_404(queries.samples(scope_of(request)), pk=key)
    rows = list(sample.drawn.select_related("case__incident"))
    at = key_of(request.POST.get("baris") or request.GET.get("baris") or "")
    row = next((one for one in rows if one.pk == at), None)
    form = LookForm(request.POST or None, initial={"verdict": row.verdict, "note": row.note}) if row else None
    if request.method == "POST":
        if row is None:
            return redirect("sample_show", key=key)
        answered = act(
            request,
            lambda: actions.look(by=user_of(request).username, row=row, **values_of(form)),  # type: ignore[arg-type]
            form=form,
            to=reverse("sample_show", args=[key]),
        )
        if answered:
            return answered
    events = of_subject(sample.subject)[:SHOWN]
    context = {"sample": sample, "rows": rows, "row": row, "form": form, "events": events}
    return render(request, "patterns/sample.html", context)
