"""Figures of money: what lines were given and where it is, what was paid for months, bills that are due.
They add up: pagu = bebas + terikat + ditagih + dibayar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from payung.codes import Category
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.bills import queries as bills
from payung.office.bills.states import OPEN
from payung.office.desk.lists import Column, field_column
from payung.office.insight.figures import columns
from payung.office.insight.figures.declared import Cut, Figure, Unit
from payung.office.months.models import MonthSum, Place
from payung.office.months.queries import places_of
from payung.office.months.states import SEGMENT_OF
from payung.office.programme.models import Line
from payung.office.programme.queries import seen
from payung.office.regions import queries as regions
from payung.text import Text


def _of_year(scope: Scope, on: dt.date) -> QuerySet[Line, Any]:
    rows = (
        seen.lines(scope)
        .filter(year=on.year)
        .annotate(
            ceiling=F("balance__ceiling"),
            free=F("balance__free"),
            bound=F("balance__reserved") + F("balance__committed"),
            billed=F("balance__billed"),
            paid=F("balance__paid"),
        )
    )
    return regions.with_place(rows, "region_code")


def person_months(scope: Scope, on: dt.date) -> QuerySet[MonthSum, Any]:
    """Return the sums of paid months of the year of ``on`` within ``scope``: a row a month, line, place, segment."""
    return paid_in(scope, f"{on.year}-01", f"{on.year}-12")


def paid_in(scope: Scope, first: str, last: str) -> QuerySet[MonthSum, Any]:
    """Return the sums of the paid months from ``first`` to ``last`` within ``scope``."""
    place = Place.objects.filter(pk=OuterRef("place"))
    rows = (
        MonthSum.objects.filter(
            month__gte=months.index(first), month__lte=months.index(last), place__in=list(places_of(scope))
        )
        .exclude(people=0)
        .annotate(
            village_code=Subquery(place.values("village_code")),
            category=Subquery(place.values("category")),
            line_name=Subquery(Line.objects.filter(pk=OuterRef("line")).values("name")),
            amount=F("jkk") + F("jkm"),
        )
    )
    return regions.with_place(rows, "village_code")


def due(scope: Scope, on: dt.date) -> QuerySet[Any, Any]:
    """Return the bills of ``scope`` that are open on the day ``on`` and were due before it, with ``rest`` in rupiah."""
    rest = Greatest(Coalesce(F("printed"), F("amount")) - F("paid_amount"), 0)
    rows = bills.bills_of(scope).filter(state__in=OPEN, due_on__lt=on).annotate(rest=rest)
    return regions.with_place(rows, "region_code")


_LINE = (
    field_column("nama", Text("Baris dana", "Line"), "name", link=lambda row: reverse("line_show", args=[row.pk])),
    Column("sumber", Text("Sumber", "Source"), lambda row: row.source.text, ("source",), phone=False),
    columns.place("region_code"),
    field_column("pagu", Text("Pagu", "Ceiling"), "ceiling", kind="money", phone=False),
    field_column("bebas", Text("Bebas", "Free"), "free", kind="money"),
    Column("terikat", Text("Terikat", "Bound"), lambda row: row.bound, kind="money", phone=False),
    Column("ditagih", Text("Ditagih", "Billed"), lambda row: row.billed, kind="money", phone=False),
    field_column("dibayar", Text("Dibayar", "Paid"), "paid", kind="money", phone=False),
)  # fmt: skip
_MONEY = (Permission.QUOTA_VIEW,), (Permission.DECREE_DECIDE,)


def _line(
    code: str, name: Text, definition: Text, amount: str, whole: str = "pagu", tone: str = ""
) -> Figure:
    return Figure(
        code, name, definition, Unit.RUPIAH, _of_year, "region_code", *_MONEY, _LINE, "nama",
        amount=amount, cuts={Cut.LINE: "pk"}, whole=whole, tone=tone, of_the_year=True,
    )  # fmt: skip


_MONTH = (
    Column("bulan", Text("Bulan", "Month"), lambda row: months.from_index(row.month), ("month",)),
    Column("dana", Text("Baris dana", "Line"), lambda row: row.line_name or str(row.line), ("line",), phone=False),
    columns.place("village_code"),
    Column(
        "kategori", Text("Kategori", "Category"),
        lambda row: Category.member(row.category).text if row.category else "", phone=False,
    ),
    Column("segmen", Text("Segmen", "Segment"), lambda row: SEGMENT_OF[row.segment].text, phone=False),
    field_column("orang", Text("Orang", "People"), "people", kind="number"),
    field_column("rupiah", Text("Rupiah", "Rupiah"), "amount", kind="money"),
)  # fmt: skip
_MONTH_CUTS = {
    Cut.CATEGORY: "category", Cut.LINE: "line", Cut.MONTH: "month", Cut.SEGMENT: "segment",
}  # fmt: skip
_BILL = (
    Column(
        "nomor", Text("Nomor", "Number"), lambda row: row.code, ("pk",),
        link=lambda row: reverse("bill_show", kwargs={"key": row.pk}),
    ),
    field_column("dana", Text("Baris dana", "Line"), "line__name", phone=False),
    columns.place("region_code"),
    field_column("bulan", Text("Bulan", "Month"), "from_month", phone=False),
    field_column("tempo", Text("Jatuh tempo", "Due"), "due_on", phone=False),
    field_column("orang", Text("Orang", "People"), "heads", kind="number", phone=False),
    field_column("sisa", Text("Belum dibayar", "Open"), "rest", kind="money"),
)  # fmt: skip
_BILLS = (Permission.BILL_VIEW,), (Permission.DECREE_DECIDE,)
_BILL_CUTS = {Cut.LINE: "line_id", Cut.MONTH: "from_month", Cut.SEGMENT: "segment"}

FIGURES = (
    _line(
        "pagu",
        Text("Pagu tahun ini", "Ceiling of the year"),
        Text("Pagu semua baris dana tahun itu, sesudah pergeseran.", "What all lines of that year were given."),
        "ceiling", whole="",
    ),
    _line(
        "bebas",
        Text("Sisa dana", "Money left"),
        Text("Pagu yang belum dicadangkan, terikat, ditagih, atau dibayar.", "Not reserved, bound, billed or paid."),
        "free", tone="good",
    ),
    _line(
        "terikat",
        Text("Terikat SK", "Bound by decrees"),
        Text("Dicadangkan atau terikat untuk orang dalam SK, belum ditagih.", "Put aside for people of decrees."),
        "bound",
    ),
    _line(
        "ditagih",
        Text("Ditagih, belum dibayar", "Billed, not paid"),
        Text("Ada dalam tagihan yang dikirim dan belum dibayar.", "In bills that were sent and are not paid."),
        "billed",
    ),
    _line(
        "dibayar",
        Text("Iuran dibayar", "Contributions paid"),
        Text("Sudah dibayarkan dari baris dana tahun itu.", "Paid out of the lines of that year."),
        "paid",
    ),
    Figure(
        "orang_bulan",
        Text("Orang-bulan terbayar tahun ini", "Person-months paid this year"),
        Text(
            "Satu orang, satu segmen, satu bulan tahun itu yang dibayar dan tidak dibatalkan, menurut register bulan.",
            "One person, segment and month of that year that was paid and not taken back, by the register of months.",
        ),
        Unit.PERSON_MONTHS, person_months, "village_code", (Permission.BILL_VIEW,), (Permission.BILL_COUNT,),
        _MONTH, "bulan", amount="people", cuts=_MONTH_CUTS, names=True, of_the_year=True, heads="people", numbered=True,
    ),
    Figure(
        "iuran_bulan",
        Text("Iuran bulan yang terbayar", "Contributions of paid months"),
        Text(
            "JKK dan JKM dari orang-bulan yang terbayar tahun itu, menurut register bulan.",
            "JKK and JKM of the person-months paid in that year, by the register of months.",
        ),
        Unit.RUPIAH, person_months, "village_code", (Permission.BILL_VIEW,), (Permission.BILL_COUNT,),
        _MONTH, "bulan", amount="amount", cuts=_MONTH_CUTS, names=True, of_the_year=True, heads="people", numbered=True,
    ),
    Figure(
        "tagihan_lewat",
        Text("Tagihan lewat jatuh tempo", "Bills past their day"),
        Text("Tagihan terkirim yang belum lunas dan jatuh temponya sudah lewat.", "Sent, not paid, past their day."),
        Unit.BILLS, due, "region_code", *_BILLS, _BILL, "tempo", cuts=_BILL_CUTS, tone="bad",
    ),
    Figure(
        "tunggakan",
        Text("Tunggakan", "Arrears"),
        Text("Rupiah yang belum dibayar dari tagihan yang lewat jatuh tempo.", "Rupiah open of bills past their day."),
        Unit.RUPIAH, due, "region_code", *_BILLS, _BILL, "tempo", amount="rest", cuts=_BILL_CUTS, tone="bad",
    ),
)  # fmt: skip
