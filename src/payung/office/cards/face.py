"""What the cards say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.cards import queries
from payung.office.cards.models import Card
from payung.office.cards.states import CardKind
from payung.office.face import Entry, Face, Figure, Rows, Task
from payung.office.people.models import Person
from payung.office.vault.sealed import blind
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.CARD_EDIT):
        return
    overdue = queries.late(timezone.localdate())
    rows = Rows(queries.waiting(user.scope(Permission.CARD_EDIT)), overdue)
    url = reverse("card_list")
    label = Text("Kartu belum diserahkan", "Cards not handed over")
    yield Task(label, rows, 0, url, f"{url}?lama=lewat", queries.LATE)


def _late(user: User) -> Iterable[Figure]:
    today = timezone.localdate()
    if user.may(Permission.CARD_VIEW):
        rows = Rows(queries.waiting(user.scope(Permission.CARD_VIEW)).filter(queries.late(today)))
        label = Text(
            f"Kartu yang menunggu lebih dari {queries.LATE} hari",
            f"Cards that have waited for more than {queries.LATE} days",
        )
        yield Figure(label, rows, f"{reverse('card_list')}?lama=lewat")


def _panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    held = list(person.cards.order_by("-received_on", "-pk"))
    return ("cards/panel.html", {"cards": held}) if held else None


def _finds(digits: str) -> QuerySet[Any]:
    """The keys of whoever has, or had, a card with this KPJ."""
    return Card.objects.filter(kpj_index=blind(digits, "kpj")).order_by().values("person")


FACE = Face(
    menu=(Entry(140, "card_list", Text("Kartu", "Cards"), "card", (Permission.CARD_VIEW,)),),
    deeds={
        "card.receive": Text("Kartu datang dari cabang", "Card came from the branch"),
        "card.hand_over": Text("Kartu diserahkan", "Card handed over"),
    },
    names={
        "card": (Text("kartu", "card"), CardKind),
        "received_on": Text("diterima", "received"),
        "handed_on": Text("diserahkan", "handed over"),
        "handed_to": Text("diterima oleh", "taken by"),
        "handed_by": Text("diserahkan oleh", "handed over by"),
    },
    waits=_waits,
    late=_late,
    panels=(_panel,),
    finds=(_finds,),
)
