"""Lists: the payment board of villages, bills, payments, rows that wait."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.bills import queries
from payung.office.bills.board import Village, board
from payung.office.bills.models import Bill, Payment, Row
from payung.office.bills.states import BillState, Channel, RowState
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, region_filter
from payung.office.months.states import Protection
from payung.office.regions.models import Region
from payung.text import Text

STATES = (
    ("aktif", Text("Terlindungi", "Covered")),
    ("tenggang_1", Text("Menunggak 1", "1 in arrears")),
    ("tenggang_2", Text("Menunggak 2", "2 in arrears")),
    ("tenggang_3", Text("Menunggak 3", "3 in arrears")),
    ("periksa", Text("Periksa", "Ask")),
    ("nonaktif", Text("Berakhir", "Ended")),
)


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
            "desa", Text("Desa", "Village"), lambda r: r.name, ("code",), template="bills/cell_village.html"
        ),
        *(Column(key, label, _of(key), kind="number", phone=key == "aktif") for key, label in STATES),
        Column("terbuka", Text("Belum dibayar", "Open"), lambda r: r.line.open, kind="money"),
        Column(
            "lewat", Text("Lewat jatuh tempo", "Overdue"), lambda r: r.line.overdue, kind="money", phone=False
        ),
        Column(
            "sebelum", Text("Sebelum terlambat", "Before it hurts"), lambda r: r.line.sentence, phone=False
        ),
    )
    filters = (region_filter("code"),)
    order = "desa"
    export_name = "papan-pembayaran"
    template = "bills/board.html"

    def rows(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the villages within the scope."""
        self.lines = board(scope_of(request), timezone.localdate())
        return Region.objects.filter(scope_of(request).in_places("code"), level="village")

    def prepare(self, rows: list[Region]) -> None:
        """Give each village its line."""
        for row in rows:
            row.line = self.lines.get(row.code) or Village()  # type: ignore[attr-defined]

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


def _late(rows: QuerySet[Bill], value: str) -> QuerySet[Bill]:
    late = rows.filter(due_on__lt=timezone.localdate(), state__in=[BillState.SENT, BillState.PARTLY])
    return late if value == "lewat" else rows


class Bills(ListPage[Bill]):
    """All bills within the scope."""

    title = Text("Tagihan", "Bills")
    help = Text(
        "Satu tagihan untuk satu baris dana, segmen, dan bulan. Selisih sesudahnya menjadi tagihan susulan.",
        "One bill for a line of money, a segment and a month. What changes later becomes a supplement.",
    )
    empty_title = Text("Belum ada tagihan", "No bill yet")
    empty_advice = Text(
        "Hitung tagihan satu bulan dari SK yang berlaku.", "Draw a month's bill up from the decree in force."
    )
    empty_action = ("bill_new", Text("Hitung tagihan", "Draw up"))
    export_name = "tagihan"
    template = "bills/list.html"
    columns = (
        Column(
            "nomor",
            Text("Nomor", "Number"),
            lambda b: b.code,
            ("pk",),
            link=lambda b: reverse("bill_show", kwargs={"key": b.pk}),
        ),
        Column("bulan", Text("Bulan", "Month"), lambda b: b.from_month, ("from_month",)),
        Column("dana", Text("Baris dana", "Line"), lambda b: b.line.name, ("line__name",)),
        Column("segmen", Text("Segmen", "Segment"), lambda b: b.segment, ("segment",), phone=False),
        Column("keadaan", Text("Keadaan", "State"), lambda b: b.state, ("state",)),
        Column("orang", Text("Orang", "People"), lambda b: b.heads, ("heads",), kind="number", phone=False),
        Column("jumlah", Text("Jumlah", "Amount"), lambda b: b.payable, ("amount",), kind="money"),
        Column("terbuka", Text("Belum dibayar", "Open"), lambda b: b.open, kind="money", phone=False),
        Column("tempo", Text("Jatuh tempo", "Due"), lambda b: b.due_on, ("due_on",), phone=False),
    )
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", BillState),
        Filter("bulan", Text("Bulan", "Month"), lambda rows, value: rows.filter(from_month=value)),
        region_filter("region_code"),
        Filter(
            "tempo",
            Text("Jatuh tempo", "Due"),
            _late,
            choices=lambda _: [("lewat", Text("lewat", "overdue"))],  # type: ignore[list-item]
        ),
    )
    order = "-bulan"

    def rows(self, request: HttpRequest) -> QuerySet[Bill]:
        """Return the bills within the scope."""
        return queries.bills_of(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may draw bills up."""
        return {"may_draw": user_of(request).may(Permission.BILL_EDIT)}


class Payments(ListPage[Payment]):
    """Money that arrived, with what is left of it."""

    title = Text("Uang masuk", "Money that arrived")
    help = Text(
        "Setiap uang masuk, untuk apa dipakai, dan berapa sisanya. Tidak ada yang hilang atau dibukukan nol.",
        "All money that arrived, what it was used for, and what is left. Nothing is lost, nothing booked as zero.",
    )
    empty_title = Text("Belum ada uang masuk", "No money yet")
    empty_advice = Text(
        "Unggah mutasi rekening, berkas bank, atau daftar bayar.",
        "Upload a statement, a bank's file or a list.",
    )
    empty_action = ("payment_new", Text("Unggah berkas", "Upload a file"))
    export_name = "uang-masuk"
    template = "bills/payments.html"
    columns = (
        Column(
            "referensi",
            Text("Referensi", "Reference"),
            lambda p: p.reference,
            ("reference",),
            link=lambda p: reverse("payment_show", kwargs={"key": p.pk}),
        ),
        Column("tanggal", Text("Tanggal", "Day"), lambda p: p.paid_on, ("paid_on",)),
        Column("cara", Text("Cara", "Channel"), lambda p: p.channel, ("channel",), phone=False),
        Column("pembayar", Text("Pembayar", "Payer"), lambda p: p.payer, ("payer",), phone=False),
        Column("jumlah", Text("Jumlah", "Amount"), lambda p: p.amount, ("amount",), kind="money"),
        Column("sisa", Text("Sisa", "Left"), lambda p: p.left, kind="money"),
    )
    filters = (
        Filter(
            "cari",
            Text("Referensi", "Reference"),
            lambda rows, value: rows.filter(reference__icontains=value),
        ),
        Filter(
            "sisa",
            Text("Sisa", "Left"),
            lambda rows, value: rows.filter(used__lt=F("amount")) if value == "ada" else rows,
            choices=lambda _: [("ada", Text("masih ada sisa", "something left"))],  # type: ignore[list-item]
        ),
        code_filter("cara", Text("Cara", "Channel"), "channel", Channel),
    )
    order = "-tanggal"

    def rows(self, request: HttpRequest) -> QuerySet[Payment]:
        """Return the payments within the scope."""
        return queries.payments_of(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may book money."""
        return {"may_pay": user_of(request).may(Permission.BILL_PAY)}


class Waiting(ListPage[Row]):
    """Rows of payment files that wait for somebody."""

    title = Text("Baris yang menunggu", "Rows that wait")
    help = Text(
        "Baris yang tidak dapat dibukukan sendiri, dengan sebabnya. Berkasnya yang lain sudah dibukukan.",
        "Rows that could not be booked by themselves, with the reason. The rest of their file is booked.",
    )
    empty_title = Text("Tidak ada yang menunggu", "Nothing waits")
    empty_advice = Text("Semua baris sudah dibukukan.", "All rows are booked.")
    columns = (
        Column("berkas", Text("Berkas", "File"), lambda r: r.file.name, ("file__name",), phone=False),
        Column("baris", Text("Baris", "Row"), lambda r: r.number, ("number",), kind="number", phone=False),
        Column("isi", Text("Isi", "Content"), lambda r: r.text, phone=False),
        Column("sebab", Text("Sebab", "Reason"), lambda r: Text(r.why.get("id", ""), r.why.get("en", ""))),
        Column(
            "uang",
            Text("Uang", "Money"),
            lambda r: r.payment.reference if r.payment else "",
            link=lambda r: reverse("payment_show", kwargs={"key": r.payment_id}) if r.payment_id else "",
        ),
    )
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", (RowState.WAITING, RowState.FAILED)),
    )
    order = "berkas"

    def rows(self, request: HttpRequest) -> QuerySet[Row]:
        """Return the rows that wait: whose payer is known, for whoever sees the place; the rest for the district."""
        seen = Q(payment__in=queries.payments_of(scope_of(request)))
        if any(code.count(".") <= 1 for code in scope_of(request).places):
            seen |= Q(payment__isnull=True)
        waiting = Row.objects.filter(seen, state__in=[RowState.WAITING, RowState.FAILED])
        left = Q(payment__isnull=True) | Q(payment__used__lt=F("payment__amount"))
        return waiting.filter(left).select_related("file", "payment")


TONES = {str(state): state.tone for state in Protection}
