"""The page of one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from payung.errors import PayungError
from payung.law.covered import covers_in
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.words import say
from payung.office.history import queries as history
from payung.office.people import actions, queries
from payung.office.people.actions import merges as merging
from payung.office.people.forms import Unmask
from payung.office.people.models import Membership, Person, Standing
from payung.office.people.pages.changes import heir_views

# What the page shows, or lets do, only to some.
ASKED = (Permission.CASE_VIEW, Permission.CASE_EDIT, Permission.PERSON_EDIT, Permission.CARD_EDIT)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One person: who, where, offices, cover, and everything that was ever done. A merged one leads to the kept."""
    seen = _seen(request, key)
    if seen is None:
        kept = get_object_or_404(scope_of(request).of(Person), merged=key)
        return redirect("person_show", key=kept.pk)
    return render(request, "people/person.html", _page(request, seen))


def unmask(request: HttpRequest, key: int) -> HttpResponse:
    """Show the whole NIK once, after recording why."""
    seen = _seen(request, key)
    if seen is None:
        raise Http404("outside of the scope of this user")
    form = Unmask(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("person_show", key=key)
    try:
        nik = actions.unmask(
            by=user_of(request).username, person=seen.person, reason=form.cleaned_data["reason"]
        )
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("person_show", key=key)
    return render(request, "people/person.html", {**_page(request, seen), "whole_nik": nik})


def _seen(request: HttpRequest, key: int) -> queries.Seen | None:
    return queries.seen(user_of(request), scope_of(request), key, *ASKED)


def _page(request: HttpRequest, seen: queries.Seen) -> dict[str, Any]:
    user, person, may = user_of(request), seen.person, seen.may
    mine = Person.objects.filter(pk=person.pk)
    heirs = heir_views(person, may, there=seen.heirs)
    events = history.of_people(merging.records_of(mine.values("pk")))
    if not heirs["sees_heirs"]:
        events = events.exclude(action__startswith="heir.")
    standings: Iterable[Standing] = person.standings.all()
    memberships: Iterable[Membership] = person.memberships.all()
    month = f"{timezone.localdate():%Y-%m}"
    cover = [
        line
        for line in memberships
        if covers_in(month, from_month=line.from_month, until_month=line.until_month)
    ]
    same_household = (
        scope_of(request).of(Person).filter(household=person.household).exclude(pk=person.pk)[:20]
        if person.household_id
        else []
    )
    return {
        "person": person,
        "place": seen.place,
        "standings": [standing.category.text for standing in standings],
        "memberships": list(memberships),
        "covered": bool(cover),
        "household": same_household,
        **heirs,
        "occupation": say(person.occupation.text) if person.occupation else "",
        "former_niks": list(person.former_niks.all()) if seen.former else [],
        "may_edit": Permission.PERSON_EDIT in may,
        "may_card": Permission.CARD_EDIT in may,
        "form": Unmask(),
        "may_unmask": user.may(Permission.PERSON_UNMASK),
        "events": events[:200],
        "today": timezone.localdate(),
    }
