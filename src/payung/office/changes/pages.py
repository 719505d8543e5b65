"""Pages of changes: reporting one, deciding on it, and the panel on a person's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.changes import actions, dispatch, quarters
from payung.office.changes.endings import AHEAD, SOON, endings
from payung.office.changes.forms import Ending, Refreshed, Report
from payung.office.changes.models import Change, Refresh
from payung.office.changes.states import ChangeState
from payung.office.desk.act import act, must_cover, values_of
from payung.office.history.queries import of_subject
from payung.office.people.models import Person
from payung.office.regions.models import Region
from payung.office.regions.queries import names
from payung.text import Text


def report(request: HttpRequest, key: int) -> HttpResponse:
    """Report that something happened to a person."""
    person = get_object_or_404(scope_of(request).of(Person), pk=key)
    form = Report(request.POST or None)
    answer = act(
        request,
        lambda: actions.report(by=user_of(request).username, person=person, **values_of(form)),
        form=form,
        to=lambda done: reverse("change_show", kwargs={"key": done.change.pk}),
    )
    return answer or render(request, "changes/report.html", {"form": form, "person": person})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One change: what, when, with what evidence, who decided."""
    change = get_object_or_404(scope_of(request).of(Change).select_related("person"), pk=key)
    user = user_of(request)
    may = user.may(Permission.CHANGE_APPROVE) and user.scope(Permission.CHANGE_APPROVE).covers(
        change.village_code
    )
    context = {
        "change": change,
        "may_decide": may and change.state == ChangeState.REPORTED and change.by != user.username,
        "may_withdraw": may and change.state == ChangeState.APPROVED,
        "ending": Ending(),
        "events": of_subject(change.subject)[:20],
    }
    return render(request, "changes/show.html", context)


def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Approve, refuse or withdraw a change."""
    change = get_object_or_404(scope_of(request).of(Change), pk=key)
    must_cover(request, change.village_code)
    by, reason = user_of(request).username, request.POST.get("reason", "")
    ways: dict[str, Any] = {
        "approve": lambda: actions.approve(by=by, change=change),
        "refuse": lambda: actions.refuse(by=by, change=change, reason=reason),
        "withdraw": lambda: actions.withdraw(by=by, change=change, reason=reason),
    }
    url = reverse("change_show", kwargs={"key": key})
    do = ways.get(request.POST.get("do", ""))
    return (act(request, do, to=url) if do else None) or redirect(url)


def to_insurer(request: HttpRequest) -> HttpResponse:
    """Make the batches of the changes that the insurer has not heard of."""
    if request.method != "POST":
        return redirect("change_list")
    answer = act(
        request,
        lambda: dispatch.send(by=user_of(request).username, scope=scope_of(request)),
        to=lambda made: reverse("batch_list") if made else reverse("change_list"),
        told=lambda made: Text(f"{len(made)} kiriman siap.", f"{len(made)} batches are ready."),
    )
    return answer or redirect("change_list")


MAY = (Permission.CHANGE_EDIT, Permission.CHANGE_APPROVE)
WINDOWS = {"0": 0, "30": SOON, "60": AHEAD}


def ending(request: HttpRequest) -> HttpResponse:
    """What ends within 60 or 30 days or has ended: posts, agreements, decrees, 65th birthdays of the covered."""
    today = timezone.localdate()
    reach = user_of(request).reach(*MAY)
    found = endings(reach, today) if reach is not None else []
    counts = {name: sum(one.step(today) <= most for one in found) for name, most in WINDOWS.items()}
    chosen = request.GET.get("dalam", "60")
    most = WINDOWS.get(chosen, AHEAD)
    rows = [one for one in found if one.step(today) <= most]
    known = names({one.place for one in rows})
    context = {
        "rows": [(one, known.get(one.place, one.place), one.days(today)) for one in rows],
        "total": len(rows),
        "counts": counts,
        "chosen": chosen if chosen in WINDOWS else "60",
    }
    return render(request, "changes/endings.html", context)


def refresh(request: HttpRequest, code: str) -> HttpResponse:
    """One village in the quarter: who stays, comes and leaves; and that it went through its list."""
    places = Region.objects.filter(scope_of(request).in_places("code"), level="village")
    village = get_object_or_404(places, code=code)
    quarter = quarters.of(timezone.localdate())
    form = Refreshed(request.POST or None)
    answer = act(
        request,
        lambda: actions.refresh(
            by=user_of(request).username, village_code=code, quarter=quarter, **values_of(form)
        ),
        form=form,
        to=reverse("refresh_list"),
    )
    if answer:
        return answer
    context = {
        "village": village,
        "quarter": quarter,
        "found": quarters.counted({code}, quarter)[code],
        "done": Refresh.objects.filter(village_code=code, quarter=quarter).first(),
        "former": Refresh.objects.filter(village_code=code).exclude(quarter=quarter)[:8],
        "form": form,
    }
    return render(request, "changes/refresh.html", context)


def panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    """What happened to a person, on their page, and where to report more."""
    user = user_of(request)
    found = list(Change.objects.filter(person=person)[:20])
    may = user.may(Permission.CHANGE_EDIT) and user.scope(Permission.CHANGE_EDIT).covers(person.village_code)
    return (
        ("changes/panel.html", {"changes": found, "person": person, "may_report": may})
        if found or may
        else None
    )
