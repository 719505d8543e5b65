"""The list pages about posts: the board of villages, and every post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category
from payung.codes.category import OFFICIALS
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, region_filter, subdistrict_filter
from payung.office.desk.words import say
from payung.office.posts import queries
from payung.office.posts.models import Post
from payung.office.posts.states import PostState
from payung.office.regions.models import Region
from payung.text import Text

EMPTY = "kosong"  # a choice of the filter: nobody is in office


@dataclass(frozen=True, slots=True)
class Village:
    """A village and how many of its posts are in each state; ``None`` where no list of it has come yet."""

    region: Region
    posts: dict[PostState, int] | None  # nothing is known of it yet


@dataclass(frozen=True, slots=True)
class Line:
    """A post; whether it opens to whoever looks, who else sees no name."""

    post: Any
    open: bool

    @property
    def holder(self) -> str:
        """The name of who holds it, empty where nobody does or it is not for these eyes."""
        return self.post.name or "" if self.open else ""


def _count(state: PostState) -> Callable[[Village], int | None]:
    return lambda village: village.posts[state] if village.posts else None


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
            lambda r: r.region.name,
            ("name",),
            template="posts/cell_village.html",
        ),
        Column("kode", Text("Kode", "Code"), lambda r: r.region.code, ("code",), phone=False),
        Column("covered", Text("Terlindungi", "Covered"), _count(PostState.COVERED), kind="number"),
        Column("uncovered", Text("Belum", "Not covered"), _count(PostState.UNCOVERED), kind="number"),
        Column("ended", Text("Berakhir", "Ended"), _count(PostState.ENDED), kind="number", phone=False),
        Column("vacant", Text("Lowong", "Vacant"), _count(PostState.VACANT), kind="number", phone=False),
    )
    filters = (
        Filter(
            "cari", Text("Cari desa", "Find a village"), lambda rows, text: rows.filter(name__icontains=text)
        ),
        subdistrict_filter(),
    )
    order = "kode"

    def rows(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the villages within the scope; their counts come from one query for all."""
        self.counts = queries.post_counts(scope_of(request), timezone.localdate())
        return Region.objects.filter(scope_of(request).in_places("code"), level="village")

    def shown(self, rows: list[Region]) -> list[Village]:
        """Return every village with its counts."""
        return [Village(region, self.counts.get(region.code)) for region in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the totals above the list, equal to the sum of all villages."""
        totals = {state: sum(line[state] for line in self.counts.values()) for state in PostState}
        return {"totals": totals, "list": reverse("post_list")}


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
            lambda p: p.post.label,
            ("label", "number"),
            template="posts/cell_post.html",
        ),
        Column("pemegang", Text("Pemegang", "Holder"), lambda p: p.holder),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda p: p.post.village_name or p.post.region_code,
            ("region_code",),
            phone=False,
        ),
        Column("sampai", Text("Sampai", "Until"), lambda p: p.post.ends, ("ends",), phone=False),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda p: PostState.member(p.post.state),
            ("state",),
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
        region_filter("region_code"),
    )
    order = "desa"

    def rows(self, request: HttpRequest) -> QuerySet[Post]:
        """Return the posts within the scope as they are today."""
        self.names = user_of(request).scope(Permission.POST_VIEW)
        return queries.posts_for_list(scope_of(request), timezone.localdate())

    def shown(self, rows: list[Post]) -> list[Line]:
        """Return every post; names are kept from those who see numbers only."""
        return [Line(post, self.names.covers(post.region_code, post.category)) for post in rows]
