"""Figures of people: who is alive in the register, covered, in arrears, without cover. They add up:
orang = terlindungi + belum + di_luar_usia."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from payung.law import look_up
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.desk.lists import Column, field_column
from payung.office.insight.figures import columns
from payung.office.insight.figures.declared import CATEGORIES, Cut, Figure, Unit
from payung.office.months.models import Cover
from payung.office.months.queries import covered_condition, pasts_in
from payung.office.months.states import Protection
from payung.office.people.models import DEAD, Person, Standing
from payung.office.people.queries import covered_on
from payung.office.programme.models import DecreePerson
from payung.office.programme.queries.people import ending_rows
from payung.office.regions import queries as regions
from payung.text import Text

SOON = 90  # days before an end that the page speaks of
REGISTER, INSURER = "register", "bpjs"
BASES = {
    REGISTER: Text("Register bulan (iuran terbayar)", "Register of months (contributions paid)"),
    INSURER: Text("Jawaban BPJS (dibayar pihak lain)", "The insurer's answer (paid elsewhere)"),
}
SEES, COUNTS = (Permission.PERSON_VIEW,), (Permission.PERSON_COUNT,)


def living(scope: Scope) -> QuerySet[Person, Any]:
    """Return the people of ``scope`` who are not known to be dead, with ``bits``: the categories they stand in."""
    codes = [When(category=str(code), then=Value(1 << place)) for place, code in enumerate(CATEGORIES)]
    standings = Standing.objects.filter(person=OuterRef("pk")).order_by().values("person")
    bits = standings.annotate(bits=Sum(Case(*codes, default=Value(0)))).values("bits")
    return scope.of(Person).exclude(life_status=DEAD).annotate(bits=Coalesce(Subquery(bits), Value(0)))


def _listed(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return regions.with_place(rows, "village_code")


def registered(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return everybody alive in the register."""
    return _listed(living(scope))


def covered(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return who is covered on the day ``on``, with ``basis``."""
    basis = Case(
        When(covered_condition(on), then=Value(REGISTER)), default=Value(INSURER), output_field=CharField()
    )
    return _listed(living(scope).filter(covered_on(on)).annotate(basis=basis))


def of_age(on: dt.date, born: str = "birth_date") -> Q:
    """Return the condition that somebody's birth date (where it is known) lets them be enrolled on the day ``on``.

    ``born`` is the path to the birth date.
    """
    youngest, below = (int(look_up(f"enrolment_age_{name}", on).value) for name in ("from", "below"))
    last = _years_before(on, youngest)
    first = _years_before(on, below)
    return Q(**{f"{born}__isnull": True}) | Q(**{f"{born}__lte": last, f"{born}__gt": first})


def _years_before(on: dt.date, years: int) -> dt.date:
    if (on.month, on.day) == (2, 29):
        on = on.replace(day=28)
    return on.replace(year=on.year - years)


def uncovered(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return who is alive, not covered, and of an age at which one may be enrolled."""
    return _listed(living(scope).filter(~covered_on(on), of_age(on)))


def out_of_age(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return who is alive, not covered, and too young or too old to be enrolled."""
    return _listed(living(scope).filter(~covered_on(on), ~of_age(on)))


def in_arrears(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return who is covered still although months are unpaid (grace)."""
    late = Cover.objects.filter(past__in=pasts_in(on, (Protection.TENGGANG,))).values("person")
    merged = Person.everybody.filter(merged_into__isnull=False, pk__in=late).values("merged_into")
    return _listed(living(scope).filter(Q(pk__in=late) | Q(pk__in=merged)))


def ending(scope: Scope, on: dt.date) -> QuerySet[DecreePerson, Any]:
    """Return whose cover stops within :data:`SOON` days because no decree says anything after it."""
    rows = ending_rows(scope, on, SOON).annotate(after=F("last_month"))
    return regions.with_place(rows.select_related("line", "decree"), "village_code")


# From how many years on, and how it is called; the law's ages of enrolment are not these.
BANDS = (0, 18, 25, 35, 45, 55, 65)
YEARS = {
    f"{low:02d}": Text(f"{low}–{high - 1} tahun", f"{low}–{high - 1} years")
    if high
    else Text(f"{low} tahun ke atas", f"{low} years and older")
    for low, high in zip(BANDS, (*BANDS[1:], 0), strict=True)
}


def years(on: dt.date) -> Case:
    """Return the expression for the key of :data:`YEARS` that somebody is of on the day ``on``; empty: not known."""
    steps = [
        When(birth_date__lte=_years_before(on, low), then=Value(f"{low:02d}")) for low in reversed(BANDS)
    ]
    return Case(*steps, default=Value(""), output_field=CharField())


def occupation(on: dt.date) -> Cast:
    """Return the expression for somebody's occupation; what no code is asked for is nobody's."""
    return Cast("occupation", CharField(max_length=40))


_FURTHER = {Cut.YEARS: years, Cut.OCCUPATION: occupation}
_PEOPLE = (columns.person(), columns.NIK, columns.BORN, columns.place("village_code"), columns.CATEGORIES)
_CUTS = {Cut.CATEGORY: "bits"}

FIGURES = (
    Figure(
        "orang",
        Text("Orang hidup dalam register", "Living people in the register"),
        Text(
            "Setiap orang dalam register sekali, tanpa yang tercatat meninggal dan tanpa catatan yang digabung. Orang "
            "yang memegang beberapa kategori dihitung pada kategori pertamanya.",
            "Everybody in the register once, without those recorded as dead and without merged records. Whoever stands "
            "in several categories counts in the first of them.",
        ),
        Unit.PEOPLE, registered, "village_code", SEES, COUNTS, _PEOPLE, "nama",
        cuts=_CUTS, names=True, further=_FURTHER,
    ),
    Figure(
        "terlindungi",
        Text("Terlindungi", "Covered"),
        Text(
            "Orang hidup yang pada hari itu terlindungi (juga dalam masa tenggang) menurut register bulan "
            "perlindungan; bila register bulan tidak tahu apa pun tentang segmennya, menurut jawaban BPJS untuk "
            "bulan itu.",
            "Living people who are covered on that day (also in the time of grace) by the register of protected "
            "months; where that knows nothing of their segment, by the insurer's answer for that month.",
        ),
        Unit.PEOPLE, covered, "village_code", SEES, COUNTS, _PEOPLE, "nama",
        cuts={**_CUTS, Cut.BASIS: "basis"}, names=True, further=_FURTHER, whole="orang", tone="good",
    ),
    Figure(
        "belum",
        Text("Belum terlindungi", "Not covered"),
        Text(
            "Orang hidup yang pada hari itu tidak terlindungi dan umurnya masih dapat didaftarkan (juga yang tanggal "
            "lahirnya belum diisi).",
            "Living people who are not covered on that day and of an age at which they may be enrolled (also those "
            "without a birth date).",
        ),
        Unit.PEOPLE, uncovered, "village_code", SEES, COUNTS, _PEOPLE, "nama",
        cuts=_CUTS, names=True, further=_FURTHER, whole="orang", tone="warn",
    ),
    Figure(
        "di_luar_usia",
        Text("Di luar usia pendaftaran", "Not of an age to be enrolled"),
        Text(
            "Orang hidup yang pada hari itu tidak terlindungi dan menurut hukum terlalu muda atau terlalu tua untuk "
            "didaftarkan baru.",
            "Living people who are not covered on that day and by law too young or too old to be newly enrolled.",
        ),
        Unit.PEOPLE, out_of_age, "village_code", SEES, COUNTS, _PEOPLE, "nama",
        cuts=_CUTS, names=True, further=_FURTHER, whole="orang",
    ),
    Figure(
        "orang_menunggak",
        Text("Orang yang menunggak", "People in arrears"),
        Text(
            "Orang hidup yang masih terlindungi tetapi iurannya belum dibayar (masa tenggang): haknya hilang bila "
            "tidak dilunasi.",
            "Living people who are covered still but not paid for (time of grace): their right ends unless it is "
            "settled.",
        ),
        Unit.PEOPLE, in_arrears, "village_code", SEES, COUNTS, _PEOPLE, "nama",
        cuts=_CUTS, names=True, whole="terlindungi", tone="bad",
    ),
    Figure(
        "akan_putus",
        Text("Perlindungan putus dalam 90 hari", "Cover stops within 90 days"),
        Text(
            "Orang dalam SK yang bulan terakhirnya berakhir dalam 90 hari dan tidak ada SK sesudahnya.",
            "People of decrees whose last month ends within 90 days with no decree after it.",
        ),
        Unit.PEOPLE, ending, "village_code", SEES, COUNTS,
        (
            columns.person("person_id"),
            columns.NIK,
            columns.place("village_code"),
            Column("kategori", Text("Kategori", "Category"), lambda row: row.category.text, phone=False),
            Column("sk", Text("SK", "Decree"), lambda row: row.decree.number, phone=False),
            field_column("akhir", Text("Bulan terakhir", "Last month"), "last_month"),
        ),
        "akhir",
        cuts={Cut.CATEGORY: "category", Cut.LINE: "line_id", Cut.MONTH: "last_month"}, names=True, tone="warn",
    ),
)  # fmt: skip
