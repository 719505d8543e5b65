"""Pages about offices held: the board of all villages, and the posts of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.roles import OFFICIALS
from payung.office.desk.lists import Column, Filter, ListPage, place_choices
from payung.office.desk.words import say
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.office.register import actions, queries
from payung.office.register.categories import CATEGORY_NAMES, POST_STATES
from payung.office.register.forms import Appointment, EndTerm, NewPost
from payung.office.register.models import Holding, Person, Post
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
    template = "register/board.html"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda r: r.name,
            ("name",),
            template="register/cell_village.html",
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

    def with_counts(self, region: Region) -> dict[str, int]:
        """Return the counts of one village."""
        return self.counts.get(region.code, dict.fromkeys(queries.STATES, 0))

    def prepare(self, rows: list[Region]) -> None:
        """Give every row its counts."""
        for region in rows:
            region.posts = self.with_counts(region)  # type: ignore[attr-defined]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the totals above the list, equal to the sum of all villages."""
        totals = {state: sum(line[state] for line in self.counts.values()) for state in queries.STATES}
        return {"totals": totals, "list": reverse("roster_list")}

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
    empty_action = ("roster_board", Text("Ke jabatan per desa", "To offices by village"))
    export_name = "jabatan"
    columns = (
        Column(
            "jabatan",
            Text("Jabatan", "Office"),
            lambda p: p.label,
            ("label", "number"),
            template="register/cell_post.html",
        ),
        Column("pemegang", Text("Pemegang", "Holder"), lambda p: p.holder_name),
        Column("desa", Text("Desa", "Village"), lambda p: p.village_name or p.region_code, ("region_code",)),
        Column("sampai", Text("Sampai", "Until"), lambda p: p.ends, ("ends",), phone=False),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda p: say(POST_STATES[p.state][0]),
            ("state",),
            template="register/cell_post_state.html",
        ),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, state: rows.filter(state__in=("vacant", "ended") if state == EMPTY else (state,)),
            choices=lambda _: [
                *[(state, say(name)) for state, (name, _) in POST_STATES.items()],
                (EMPTY, say(Text("lowong atau berakhir", "vacant or ended"))),
            ],
        ),
        Filter(
            "kategori",
            Text("Jenis jabatan", "Kind of office"),
            lambda rows, code: rows.filter(category=code),
            choices=lambda _: [
                (code, say(name)) for code, name in CATEGORY_NAMES.items() if code in OFFICIALS
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
        self.names = user_of(request).scope(Permission.ROSTER_VIEW)
        return queries.posts_for_list(scope_of(request), timezone.localdate())

    def prepare(self, rows: list[Post]) -> None:
        """Keep names from those who see numbers only."""
        for row in rows:
            row.open = self.names.covers(row.region_code, row.category)  # type: ignore[attr-defined]
            row.holder_name = row.name if row.open else ""  # type: ignore[attr-defined]
            row.badge = POST_STATES[row.state]  # type: ignore[attr-defined]

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)


def village(request: HttpRequest, code: str) -> HttpResponse:
    """The posts of one village, each with its holder and its state."""
    region = _region(request, code)
    user = user_of(request)
    may_see_names = user.scope(Permission.ROSTER_VIEW).covers(code)
    found = list(queries.posts(scope_of(request), timezone.localdate()).filter(region_code=code))
    wanted = request.GET.get("keadaan", "")
    holdings = Holding.objects.select_related("person").in_bulk(
        [post.holding for post in found if post.holding]
    )
    lines = [
        {
            "post": post,
            "category": CATEGORY_NAMES.get(post.category, Text(post.category, post.category)),
            "state": POST_STATES[post.state],
            "holding": holdings.get(post.holding) if may_see_names else None,
        }
        for post in found
        if not wanted or post.state == wanted
    ]
    counts = {state: sum(post.state == state for post in found) for state in queries.STATES}
    may_edit = user.scope(Permission.ROSTER_EDIT).covers(code)
    form = NewPost(request.POST or None)
    form.fields["category"].choices = [  # type: ignore[attr-defined]
        (category, say(name)) for category, name in CATEGORY_NAMES.items() if category in OFFICIALS
    ]
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied("the posts of this village may not be changed")
        if form.is_valid():
            actions.open_post(by=user.username, region_code=code, **form.cleaned_data)
            messages.success(request, say(Text("Jabatan dibuat.", "Post made.")))
            return redirect("roster_village", code=code)
    context = {"region": region, "lines": lines, "counts": counts, "may_edit": may_edit, "form": form}
    context["may_see_names"] = may_see_names
    return render(request, "register/village.html", context)


def post(request: HttpRequest, key: int) -> HttpResponse:
    """One post: who held it and when; appoint a holder or end the term."""
    found = get_object_or_404(scope_of(request).of(Post), pk=key)
    user = user_of(request)
    may_edit = user.scope(Permission.ROSTER_EDIT).covers(found.region_code, found.category)
    form = Appointment(request.POST if request.POST.get("what") == "appoint" else None)
    end = EndTerm(request.POST if request.POST.get("what") == "end" else None)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied("this post may not be changed")
        if _changed(request, found, form, end):
            return redirect("roster_post", key=key)
    holdings = list(found.holdings.select_related("person"))
    current = queries.holding_on(timezone.localdate()).filter(post=found).first()
    context = {
        "post": found,
        "category": CATEGORY_NAMES.get(found.category, Text(found.category, found.category)),
        "place": regions.names([found.region_code]).get(found.region_code, found.region_code),
        "holdings": holdings,
        "current": current,
        "may_edit": may_edit,
        "form": form,
        "end": end,
    }
    return render(request, "register/post.html", context)


def _changed(request: HttpRequest, found: Post, form: Appointment, end: EndTerm) -> bool:
    """Do what the form asks; tell whether it was done."""
    by = user_of(request).username
    try:
        if form.is_bound and form.is_valid():
            values = dict(form.cleaned_data)
            digits = "".join(sign for sign in values.pop("nik") if sign.isdigit())
            person = (
                user_of(request)
                .scope(Permission.PERSON_VIEW)
                .of(Person)
                .filter(pk__in=queries.with_nik(digits))
                .first()
            )
            if person is None:
                missing = Text(
                    "NIK ini belum ada dalam register wilayah Anda: unggah dahulu lewat Usulan.",
                    "This NIK is not in the register of your region: upload it first through Submissions.",
                )
                form.add_error("nik", say(missing))
                return False
            actions.appoint(by=by, post=found, person=person, **values)
        elif end.is_bound and end.is_valid():
            holding = queries.holding_on(timezone.localdate()).filter(post=found).first()
            if holding is None:
                raise Http404
            actions.end_term(
                by=by, holding=holding, on=end.cleaned_data["ends"], reason=end.cleaned_data["reason"]
            )
        else:
            return False
    except PayungError as error:
        messages.error(request, say(error.message))
        return True
    messages.success(request, say(Text("Tersimpan dan dicatat.", "Saved and recorded.")))
    return True


def _region(request: HttpRequest, code: str) -> Region:
    region = get_object_or_404(Region, code=code, level="village")
    if not scope_of(request).covers(code):
        raise Http404("outside of the region of this user")
    return region
