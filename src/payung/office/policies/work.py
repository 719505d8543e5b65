"""Counting in the background whose state a policy changes, where there are many people; it says how far it is."""

from __future__ import annotations

from payung.office.jobs.queue import Ticket
from payung.office.policies import actions, queries
from payung.office.policies.models import Policy
from payung.office.policies.states import PolicyState


def count(ticket: Ticket) -> None:
    """Find everybody whose state the policy of ``ticket`` changes, and keep all of them at once."""
    policy = Policy.objects.filter(pk=int(ticket.subject.partition(":")[2])).first()
    if policy is None or policy.state != PolicyState.WAITING:
        return
    many = queries.judged(policy).count()
    effects = actions.found(policy, lambda done: ticket.report(done, many))
    actions.keep(by=ticket.asked_by, policy=policy, effects=effects)
