"""The page of one payer: what is owed, who loses what and when, letters and other contacts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.arrears import actions, queries
from payung.office.arrears.forms import Letter, Skip, Speak
from payung.office.arrears.models import Contact, Rung
from payung.office.arrears.states import RungState
from payung.office.desk.act import act, must_cover, must_reach, values_of
from payung.office.history.queries import of_subject
from payung.office.regions.models import Region

NAMED = 50  # people that the page names


def payer(request: HttpRequest, code: str) -> HttpResponse:
    """One payer: its bills past their due day, the people who lose something, and what was done about it."""
    region = _region(request, code)
    user = user_of(request)
    today = timezone.localdate()
    may = user.may(Permission.BILL_APPROVE) and user.scope(Permission.BILL_APPROVE).covers(code)
    letter, speak = Letter(), Speak(initial={"on": today})
    if request.method == "POST":
        must_reach(request, Permission.BILL_APPROVE, code)
        letter = Letter(request.POST if request.POST.get("do") == "letter" else None)
        speak = Speak(request.POST if request.POST.get("do") == "speak" else None)
        if answer := _act(request, code, letter, speak):
            return answer
    found = queries.gathered(code, today)
    names = user.may(Permission.PERSON_VIEW)
    context = {
        "region": region,
        "found": found,
        "losing": found.losing[:NAMED] if names else (),
        "more": max(len(found.losing) - NAMED, 0) if names else 0,
        "rungs": Rung.objects.filter(region_code=code).select_related("bill", "contact__order__letter")[:50],
        "contacts": Contact.objects.filter(region_code=code).select_related("order__letter")[:20],
        "events": of_subject(f"payer:{code}")[:20],
        "letter": letter if may and found.level else None,
        "speak": speak if may else None,
        "skip": Skip() if may else None,
        "waiting": RungState.WAITING,
        "reads": user.may(Permission.LETTER_READ),
    }
    return render(request, "arrears/payer.html", context)


def _region(request: HttpRequest, code: str) -> Region:
    return get_object_or_404(Region.objects.filter(scope_of(request).in_places("code")), code=code)


def _act(request: HttpRequest, code: str, letter: Letter, speak: Speak) -> HttpResponse | None:
    by = user_of(request).username
    url = reverse("arrears_payer", kwargs={"code": code})
    ways: dict[str, Any] = {
        "letter": (letter, lambda: actions.issue(by=by, region_code=code, **values_of(letter))),
        "speak": (speak, lambda: actions.speak(by=by, region_code=code, **values_of(speak))),
    }
    if (way := ways.get(request.POST.get("do", ""))) is None:
        return redirect(url)
    form, do = way
    return act(request, do, form=form, to=url)


def skip(request: HttpRequest, key: int) -> HttpResponse:
    """Leave one level without a letter, with a reason."""
    rung = get_object_or_404(scope_of(request).of(Rung), pk=key)
    must_cover(request, rung.region_code)
    url = reverse("arrears_payer", kwargs={"code": rung.region_code})
    reason = request.POST.get("reason", "")
    do = lambda: actions.skip(by=user_of(request).username, rung=rung, reason=reason)  # noqa: E731
    return act(request, do, to=url) or redirect(url)
