"""The job that makes the batches of a large decree; killed and started again, it goes on with the next batch."""

from __future__ import annotations

from payung.office.exchange import actions
from payung.office.jobs.queue import Ticket
from payung.office.programme.models import Decree


def work(ticket: Ticket) -> None:
    """Make the batches of the decree of ``ticket``, saying how many people are in one."""
    decree = Decree.objects.get(pk=int(ticket.subject.partition(":")[2]))
    actions.enrol(by=ticket.asked_by, decree=decree, report=ticket.report)
