"""Pages of the review: the queue, one pair side by side, deciding, skipping, undoing."""

from __future__ import annotations

import math
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from payung.errors import PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.desk.lists import Column, Filter, ListPage, place_choices
from payung.office.desk.numbers import key_of
from payung.office.desk.words import say, typed
from payung.office.duplicates import queries
from payung.office.duplicates.actions import pairs as actions
from payung.office.duplicates.models import CLOSED, DIFFERENT, SAME, STATES, SUGGESTIONS, WAITING, Pair
from payung.office.duplicates.rules import lines_of, reasons_of, sides_of
from payung.office.history import queries as history
from payung.office.people.models import Person
from payung.office.people.queries import name_key
from payung.office.regions import queries as regions
from payung.office.regions.tree import below
from payung.text import Text


def _in_place(rows: QuerySet[Pair], code: str) -> QuerySet[Pair]:
    sides = below(code, "left__village_code") | below(code, "right__village_code")
    return rows.filter(sides | below(code, "row__submission__village_code"))


def _named(rows: QuerySet[Pair], text: str) -> QuerySet[Pair]:
    for word in name_key(text).split():
        sides = Q(left__name_key__contains=word) | Q(right__name_key__contains=word)
        rows = rows.filter(sides | Q(row__name__icontains=word))
    return rows


class Pairs(ListPage[Pair]):
    """The pairs that may be one person."""

    title = Text("Tinjau orang ganda", "Review of duplicates")
    help = Text(
        "Dua catatan yang mungkin satu orang. Tidak ada yang digabung sebelum ada yang memutuskan di sini.",
        "Two records that may be one person. Nothing is merged before somebody decides it here.",
    )
    empty_title = Text("Tidak ada pasangan yang menunggu", "No pair is waiting")
    empty_advice = Text(
        "Setiap usulan yang diterima dibandingkan dengan register; yang mirip muncul di sini.",
        "Every accepted submission is compared with the register; those alike appear here.",
    )
    template = "duplicates/list.html"
    export_name = "orang-ganda"
    columns = (
        Column(
            "nama",
            Text("Pasangan", "Pair"),
            lambda p: f"{p.left.name} / {p.other_name}",
            ("left__name_key",),
            template="duplicates/cell_pair.html",
        ),
        Column(
            "nik",
            Text("NIK", "NIK"),
            lambda p: f"{p.left.masked or '–'} / {p.other_masked or '–'}",
            phone=False,
            template="duplicates/cell_niks.html",
        ),
        Column("desa", Text("Desa", "Village"), lambda p: p.places, phone=False),
        Column(
            "mirip",
            Text("Kemiripan (%)", "Likeness (%)"),
            lambda p: p.percent,
            ("probability",),
            kind="number",
        ),
        Column(
            "dugaan",
            Text("Dugaan", "Suggestion"),
            lambda p: say(p.suggestion_badge[0]),
            ("suggestion",),
            template="duplicates/cell_suggestion.html",
            phone=False,
        ),
        Column("ditemukan", Text("Ditemukan", "Found"), lambda p: p.found, ("found",), phone=False),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda p: say(p.state_badge[0]),
            ("state",),
            template="duplicates/cell_state.html",
            phone=False,
        ),
    )
    filters = (
        Filter("cari", Text("Nama", "Name"), _named),
        Filter("wilayah", Text("Wilayah", "Region"), _in_place, choices=place_choices),
        Filter(
            "dugaan",
            Text("Dugaan", "Suggestion"),
            lambda rows, value: rows.filter(suggestion=value),
            choices=lambda _: [(code, say(name)) for code, (name, _tone) in SUGGESTIONS.items()],
        ),
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, value: rows.filter(state=value),
            choices=lambda _: [(code, say(name)) for code, (name, _tone) in STATES.items()],
        ),
    )
    order = "-mirip"

    def rows(self, request: HttpRequest) -> QuerySet[Pair]:
        """Return the pairs in reach."""
        return queries.with_sides(queries.pairs(scope_of(request)))

    def narrowed(self, request: HttpRequest) -> QuerySet[Pair]:
        """Narrow as usual; an address that says nothing of the state means those that wait."""
        asked = request.GET.copy()
        asked.setdefault("keadaan", WAITING)
        request.GET = asked  # type: ignore[assignment]
        return super().narrowed(request)

    def prepare(self, rows: list[Pair]) -> None:
        """Give every pair the name, number and places of its sides."""
        codes = [
            (pair.left.village_code, (pair.right or pair.row.submission).village_code)  # type: ignore[union-attr]
            for pair in rows
        ]
        names = regions.names({code for both in codes for code in both})
        for pair, both in zip(rows, codes, strict=True):
            other: Any = pair.right or pair.row
            pair.other_name, pair.other_masked = other.name, other.masked  # type: ignore[attr-defined]
            pair.places = " / ".join(dict.fromkeys(names.get(code, code) for code in both))  # type: ignore[attr-defined]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return how good the suggestions were, and whether this person decides."""
        measured = queries.measured(scope_of(request))
        low, high = measured.interval
        return {
            "filtered": any(request.GET.get(one.key) not in {None, "", WAITING} for one in self.filters),
            "measured": measured,
            "rate": round(100 * measured.rate),
            "low": math.floor(100 * low),
            "high": math.ceil(100 * high),
            "may_decide": user_of(request).may(Permission.PAIR_EDIT),
        }

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One pair: both sides, why it was found, and the decision. Whoever may decide has it for ten minutes."""
    pair = _pair(scope_of(request), key)
    user = user_of(request)
    may_decide = _decides(request, pair)
    decides = may_decide and pair.state == WAITING and actions.hold(by=user.username, pair=pair)
    left, right = sides_of(pair)
    context = {
        "pair": pair,
        "sides": (left, right),
        "fuller": right if len(right.holds) > len(left.holds) and right.key else left,
        "lines": lines_of(left, right),
        "reasons": reasons_of(pair),
        "decides": decides,
        "may_undo": pair.state in {SAME, DIFFERENT} and may_decide,
        "taken": pair.state == WAITING and not decides and pair.held_by not in {"", user.username},
        "may_decide": may_decide,
        "last": queries.last_decided(_deciding(request), user.username) if decides else None,
        "events": history.of_subject(pair.subject).filter(person=pair.left_id)[:50],
        "SAME": SAME,
        "DIFFERENT": DIFFERENT,
        "left_waiting": queries.waiting(scope_of(request)).count(),
    }
    return render(request, "duplicates/pair.html", context)


def panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    """Return what a person's page shows of the review: who they may be, and whom they were found to be."""
    user = user_of(request)
    if not user.may(Permission.PAIR_VIEW):
        return None
    about = Q(left=person) | Q(right=person) | Q(kept=person)
    found = queries.with_sides(queries.pairs(user.scope(Permission.PAIR_VIEW))).filter(about)
    pairs = list(found.exclude(state=CLOSED).order_by("pk")[:20])
    return ("duplicates/panel.html", {"pairs": pairs, "person": person}) if pairs else None


def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Take the decision of the form, or skip, and go straight on to the next pair."""
    pair = _pair(scope_of(request), key)
    if request.method != "POST":
        return redirect("pair_show", key=key)
    if not _decides(request, pair):
        raise PermissionDenied("this pair lies outside of what may be decided")
    by, answer = user_of(request).username, request.POST.get("jawaban", "")
    if answer == "lewati":
        actions.release(by=by, pair=pair)
        return _onward(request, pair)
    keep = request.POST.get("simpan", "")
    try:
        actions.decide(
            by=by,
            pair=pair,
            verdict=answer,
            keep=key_of(keep),
            reason=typed(request.POST, "alasan"),
        )
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("pair_show", key=key)
    return _onward(request, pair)


def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Take a decision back and show the pair again."""
    pair = _pair(scope_of(request), key)
    if request.method != "POST":
        return redirect("pair_show", key=key)
    if not _decides(request, pair):
        raise PermissionDenied("this pair lies outside of what may be decided")
    try:
        actions.undo(by=user_of(request).username, pair=pair)
    except PayungError as error:
        messages.error(request, say(error.message))
    else:
        messages.success(
            request, say(Text("Keputusan diurungkan; semuanya seperti semula.", "Undone; all is as before."))
        )
    return redirect("pair_show", key=key)


def following(request: HttpRequest) -> HttpResponse:
    """Open a pair that nobody else has."""
    return _onward(request, None)


def _onward(request: HttpRequest, after: Pair | None) -> HttpResponse:
    found = actions.take_next(by=user_of(request).username, scope=_deciding(request), after=after)
    if found is not None:
        return redirect("pair_show", key=found.pk)
    told = Text(
        "Tidak ada pasangan lain yang bebas: semua sudah diputuskan atau sedang dibuka orang lain.",
        "No other pair is free: all are decided, or somebody else has them open.",
    )
    messages.info(request, say(told))
    return redirect("pair_list")


def _deciding(request: HttpRequest) -> Scope:
    return user_of(request).scope(Permission.PAIR_EDIT)


def _decides(request: HttpRequest, pair: Pair) -> bool:
    return queries.pairs(_deciding(request)).filter(pk=pair.pk).exists()


def _pair(scope: Scope, key: int) -> Pair:
    found = queries.with_sides(queries.pairs(scope))
    found = found.select_related("left__household", "right__household", "row__upload")
    pair: Pair = get_object_or_404(found, pk=key)
    return pair
