"""Lists: the payment board of villages, and the levels that unpaid bills have reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.requests import scope_of
from payung.office.arrears import rules
from payung.office.arrears.board import Village, board
from payung.office.arrears.models import Rung
from payung.office.arrears.states import RungState
from payung.office.bills.states import OPEN
from payung.office.desk.lists import Column, Filter, ListPage, choice_filter, code_filter, region_filter
from payung.office.regions.models import Region
from payung.office.regions.queries import names
from payung.text import Text

STATES = (
    ("aktif", Text("Terlindungi", "Covered")),
    ("tenggang_1", Text("Menunggak 1", "1 in arrears")),
    ("tenggang_2", Text("Menunggak 2", "2 in arrears")),
    ("tenggang_3", Text("Menunggak 3", "3 in arrears")),
    ("periksa", Text("Periksa", "Ask")),
    ("nonaktif", Text("Berakhir", "Ended")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the board: a village, and what is known of its bills."""

    region: Region
    line: Village


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the ladder: a rung, and the name of its payer."""

    rung: Rung
    payer: str


def _of(state: str) -> Any:
    return lambda row: row.line.people.get(state, 0)


class Board(ListPage[Region]):
    """All villages: who is protected, who owes, and what is lost if nobody pays."""

    title = Text("Papan pembayaran", "Payment board")
    help = Text(
        "Keadaan semua desa hari ini, dan sampai kapan tunggakannya masih dapat dibayar tanpa kehilangan hak.",
        "All villages today, and until when their arrears can still be paid without losing a right.",
    )
    empty_title = Text("Belum ada desa", "No village yet")
    empty_advice = Text(
        "Desa muncul setelah ada tagihan atau bulan terbayar.",
        "Villages appear once something is billed or paid.",
    )
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda r: r.region.name,
            ("code",),
            template="arrears/cell_village.html",
        ),
        Column(
            "tingkat", Text("Tingkat", "Level"), lambda r: r.line.level or "", kind="number", screen=False
        ),
        Column(
            "kontak", Text("Kontak terakhir", "Last contact"), lambda r: r.line.contact or "", screen=False
        ),
        *(Column(key, label, _of(key), kind="number", phone=key == "aktif") for key, label in STATES),
        Column("terbuka", Text("Belum dibayar", "Open"), lambda r: r.line.open, kind="money"),
        Column(
            "lewat", Text("Lewat jatuh tempo", "Overdue"), lambda r: r.line.overdue, kind="money", phone=False
        ),
        Column(
            "sebelum", Text("Sebelum terlambat", "Before it hurts"), lambda r: r.line.sentence, screen=False
        ),
    )
    filters = (region_filter("code"),)
    order = "desa"
    export_name = "papan-pembayaran"
    template = "arrears/board.html"

    def rows(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the villages within the scope."""
        self.lines = board(scope_of(request), timezone.localdate())
        return Region.objects.filter(scope_of(request).in_places("code"), level="village")

    def shown(self, rows: list[Region]) -> list[Place]:
        """Return each village with its bills."""
        return [Place(row, self.lines.get(row.code) or Village()) for row in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the totals, and the villages that lose something soon, the most urgent first."""
        lines = list(self.lines.items())
        urgent = sorted(
            ((code, line) for code, line in lines if line.until),
            key=lambda pair: (pair[1].until, -pair[1].lose, pair[0]),
        )
        names = dict(
            Region.objects.filter(code__in=[code for code, _ in urgent[:10]]).values_list("code", "name")
        )
        totals = [(label, sum(line.people.get(key, 0) for _, line in lines)) for key, label in STATES]
        return {
            "totals": totals,
            "open_sum": sum(line.open for _, line in lines),
            "overdue_sum": sum(line.overdue for _, line in lines),
            "urgent": [(names.get(code, code), line) for code, line in urgent[:10]],
            "urgent_many": len(urgent),
            "today": timezone.localdate(),
        }


def _at_level(rows: QuerySet[Rung], value: str) -> QuerySet[Rung]:
    return rows.filter(level=int(value)) if value.isdecimal() and len(value) < 3 else rows.none()


def _levels(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(str(one.number), one.title) for one in rules.levels(timezone.localdate())]


class Rungs(ListPage[Rung]):
    """The levels that unpaid bills have reached, and what became of each."""

    title = Text("Tangga tunggakan", "Ladder of arrears")
    help = Text(
        "Tagihan yang lewat jatuh tempo naik menurut tanggal. Setiap tingkat menunggu surat, atau alasan dilewati.",
        "A bill past its due day climbs with the calendar. Each level waits for a letter, or for a reason to skip it.",
    )
    empty_title = Text("Tidak ada tunggakan", "No arrears")
    empty_advice = Text(
        "Tagihan muncul di sini setelah jatuh temponya lewat.", "Bills appear here after their due day."
    )
    export_name = "tangga-tunggakan"
    template = "arrears/list.html"
    columns = (
        Column(
            "pembayar",
            Text("Pembayar", "Payer"),
            lambda r: r.payer,
            ("region_code",),
            link=lambda r: reverse("arrears_payer", kwargs={"code": r.rung.region_code}),
        ),
        Column(
            "tagihan",
            Text("Tagihan", "Bill"),
            lambda r: r.rung.bill.code,
            ("bill",),
            link=lambda r: reverse("bill_show", kwargs={"key": r.rung.bill_id}),
            phone=False,
        ),
        Column(
            "bulan",
            Text("Bulan", "Month"),
            lambda r: r.rung.bill.from_month,
            ("bill__from_month",),
            phone=False,
        ),
        Column("tingkat", Text("Tingkat", "Level"), lambda r: r.rung.title, ("level",)),
        Column("sejak", Text("Sejak", "Since"), lambda r: r.rung.on, ("on",), phone=False),
        Column(
            "terbuka",
            Text("Belum dibayar sekarang", "Open now"),
            lambda r: r.rung.bill.open,
            kind="money",
            phone=False,
        ),
        Column("keadaan", Text("Keadaan", "State"), lambda r: r.rung.state, ("state",)),
        Column("alasan", Text("Alasan", "Reason"), lambda r: r.rung.reason, phone=False),
    )
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", RungState),
        Filter("tingkat", Text("Tingkat", "Level"), _at_level, choices=_levels),
        choice_filter(
            "terbuka",
            Text("Tagihan", "Bill"),
            "ya",
            Text("belum lunas", "not paid"),
            lambda rows: rows.filter(bill__state__in=OPEN),
        ),
        region_filter("region_code"),
    )
    order = "-sejak"

    def rows(self, request: HttpRequest) -> QuerySet[Rung]:
        """Return the rungs of payers within the scope."""
        return scope_of(request).of(Rung).select_related("bill__line")

    def shown(self, rows: list[Rung]) -> list[Step]:
        """Return each rung with the name of its payer."""
        known = names({row.region_code for row in rows})
        return [Step(row, known.get(row.region_code, row.region_code)) for row in rows]
