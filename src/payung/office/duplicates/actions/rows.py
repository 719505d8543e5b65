"""A row without a usable NIK is a person of the register: the row, the category and the office go to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from payung.codes.category import OFFICIALS
from payung.office.history import queries as history
from payung.office.history.actions import Entry, record
from payung.office.people.models import Person, Standing
from payung.office.posts.models import Holding, Post
from payung.office.submissions.models import Row
from payung.office.submissions.work.offices import fill_offices, office_in
from payung.people.nik import mask

Memory = dict[str, list[int]]
NOTHING: Memory = {"rows": [], "standings": [], "holdings": []}


def link(*, by: str, person: Person, rows: Sequence[Row], subject: str, reason: str = "") -> Memory:
    """Say that ``rows`` are ``person``, and return what :func:`unlink` needs to undo it.

    The person stands in the categories of the rows, and holds their offices, as if the list had their NIK; no fact
    of the person changes. Must be called inside a transaction.
    """
    Row.objects.filter(pk__in=[row.pk for row in rows]).update(person=person)
    stood = set(Standing.objects.filter(person=person).values_list("category", flat=True))
    held = set(Holding.objects.filter(person=person).values_list("pk", flat=True))
    first = {row.category: row for row in reversed(rows) if row.category and row.category not in stood}
    standings = Standing.objects.bulk_create(
        Standing(
            person=person,
            category=category,
            village_code=row.submission.village_code,
            source=f"submission:{row.submission_id}",
        )
        for category, row in sorted(first.items())
    )
    for code in sorted({row.submission.village_code for row in rows}):
        offices = [
            office_in(row, person)
            for row in rows
            if row.category in OFFICIALS and row.submission.village_code == code
        ]
        fill_offices(by, code, offices)
    record(by=by, entries=[_entry("row.link", row, person, subject, reason) for row in rows])
    holdings = Holding.objects.filter(person=person).exclude(pk__in=held)
    return {
        "rows": [row.pk for row in rows],
        "standings": [standing.pk for standing in standings],
        "holdings": sorted(holdings.values_list("pk", flat=True)),
    }


def unlink(*, by: str, person: Person, memory: Memory, subject: str, reason: str = "") -> None:
    """Take back what :func:`link` did. A category that another list gives the person too stays."""
    rows = list(
        Row.objects.filter(pk__in=memory["rows"], person=person).select_related("submission", "upload")
    )
    Row.objects.filter(pk__in=[row.pk for row in rows]).update(person=None)
    others = Row.objects.filter(person=person).values("category")
    Standing.objects.filter(pk__in=memory["standings"]).exclude(category__in=others).delete()
    posts = list(Holding.objects.filter(pk__in=memory["holdings"]).values_list("post_id", flat=True))
    Holding.objects.filter(pk__in=memory["holdings"]).delete()
    made_by_hand = history.with_deed("post.create", [f"post:{post}" for post in posts])
    for_it = [post for post in posts if f"post:{post}" not in made_by_hand]
    Post.objects.filter(pk__in=for_it, holdings__isnull=True).delete()
    record(by=by, entries=[_entry("row.unlink", row, person, subject, reason) for row in rows])


def both(first: Memory, second: Memory) -> Memory:
    """Return what undoes both."""
    return {name: [*first[name], *second[name]] for name in NOTHING}


def _entry(action: str, row: Row, person: Person, subject: str, reason: str) -> Entry:
    after: dict[str, Any] = {
        "file": row.upload.name,
        "row": row.row,
        "name": row.name,
        "nik": mask(row.nik or ""),
    }
    return Entry(
        action, subject, person=person.pk, region_code=person.village_code, reason=reason, after=after
    )
