"""Pages about cards: handing them over, and those that came from the branch."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import PayungError
from payung.office.access.requests import scope_of, user_of
from payung.office.cards import actions as card_actions
from payung.office.cards import queries as card_queries
from payung.office.cards.forms import HandOver, Received, ReceivedOfVillage
from payung.office.cards.lists import ON_PAPER, Waiting
from payung.office.cards.queries import KIND_NAMES
from payung.office.desk.numbers import key_of
from payung.office.desk.words import number, say
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
        "kinds": KIND_NAMES,
        "today": timezone.localdate(),
        "back": f"{reverse('card_list')}?{request.GET.urlencode()}",
    }
    return render(request, "cards/cards_print.html", context)


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
        keys = [key for text in request.POST.getlist("kartu") if (key := key_of(text)) is not None]
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
        many = card_actions.hand_over(
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
        members = card_queries.without_card(people, values["kind"])
        try:
            many = card_actions.receive(
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
    return render(request, "cards/card_receive.html", {"form": form})


def of_person(request: HttpRequest, key: int) -> HttpResponse:
    """The cards of one person; record one that came from the branch."""
    person = person_of(request, key)
    latest = person.memberships.filter(kpj_index__isnull=False).order_by("-from_month", "-pk").first()
    initial = {"received_on": timezone.localdate(), "kpj": latest.masked if latest else ""}
    form = Received(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            many = card_actions.receive(
                by=user_of(request).username,
                # As masked: the number that is known; whoever only keeps cards need not see it whole.
                cards=[
                    (
                        person,
                        (latest.kpj or "") if latest and values["kpj"] == latest.masked else values["kpj"],
                    )
                ],
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
    return render(request, "cards/person_card.html", context)
