"""Rows that somebody leaves out of a submission, one or many at once, and puts back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from payung.errors import InputError
from payung.office.history.actions import record
from payung.office.submissions.actions import twins
from payung.office.submissions.actions.submissions import entry_of, open_to_village, touch
from payung.office.submissions.models import Row, Submission
from payung.text import Text

LONGEST_REASON = 200  # characters


def drop(*, by: str, row: Row, reason: str) -> None:
    """Leave ``row`` out of its submission for ``reason``; it stays in its file and can be put back.

    Raises :class:`InputError` without a reason, :class:`StateError` where the submission is no longer open to the
    village.
    """
    drop_many(by=by, submission=row.submission, keys=[row.pk], reason=reason)
    row.refresh_from_db()


def drop_many(*, by: str, submission: Submission, keys: Collection[int], reason: str) -> int:
    """Leave the rows ``keys`` of ``submission`` out for one reason; return how many were not out already.

    Each has an event of its own. A constant number of queries for any number of rows; raises as :func:`drop` does,
    and :class:`InputError` where none is named.
    """
    if not reason.strip():
        raise InputError(
            Text("Tulis alasan mengeluarkan baris ini.", "Write why this row is left out."), at="reason"
        )
    return _count(by, submission, keys, "submission.drop", reason.strip()[:LONGEST_REASON])


def put_back(*, by: str, row: Row) -> None:
    """Let ``row`` count again after it was left out."""
    put_back_many(by=by, submission=row.submission, keys=[row.pk])
    row.refresh_from_db()


def put_back_many(*, by: str, submission: Submission, keys: Collection[int]) -> int:
    """Let the rows ``keys`` of ``submission`` count again; return how many were out. As :func:`drop_many`."""
    return _count(by, submission, keys, "submission.put_back", "")


def _count(by: str, submission: Submission, keys: Collection[int], action: str, dropped: str) -> int:
    if not keys:
        raise InputError(Text("Tandai barisnya dahulu.", "Tick the rows first."))
    with transaction.atomic():
        open_to_village(submission)
        rows = Row.objects.filter(submission=submission, pk__in=keys).exclude(dropped=dropped)
        # What a later file or row took the place of is out already: leaving it out would bring it back later.
        rows = rows.filter(replaced=False) if dropped else rows
        found = list(rows.select_related("upload").order_by("pk"))
        if not found:
            return 0
        Row.objects.filter(pk__in=[row.pk for row in found]).update(dropped=dropped, replaced=bool(dropped))
        twins.settle(by=by, submission=submission)
        touch(submission)
        record(
            by=by,
            entries=[
                entry_of(action, submission, reason=dropped, after={"row": row.row, "file": row.upload.name})
                for row in found
            ],
        )
    return len(found)
