"""The job that makes a letter."""

from __future__ import annotations

from django.db import DatabaseError

from payung.office.jobs.queue import Ticket
from payung.office.letters import actions
from payung.office.letters.models import Order


def make(ticket: Ticket) -> None:
    """Make the letter of an order; why it cannot be made stands on the order, for the page of the thing."""
    order = Order.objects.select_related("replaces").get(pk=int(ticket.subject.partition(":")[2]))
    try:
        actions.make(order=order)
    except (DatabaseError, OSError):
        raise  # busy, away or full: the worker comes back to it
    except Exception:
        actions.give_up(order=order)
        raise
