"""Lists: bills, payments, rows that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.bills import queries
from payung.office.bills.forecast import Forecast, forecasts
from payung.office.bills.models import Bill, Payment, Row
from payung.office.bills.states import BillState, Channel, RowState
from payung.office.desk.lists import (
    Column,
    Filter,
    ListPage,
    choice_filter,
    code_filter,
    field_column,
    region_filter,
)
from payung.office.programme.models import Line
from payung.text import Text


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
        field_column("bulan", Text("Bulan", "Month"), "from_month"),
        field_column("dana", Text("Baris dana", "Line"), "line__name", phone=False),
        field_column("segmen", Text("Segmen", "Segment"), "segment", phone=False),
        field_column("keadaan", Text("Keadaan", "State"), "state"),
        field_column("orang", Text("Orang", "People"), "heads", kind="number", phone=False),
        Column("jumlah", Text("Jumlah", "Amount"), lambda b: b.payable, ("amount",), kind="money"),
        Column("terbuka", Text("Belum dibayar", "Open"), lambda b: b.open, kind="money", phone=False),
        field_column("tempo", Text("Jatuh tempo", "Due"), "due_on", phone=False),
    )
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", BillState),
        Filter("bulan", Text("Bulan", "Month"), lambda rows, value: rows.filter(from_month=value)),
        region_filter("region_code"),
        Filter(
            "tempo",
            Text("Jatuh tempo", "Due"),
            _late,
            choices=lambda _: [("lewat", Text("lewat", "overdue"))],
        ),
    )
    order = "-bulan"

    def rows(self, request: HttpRequest) -> QuerySet[Bill]:
        """Return the bills within the scope."""
        return queries.bills_of(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may draw bills up."""
        return {"may_draw": user_of(request).may(Permission.BILL_EDIT)}


def _alarming(rows: QuerySet[Line], value: str) -> QuerySet[Line]:
    """Narrow to the lines that no longer cover a bill: within a month, or ever."""
    found = forecasts(list(rows.order_by("pk")), timezone.localdate())
    keys = [one.line for one in found.values() if (one.alarm if value == "sebulan" else one.exhausted)]
    return rows.filter(pk__in=keys)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A line of money, and what it will still be billed."""

    line: Line
    ahead: Forecast


class Forecasts(ListPage[Line]):
    """What each line of money will still be billed, and when it no longer covers a bill."""

    title = Text("Perkiraan dana", "Money ahead")
    help = Text(
        "Yang masih akan ditagih menurut SK yang berlaku dan hari ketika dananya tidak lagi cukup.",
        "What the decrees in force will still cost, and the day on which the money no longer covers a bill.",
    )
    empty_title = Text("Tidak ada baris dana", "No line of money")
    empty_advice = Text("Baris dana tahun ini muncul di sini.", "This year's lines appear here.")
    export_name = "perkiraan-dana"
    columns = (
        Column("dana", Text("Baris dana", "Line"), lambda r: r.line.name, ("name",)),
        Column("sisa", Text("Belum ditagih", "Not billed yet"), lambda r: r.ahead.left, kind="money"),
        Column(
            "perlu",
            Text("Perlu sampai akhir", "Needed to the end"),
            lambda r: r.ahead.need,
            kind="money",
            phone=False,
        ),
        Column(
            "akhir",
            Text("Sisa di akhir", "Left at the end"),
            lambda r: r.ahead.end,
            kind="money",
            phone=False,
        ),
        Column("sampai", Text("Bulan terakhir", "Last month"), lambda r: r.line.until_month, phone=False),
        Column(
            "kurang",
            Text("Tidak cukup mulai", "Short from"),
            lambda r: r.ahead.unpaid_from or "",
            phone=False,
        ),
        Column("habis", Text("Habis", "Exhausted"), lambda r: r.ahead.exhausted or ""),
        Column(
            "tanda",
            Text("Tanda", "Alarm"),
            lambda r: Text("kurang dari sebulan", "under one month") if r.ahead.alarm else "",
            phone=False,
        ),
    )
    filters = (
        Filter(
            "habis",
            Text("Dananya", "Money"),
            _alarming,
            choices=lambda _: [
                ("sebulan", Text("habis dalam sebulan", "exhausted within a month")),
                ("kurang", Text("tidak cukup sampai akhir", "does not last")),
            ],
        ),
        region_filter("region_code"),
    )
    order = "dana"

    def rows(self, request: HttpRequest) -> QuerySet[Line]:
        """Return the lines within the scope that are not over yet."""
        return queries.lines_ahead(scope_of(request), timezone.localdate())

    def shown(self, rows: list[Line]) -> list[Ahead]:
        """Return each line with what it has ahead."""
        found = forecasts(rows, timezone.localdate())
        return [Ahead(row, found[row.pk]) for row in rows]


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
        field_column(
            "referensi",
            Text("Referensi", "Reference"),
            "reference",
            link=lambda p: reverse("payment_show", kwargs={"key": p.pk}),
        ),
        field_column("tanggal", Text("Tanggal", "Day"), "paid_on", phone=False),
        field_column("cara", Text("Cara", "Channel"), "channel", phone=False),
        field_column("pembayar", Text("Pembayar", "Payer"), "payer", phone=False),
        field_column("jumlah", Text("Jumlah", "Amount"), "amount", kind="money"),
        Column("sisa", Text("Sisa", "Left"), lambda p: p.left, kind="money"),
    )
    filters = (
        Filter(
            "cari",
            Text("Referensi", "Reference"),
            lambda rows, value: rows.filter(reference__icontains=value),
        ),
        choice_filter(
            "sisa",
            Text("Sisa", "Left"),
            "ada",
            Text("masih ada sisa", "something left"),
            lambda rows: rows.filter(used__lt=F("amount")),
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
        field_column("berkas", Text("Berkas", "File"), "file__name", phone=False),
        field_column("baris", Text("Baris", "Row"), "number", kind="number", phone=False),
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
