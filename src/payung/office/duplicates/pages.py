"""Pages of the review: one pair side by side, deciding, skipping, undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.desk.act import act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import say, typed
from payung.office.duplicates import queries
from payung.office.duplicates.actions import pairs as actions
from payung.office.duplicates.models import Pair
from payung.office.duplicates.rules import lines_of, reasons_of
from payung.office.duplicates.states import CLOSED, DIFFERENT, SAME, WAITING
from payung.office.history import queries as history
from payung.office.people.models import Person
from payung.text import Text


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One pair: both sides, why it was found, and the decision. Whoever may decide has it for ten minutes."""
    pair = _pair(scope_of(request), key)
    user = user_of(request)
    may_decide = queries.pairs(_deciding(request)).filter(pk=pair.pk).exists()
    decides = may_decide and pair.state == WAITING and actions.hold(by=user.username, pair=pair)
    left, right = queries.sides_of(pair)
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
    by, answer = user_of(request).username, request.POST.get("jawaban", "")
    keep = request.POST.get("simpan", "")

    def do() -> None:
        if answer == "lewati":
            actions.release(by=by, pair=pair)
            return
        actions.decide(
            by=by,
            pair=pair,
            verdict=answer,
            keep=key_of(keep),
            reason=typed(request.POST, "alasan"),
        )

    here = reverse("pair_show", args=[key])
    done = act(request, do, to=lambda _: _onward(request, pair), told=lambda _: None, back=here)
    return done or redirect(here)


def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Take a decision back and show the pair again."""
    pair = _pair(scope_of(request), key)
    here = reverse("pair_show", args=[key])
    told = Text("Keputusan diurungkan; semuanya seperti semula.", "Undone; all is as before.")

    def do() -> None:
        actions.undo(by=user_of(request).username, pair=pair)

    return act(request, do, to=here, told=told) or redirect(here)


def following(request: HttpRequest) -> HttpResponse:
    """Open a pair that nobody else has."""
    return redirect(_onward(request, None))


def _onward(request: HttpRequest, after: Pair | None) -> str:
    """Return the address of the next free pair, or of the queue, and say that there is none."""
    found = actions.take_next(by=user_of(request).username, scope=_deciding(request), after=after)
    if found is not None:
        return reverse("pair_show", args=[found.pk])
    told = Text(
        "Tidak ada pasangan lain yang bebas: semua sudah diputuskan atau sedang dibuka orang lain.",
        "No other pair is free: all are decided, or somebody else has them open.",
    )
    messages.info(request, say(told))
    return reverse("pair_list")


def _deciding(request: HttpRequest) -> Scope:
    return user_of(request).scope(Permission.PAIR_EDIT)


def _pair(scope: Scope, key: int) -> Pair:
    found = queries.with_sides(queries.pairs(scope))
    found = found.select_related("left__household", "right__household", "row__upload")
    pair: Pair = get_object_or_404(found, pk=key)
    return pair
