"""The list pages: agreements, lines of money, decrees, the people of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category, Source
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, field_column, region_filter
from payung.office.desk.words import say
from payung.office.people.queries import name_key
from payung.office.programme import rules
from payung.office.programme.models import Agreement, Decree, DecreePerson, Line
from payung.office.programme.queries import annex
from payung.office.programme.queries.seen import agreements, decrees, lines
from payung.office.programme.states import AgreementKind, DecreeState
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement, and whether it is in force today."""

    agreement: Agreement
    holds: bool


class Agreements(ListPage[Agreement]):
    """Agreements and their amendments, the latest first."""

    title = Text("Perjanjian", "Agreements")
    help = Text(
        "MoU, PKS, SK, dan addendum. Perubahan adalah baris baru; yang berlaku hari ini bertanda.",
        "MoU, PKS, SK and addenda. A change is a row of its own; what is in force today is marked.",
    )
    empty_title = Text("Belum ada perjanjian", "No agreements yet")
    empty_advice = Text("Catat MoU dan PKS lebih dahulu.", "Record the MoU and the PKS first.")
    template = "programme/agreements.html"
    columns = (
        Column(
            "nomor",
            Text("Nomor", "Number"),
            lambda row: row.agreement.number,
            ("number",),
            link=lambda row: reverse("agreement_show", args=[row.agreement.pk]),
        ),
        Column("jenis", Text("Jenis", "Kind"), lambda row: row.agreement.kind, ("kind",), phone=False),
        Column("mulai", Text("Mulai", "Starts"), lambda row: row.agreement.starts, ("starts",), phone=False),
        Column("berakhir", Text("Berakhir", "Ends"), lambda row: row.agreement.ends, ("ends",)),
        Column(
            "berlaku",
            Text("Hari ini", "Today"),
            lambda row: Text("berlaku", "in force") if row.holds else "",
        ),
    )
    filters = (
        code_filter("jenis", Text("Jenis", "Kind"), "kind", AgreementKind),
        region_filter("region_code"),
    )
    order = "-mulai"

    def rows(self, request: HttpRequest) -> QuerySet[Agreement]:
        """Return the agreements that concern whoever looks."""
        return agreements(scope_of(request))

    def shown(self, rows: list[Agreement]) -> list[Held]:
        """Mark what is in force today."""
        holding = rules.in_force_on(Agreement.objects.all(), timezone.localdate())
        terms = {one.terms for one in holding}
        return [Held(row, row.pk in terms) for row in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether a new one may be added."""
        return {"may_edit": user_of(request).may(Permission.DECREE_EDIT)}


class Lines(ListPage[Line]):
    """Lines of money with what is free, committed and paid."""

    title = Text("Dana", "Money")
    help = Text(
        "Siapa membayar, dari mana, untuk bulan apa. Sisa dihitung dari buku dana dan tidak pernah di bawah nol.",
        "Who pays, from where, for which months. What is left follows from the ledger and is never below zero.",
    )
    empty_title = Text("Belum ada baris dana", "No lines yet")
    empty_advice = Text(
        "Catat pagu APBD, desa, atau donatur.", "Record the ceiling of a budget, village or donor."
    )
    template = "programme/lines.html"
    export_name = "dana"
    columns = (
        field_column(
            "nama", Text("Baris dana", "Line"), "name", link=lambda row: reverse("line_show", args=[row.pk])
        ),
        Column("tahun", Text("Tahun", "Year"), lambda row: str(row.year), ("year",), phone=False),
        Column("sumber", Text("Sumber", "Source"), lambda row: row.source.text, ("source",)),
        Column("pagu", Text("Pagu", "Ceiling"), lambda row: row.balance.ceiling, kind="money", phone=False),
        field_column("bebas", Text("Bebas", "Free"), "balance__free", kind="money"),
        Column(
            "terikat",
            Text("Dicadangkan dan terikat", "Reserved and committed"),
            lambda row: row.balance.reserved + row.balance.committed,
            kind="money",
            phone=False,
        ),
        Column(
            "ditagih", Text("Ditagih", "Billed"), lambda row: row.balance.billed, kind="money", phone=False
        ),
        Column("dibayar", Text("Dibayar", "Paid"), lambda row: row.balance.paid, kind="money", phone=False),
    )
    filters = (
        code_filter("sumber", Text("Sumber", "Source"), "source", Source),
        region_filter("region_code"),
        Filter(
            "tahun",
            Text("Tahun", "Year"),
            lambda rows, value: (
                rows.filter(year=int(value)) if re.fullmatch(r"[0-9]{1,4}", value) else rows.none()
            ),
        ),
    )
    order = "nama"

    def rows(self, request: HttpRequest) -> QuerySet[Line]:
        """Return the lines within the scope of whoever looks."""
        return lines(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether a new one may be added."""
        return {"may_edit": user_of(request).may(Permission.QUOTA_EDIT)}


class Decrees(ListPage[Decree]):
    """Decrees, the latest first."""

    title = Text("SK", "Decrees")
    help = Text(
        "Orang dibekukan sebelum dana dicadangkan; perubahan adalah SK baru dengan daftar masuk, keluar, tetap.",
        "People are frozen before money is taken; a change is a new decree with who comes, leaves and stays.",
    )
    empty_title = Text("Belum ada SK", "No decrees yet")
    empty_advice = Text(
        "Mulai dari daftar orang (usulan.xlsx).", "Begin with a list of people (usulan.xlsx)."
    )
    template = "programme/decrees.html"
    columns = (
        Column(
            "nomor",
            Text("SK", "Decree"),
            str,
            ("number",),
            link=lambda row: reverse("decree_show", args=[row.pk]),
        ),
        field_column("keadaan", Text("Keadaan", "State"), "state"),
        field_column("dana", Text("Dana", "Line"), "line__name", phone=False),
        Column(
            "bulan",
            Text("Bulan", "Months"),
            lambda row: f"{row.from_month} – {row.until_month}",
            ("from_month",),
            phone=False,
        ),
        field_column("orang", Text("Orang masuk", "People coming in"), "many", kind="number"),
        field_column("tanggal", Text("Tanggal", "Day"), "signed_on", phone=False),
    )
    filters = (code_filter("keadaan", Text("Keadaan", "State"), "state", DecreeState),)
    order = ""

    def rows(self, request: HttpRequest) -> QuerySet[Decree]:
        """Return the decrees that concern whoever looks."""
        return decrees(scope_of(request)).annotate(many=Count("people")).order_by("-created_at")

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether a new one may be begun."""
        return {"may_edit": user_of(request).may(Permission.DECREE_EDIT)}


PARTS = {
    "lampiran": Text("Lampiran", "Annex"),
    "masuk": Text("Masuk", "Coming in"),
    "keluar": Text("Keluar", "Leaving"),
    "tetap": Text("Tetap", "Staying"),
}


class People(ListPage[DecreePerson]):
    """The annex of one decree, as far as whoever looks sees its people."""

    title = Text("Lampiran SK", "Annex of the decree")
    help = Text(
        "Orang dalam lampiran, dengan baris dana dan bulannya. NIK tersamar.",
        "The people of the annex with their line and months. NIKs are masked.",
    )
    empty_title = Text("Tidak ada orang di sini", "Nobody here")
    empty_advice = Text("Pilih bagian lain, atau isi daftarnya.", "Choose another part, or fill the list.")
    template = "programme/people.html"
    export_name = "lampiran-sk"
    columns = (
        Column(
            "no", Text("No.", "No."), lambda row: row.number, ("decree", "number"), kind="number", phone=False
        ),
        field_column(
            "nama",
            Text("Nama", "Name"),
            "name",
            link=lambda row: reverse("person_show", args=[row.person_id]),
        ),
        Column("nik", Text("NIK", "NIK"), lambda row: row.masked, phone=False),
        field_column("desa", Text("Desa", "Village"), "village_code", phone=False),
        Column("kategori", Text("Kategori", "Category"), lambda row: row.category.text, ("category",)),
        Column("segmen", Text("Segmen", "Segment"), lambda row: row.segment.text, phone=False),
        Column("dana", Text("Dana", "Line"), lambda row: row.line.name, phone=False),
        Column("bulan", Text("Bulan", "Months"), lambda row: f"{row.from_month} – {row.last_month}"),
        Column("keluar", Text("Alasan keluar", "Why leaving"), lambda row: row.exit or "", phone=False),
    )
    filters = (
        Filter(
            "bagian",
            Text("Bagian", "Part"),
            lambda rows, value: rows,
            choices=lambda _: [(code, say(name)) for code, name in PARTS.items() if code != "lampiran"],
        ),
        region_filter("village_code"),
        code_filter("kategori", Text("Kategori", "Category"), "category", Category),
        Filter(
            "cari",
            Text("Nama", "Name"),
            lambda rows, text: rows.filter(person__name_key__contains=name_key(text)),
        ),
    )
    order = "no"

    def decree(self, request: HttpRequest) -> Decree:
        """Return the decree of this page; one outside of the scope is not there."""
        found = decrees(user_of(request).scope(Permission.PERSON_VIEW)).filter(pk=self.kwargs["key"]).first()
        if found is None:
            raise Http404("outside of the scope of this user")
        return found

    def rows(self, request: HttpRequest) -> QuerySet[DecreePerson]:
        """Return the part of the annex that the address asks for."""
        decree, part = self.decree(request), request.GET.get("bagian", "")
        if part == "keluar":
            rows = DecreePerson.objects.filter(removed_by=decree)
        else:
            rows = annex(decree)
            if part == "masuk":
                rows = rows.filter(decree=decree)
            elif part == "tetap":
                rows = rows.exclude(decree=decree)
        return scope_of(request).of(rows).select_related("person", "line").annotate(place=F("number"))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the decree."""
        decree = self.decree(request)
        return {"decree": decree, "about": decree}
