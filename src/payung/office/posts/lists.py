"""The list pages about posts: the board of villages, and every post."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category
from payung.codes.category import OFFICIALS
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, place_choices
from payung.office.desk.words import say
from payung.office.posts import queries
from payung.office.posts.models import Post
from payung.office.posts.states import PostState
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.text import Text

EMPTY = "kosong"  # a choice of the filter: nobody is in office


def _count(state: str) -> Any:
    return lambda region: region.posts[state]


class Board(ListPage[Region]):
    """Every village with its posts: filled, vacant, ended, covered or not."""

    title = Text("Jabatan per desa", "Offices by village")
    help = Text(
        "Berapa jabatan terisi, terlindungi, berakhir, dan lowong di tiap desa. Tekan nama desa untuk orangnya.",
        "How many offices are filled, covered, ended and vacant in each village. Open a village for its people.",
    )
    empty_title = Text("Tidak ada desa", "No villages")
    empty_advice = Text("Minta admin memuat wilayah.", "Ask the administrator to load the regions.")
    export_name = "jabatan-per-desa"
    template = "posts/board.html"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda r: r.name,
            ("name",),
            template="posts/cell_village.html",
        ),
        Column("kode", Text("Kode", "Code"), lambda r: r.code, ("code",), phone=False),
        Column("covered", Text("Terlindungi", "Covered"), _count("covered"), kind="number"),
        Column("uncovered", Text("Belum", "Not covered"), _count("uncovered"), kind="number"),
        Column("ended", Text("Berakhir", "Ended"), _count("ended"), kind="number", phone=False),
        Column("vacant", Text("Lowong", "Vacant"), _count("vacant"), kind="number", phone=False),
    )
    filters = (
        Filter(
            "cari", Text("Cari desa", "Find a village"), lambda rows, text: rows.filter(name__icontains=text)
        ),
        Filter(
            "kecamatan",
            Text("Kecamatan", "Sub-district"),
            lambda rows, code: rows.filter(below(code, "code")),
            choices=lambda request: [
                (region.code, region.name)
                for region in Region.objects.filter(scope_of(request).in_places("code"), level="subdistrict")
            ],
        ),
    )
    order = "kode"

    def rows(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the villages within the scope; their counts come from one query for all."""
        self.counts = queries.post_counts(scope_of(request), timezone.localdate())
        return Region.objects.filter(scope_of(request).in_places("code"), level="village")

    def with_counts(self, region: Region) -> dict[PostState, int]:
        """Return the counts of one village."""
        return self.counts.get(region.code, dict.fromkeys(PostState, 0))

    def prepare(self, rows: list[Region]) -> None:
        """Give every row its counts."""
        for region in rows:
            region.posts = self.with_counts(region)  # type: ignore[attr-defined]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the totals above the list, equal to the sum of all villages."""
        totals = {state: sum(line[state] for line in self.counts.values()) for state in PostState}
        return {"totals": totals, "list": reverse("post_list")}

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)


class Posts(ListPage[Post]):
    """Every post within the scope, with its holder and its state."""

    title = Text("Daftar jabatan", "All offices")
    help = Text(
        "Setiap jabatan dengan pemegangnya: siapa belum terlindungi, mana yang lowong atau berakhir.",
        "Every office with its holder: who is not covered, which are vacant or ended.",
    )
    empty_title = Text("Belum ada jabatan", "No offices yet")
    empty_advice = Text(
        "Jabatan masuk dari daftar aparatur yang diterima, atau dibuat di halaman desanya.",
        "Offices come from accepted lists of officials, or are made on the page of their village.",
    )
    empty_action = ("post_board", Text("Ke jabatan per desa", "To offices by village"))
    export_name = "jabatan"
    columns = (
        Column(
            "jabatan",
            Text("Jabatan", "Office"),
            lambda p: p.label,
            ("label", "number"),
            template="posts/cell_post.html",
        ),
        Column("pemegang", Text("Pemegang", "Holder"), lambda p: p.holder_name),
        Column("desa", Text("Desa", "Village"), lambda p: p.village_name or p.region_code, ("region_code",)),
        Column("sampai", Text("Sampai", "Until"), lambda p: p.ends, ("ends",), phone=False),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda p: say(PostState.member(p.state).text),
            ("state",),
            template="posts/cell_post_state.html",
        ),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, state: rows.filter(state__in=("vacant", "ended") if state == EMPTY else (state,)),
            choices=lambda _: [
                *[(state.value, say(state.text)) for state in PostState],
                (EMPTY, say(Text("lowong atau berakhir", "vacant or ended"))),
            ],
        ),
        Filter(
            "kategori",
            Text("Jenis jabatan", "Kind of office"),
            lambda rows, code: rows.filter(category=code),
            choices=lambda _: [
                (code, say(name)) for code, name in Category.words().items() if code in OFFICIALS
            ],
        ),
        Filter(
            "wilayah",
            Text("Wilayah", "Region"),
            lambda rows, code: rows.filter(below(code, "region_code")),
            choices=place_choices,
        ),
    )
    order = "desa"

    def rows(self, request: HttpRequest) -> QuerySet[Post]:
        """Return the posts within the scope as they are today."""
        self.names = user_of(request).scope(Permission.POST_VIEW)
        return queries.posts_for_list(scope_of(request), timezone.localdate())

    def prepare(self, rows: list[Post]) -> None:
        """Keep names from those who see numbers only."""
        for row in rows:
            row.open = self.names.covers(row.region_code, row.category)  # type: ignore[attr-defined]
            row.holder_name = row.name if row.open else ""  # type: ignore[attr-defined]
            row.badge = PostState.member(row.state)  # type: ignore[attr-defined]

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)
