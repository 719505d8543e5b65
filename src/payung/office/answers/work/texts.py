"""Results follow their text: when somebody says what it means, all its rows get that class, a few hundred at a time.

The first few follow at once, the rest in the background. What is behind is told by the rows themselves, so a killed
worker, two of them, or a text that is changed again on the way all end the same.
"""

from __future__ import annotations

from django.db import transaction

from payung.office.answers.actions.texts import behind, catch_up
from payung.office.answers.models import Phrase
from payung.office.answers.states import FOLLOW
from payung.office.jobs.queue import Ticket

KIND = FOLLOW


def work(ticket: Ticket) -> None:
    """Let everything that is behind the text of ``ticket`` follow."""
    key = ticket.arguments["phrase"]
    done, left = 0, behind().filter(line__phrase=key).count()
    many = 1
    while many:
        with transaction.atomic():
            phrase = Phrase.objects.select_for_update().get(pk=key)
            ticket.report(done, max(left, done))
            many = catch_up(by=ticket.asked_by, phrase=phrase)
        done += many
    ticket.report(done, done)
