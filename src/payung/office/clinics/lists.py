"""The list of partner clinics."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.clinics import queries
from payung.office.clinics.models import Clinic
from payung.office.clinics.states import ClinicKind
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, field_column
from payung.office.desk.words import say
from payung.office.people.queries import name_key
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.text import Text


def places(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the sub-districts of the districts of whoever looks."""
    here = Q(pk__in=[])
    for code in queries.districts(scope_of(request)):
        here |= below(code, "code")
    return list(Region.objects.filter(here, level="subdistrict").values_list("code", "name"))


def _at(rows: QuerySet[Clinic], value: str) -> QuerySet[Clinic]:
    now = queries.in_force(timezone.localdate())
    return rows.filter(~now if value == "berakhir" else now)


class Clinics(ListPage[Clinic]):
    """The partner clinics of the district."""

    title = Text("Rumah sakit mitra (PLKK)", "Partner clinics (PLKK)")
    help = Text(
        "Di sini kecelakaan kerja dirawat tanpa membayar dahulu. Yang terdekat muncul di samping setiap kejadian.",
        "Here a work accident is treated without paying first. The nearest stand beside every event.",
    )
    empty_title = Text("Belum ada rumah sakit mitra", "No partner clinic yet")
    empty_advice = Text(
        "Minta daftar PLKK ke kantor cabang BPJS Ketenagakerjaan, lalu unggah di sini.",
        "Ask the insurer's branch for its list of partner clinics, then upload it here.",
    )
    template = "clinics/list.html"
    export_name = "plkk"
    order = "tempat"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda c: c.name,
            ("name_key",),
            link=lambda c: reverse("clinic_edit", args=[c.pk]) if c.editable else "",
        ),
        Column(
            "tempat",
            Text("Kecamatan", "Sub-district"),
            lambda c: c.place_name or c.subdistrict_code,
            ("subdistrict_code", "name_key"),
        ),
        field_column("jenis", Text("Jenis", "Kind"), "kind", phone=False),
        Column("alamat", Text("Alamat", "Address"), lambda c: c.address, phone=False),
        Column("telepon", Text("Telepon", "Phone"), lambda c: c.phone),
        Column(
            "darurat",
            Text("24 jam", "Day and night"),
            lambda c: Text("ya", "yes") if c.day_and_night else "",
            ("day_and_night",),
            phone=False,
        ),
        field_column("sampai", Text("Sampai", "Until"), "ends", phone=False),
    )
    filters = (
        Filter(
            "cari",
            Text("Nama", "Name"),
            lambda rows, text: rows.filter(name_key__contains=name_key(text)),
        ),
        Filter(
            "kecamatan",
            Text("Kecamatan", "Sub-district"),
            lambda rows, code: rows.filter(subdistrict_code=code),
            choices=places,
        ),
        code_filter("jenis", Text("Jenis", "Kind"), "kind", ClinicKind),
        Filter(
            "kini",
            Text("Kerja sama", "Agreement"),
            _at,
            choices=lambda _: [
                ("berlaku", say(Text("berlaku", "in force"))),
                ("berakhir", say(Text("berakhir atau belum mulai", "ended or not begun"))),
            ],
        ),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Clinic]:
        """Return the clinics of the district of whoever looks, and whether they lead to their form."""
        editable = user_of(request).may(Permission.CLINIC_EDIT)
        return queries.clinics(scope_of(request)).annotate(editable=Value(editable))

    def extra(self, request: HttpRequest) -> dict[str, object]:
        """Return whether this person may change them."""
        return {"may_edit": user_of(request).may(Permission.CLINIC_EDIT)}
