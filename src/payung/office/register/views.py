"""Pages about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import LONGEST, Column, Filter, ListPage, place_choices
from payung.office.desk.words import say, typed
from payung.office.history import queries as history
from payung.office.regions import queries as regions
from payung.office.regions.tree import below
from payung.office.register import actions, merging, occupations, queries
from payung.office.register.cards import KIND_NAMES
from payung.office.register.categories import CATEGORY_NAMES
from payung.office.register.forms import Unmask
from payung.office.register.models import DEAD, Holding, Membership, Person, Standing
from payung.text import Text

FOUND_LIMIT = 200  # a search that finds more says "more than": whoever wants fewer writes another word


def _in_place(field: str) -> Any:
    return lambda rows, code: rows.filter(below(code, field))


def _as_searched(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return ``rows`` as they are: the search is the first thing that is asked of the register, see `People.rows`."""
    return rows


COVER = {"ya": Text("ya", "yes"), "belum": Text("belum", "no"), "meninggal": Text("meninggal", "died")}


def _cover(person: Any) -> str:
    return "ya" if person.covered else "meninggal" if person.dead else "belum"


def _covered(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to a key of :data:`COVER`; whoever died is not among those who still have to be covered."""
    if value == "meninggal":
        return rows.filter(life_status=DEAD)
    return (
        rows.filter(covered=True) if value == "ya" else rows.filter(covered=False).exclude(life_status=DEAD)
    )


def _categories(person: Person) -> str:
    return ", ".join(
        say(CATEGORY_NAMES.get(standing.category, Text(standing.category, standing.category)))
        for standing in person.standings.all()
    )


class People(ListPage[Person]):
    """Everybody in the register."""

    title = Text("Orang", "People")
    help = Text(
        "Semua orang dalam wilayah dan kategori Anda. Cari dengan nama, NIK, atau nomor KPJ.",
        "Everybody within your region and categories. Search by name, NIK or KPJ number.",
    )
    empty_title = Text("Register masih kosong", "The register is empty")
    empty_advice = Text(
        "Orang masuk ke sini sesudah usulan desanya diterima dinas. Mulai dengan mengunggah daftar.",
        "People come here after the agency accepts their village's submission. Begin by uploading a list.",
    )
    empty_action = ("intake_list", Text("Ke usulan", "To submissions"))
    export_name = "orang"
    template = "register/people.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda p: p.name,
            ("name_key",),
            template="register/cell_person.html",
        ),
        Column("nik", Text("NIK", "NIK"), lambda p: p.masked, template="register/cell_nik.html"),
        Column(
            "lahir", Text("Tanggal lahir", "Birth date"), lambda p: p.birth_date, ("birth_date",), phone=False
        ),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda p: p.village_name or p.village_code,
            ("village_code",),
            phone=False,
        ),
        Column("kategori", Text("Kategori", "Category"), _categories, phone=False),
        Column(
            "lindung",
            Text("Terlindungi", "Covered"),
            lambda p: say(COVER[_cover(p)]),
            template="register/cell_covered.html",
        ),
    )
    filters = (
        Filter(
            "cari", Text("Cari", "Search"), _as_searched, hint=Text("nama, NIK, atau KPJ", "name, NIK or KPJ")
        ),
        Filter("wilayah", Text("Wilayah", "Region"), _in_place("village_code"), choices=place_choices),
        Filter(
            "kategori",
            Text("Kategori", "Category"),
            lambda rows, code: rows.filter(standings__category=code),
            choices=lambda _: [(code, say(name)) for code, name in CATEGORY_NAMES.items()],
        ),
        Filter(
            "lindung",
            Text("Terlindungi", "Covered"),
            _covered,
            choices=lambda _: [(code, say(name)) for code, name in COVER.items()],
        ),
    )
    order = "nama"

    def rows(self, request: HttpRequest) -> QuerySet[Person]:
        """Return everybody within the scope, with village, categories and cover."""
        text = typed(request.GET, "cari", LONGEST)
        return queries.for_list(scope_of(request), timezone.localdate(), text)

    def narrowed(self, request: HttpRequest) -> QuerySet[Person]:
        """Narrow as usual; a page looks for the first matches only, once for the count and for what it shows."""
        found = super().narrowed(request)
        if request.method == "POST" or not typed(request.GET, "cari", LONGEST):
            return found
        self.count_limit = FOUND_LIMIT
        keys = list(found.values_list("pk", flat=True)[: FOUND_LIMIT + 1])
        order = found.query.order_by
        return queries.for_list(scope_of(request), timezone.localdate()).filter(pk__in=keys).order_by(*order)

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may add somebody."""
        return {"may_add": user_of(request).may(Permission.PERSON_EDIT)}


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One person: who, where, offices, cover, and everything that was ever done. A merged one leads to the kept."""
    try:
        person = _person(request, key)
    except Http404:
        kept = get_object_or_404(scope_of(request).of(Person), merged=key)
        return redirect("person_show", key=kept.pk)
    return render(request, "register/person.html", _page(request, person))


def unmask(request: HttpRequest, key: int) -> HttpResponse:
    """Show the whole NIK once, after recording why."""
    person = _person(request, key)
    form = Unmask(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("person_show", key=key)
    if not user_of(request).scope(Permission.PERSON_UNMASK).of(Person).filter(pk=key).exists():
        raise PermissionDenied("this person lies outside of what may be unmasked")
    try:
        nik = actions.unmask(by=user_of(request).username, person=person, reason=form.cleaned_data["reason"])
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("person_show", key=key)
    return render(request, "register/person.html", {**_page(request, person), "whole_nik": nik})


def _person(request: HttpRequest, key: int) -> Person:
    people = scope_of(request).of(Person)
    return get_object_or_404(people.select_related("household"), pk=key)


def _page(request: HttpRequest, person: Person) -> dict[str, Any]:
    from payung.office.register.person_views import heir_views

    user = user_of(request)
    mine = Person.objects.filter(pk=person.pk)
    heirs = heir_views(request, person)
    events = history.of_people(merging.records_of(mine.values("pk")))
    if not heirs["sees_heirs"]:
        events = events.exclude(action__startswith="heir.")
    names = regions.names([person.village_code])
    standings: Iterable[Standing] = person.standings.all()
    holdings: Iterable[Holding] = person.holdings.select_related("post")
    memberships: Iterable[Membership] = person.memberships.all()
    month = f"{timezone.localdate():%Y-%m}"
    cover = [line for line in memberships if line.from_month <= month <= (line.until_month or "9999")]
    same_household = (
        scope_of(request).of(Person).filter(household=person.household).exclude(pk=person.pk)[:20]
        if person.household_id
        else []
    )
    return {
        "person": person,
        "place": [names.get(person.village_code[:length], "") for length in (13, 8, 5)],
        "standings": [CATEGORY_NAMES.get(s.category, Text(s.category, s.category)) for s in standings],
        "holdings": list(holdings),
        "memberships": list(memberships),
        "covered": bool(cover),
        "household": same_household,
        **heirs,
        "occupation": say(occupations.name_of(person.occupation)) if person.occupation else "",
        "former_niks": list(person.former_niks.all()),
        "cards": list(person.cards.order_by("-received_on", "-pk")),
        "kinds": KIND_NAMES,
        "may_edit": user.scope(Permission.PERSON_EDIT).of(mine).exists(),
        "may_card": user.scope(Permission.CARD_EDIT).of(mine).exists(),
        "form": Unmask(),
        "may_unmask": user.may(Permission.PERSON_UNMASK),
        "events": events[:200],
        "today": timezone.localdate(),
    }
