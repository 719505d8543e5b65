"""The history of everything, for those who may see the log."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.labels import changes
from payung.office.desk.lists import ACCOUNT, Column, Filter, ListPage
from payung.office.desk.who import like
from payung.office.desk.words import say
from payung.office.face import deeds
from payung.office.front import subjects
from payung.office.history import marks
from payung.office.history.models import Event
from payung.office.people.actions.merges import records_of
from payung.office.people.queries import with_nik
from payung.text import Text

# What these nouns did holds no name of anybody in the register: not in the reason, not in a filter, not in a text.
WITHOUT_NAMES = frozenset({"grant", "office", "regions", "user"})


SINCE = ("1", "7", "30", "365")  # days


@dataclass(frozen=True, slots=True)
class Line:
    """An event, and whether its reason and change are open to whoever looks."""

    event: Event
    open: bool
    url: str = ""  # of what it was done to, where whoever looks may open that

    @property
    def what(self) -> Text | str:
        """Return the name of the deed."""
        return deeds().get(self.event.action, self.event.action)

    @property
    def on(self) -> str:
        """Return what it was done to."""
        event = self.event
        return event.subject or (f"person:{event.person}" if event.person else "")

    @property
    def thing(self) -> str:
        """Return what it was done to, in words."""
        return subjects.words(self.on)

    @property
    def why(self) -> str:
        """Return its reason, where that is open."""
        return str(self.event.reason) if self.open else ""

    @property
    def change(self) -> str:
        """Return what it changed, where that is open."""
        event = self.event
        return " · ".join(changes(event.before, event.after, event.action))[:400] if self.open else ""


def _about(rows: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Narrow to one person and what was merged into them, by the whole NIK, also a former one."""
    digits = re.sub(r"[^0-9]", "", text)
    return rows.filter(person__in=records_of(with_nik(digits)))


def _since(rows: QuerySet[Event], days: str) -> QuerySet[Event]:
    return (
        rows.filter(at__gte=timezone.now() - dt.timedelta(days=int(days))) if days in SINCE else rows.none()
    )


class History(ListPage[Event]):
    """Everything that was done."""

    title = Text("Riwayat", "History")
    help = Text(
        "Siapa melakukan apa, kapan, dan mengapa. Catatan lama tidak diubah; bila ada yang mengubahnya, pemeriksaan "
        "riwayat menunjukkannya.",
        "Who did what, when and why. What is recorded is not changed; where somebody changed it, the check of the "
        "history shows it.",
    )
    empty_title = Text("Belum ada catatan", "Nothing recorded yet")
    empty_advice = Text(
        "Setiap perubahan muncul di sini dengan sendirinya.", "Every change appears here by itself."
    )
    template = "front/history.html"
    export_by = Permission.LOG_EXPORT
    export_name = "riwayat"
    columns = (
        Column("nomor", Text("Nomor", "Number"), lambda e: e.event.number, ("number",), kind="number", phone=False),
        Column("waktu", Text("Waktu", "When"), lambda e: e.event.at, ("number",)),
        Column("siapa", Text("Siapa", "Who"), lambda e: e.event.actor, ("actor",), kind=ACCOUNT),
        Column("apa", Text("Apa", "What"), lambda e: e.what, ("action",)),
        Column("pada", Text("Pada", "On"), lambda e: e.on, template="front/cell_thing.html", phone=False),
        Column("alasan", Text("Alasan", "Why"), lambda e: e.why, phone=False),
        Column("isi", Text("Perubahan", "Change"), lambda e: e.change, phone=False),
        Column("surat", Text("Surat", "Letter"), lambda e: e.event.letter, phone=False),
    )  # fmt: skip
    filters = (
        Filter(
            "siapa",
            Text("Siapa", "Who"),
            lambda rows, text: rows.filter(actor__in=[text.lower(), *like(text)]),
        ),
        Filter("nik", Text("NIK", "NIK"), _about, hint=Text("16 angka", "16 digits")),
        Filter("surat", Text("Nomor surat", "Letter number"), lambda rows, text: rows.filter(letter=text)),
        Filter(
            "sejak",
            Text("Sejak", "Since"),
            _since,
            choices=lambda _: [(days, say(Text(f"{days} hari", f"{days} days"))) for days in SINCE],
        ),
        Filter(
            "apa",
            Text("Apa", "What"),
            lambda rows, action: rows.filter(action=action),
            choices=lambda _: [(action, say(name)) for action, name in deeds().items()],
        ),
    )
    order = "-nomor"

    def rows(self, request: HttpRequest) -> QuerySet[Event]:
        """Return the events of the places within the scope, and those that belong to no place."""
        self.user = user_of(request)
        self.sees_names = self.user.may(Permission.PERSON_VIEW)
        of_no_place = Q(region_code="")
        return Event.objects.filter(scope_of(request).in_places("region_code") | of_no_place)

    def narrowed(self, request: HttpRequest) -> QuerySet[Event]:
        """Narrow as usual; but whoever sees no names cannot ask whether a NIK is known either."""
        found = super().narrowed(request)
        return found.none() if self.asked(request, "nik") and not self.sees_names else found

    def shown(self, rows: list[Event]) -> list[Line]:
        """Keep reason and change of what can name people from those who may see the log but no names."""
        return [self._line(event) for event in rows]

    def _line(self, event: Event) -> Line:
        open_ = self.sees_names or (event.person is None and event.action.split(".")[0] in WITHOUT_NAMES)
        on = event.subject or (f"person:{event.person}" if event.person else "")
        return Line(event, open_, subjects.address(on, self.user))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person sees names, and the end of the chain, to be noted on paper."""
        return {"sees_names": self.sees_names, "end": marks.head()}
