"""What the posts say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import SHOWN_HITS, Entry, Face, Figure, Hit, Hits, Noun, Sought
from payung.office.people.models import Person
from payung.office.posts.queries import post_counts
from payung.office.posts.states import PostState
from payung.office.regions import queries as regions
from payung.text import Text


def _figures(user: User) -> Iterable[Figure]:
    if scope := user.reach(Permission.POST_VIEW, Permission.POST_COUNT):
        counts = list(post_counts(scope, timezone.localdate()).values())
        totals = {state: sum(line[state] for line in counts) for state in PostState}
        url = reverse("post_list")
        ended = Text(
            "Jabatan yang masanya berakhir dan belum diisi", "Offices whose term ended, not filled again"
        )
        yield Figure(ended, totals[PostState.ENDED], f"{url}?keadaan=ended", late=True)
        yield Figure(
            Text("Pejabat belum terlindungi", "Office holders not covered"),
            totals[PostState.UNCOVERED],
            f"{url}?keadaan=uncovered",
            "bad" if totals[PostState.UNCOVERED] else "good",
        )
        yield Figure(
            Text("Jabatan lowong atau berakhir", "Offices vacant or ended"),
            totals[PostState.VACANT] + totals[PostState.ENDED],
            f"{url}?keadaan=kosong",
            "warn" if totals[PostState.VACANT] + totals[PostState.ENDED] else "good",
        )


def _panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    holdings = list(person.holdings.select_related("post"))
    return ("posts/panel.html", {"holdings": holdings}) if holdings else None


def _seeks(user: User, sought: Sought) -> Iterable[Hits]:
    """Yield the villages that are called so."""
    scope = user.reach(Permission.POST_VIEW, Permission.POST_COUNT)
    found = regions.named(scope.places, sought.words) if scope and sought.words else []
    if found:
        rows = tuple(
            Hit(one.name, reverse("post_village", args=[one.code]), one.code) for one in found[:SHOWN_HITS]
        )
        more = len(found) > SHOWN_HITS
        url = f"{reverse('post_board')}?{urlencode({'cari': sought.text})}"
        yield Hits(Text("Desa", "Villages"), "home", rows, more, url)


FACE = Face(
    menu=(
        Entry(
            150,
            "post_board",
            Text("Jabatan", "Offices"),
            "office",
            (Permission.POST_VIEW, Permission.POST_COUNT),
        ),
    ),
    nouns={"post": Noun(Text("jabatan", "post"), "post_show")},
    deeds={
        "post.create": Text("Jabatan dibuat", "Post made"),
        "holding.start": Text("Mulai menjabat", "Took office"),
        "holding.end": Text("Berhenti menjabat", "Left office"),
        "holding.complete": Text("Masa jabatan dilengkapi dari daftar", "Term filled in from a list"),
    },
    names={
        "post": Text("jabatan", "office"),
        "pay": (Text("penghasilan tetap", "pay"), "rupiah"),
    },
    figures=_figures,
    seeks=(_seeks,),
    panels=(_panel,),
)
