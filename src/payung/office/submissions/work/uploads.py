"""Reads an uploaded file in the background; killed and started again, it ends with the same rows, each once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.submissions.actions import twins
from payung.office.submissions.actions.versions import replace_earlier
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.papers import lists
from payung.office.submissions.papers.files import opened
from payung.office.submissions.rules.rows import rows_of
from payung.office.submissions.rules.versions import is_repaired
from payung.office.submissions.states import READ

KIND = READ
CHUNK = 500


def work(ticket: Ticket) -> None:
    """Read the upload of ``ticket`` and put its rows in place.

    The rows are written in short transactions, each of which first makes sure that this worker still has the
    job; what an earlier attempt left is taken out first. The last transaction marks the upload as read.
    """
    upload = Upload.objects.select_related("submission").get(pk=ticket.arguments["upload"])
    if upload.read:
        return
    with opened(upload.path) as path:
        reading = lists.read(upload, path)
        upload.repaired = is_repaired(path)
    rows = list(rows_of(reading, upload))
    with transaction.atomic():
        ticket.hold()
        upload.rows.all().delete()
    for start in range(0, len(rows), CHUNK):
        with transaction.atomic():
            ticket.report(start, len(rows))
            Row.objects.bulk_create(rows[start : start + CHUNK])
    with transaction.atomic():
        ticket.report(len(rows), len(rows))
        upload.read = True
        upload.tables = [lists.kept(table) for table in reading.tables]
        upload.samples = lists.samples(reading.tables)
        upload.notes = [note.plain for note in reading.notes]
        upload.save(update_fields=["read", "tables", "samples", "notes", "repaired"])
        replaced = replace_earlier(upload)
        Submission.objects.filter(pk=upload.submission_id).update(touched=timezone.now())
        entry = Entry(
            "submission.read",
            f"submission:{upload.submission_id}",
            region_code=upload.submission.village_code,
            after={"file": upload.name, **reading.counts, **({"replaced": replaced} if replaced else {})},
        )
        record(by=ticket.asked_by, entries=[entry])
        twins.settle(by=ticket.asked_by, submission=upload.submission)
