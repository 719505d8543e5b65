"""Pages about cards: handing them over, and those that came from the branch."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.requests import scope_of, user_of
from payung.office.cards import actions as card_actions
from payung.office.cards import queries as card_queries
from payung.office.cards.forms import HandOver, Received, ReceivedOfVillage
from payung.office.cards.lists import ON_PAPER, Waiting
from payung.office.desk.act import Told, act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import number
from payung.office.people.models import Person
from payung.office.people.pages.changes import person_of, village_choices
from payung.text import Text


def paper(request: HttpRequest) -> HttpResponse:
    """The cards of the filter to take along, with room for a signature; numbers masked, landscape A4."""
    page = Waiting()
    page.kwargs = {}
    rows = page.narrowed(request).order_by("person__village_code", "person__name_key", "pk")
    context = {
        "rows": rows[:ON_PAPER],
        "many": rows.count(),
        "on_paper": ON_PAPER,
        "today": timezone.localdate(),
        "back": f"{reverse('card_list')}?{request.GET.urlencode()}",
    }
    return render(request, "cards/cards_print.html", context)


def hand_over(request: HttpRequest) -> HttpResponse:
    """Record that the ticked cards, or all of the filter, were handed over."""
    back = f"{reverse('card_list')}?{request.GET.urlencode()}"
    form = HandOver(request.POST)
    page = Waiting()
    page.kwargs = {}

    def do() -> int:
        chosen = page.narrowed(request)
        if request.POST.get("semua") != "ya":
            keys = [key for text in request.POST.getlist("kartu") if (key := key_of(text)) is not None]
            chosen = chosen.filter(pk__in=keys)
            if not keys:
                raise InputError(Text("Tandai kartunya dahulu.", "Tick the cards first."))
        if not form.is_valid():
            raise InputError(
                Text("Isi tanggal dan siapa yang menyerahkan.", "Fill in the day and who handed them over.")
            )
        values = form.cleaned_data
        return card_actions.hand_over(
            by=user_of(request).username,
            cards=chosen,
            on=values["handed_on"],
            given_by=values["handed_by"],
            to=values["handed_to"],
        )

    return act(request, do, to=back, told=_handed) or redirect(back)


def _handed(many: int) -> Text:
    shown = number(many)
    return Text(f"{shown} kartu tercatat diserahkan.", f"{shown} cards are recorded as handed over.")


def receive(request: HttpRequest) -> HttpResponse:
    """Record that the cards of all members of a village came from the branch."""
    scope = scope_of(request)
    initial = {"received_on": timezone.localdate()}
    form = ReceivedOfVillage(request.POST or None, villages=village_choices(scope), initial=initial)

    def do() -> tuple[int, str]:
        values = form.cleaned_data
        people = scope.of(Person).filter(village_code=values["village"])
        members = card_queries.without_card(people, values["kind"])
        many = card_actions.receive(
            by=user_of(request).username,
            cards=[(member.person, member.kpj or "") for member in members],
            kind=values["kind"],
            on=values["received_on"],
        )
        if not many:
            none = Text(
                "Tidak ada peserta ber-KPJ di desa ini yang kartunya belum dicatat.",
                "There is no member with a KPJ in this village whose card is not recorded yet.",
            )
            raise InputError(none, at="village")
        return many, values["village"]

    def to(done: tuple[int, str]) -> str:
        return f"{reverse('card_list')}?wilayah={done[1]}"

    def told(done: tuple[int, str]) -> Text:
        shown = number(done[0])
        return Text(f"{shown} kartu dicatat datang.", f"{shown} cards were recorded.")

    done = act(request, do, to=to, form=form, told=told)
    return done or render(request, "cards/card_receive.html", {"form": form})


def of_person(request: HttpRequest, key: int) -> HttpResponse:
    """The cards of one person; record one that came from the branch."""
    person = person_of(request, key)
    latest = person.memberships.filter(kpj_index__isnull=False).order_by("-from_month", "-pk").first()
    initial = {"received_on": timezone.localdate(), "kpj": latest.masked if latest else ""}
    form = Received(request.POST or None, initial=initial)

    def do() -> int:
        values = form.cleaned_data
        # As masked: the number that is known; whoever only keeps cards need not see it whole.
        kpj = (latest.kpj or "") if latest and values["kpj"] == latest.masked else values["kpj"]
        return card_actions.receive(
            by=user_of(request).username,
            cards=[(person, kpj)],
            kind=values["kind"],
            on=values["received_on"],
        )

    done = act(request, do, to=reverse("person_show", args=[key]), form=form, told=_received)
    held = person.cards.order_by(F("handed_on").desc(nulls_first=True), "-received_on")
    context = {"person": person, "form": form, "cards": held}
    return done or render(request, "cards/person_card.html", context)


def _received(many: int) -> Told:
    if many:
        return Text("Kartu dicatat.", "The card is recorded.")
    return "info", Text("Kartu ini sudah menunggu di sini.", "This card waits here already.")
