"""Pages about cards: those that wait in the office, handing them over, and those that came from the branch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, place_choices
from payung.office.desk.words import number, say
from payung.office.regions.tree import below
from payung.office.register import cards
from payung.office.register.cards import KIND_NAMES
from payung.office.register.models import Card, Person
from payung.office.register.person_forms import HandOver, Received, ReceivedOfVillage
from payung.office.register.person_views import person_of, village_choices
from payung.text import Text

ON_PAPER = 2000  # cards of one printed list


def _days(card: Card) -> int:
    return max(0, (timezone.localdate() - card.received_on).days)  # older ones may have come "tomorrow"


class Waiting(ListPage[Card]):
    """The cards that nobody has yet."""

    title = Text("Kartu belum diserahkan", "Cards not handed over")
    help = Text(
        "Kartu yang sudah datang dari cabang BPJS tetapi belum sampai ke pesertanya. Tandai yang sudah diserahkan.",
        "Cards that came from the insurer's branch and are not with their members yet. Tick those handed over.",
    )
    empty_title = Text("Tidak ada kartu yang menunggu", "No card waits")
    empty_advice = Text(
        "Catat kartu yang datang dari cabang; ia menunggu di sini sampai diserahkan.",
        "Record the cards that come from the branch; they wait here until they are handed over.",
    )
    export_name = "kartu-belum-diserahkan"
    template = "register/cards.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda c: c.person.name,
            ("person__name_key",),
            template="register/cell_card.html",
        ),
        Column("kpj", Text("KPJ", "KPJ"), lambda c: c.masked, template="register/cell_nik.html", phone=False),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda c: c.village_name or c.person.village_code,
            ("person__village_code",),
        ),
        Column("jenis", Text("Kartu", "Card"), lambda c: say(KIND_NAMES[c.kind]), ("kind",), phone=False),
        Column(
            "diterima",
            Text("Dari cabang", "Received"),
            lambda c: c.received_on,
            ("received_on",),
            phone=False,
        ),
        Column("hari", Text("Hari menunggu", "Days waiting"), _days, ("received_on",), kind="number"),
    )
    filters = (
        Filter(
            "wilayah",
            Text("Wilayah", "Region"),
            lambda rows, code: rows.filter(below(code, "person__village_code")),
            choices=place_choices,
        ),
        Filter(
            "lama",
            Text("Lama menunggu", "Waiting"),
            lambda rows, value: rows.filter(cards.late(timezone.localdate())) if value == "lewat" else rows,
            choices=lambda _: [
                ("lewat", say(Text(f"lebih dari {cards.LATE} hari", f"more than {cards.LATE} days")))
            ],
        ),
        Filter(
            "jenis",
            Text("Kartu", "Card"),
            lambda rows, kind: rows.filter(kind=kind),
            choices=lambda _: [(str(kind), say(name)) for kind, name in KIND_NAMES.items()],
        ),
    )
    order = "diterima"

    def rows(self, request: HttpRequest) -> QuerySet[Card]:
        """Return the waiting cards within the scope."""
        self.hands_over = user_of(request).may(Permission.CARD_EDIT)
        return cards.waiting(scope_of(request))

    def prepare(self, rows: list[Card]) -> None:
        """Tell every row whether it can be ticked."""
        for row in rows:
            row.ticked = self.hands_over  # type: ignore[attr-defined]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the form that hands over."""
        initial = {"handed_on": timezone.localdate(), "handed_by": user_of(request).name}
        return {"hand_over": HandOver(initial=initial) if self.hands_over else None}

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)


def paper(request: HttpRequest) -> HttpResponse:
    """The cards of the filter to take along, with room for a signature; numbers masked, landscape A4."""
    page = Waiting()
    page.kwargs = {}
    rows = page.narrowed(request).order_by("person__village_code", "person__name_key", "pk")
    context = {
        "rows": rows[:ON_PAPER],
        "many": rows.count(),
        "on_paper": ON_PAPER,
        "kinds": KIND_NAMES,
        "today": timezone.localdate(),
        "back": f"{reverse('card_list')}?{request.GET.urlencode()}",
    }
    return render(request, "register/cards_print.html", context)


def hand_over(request: HttpRequest) -> HttpResponse:
    """Record that the ticked cards, or all of the filter, were handed over."""
    back = f"{reverse('card_list')}?{request.GET.urlencode()}"
    if request.method != "POST":
        return redirect(back)
    form = HandOver(request.POST)
    page = Waiting()
    page.kwargs = {}
    chosen = page.narrowed(request)
    if request.POST.get("semua") != "ya":
        keys = [int(key) for key in request.POST.getlist("kartu") if key.isdecimal()]
        chosen = chosen.filter(pk__in=keys)
        if not keys:
            messages.error(request, say(Text("Tandai kartunya dahulu.", "Tick the cards first.")))
            return redirect(back)
    if not form.is_valid():
        told = Text("Isi tanggal dan siapa yang menyerahkan.", "Fill in the day and who handed them over.")
        messages.error(request, say(told))
        return redirect(back)
    values = form.cleaned_data
    try:
        many = cards.hand_over(
            by=user_of(request).username,
            cards=chosen,
            on=values["handed_on"],
            given_by=values["handed_by"],
            to=values["handed_to"],
        )
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect(back)
    told = Text(
        f"{number(many)} kartu tercatat diserahkan.", f"{number(many)} cards are recorded as handed over."
    )
    messages.success(request, say(told))
    return redirect(back)


def receive(request: HttpRequest) -> HttpResponse:
    """Record that the cards of all members of a village came from the branch."""
    scope = scope_of(request)
    initial = {"received_on": timezone.localdate()}
    form = ReceivedOfVillage(request.POST or None, villages=village_choices(scope), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        people = scope.of(Person).filter(village_code=values["village"])
        members = cards.without_card(people, values["kind"])
        try:
            many = cards.receive(
                by=user_of(request).username,
                cards=[(member.person, member.kpj or "") for member in members],
                kind=values["kind"],
                on=values["received_on"],
            )
        except PayungError as error:
            form.add_error(None, say(error.message))
        else:
            if many:
                told = Text(f"{number(many)} kartu dicatat datang.", f"{number(many)} cards were recorded.")
                messages.success(request, say(told))
                return redirect(f"{reverse('card_list')}?wilayah={values['village']}")
            none = Text(
                "Tidak ada peserta ber-KPJ di desa ini yang kartunya belum dicatat.",
                "There is no member with a KPJ in this village whose card is not recorded yet.",
            )
            form.add_error("village", say(none))
    return render(request, "register/card_receive.html", {"form": form})


def of_person(request: HttpRequest, key: int) -> HttpResponse:
    """The cards of one person; record one that came from the branch."""
    person = person_of(request, key)
    latest = person.memberships.filter(kpj_index__isnull=False).order_by("-from_month", "-pk").first()
    initial = {"received_on": timezone.localdate(), "kpj": latest.kpj if latest else ""}
    form = Received(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            many = cards.receive(
                by=user_of(request).username,
                cards=[(person, values["kpj"])],
                kind=values["kind"],
                on=values["received_on"],
            )
        except PayungError as error:
            form.add_error("kpj", say(error.message))
        else:
            if many:
                messages.success(request, say(Text("Kartu dicatat.", "The card is recorded.")))
            else:
                there = Text("Kartu ini sudah menunggu di sini.", "This card waits here already.")
                messages.info(request, say(there))
            return redirect("person_show", key=key)
    held = person.cards.order_by(F("handed_on").desc(nulls_first=True), "-received_on")
    context = {"person": person, "form": form, "cards": held, "kinds": KIND_NAMES}
    return render(request, "register/person_card.html", context)
