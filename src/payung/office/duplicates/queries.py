"""Named reads of the pairs. Each starts from a scope: a pair is in reach where one of its two is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from payung.office.access.scope import Scope
from payung.office.duplicates.models import Pair
from payung.office.duplicates.states import DIFFERENT, SAME, WAITING
from payung.office.people.models import Person
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules.rows import listing_of
from payung.office.vault.sealed import blind

if TYPE_CHECKING:
    import polars as pl

    from payung.linkage.decisions import Measured


def pairs(scope: Scope) -> QuerySet[Pair, Any]:
    """Return the pairs in reach, each with ``sees_left`` and ``sees_right``: whether ``scope`` reaches that side."""
    people = scope.of(Person.everybody.order_by())
    lists = scope.of(Submission.objects.order_by())
    return Pair.objects.annotate(
        sees_left=Exists(people.filter(pk=OuterRef("left"))),
        sees_right=Exists(people.filter(pk=OuterRef("right")))
        | Exists(lists.filter(pk=OuterRef("row__submission"))),
    ).filter(Q(sees_left=True) | Q(sees_right=True))


def waiting(scope: Scope) -> QuerySet[Pair, Any]:
    """Return the pairs in reach that nobody has decided, the likeliest first."""
    return pairs(scope).filter(state=WAITING).order_by("-probability", "pk")


def free(rows: QuerySet[Pair, Any], *, by: str, at: dt.datetime) -> QuerySet[Pair, Any]:
    """Narrow to the pairs that nobody but ``by`` has open at the moment ``at``."""
    return rows.filter(Q(held_by="") | Q(held_by=by) | Q(held_until__isnull=True) | Q(held_until__lt=at))


def with_sides(rows: QuerySet[Pair, Any]) -> QuerySet[Pair, Any]:
    """Return ``rows`` with both sides fetched along."""
    return rows.select_related("left", "right", "row__submission")


def last_decided(scope: Scope, by: str) -> Pair | None:
    """Return what ``by`` decided last, while it can be undone."""
    mine = pairs(scope).filter(decided_by=by, state__in=[SAME, DIFFERENT])
    return with_sides(mine).order_by("-decided_at").first()


def measured(scope: Scope) -> Measured:
    """Return how often people found two where the machine had said "probably the same"."""
    from payung.linkage.decisions import Measured

    decided = pairs(scope).filter(suggestion="same", state__in=[SAME, DIFFERENT])
    counted = decided.aggregate(looked=Count("pk"), wrong=Count("pk", filter=Q(state=DIFFERENT)))
    return Measured(counted["looked"], counted["wrong"])


def marks_of(rows: Sequence[Row]) -> dict[int, str]:
    """Return by key of each row the blind index of what it says and where; equal rows have equal marks."""
    from payung.linkage import fingerprints

    if not rows:
        return {}
    said = fingerprints(listings_of([{"record": str(row.pk), **_bare(row)} for row in rows]))
    return {
        row.pk: blind(f"{row.submission.village_code}:{mark}", "review.row") or ""
        for row, mark in zip(rows, said, strict=True)
    }


def alike(row: Row) -> list[Row]:
    """Return the rows that landed nowhere yet and say what ``row`` says, itself included."""
    near = Row.objects.filter(
        submission__village_code=row.submission.village_code,
        submission__landed=True,
        replaced=False,
        person__isnull=True,
        nik_index__isnull=True,
        name=row.name,
    )
    found = {one.pk: one for one in [row, *near.select_related("submission", "upload")]}
    marks = marks_of(list(found.values()))
    return [found[key] for key, mark in sorted(marks.items()) if mark == marks[row.pk]]


def listings_of(rows: Sequence[dict[str, object]]) -> pl.DataFrame:
    """Return ``rows`` (fields of ``payung.people.listing``) as a frame of listings."""
    import polars as pl

    from payung.people import listing

    if not rows:
        return listing.empty()
    known = {name: kind for name, kind in listing.SCHEMA.items() if any(name in row for row in rows)}
    told = [{name: row.get(name) for name in known} for row in rows]
    return listing.conform(pl.DataFrame(told, schema=known))


def _bare(row: Row) -> dict[str, object]:
    """Return what a row says, without where it stands in its file."""
    told = listing_of(row)
    return {name: told.get(name) for name in ("name", "nik", "kk", "birth_date", "sex", "village", "phone")}
