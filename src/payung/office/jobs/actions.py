"""Starting work again that was given up."""

from __future__ import annotations

from django.db import transaction

from payung.errors import InputError
from payung.office.history.actions import Entry, record
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.text import Text


def start_again(*, by: str, key: int) -> Job:
    """Put a job that was given up back in the queue. It is safe to run again, whatever it had done already.

    Raises :class:`InputError` where it did not fail, or where the same was asked for anew.
    """
    with transaction.atomic():
        if not queue.again(key):
            raise InputError(
                Text(
                    f"Pekerjaan {key} tidak gagal, atau yang sama sudah berjalan.",
                    f"Job {key} did not fail, or the same runs already.",
                )
            )
        job = Job.objects.get(pk=key)
        after = {"work": job.kind, "about": job.subject}
        record(by=by, entries=[Entry("job.again", f"job:{key}", after=after)])
    return job
