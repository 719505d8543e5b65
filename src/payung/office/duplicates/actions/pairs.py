"""The writes of the review: open a pair, take the next, decide, undo. Keyword only, with history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.access.scope import Scope
from payung.office.desk.who import named
from payung.office.desk.words import moment
from payung.office.duplicates import queries
from payung.office.duplicates.actions import others
from payung.office.duplicates.actions import rows as linking
from payung.office.duplicates.models import Pair
from payung.office.duplicates.queries import alike
from payung.office.duplicates.states import DIFFERENT, SAME, WAITING, PairState
from payung.office.history.actions import Entry, record
from payung.office.people.actions import merges as merging
from payung.office.people.models import Person
from payung.text import Text

HOLD = dt.timedelta(minutes=10)
LOOK = 20  # pairs that are tried before the queue counts as taken by others


class TakenError(PayungError):
    """Somebody else has this pair open, or has decided it."""


def hold(*, by: str, pair: Pair) -> bool:
    """Keep ``pair`` for ``by`` for ten minutes, and let go of any other; tell whether it is theirs.

    No history: nothing is decided.
    """
    now = timezone.now()
    open_ = Pair.objects.filter(pk=pair.pk, state=WAITING)
    held = queries.free(open_, by=by, at=now).update(held_by=by, held_until=now + HOLD)
    if held:
        Pair.objects.filter(held_by=by).exclude(pk=pair.pk).update(held_by="", held_until=None)
        pair.held_by, pair.held_until = by, now + HOLD
    return bool(held)


def release(*, by: str, pair: Pair) -> None:
    """Let others have ``pair``."""
    Pair.objects.filter(pk=pair.pk, held_by=by).update(held_by="", held_until=None)


def take_next(*, by: str, scope: Scope, after: Pair | None = None) -> Pair | None:
    """Return a pair that waits and nobody else has, held for ``by``; of those behind ``after`` the likeliest.

    Behind the last one it begins again; ``None`` where nothing but ``after`` is left.
    """
    waiting = queries.free(queries.waiting(scope), by=by, at=timezone.now())
    turns: list[QuerySet[Pair, Any]] = [waiting]
    if after is not None:
        waiting = waiting.exclude(pk=after.pk)
        turns = [others.behind(waiting, after), waiting]
    pair: Pair
    for turn in turns:
        for pair in turn[:LOOK]:
            if hold(by=by, pair=pair):
                return pair
    return None


def decide(*, by: str, pair: Pair, verdict: str, keep: int | None = None, reason: str = "") -> Pair:
    """Decide that ``pair`` is one person (``SAME``; ``keep`` is whose record stays) or two (``DIFFERENT``).

    Raises :class:`TakenError` where somebody else decided it or has it open, :class:`InputError` where it is not
    said which record stays, and :class:`payung.office.people.actions.merges.MergeError`.
    """
    with transaction.atomic():
        pair = _mine(pair, by)
        pair.memory, pair.kept = {}, None
        if verdict == SAME:
            _join(by, pair, keep, reason)
        elif verdict == DIFFERENT:
            record(by=by, entries=_entries("pair.different", pair, reason))
        else:
            raise InputError(Text("Pilih: sama atau berbeda.", "Choose: the same or different."))
        pair.state, pair.decided_by, pair.decided_at, pair.reason = verdict, by, timezone.now(), reason[:200]
        pair.held_by, pair.held_until = "", None
        pair.save()
    return pair


def undo(*, by: str, pair: Pair, reason: str = "") -> Pair:
    """Take the decision on ``pair`` back: everything is as before, and the pair waits, held by ``by``.

    Raises :class:`TakenError` where it is not decided, or a later decision builds on it.
    """
    with transaction.atomic():
        pair = _locked(pair)
        if pair.state not in {SAME, DIFFERENT}:
            raise TakenError(
                Text(
                    "Keputusan ini sudah diurungkan: muat ulang halamannya.",
                    "This decision was undone already: load the page again.",
                )
            )
        if pair.state == DIFFERENT:
            record(by=by, entries=_entries("pair.undo", pair, reason))
        else:
            _part(by, pair, reason)
        pair.state, pair.decided_by, pair.decided_at, pair.reason = WAITING, "", None, ""
        pair.memory, pair.kept = None, None
        pair.held_by, pair.held_until = by, timezone.now() + HOLD
        pair.save()
    return pair


def _join(by: str, pair: Pair, keep: int | None, reason: str) -> None:
    if pair.row is not None:
        told = linking.link(
            by=by, person=pair.left, rows=alike(pair.row), subject=pair.subject, reason=reason
        )
        pair.kept = pair.left
        pair.memory = {"linked": told, **others.settle_row(pair)}
        return
    both = {side.pk: side for side in (pair.left, pair.right) if side}
    if keep not in both:
        raise InputError(
            Text(
                "Pilih dahulu data siapa yang dipakai; bila pasangannya sudah berubah, muat ulang halamannya.",
                "First choose whose record stays; where the pair has changed, load the page again.",
            )
        )
    kept = both.pop(keep)
    (gone,) = both.values()
    told_ = merging.merge(by=by, kept=kept, gone=gone, subject=pair.subject, reason=reason)
    pair.kept = kept
    pair.memory = {"merged": told_, **others.settle_people(pair, kept=kept, gone=gone)}


def _part(by: str, pair: Pair, reason: str) -> None:
    assert pair.kept is not None
    later = Pair.objects.filter(state=SAME, kept=pair.kept, decided_at__gt=pair.decided_at).exists()
    if later or pair.kept.merged_into_id:
        raise TakenError(
            Text(
                f"Ada keputusan yang lebih baru tentang {pair.kept.name}: urungkan yang itu dahulu.",
                f"There is a later decision on {pair.kept.name}: undo that one first.",
            )
        )
    memory = pair.memory or {}
    if pair.row_id:
        linking.unlink(by=by, person=pair.kept, memory=memory["linked"], subject=pair.subject, reason=reason)
        others.unsettle(memory, kept=pair.kept, gone=None)
        return
    gone = pair.right if pair.kept == pair.left else pair.left
    assert gone is not None
    merging.unmerge(
        by=by, kept=pair.kept, gone=gone, memory=memory["merged"], subject=pair.subject, reason=reason
    )
    others.unsettle(memory, kept=pair.kept, gone=gone)


def _locked(pair: Pair) -> Pair:
    found = Pair.objects.select_for_update(of=("self",)).select_related(
        "left", "right", "kept", "row__submission", "row__upload"
    )
    return found.get(pk=pair.pk)


def _mine(pair: Pair, by: str) -> Pair:
    """Return ``pair`` as it is now, locked; refuse where it is decided or somebody else has it open."""
    pair = _locked(pair)
    if pair.state != WAITING:
        name, at = PairState.member(pair.state).text, moment(pair.decided_at)
        raise TakenError(
            Text(
                f"Pasangan ini sudah diputuskan {named(pair.decided_by) or 'lewat pasangan lain'} ({at}): {name.id}.",
                f"This pair was decided by {named(pair.decided_by) or 'way of another pair'} ({at}): {name.en}.",
            )
        )
    if pair.held_by not in {"", by} and pair.held_until and pair.held_until >= timezone.now():
        raise TakenError(
            Text(
                f"{named(pair.held_by)} sedang membuka pasangan ini: ambil pasangan berikutnya.",
                f"{named(pair.held_by)} has this pair open: take the next one.",
            )
        )
    return pair


def _entries(action: str, pair: Pair, reason: str) -> list[Entry]:
    """Return an event for each person of ``pair``, that names the other side."""
    other: Person | None = pair.right
    told = [(pair.left, other or pair.row)] + ([(other, pair.left)] if other else [])
    return [
        Entry(
            action,
            pair.subject,
            person=person.pk,
            region_code=person.village_code,
            reason=reason,
            after={"name": side.name, "nik": side.masked} if side else {},
        )
        for person, side in told
    ]
