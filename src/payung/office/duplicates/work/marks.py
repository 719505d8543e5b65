"""Which rows of lists say the same about the same person, though no NIK says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from payung.office.submissions.models import Row
from payung.office.submissions.work.reading import listing_of
from payung.office.vault.sealed import blind

if TYPE_CHECKING:
    import polars as pl


def marks_of(rows: Sequence[Row]) -> dict[int, str]:
    """Return by key of each row the blind index of what it says and where; equal rows have equal marks."""
    from payung.linkage import fingerprints

    if not rows:
        return {}
    said = fingerprints(listings([{"record": str(row.pk), **_bare(row)} for row in rows]))
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


def listings(rows: Sequence[dict[str, object]]) -> pl.DataFrame:
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
