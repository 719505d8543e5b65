"""The list of donors."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, field_column
from payung.office.donors import queries
from payung.office.donors.models import Donor
from payung.text import Text


class Donors(ListPage[Donor]):
    """The donors of the district."""

    title = Text("Donatur", "Donors")
    help = Text(
        "Perusahaan, BAZNAS, dan ASN yang menanggung iuran orang lain. Setiap rupiah dari janji menjadi baris dana.",
        "Companies, BAZNAS and civil servants who pay for others. Each rupiah pledged becomes a line of money.",
    )
    empty_title = Text("Belum ada donatur", "No donors yet")
    empty_advice = Text(
        "Catat donatur, lalu janjinya dengan nomor suratnya.",
        "Record a donor, then its pledge with the number of its letter.",
    )
    template = "donors/list.html"
    export_name = "donatur"
    order = "nama"
    columns = (
        field_column(
            "nama", Text("Donatur", "Donor"), "name", link=lambda row: reverse("donor_show", args=[row.pk])
        ),
        field_column("janji", Text("Janji", "Pledges"), "many", kind="number", phone=False),
        field_column("dijanjikan", Text("Dijanjikan", "Pledged"), "pledged", kind="money"),
        field_column(
            "pos", Text("Menjadi baris dana", "Made into lines"), "placed", kind="money", phone=False
        ),
        Column(
            "sisa", Text("Belum dipakai", "Not placed"), lambda row: row.pledged - row.placed, kind="money"
        ),
    )
    filters = (Filter("cari", Text("Nama", "Name"), lambda rows, text: rows.filter(name__icontains=text)),)

    def rows(self, request: HttpRequest) -> QuerySet[Donor]:
        """Return the donors within the scope of whoever looks."""
        return queries.donors(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether a new one may be added."""
        return {"may_edit": user_of(request).may(Permission.QUOTA_EDIT)}
