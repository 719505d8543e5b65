"""What somebody was told, latest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from payung.office.access.requests import user_of
from payung.office.desk.lists import Column, Filter, ListPage
from payung.office.desk.words import say
from payung.office.notices import queries
from payung.office.notices.models import Notice
from payung.office.notices.rules import address, sentence, whatsapp
from payung.office.regions import queries as regions
from payung.text import Text

GONE = Text("Pemberitahuan lama", "An old notice")


@dataclass(frozen=True, slots=True)
class Line:
    """A notice with its sentence, where it leads, and the message that passes it on."""

    notice: Notice
    text: str
    url: str
    message: str

    @property
    def share(self) -> str:
        """The address that opens WhatsApp with the message."""
        return whatsapp(self.message, "").strip()


class Notices(ListPage[Notice]):
    """The notices of whoever looks."""

    title = Text("Pemberitahuan", "Notices")
    help = Text(
        "Apa yang diserahkan kepada Anda. Tekan kalimatnya untuk membuka; yang sudah dibuka tidak baru lagi.",
        "What was handed over to you. Open a sentence to see it; what was opened is not new any more.",
    )
    empty_title = Text("Belum ada pemberitahuan", "No notices yet")
    empty_advice = Text(
        "Begitu ada yang menyerahkan sesuatu kepada Anda, beritanya muncul di sini.",
        "As soon as somebody hands something over to you, it is told here.",
    )
    template = "notices/list.html"
    columns = (
        Column("apa", Text("Pemberitahuan", "Notice"), lambda r: r.text, template="notices/cell_notice.html"),
        Column("kapan", Text("Kapan", "When"), lambda r: r.notice.at, ("event",)),
        Column(
            "teruskan",
            Text("Teruskan", "Pass on"),
            lambda r: r.message,
            template="notices/cell_share.html",
            phone=False,
        ),
    )
    filters = (
        Filter(
            "baca",
            Text("Yang mana", "Which"),
            lambda rows, value: rows.filter(read_at__isnull=value == "baru"),
            choices=lambda _: [
                ("baru", say(Text("belum dibuka", "not opened yet"))),
                ("lama", say(Text("sudah dibuka", "opened"))),
            ],
        ),
    )
    order = "-kapan"

    def rows(self, request: HttpRequest) -> QuerySet[Notice]:
        """Return the notices of whoever looks."""
        self.base = f"{request.scheme}://{request.get_host()}"
        return queries.mine(user_of(request))

    def shown(self, rows: list[Notice]) -> list[Line]:
        """Return every notice in words; the places are one query."""
        places = regions.names(sorted({one.region_code for one in rows}))
        lines = []
        for one in rows:
            said = sentence(one.action, places.get(one.region_code, one.region_code), one.reason) or GONE
            page = address(one.action, one.subject)
            lines.append(
                Line(
                    one,
                    say(said),
                    f"{reverse('notice_open')}?nomor={one.pk}",
                    f"{say(said)} {self.base}{page}",
                )
            )
        return lines

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return how many are new."""
        return {"unread": user_of(request).unread}
