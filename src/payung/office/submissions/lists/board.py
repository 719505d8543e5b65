"""The progress board: every village, how far its lists are, how long nothing has happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.desk.lists import Column, Filter, ListPage, choice_filter, subdistrict_filter
from payung.office.desk.words import say
from payung.office.regions.models import Region
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.states import AFTER_ACCEPTANCE, DRAFT, IDLE, KINDS, RETURNED, Kind, State
from payung.text import Text

NOT_BEGUN = "belum_mulai"
ON_PAPER = 2000  # villages of the printed board, which has no pages: more than any district has
BOARD_NAMES: dict[str, Text] = {NOT_BEGUN: Text("Belum mulai", "Not begun"), **State.words()}
BOARD_TONES: dict[str, str] = {NOT_BEGUN: "bad", **{state: state.tone for state in State}}
FAR = (
    RETURNED,
    DRAFT,
    *(state for state in State.words() if state not in {RETURNED, DRAFT}),
)  # least far first
SHORT = {
    "aparatur": Text("Aparatur", "Officials"),
    "rentan": Text("Pekerja rentan", "Vulnerable"),
    "mandiri": Text("Mandiri", "Self-paying"),
}
TAKEN = "diterima"  # a choice of the filter: accepted, however far the matching is
TAKEN_NAME = Text("Sudah diterima dinas (semua)", "Accepted by the agency (all)")


def idle(rows: Any) -> QuerySet[Region, Any]:
    """Return those of the villages of :func:`boarded` whose list is on its way and has not moved for a while."""
    moving: QuerySet[Region, Any] = rows.filter(touched__lt=timezone.now() - IDLE)
    return moving.exclude(state__in=AFTER_ACCEPTANCE)  # type: ignore[misc]


def is_idle(state: str, touched: dt.datetime | None) -> bool:
    """Tell of one village what :func:`idle` asks of all."""
    return touched is not None and touched < timezone.now() - IDLE and state not in AFTER_ACCEPTANCE


@dataclass(frozen=True, slots=True)
class Line:
    """A village of :func:`boarded`, the name of its sub-district, and whether its submission opens."""

    region: Any
    subdistrict: str
    linked: bool

    @property
    def state(self) -> tuple[Text, str]:
        """The state in words, and its tone."""
        return BOARD_NAMES[self.region.state], BOARD_TONES[self.region.state]

    @property
    def idle(self) -> int | None:
        """Whole days since anybody did anything."""
        touched = self.region.touched
        return (timezone.now() - touched).days if touched else None


def _of_kind(kind: str) -> Column:
    """Return the column of the state of one kind of list."""

    def value(line: Line) -> str:
        state = getattr(line.region, f"state_{kind}")
        return say(State.words()[state]) if state else "–"

    return Column(kind, SHORT[kind], value, (f"state_{kind}",), phone=False)


class Board(ListPage[Region]):
    """All villages within reach with the state of the list that matters."""

    title = Text("Papan desa", "Village board")
    help = Text(
        "Sampai di mana daftar tiap desa, dan sudah berapa hari tidak bergerak. Keadaan desa adalah keadaan "
        "daftarnya yang paling tertinggal; draf kosong tidak dihitung bila ada daftar lain.",
        "How far the lists of each village are, and for how many days nothing has moved. The state of a village is "
        "that of its list that is least far; an empty draft does not count where there is another list.",
    )
    empty_title = Text("Tidak ada desa", "No villages")
    empty_advice = Text("Minta admin memuat wilayah.", "Ask the administrator to load the regions.")
    export_name = "papan-desa"
    template = "submissions/board.html"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda r: r.region.name,
            ("name",),
            template="submissions/cell_board.html",
        ),
        Column(
            "kecamatan", Text("Kecamatan", "Sub-district"), lambda r: r.subdistrict, ("code",), phone=False
        ),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda r: r.state[0],
            ("state",),
            template="submissions/cell_board_state.html",
        ),
        *(_of_kind(kind) for kind in KINDS),
        Column(
            "diam", Text("Menunggu (hari)", "Waiting (days)"), lambda r: r.idle, ("touched",), kind="number"
        ),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, state: rows.filter(state__in=AFTER_ACCEPTANCE if state == TAKEN else [state]),
            choices=lambda _: [
                *[(state, say(name)) for state, name in BOARD_NAMES.items()],
                (TAKEN, say(TAKEN_NAME)),
            ],
        ),
        subdistrict_filter(),
        choice_filter(
            "lama",
            Text("Tidak bergerak", "Not moving"),
            "lewat",
            Text(f"lebih dari {IDLE.days} hari", f"more than {IDLE.days} days"),
            lambda rows: idle(rows),
        ),
        Filter(
            "cari", Text("Cari desa", "Find a village"), lambda rows, text: rows.filter(name__icontains=text)
        ),
    )
    order = "kecamatan"

    def rows(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the villages within the scope with the lists that this person may know of."""
        self.linked = user_of(request).may(Permission.SUBMISSION_VIEW)
        self.on_paper = bool(request.GET.get("cetak"))
        self.page_size = ON_PAPER if self.on_paper else self.page_size
        return boarded(scope_of(request))

    def shown(self, rows: list[Region]) -> list[Line]:
        """Return every village with its sub-district; it opens its submission for whoever may."""
        codes = {region.code.rpartition(".")[0] for region in rows}
        names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        return [Line(one, names.get(one.code.rpartition(".")[0], ""), self.linked) for one in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the totals, and whether village names open their submissions."""
        return {
            "totals": totals(request),
            "kinds": Kind.words(),
            "on_paper": self.on_paper,
            "today": timezone.localdate(),
            "place": _seat(scope_of(request)) if self.on_paper else "",
            "subdistrict": self._subdistrict(request),
        }

    def _subdistrict(self, request: HttpRequest) -> str:
        """Return the sub-district that the board shows alone, empty where it shows several."""
        places = scope_of(request).places
        alone = places[0] if len(places) == 1 and places[0].count(".") == 2 else ""
        return self.asked(request, "kecamatan") or alone


def boarded(scope: Scope) -> QuerySet[Region, Any]:
    """Return the villages in ``scope`` with ``state``, ``touched`` and ``submission`` of the list that matters.

    That is the one that is least far, of those that hold rows; an empty draft only where there is nothing else.
    ``state_<kind>`` says the same of each kind of list, null where there is none.
    """
    far = Case(*(When(state=state, then=Value(at)) for at, state in enumerate(FAR)), default=Value(len(FAR)))
    empty = Case(When(Exists(Row.objects.filter(submission=OuterRef("pk"))), then=Value(0)), default=Value(1))
    matters = Submission.objects.filter(scope.condition(Submission), village_code=OuterRef("code")).order_by(
        empty, far, "-touched", "-pk"
    )
    kinds = {f"state_{kind}": Subquery(matters.filter(kind=kind).values("state")[:1]) for kind in KINDS}
    return Region.objects.filter(scope.in_places("code"), level="village").annotate(
        state=Coalesce(Subquery(matters.values("state")[:1]), Value(NOT_BEGUN), output_field=CharField()),
        touched=Subquery(matters.values("touched")[:1], output_field=DateTimeField(null=True)),
        submission=Subquery(matters.values("pk")[:1]),
        **kinds,
    )


def _seat(scope: Scope) -> str:
    """Return the name of the place that a board of ``scope`` is about: of its first area."""
    code = min(scope.places, default="")
    return str(Region.objects.filter(code=code).values_list("name", flat=True).first() or "")


def totals(request: HttpRequest) -> list[tuple[str, Text, str, int]]:
    """Return state, name, tone and number of villages, for the figures above the board."""
    found: dict[str, int] = dict.fromkeys(BOARD_NAMES, 0)
    for state in boarded(scope_of(request)).values_list("state", flat=True):  # type: ignore[misc]
        found[state] += 1
    return [(state, BOARD_NAMES[state], BOARD_TONES[state], many) for state, many in found.items()]
