"""Lists of changes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from payung.office.access.requests import scope_of
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.desk.lists import Column, ListPage, code_filter, region_filter
from payung.text import Text


class Changes(ListPage[Change]):
    """What happened to people: reported, in effect, refused."""

    title = Text("Mutasi", "Changes")
    help = Text(
        "Yang meninggal, pindah, atau keluar, dengan bukti dan bulan berlakunya. Sejak bulan itu tidak ditagih.",
        "Who died, moved or left, with evidence and month of effect. From that month on they are not billed.",
    )
    empty_title = Text("Belum ada mutasi", "No change yet")
    empty_advice = Text(
        "Laporkan dari halaman orangnya, atau dari berkas.", "Report it on the person's page, or from a file."
    )
    export_name = "mutasi"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda c: c.person.name,
            ("person__name_key",),
            link=lambda c: reverse("change_show", kwargs={"key": c.pk}),
        ),
        Column("jenis", Text("Jenis", "Kind"), lambda c: c.kind, ("kind",)),
        Column("tanggal", Text("Tanggal", "Day"), lambda c: c.on, ("on",)),
        Column(
            "berlaku",
            Text("Tidak ditagih mulai", "Not billed from"),
            lambda c: c.stops,
            ("stops_from",),
            phone=False,
        ),
        Column("bukti", Text("Bukti", "Evidence"), lambda c: c.evidence, phone=False),
        Column("keadaan", Text("Keadaan", "State"), lambda c: c.state, ("state",)),
    )
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", ChangeState),
        code_filter("jenis", Text("Jenis", "Kind"), "kind", ChangeKind),
        region_filter("village_code"),
    )
    order = "-tanggal"

    def rows(self, request: HttpRequest) -> QuerySet[Change]:
        """Return the changes within the scope."""
        return scope_of(request).of(Change).select_related("person")

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing beyond the list."""
        return {}
