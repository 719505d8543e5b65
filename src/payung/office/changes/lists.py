"""Lists of changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.changes import quarters
from payung.office.changes.dispatch import waiting
from payung.office.changes.models import Change, Refresh
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.desk.lists import (
    ACCOUNT,
    Column,
    Filter,
    ListPage,
    code_filter,
    field_column,
    region_filter,
)
from payung.office.desk.words import say
from payung.office.regions.models import Region
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
    template = "changes/list.html"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda c: c.person.name,
            ("person__name_key",),
            link=lambda c: reverse("change_show", kwargs={"key": c.pk}),
        ),
        field_column("jenis", Text("Jenis", "Kind"), "kind"),
        field_column("tanggal", Text("Tanggal", "Day"), "on", phone=False),
        Column(
            "berlaku",
            Text("Tidak ditagih mulai", "Not billed from"),
            lambda c: c.stops,
            ("stops_from",),
            phone=False,
        ),
        Column("bukti", Text("Bukti", "Evidence"), lambda c: c.evidence, phone=False),
        field_column("keadaan", Text("Keadaan", "State"), "state"),
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
        """Return how many changes wait to be sent to the insurer, for whoever sends."""
        user = user_of(request)
        if not user.may(Permission.DECREE_EDIT):
            return {}
        return {"to_send": waiting(user.scope(Permission.DECREE_EDIT)).count()}


@dataclass(frozen=True, slots=True)
class Village:
    """A village in a quarter: its counts, and how it was said to be done."""

    region: Region
    found: quarters.Counts
    done: Refresh | None


class Refreshes(ListPage[Region]):
    """How far the villages are with going through their lists in this quarter."""

    title = Text("Pemutakhiran triwulan", "Quarterly refresh")
    help = Text(
        "Setiap triwulan desa memeriksa daftarnya: siapa tetap, masuk, dan keluar. Buka desanya bila selesai.",
        "Each quarter a village goes through its list: who stays, comes and leaves. Open it once it is done.",
    )
    empty_title = Text("Tidak ada desa", "No village")
    empty_advice = Text("Desa di wilayah Anda muncul di sini.", "Villages of your region appear here.")
    export_name = "pemutakhiran"
    template = "changes/refreshes.html"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda r: r.region.name,
            ("name",),
            link=lambda r: reverse("refresh_village", kwargs={"code": r.region.code}),
        ),
        Column("tetap", Text("Tetap", "Stay"), lambda r: r.found.stays, kind="number", phone=False),
        Column("masuk", Text("Masuk", "Come"), lambda r: r.found.comes, kind="number"),
        Column("keluar", Text("Keluar", "Leave"), lambda r: r.found.leaves, kind="number"),
        Column("selesai", Text("Selesai", "Done"), lambda r: r.done.at.date() if r.done else ""),
        Column("oleh", Text("Oleh", "By"), lambda r: r.done.by if r.done else "", phone=False, kind=ACCOUNT),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, value: (rows.exclude if value == "belum" else rows.filter)(code__in=_done()),
            choices=lambda _: [
                ("belum", say(Text("belum selesai", "not done"))),
                ("selesai", say(Text("selesai", "done"))),
            ],
        ),
        region_filter("code"),
    )
    order = "desa"

    def rows(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the villages within the scope."""
        return Region.objects.filter(scope_of(request).in_places("code"), level="village")

    def shown(self, rows: list[Region]) -> list[Village]:
        """Return each village with its counts of the quarter, and whether it is done."""
        quarter = quarters.of(timezone.localdate())
        codes = {row.code for row in rows}
        found = quarters.counted(codes, quarter)
        done = {
            one.village_code: one for one in Refresh.objects.filter(quarter=quarter, village_code__in=codes)
        }
        return [Village(row, found[row.code], done.get(row.code)) for row in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the quarter and how many villages are through."""
        rows = self.rows(request)
        return {
            "quarter": quarters.of(timezone.localdate()),
            "villages": rows.count(),
            "done": rows.filter(code__in=_done()).count(),
        }


def _done() -> QuerySet[Refresh, Any]:
    return Refresh.objects.filter(quarter=quarters.of(timezone.localdate())).values("village_code")
