"""Figures of what families get, of cases that are open, of deaths nobody reported, and of what ends soon."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, F, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.cases import queries
from payung.office.cases.models import Case, Step
from payung.office.cases.states import ENDED
from payung.office.desk.lists import Column, field_column
from payung.office.insight.figures import columns
from payung.office.insight.figures.declared import Cut, Figure, Unit
from payung.office.insight.figures.people import SOON
from payung.office.people.models import Person
from payung.office.programme.models import Agreement
from payung.office.programme.queries import in_force_on
from payung.office.programme.queries.seen import agreements
from payung.office.regions import queries as regions
from payung.text import Text

# Days since the report → key and words; each up to and including.
AGES = ((7, "a7"), (30, "b30"), (90, "c90"))
OLDEST = "d91"
AGE_WORDS = {
    "a7": Text("sampai 7 hari", "up to 7 days"),
    "b30": Text("8–30 hari", "8–30 days"),
    "c90": Text("31–90 hari", "31–90 days"),
    OLDEST: Text("lebih dari 90 hari", "more than 90 days"),
}


def paid_to_families(scope: Scope, on: dt.date) -> QuerySet[Step, Any]:
    """Return the steps of the year of ``on`` in which the insurer paid, with the case."""
    rows = (
        queries.payments(scope)
        .filter(on__year=on.year)
        .annotate(village_code=F("case__incident__village_code"))
    )
    return regions.with_place(rows.select_related("case__incident"), "case__incident__village_code")


def open_cases(scope: Scope, on: dt.date) -> QuerySet[Case, Any]:
    """Return the cases that have not ended, with ``age``."""
    start = timezone.make_aware(dt.datetime.combine(on, dt.time()))
    bands = [When(incident__at__gte=start - dt.timedelta(days=days), then=Value(key)) for days, key in AGES]
    age = When_(*bands, default=Value(OLDEST), output_field=CharField())
    rows = queries.cases(scope).exclude(state__in=ENDED).annotate(age=age)
    return regions.with_place(rows, "incident__village_code")


def unclaimed(scope: Scope, on: dt.date) -> QuerySet[Person, Any]:
    """Return the people who died, were covered, and of whom there is no case."""
    keys = {row.person.pk for row in queries.unclaimed(scope, on)}
    return regions.with_place(scope.of(Person).filter(pk__in=keys), "village_code")


def ending_papers(scope: Scope, on: dt.date) -> QuerySet[Agreement, Any]:
    """Return the agreements in force on the day ``on`` whose terms end within :data:`SOON` days."""
    last = on + dt.timedelta(days=SOON)
    keys = [one.terms.pk for one in in_force_on(on) if one.terms.ends <= last]
    return regions.with_place(agreements(scope).filter(pk__in=keys), "region_code")


_CASE = (Permission.CASE_VIEW,), (Permission.CASE_COUNT,)

FIGURES = (
    Figure(
        "dibayar_keluarga",
        Text("Dibayar kepada keluarga tahun ini", "Paid to families this year"),
        Text(
            "Rupiah dalam langkah “dibayar” semua kasus, menurut tanggal bayarnya pada tahun itu.",
            "Rupiah of the steps “paid” of all cases, by their day in that year.",
        ),
        Unit.RUPIAH, paid_to_families, "case__incident__village_code", *_CASE,
        (
            Column(
                "kasus", Text("Kasus", "Case"), lambda row: row.case.number, ("case__incident__number",),
                link=lambda row: reverse("case_show", args=[row.case_id]),
            ),
            Column("nama", Text("Nama", "Name"), lambda row: row.case.incident.name, phone=False),
            columns.place("case__incident__village_code"),
            field_column("tanggal", Text("Dibayar", "Paid on"), "on", phone=False),
            field_column("jumlah", Text("Jumlah", "Amount"), "amount", kind="money"),
        ),
        "-tanggal", amount="amount", names=True, tone="good", of_the_year=True,
    ),
    Figure(
        "kasus_terbuka",
        Text("Kasus berjalan", "Open cases"),
        Text("Kasus yang belum selesai dan bukan gugur.", "Cases that have not ended."),
        Unit.CASES, open_cases, "incident__village_code", *_CASE,
        (
            Column(
                "nomor", Text("Nomor", "Number"), lambda row: row.number, ("incident__number",),
                link=lambda row: reverse("case_show", args=[row.pk]),
            ),
            Column("nama", Text("Nama", "Name"), lambda row: row.incident.name, phone=False),
            columns.place("incident__village_code"),
            field_column("keadaan", Text("Keadaan", "State"), "state"),
            Column("umur", Text("Sejak dilaporkan", "Since the report"), lambda row: AGE_WORDS[row.age], phone=False),
            Column(
                "lapor", Text("Dilaporkan", "Reported"), lambda row: timezone.localdate(row.incident.at),
                ("incident__at",), phone=False,
            ),
        ),
        "lapor", cuts={Cut.AGE: "age"}, names=True,
    ),
    Figure(
        "meninggal_tanpa_kasus",
        Text("Meninggal, belum diklaim", "Deaths without a case"),
        Text(
            "Orang yang tercatat meninggal, iurannya melindungi hari itu (atau harinya belum diketahui), dan belum ada "
            "kasusnya.",
            "People recorded as dead whose months covered that day (or whose day is not known) and who have no case.",
        ),
        Unit.PEOPLE, unclaimed, "village_code", *_CASE,
        (columns.person(), columns.NIK, columns.place("village_code")), "nama", names=True, tone="bad",
    ),
    Figure(
        "segera_berakhir",
        Text("Perjanjian berakhir dalam 90 hari", "Agreements that end within 90 days"),
        Text(
            "MoU, PKS, dan SK yang berlaku pada hari itu dan berakhir dalam 90 hari.",
            "MoU, PKS and decrees in force on that day that end within 90 days.",
        ),
        Unit.PAPERS, ending_papers, "region_code", (Permission.DECREE_VIEW,), (),
        (
            field_column(
                "nomor", Text("Nomor", "Number"), "number", link=lambda row: reverse("agreement_show", args=[row.pk])
            ),
            field_column("jenis", Text("Jenis", "Kind"), "kind", phone=False),
            columns.place("region_code"),
            field_column("akhir", Text("Berakhir", "Ends"), "ends"),
        ),
        "akhir", tone="warn",
    ),
)  # fmt: skip
