"""Enters the rows of an accepted submission into the register, in the background, each once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from payung.codes import Verdict
from payung.codes.category import OFFICIALS
from payung.office.face import follow
from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.people import actions as register
from payung.office.people.actions.merges import meant
from payung.office.submissions.actions import twins
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules.rows import listing_of
from payung.office.submissions.rules.twins import elsewhere, judge_with, other_name, taken
from payung.office.submissions.states import LAND
from payung.office.submissions.work.offices import fill_offices, office_in

KIND = LAND
CHUNK = 250


def work(ticket: Ticket) -> None:
    """Enter every usable row of the submission of ``ticket``.

    A chunk of rows, the people it makes and their history are one transaction; a row that has its person is
    not entered again. Rows of one NIK and two names, and of a NIK that the register has under another name, stay out.
    """
    submission = Submission.objects.get(pk=ticket.arguments["submission"])
    with transaction.atomic():
        ticket.hold()
        twins.settle(by=ticket.asked_by, submission=submission)
    usable = Row.objects.filter(submission=submission, replaced=False, nik_index__isnull=False).exclude(
        verdict=Verdict.RETURNED
    )
    total = usable.count()
    while True:
        with transaction.atomic():
            rows = list(usable.filter(person__isnull=True).select_related("upload").order_by("pk")[:CHUNK])
            ticket.report(total - usable.filter(person__isnull=True).count(), total)
            if not rows:
                break
            _land(ticket.asked_by, submission, rows)
    with transaction.atomic():
        total = usable.count()  # without those that stayed out
        ticket.report(total, total)
        done = Submission.objects.filter(pk=submission.pk, landed=False).update(landed=True)
        if done:
            entry = Entry(
                "submission.land",
                f"submission:{submission.pk}",
                region_code=submission.village_code,
                after={"people": total},
            )
            record(by=ticket.asked_by, entries=[entry])
            follow("submission.land", by=ticket.asked_by, submission=submission)


def _land(by: str, submission: Submission, rows: Sequence[Row]) -> None:
    rows = _left_out(by, submission, rows)
    listings = [{**listing_of(row), "category": row.category} for row in rows]
    landed = register.land(
        by=by,
        listings=listings,
        village_code=submission.village_code,
        source=f"submission:{submission.pk}",
    )
    entered = [(row, one.person) for row, one in zip(rows, landed, strict=True) if not one.elsewhere]
    for row, person in entered:
        row.person = person
    Row.objects.bulk_update([row for row, _ in entered], ["person"], batch_size=250)
    _leave_out(
        by, submission, [(row, elsewhere()) for row, one in zip(rows, landed, strict=True) if one.elsewhere]
    )
    offices = [office_in(row, person) for row, person in entered if row.category in OFFICIALS]
    fill_offices(by, submission.village_code, offices)


def _left_out(by: str, submission: Submission, rows: Sequence[Row]) -> list[Row]:
    """Return those of ``rows`` that may be entered; send back those whose NIK the register has under another name
    or in another village.

    The register may have learned it a moment ago, from this submission or from another one.
    """
    holders = meant([row.nik_index for row in rows])
    out = []
    for row in rows:
        holder = holders.get(row.nik_index)
        if holder and holder.village_code != submission.village_code:
            out.append((row, elsewhere()))
        elif holder and other_name(row.name, holder.name):
            out.append((row, taken()))
    _leave_out(by, submission, out)
    stay = {row.pk for row, _ in out}
    return [row for row in rows if row.pk not in stay]


def _leave_out(by: str, submission: Submission, out: Sequence[tuple[Row, dict[str, Any]]]) -> None:
    """Send rows back, each with what is wrong with it."""
    for row, finding in out:
        judge_with(row, [finding])
    Row.objects.bulk_update([row for row, _ in out], ["verdict", "reasons", "content"], batch_size=100)
    entries = [
        Entry(
            "submission.left_out",
            f"submission:{submission.pk}",
            region_code=submission.village_code,
            after={"row": row.row, "nik": row.masked, "name": row.name},
        )
        for row, _ in out
    ]
    record(by=by, entries=entries)
