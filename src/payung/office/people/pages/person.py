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
from payung.office.regions import queries as regions

# What the page shows, or lets do, only to some.
ASKED = (Permission.CASE_VIEW, Permission.CASE_EDIT, Permission.PERSON_EDIT, Permission.CARD_EDIT)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One person: who, where, offices, cover, and everything that was ever done. A merged one leads to the kept."""
    try:
        person = _person(request, key)
    except Http404:
        kept = get_object_or_404(scope_of(request).of(Person), merged=key)
        return redirect("person_show", key=kept.pk)
    return render(request, "people/person.html", _page(request, person))


def unmask(request: HttpRequest, key: int) -> HttpResponse:
    """Show the whole NIK once, after recording why."""
    person = _person(request, key)
    form = Unmask(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("person_show", key=key)
    try:
        nik = actions.unmask(by=user_of(request).username, person=person, reason=form.cleaned_data["reason"])
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("person_show", key=key)
    return render(request, "people/person.html", {**_page(request, person), "whole_nik": nik})


def _person(request: HttpRequest, key: int) -> Person:
    people = scope_of(request).of(Person)
    return get_object_or_404(people.select_related("household"), pk=key)


def _page(request: HttpRequest, person: Person) -> dict[str, Any]:
    user = user_of(request)
    mine = Person.objects.filter(pk=person.pk)
    may = queries.allowed(user, person, *ASKED)
    heirs = heir_views(person, may)
    events = history.of_people(merging.records_of(mine.values("pk")))
    if not heirs["sees_heirs"]:
        events = events.exclude(action__startswith="heir.")
    names = regions.names([person.village_code])
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
        "place": [names.get(person.village_code[:length], "") for length in (13, 8, 5)],
        "standings": [standing.category.text for standing in standings],
        "memberships": list(memberships),
        "covered": bool(cover),
        "household": same_household,
        **heirs,
        "occupation": say(person.occupation.text) if person.occupation else "",
        "former_niks": list(person.former_niks.all()),
        "may_edit": Permission.PERSON_EDIT in may,
        "may_card": Permission.CARD_EDIT in may,
        "form": Unmask(),
        "may_unmask": user.may(Permission.PERSON_UNMASK),
        "events": events[:200],
        "today": timezone.localdate(),
    }
