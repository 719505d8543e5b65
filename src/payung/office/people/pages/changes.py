"""Pages that change what is known of one person: facts, NIK, heirs; and the page of a household."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.roles import CATEGORIES
from payung.office.access.scope import Scope
from payung.office.desk import once
from payung.office.desk.act import SAVED, Told, act
from payung.office.people.actions import facts as editing
from payung.office.people.actions import heirs
from payung.office.people.forms import Addition, Change, Correction, HeirForm, Removal
from payung.office.people.models import Heir, Household, Person
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.text import Text

VILLAGE_LEVEL = 3  # dots in the code of a village
NOTHING = Text("Tidak ada yang berubah.", "Nothing was changed.")


def add(request: HttpRequest) -> HttpResponse:
    """Enter somebody who is on no list; a NIK that is known leads to that person."""
    scope = scope_of(request)
    form = Addition(request.POST or None, villages=village_choices(scope), categories=_categories(scope))

    def do() -> editing.Done:
        values = form.cleaned_data
        if not scope.covers(values["village"], values["category"]):
            outside = Text(
                "Kategori ini di luar wewenang Anda di desa itu.", "Not your category in that village."
            )
            raise InputError(outside, at="category")
        return editing.add(
            by=user_of(request).username,
            village_code=values["village"],
            category=values["category"],
            cells=form.cells,
            chosen=form.chosen,
            reason=values["reason"],
            reach=user_of(request).scope(Permission.PERSON_VIEW),
        )

    there = Text(
        "Orang dengan NIK ini sudah ada; tidak ada yang diubah.",
        "Somebody with this NIK is there already; nothing was changed.",
    )
    done = act(request, do, to=_person_page, form=form, told=lambda done: _told(done, there))
    return done or render(request, "people/person_add.html", {"form": form})


def change(request: HttpRequest, key: int) -> HttpResponse:
    """Change what is known of somebody; judged like a row of a list."""
    person = person_of(request, key)
    form = Change(request.POST or None, person=person)

    def do() -> editing.Done:
        return editing.change(
            by=user_of(request).username,
            person=person,
            cells=form.cells,
            chosen=form.chosen,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        )

    done = act(request, do, to=_person_page, form=form, told=_told)
    return done or render(request, "people/person_change.html", {"person": person, "form": form})


def correct_nik(request: HttpRequest, key: int) -> HttpResponse:
    """Give somebody the right NIK; the former one still finds them."""
    person = person_of(request, key)
    form = Correction(request.POST or None)

    def do() -> editing.Done:
        return editing.correct_nik(
            by=user_of(request).username,
            person=person,
            reach=user_of(request).scope(Permission.PERSON_VIEW),
            **form.cleaned_data,
        )

    context = {"person": person, "form": form, "former": person.former_niks.all()}
    done = act(request, do, to=_person_page, form=form, told=_told)
    return done or render(request, "people/person_nik.html", context)


def household(request: HttpRequest, key: int) -> HttpResponse:
    """The members of one family card within the scope; to whoever looks beyond a village, how many others there are."""
    found = get_object_or_404(Household, pk=key)
    people = list(scope_of(request).of(Person).filter(household=found).prefetch_related("standings"))
    if not people:
        raise Http404("no member of this household within the scope")
    places = regions.names([person.village_code for person in people])
    # A KK that somebody typed would tell a village whether it is known elsewhere.
    beyond = any(code.count(".") < VILLAGE_LEVEL for code in scope_of(request).places)
    elsewhere = Person.objects.filter(household=found).count() - len(people) if beyond else 0
    context = {"household": found, "people": people, "places": places, "elsewhere": elsewhere}
    return render(request, "people/household.html", context)


def add_heir(request: HttpRequest, key: int) -> HttpResponse:
    """Write down an heir."""
    person = person_of(request, key)
    form = HeirForm(request.POST or None)

    def do() -> Heir:
        by, on = user_of(request).username, timezone.localdate()
        return heirs.add(by=by, person=person, named=form.named(), on=on)

    here = reverse("person_show", args=[key])
    if once.taken(request, form):
        return redirect(here)
    done = act(request, do, to=here, form=form)
    return done or render(request, "people/heir.html", {"person": person, "form": form})


def heir(request: HttpRequest, key: int, heir: int) -> HttpResponse:
    """Change or remove an heir, with a reason."""
    person = person_of(request, key)
    found = get_object_or_404(Heir.objects.select_related("person"), pk=heir, person=person)
    removing = request.POST.get("what") == "remove"
    form = HeirForm(None if removing else request.POST or None, heir=found)
    removal = Removal(request.POST if removing else None)
    by, on = user_of(request).username, timezone.localdate()

    def remove() -> None:
        heirs.remove(by=by, heir=found, reason=removal.cleaned_data["reason"])

    def change() -> None:
        named, reason = form.named(found), form.cleaned_data["reason"]
        heirs.change(by=by, heir=found, named=named, on=on, reason=reason)

    to = reverse("person_show", args=[key])
    if removing:
        gone = Text("Dihapus dan dicatat.", "Removed and recorded.")
        done = act(request, remove, to=to, form=removal, told=gone)
    else:
        done = act(request, change, to=to, form=form)
    context = {"person": person, "heir": found, "form": form, "removal": removal}
    return done or render(request, "people/heir.html", context)


def village_choices(scope: Scope) -> list[tuple[str, str]]:
    """Return code and name of the villages within ``scope``, with the sub-district where there are several."""
    places = list(Region.objects.filter(scope.in_places("code")))
    above = {place.code: place.name for place in places if place.level == "subdistrict"}
    several = len(above) > 1
    return [
        (
            place.code,
            f"{place.name} ({above.get(place.code.rpartition('.')[0], '')})" if several else place.name,
        )
        for place in places
        if place.level == "village"
    ]


def person_of(request: HttpRequest, key: int) -> Person:
    """Return the person with this key within the scope of this page."""
    return get_object_or_404(scope_of(request).of(Person).select_related("household"), pk=key)


def heir_views(person: Person, may: Set[Permission], *, there: bool) -> dict[str, Any]:
    """Return what the page of ``person`` shows of heirs (if any are ``there``): only to those who see cases, numbers to
    those who call."""
    sees = Permission.CASE_VIEW in may
    found = heirs.ranked(person, timezone.localdate()) if sees and there else []
    calls = bool(may & {Permission.CASE_EDIT, Permission.PERSON_EDIT})
    return {"sees_heirs": sees, "calls_heirs": calls, "heirs": found}


def _categories(scope: Scope) -> set[str]:
    found: set[str] = set()
    for area in scope.areas:
        found |= area.categories or CATEGORIES
    return found


def _person_page(done: editing.Done) -> str:
    return reverse("person_show", args=[done.person.pk])


def _told(done: editing.Done, nothing: Text = NOTHING) -> list[Told]:
    """Return what is said of a write: whether anything is new, and what somebody should look at."""
    first: Told = SAVED if done.new else ("info", nothing)
    return [first, *(("warning", note) for note in done.notes)]
