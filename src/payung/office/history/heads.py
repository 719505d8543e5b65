"""The end of the chain, locked by whoever appends to it."""

from __future__ import annotations

from django.utils import timezone

from payung.office.history import chain
from payung.office.history.models import Event, Head


def locked() -> Head:
    """Return the head, locked until the transaction ends: two writers can never continue the same link.

    A head that the office did not write (set back, or gone while there are events) is not believed and does not stop
    the office: the chain goes on after the last event that is there, and the head says from now on where that was.
    """
    new = Head(number=0, chain=chain.START, keyed_from=1, since=timezone.now())
    head, made = Head.objects.select_for_update().get_or_create(
        pk=1, defaults={"number": 0, "chain": new.chain, "since": new.since, "seal": chain.seal(new)}
    )
    if made or not chain.sealed(head):
        last = Event.objects.order_by("-number").values_list("number", "chain").first()
        if last is not None or not made:
            head.number, head.chain = last or (0, chain.START)
            head.broken_at = head.broken_at or head.number + 1
    return head


def write(head: Head) -> None:
    """Save the head with the seal of the office."""
    head.seal = chain.seal(head)
    head.save()
