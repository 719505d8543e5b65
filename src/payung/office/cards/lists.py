"""The cards that wait in the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cards import queries as card_queries
from payung.office.cards.forms import HandOver
from payung.office.cards.models import Card
from payung.office.cards.states import CardKind
from payung.office.desk.lists import Column, ListPage, choice_filter, code_filter, region_filter
from payung.text import Text

ON_PAPER = 2000  # cards of one printed list


@dataclass(frozen=True, slots=True)
class Line:
    """A card that waits, and whether it can be ticked."""

    card: Any
    ticked: bool

    @property
    def days(self) -> int:
        """For how many days it has waited; older ones may have come "tomorrow"."""
        waited: dt.timedelta = timezone.localdate() - self.card.received_on
        return max(0, waited.days)


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
    template = "cards/cards.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda c: c.card.person.name,
            ("person__name_key",),
            template="cards/cell_card.html",
        ),
        Column(
            "kpj", Text("KPJ", "KPJ"), lambda c: c.card.masked, template="cards/cell_kpj.html", phone=False
        ),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda c: c.card.village_name or c.card.person.village_code,
            ("person__village_code",),
        ),
        Column("jenis", Text("Kartu", "Card"), lambda c: c.card.kind.text, ("kind",), phone=False),
        Column(
            "diterima",
            Text("Dari cabang", "Received"),
            lambda c: c.card.received_on,
            ("received_on",),
            phone=False,
        ),
        Column(
            "hari", Text("Hari menunggu", "Days waiting"), lambda c: c.days, ("received_on",), kind="number"
        ),
    )
    filters = (
        region_filter("person__village_code"),
        choice_filter(
            "lama",
            Text("Lama menunggu", "Waiting"),
            "lewat",
            Text(f"lebih dari {card_queries.LATE} hari", f"more than {card_queries.LATE} days"),
            lambda rows: rows.filter(card_queries.late(timezone.localdate())),
        ),
        code_filter("jenis", Text("Kartu", "Card"), "kind", CardKind),
    )
    order = "diterima"

    def rows(self, request: HttpRequest) -> QuerySet[Card]:
        """Return the waiting cards within the scope."""
        self.hands_over = user_of(request).may(Permission.CARD_EDIT)
        return card_queries.waiting(scope_of(request))

    def shown(self, rows: list[Card]) -> list[Line]:
        """Return every card, to be ticked by whoever hands over."""
        return [Line(card, self.hands_over) for card in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the form that hands over."""
        initial = {"handed_on": timezone.localdate(), "handed_by": user_of(request).name}
        return {"hand_over": HandOver(initial=initial) if self.hands_over else None}
