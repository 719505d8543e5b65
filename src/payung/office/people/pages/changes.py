"""Pages that change what is known of one person: facts, NIK, heirs; and the page of a household."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.roles import CATEGORIES
from payung.office.access.scope import Scope
from payung.office.desk import once
from payung.office.desk.words import say
from payung.office.people.actions import facts as editing
from payung.office.people.actions import heirs
from payung.office.people.forms import Addition, Change, Correction, Faulty, HeirForm, Removal
from payung.office.people.models import Heir, Household, Person
from payung.office.people.rules import FaultyError
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.text import Text

VILLAGE_LEVEL = 3  # dots in the code of a village
SAVED = Text("Tersimpan dan dicatat.", "Saved and recorded.")


def add(request: HttpRequest) -> HttpResponse:
    """Enter somebody who is on no list; a NIK that is known leads to that person."""
    scope = scope_of(request)
    form = Addition(request.POST or None, villages=village_choices(scope), categories=_categories(scope))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if scope.covers(values["village"], values["category"]):
            done = _done(
                form,
                lambda: editing.add(
                    by=user_of(request).username,
                    village_code=values["village"],
                    category=values["category"],
                    cells=form.cells,
                    chosen=form.chosen,
                    reason=values["reason"],
                    reach=user_of(request).scope(Permission.PERSON_VIEW),
                ),
            )
            if done:
                _told(request, done)
                return redirect("person_show", key=done.person.pk)
        else:
            outside = Text(
                "Kategori ini di luar wewenang Anda di desa itu.", "Not your category in that village."
            )
            form.add_error("category", say(outside))
    return render(request, "people/person_add.html", {"form": form})


def _told(request: HttpRequest, done: editing.Done) -> None:
    """Say what became of the addition."""
    if done.new:
        _say(request, done)
    else:
        there = Text(
            "Orang dengan NIK ini sudah ada; tidak ada yang diubah.",
            "Somebody with this NIK is there already; nothing was changed.",
        )
        messages.info(request, say(there))


def change(request: HttpRequest, key: int) -> HttpResponse:
    """Change what is known of somebody; judged like a row of a list."""
    person = person_of(request, key)
    form = Change(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        done = _done(
            form,
            lambda: editing.change(
                by=user_of(request).username,
                person=person,
                cells=form.cells,
                chosen=form.chosen,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            ),
        )
        if done:
            _say(request, done)
            return redirect("person_show", key=key)
    return render(request, "people/person_change.html", {"person": person, "form": form})


def correct_nik(request: HttpRequest, key: int) -> HttpResponse:
    """Give somebody the right NIK; the former one still finds them."""
    person = person_of(request, key)
    form = Correction(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _done(
            form,
            lambda: editing.correct_nik(
                by=user_of(request).username,
                person=person,
                reach=user_of(request).scope(Permission.PERSON_VIEW),
                **form.cleaned_data,
            ),
        )
        if done:
            _say(request, done)
            return redirect("person_show", key=key)
    context = {"person": person, "form": form, "former": person.former_niks.all()}
    return render(request, "people/person_nik.html", context)


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
    if request.method == "POST" and form.is_valid():
        if once.again(request):
            return redirect("person_show", key=key)
        on = timezone.localdate()
        by = user_of(request).username
        if _done(form, lambda: heirs.add(by=by, person=person, named=form.named(), on=on)):
            messages.success(request, say(SAVED))
            return redirect("person_show", key=key)
    return render(request, "people/heir.html", {"person": person, "form": form})


def heir(request: HttpRequest, key: int, heir: int) -> HttpResponse:
    """Change or remove an heir, with a reason."""
    person = person_of(request, key)
    found = get_object_or_404(Heir.objects.select_related("person"), pk=heir, person=person)
    removing = request.POST.get("what") == "remove"
    form = HeirForm(None if removing else request.POST or None, heir=found)
    removal = Removal(request.POST if removing else None)
    by, on = user_of(request).username, timezone.localdate()
    if removing and removal.is_valid():
        heirs.remove(by=by, heir=found, reason=removal.cleaned_data["reason"])
        messages.success(request, say(Text("Dihapus dan dicatat.", "Removed and recorded.")))
        return redirect("person_show", key=key)
    if request.method == "POST" and not removing and form.is_valid():
        named, reason = form.named(found), form.cleaned_data["reason"]
        if _done(form, lambda: heirs.change(by=by, heir=found, named=named, on=on, reason=reason)):
            messages.success(request, say(SAVED))
            return redirect("person_show", key=key)
    context = {"person": person, "heir": found, "form": form, "removal": removal}
    return render(request, "people/heir.html", context)


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


def heir_views(request: HttpRequest, person: Person) -> dict[str, Any]:
    """Return what the page of ``person`` shows of heirs: only to those who see cases, numbers to those who call."""
    user = user_of(request)
    keys = Person.objects.filter(pk=person.pk)
    sees = user.scope(Permission.CASE_VIEW).of(keys).exists()
    calls = any(user.scope(each).of(keys).exists() for each in (Permission.CASE_EDIT, Permission.PERSON_EDIT))
    found = heirs.ranked(person, timezone.localdate()) if sees else []
    return {"sees_heirs": sees, "calls_heirs": calls, "heirs": found}


def _categories(scope: Scope) -> set[str]:
    found: set[str] = set()
    for area in scope.areas:
        found |= area.categories or CATEGORIES
    return found


def _done(form: Faulty, write: Any) -> Any:
    """Do ``write``; where it refuses, show why in ``form`` and return nothing."""
    try:
        return write()
    except FaultyError as error:
        form.take_back(error.faults)
    except PayungError as error:
        form.add_error(None, say(error.message))
    return None


def _say(request: HttpRequest, done: editing.Done) -> None:
    if done.new:
        messages.success(request, say(SAVED))
    else:
        messages.info(request, say(Text("Tidak ada yang berubah.", "Nothing was changed.")))
    for note in done.notes:
        messages.warning(request, note)
