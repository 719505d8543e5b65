"""The cards that wait in the office."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.cards import queries as card_queries
from payung.office.cards.forms import HandOver
from payung.office.cards.models import Card
from payung.office.cards.queries import KIND_NAMES
from payung.office.desk.lists import Column, Filter, ListPage, place_choices
from payung.office.desk.words import say
from payung.office.regions.tree import below
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
    template = "cards/cards.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda c: c.person.name,
            ("person__name_key",),
            template="cards/cell_card.html",
        ),
        Column("kpj", Text("KPJ", "KPJ"), lambda c: c.masked, template="people/cell_nik.html", phone=False),
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
            lambda rows, value: (
                rows.filter(card_queries.late(timezone.localdate())) if value == "lewat" else rows
            ),
            choices=lambda _: [
                (
                    "lewat",
                    say(Text(f"lebih dari {card_queries.LATE} hari", f"more than {card_queries.LATE} days")),
                )
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
        return card_queries.waiting(scope_of(request))

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
