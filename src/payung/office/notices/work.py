"""Mails the notices that nobody has read yet to those who asked for it, one mail a person."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from payung.office.desk.words import say
from payung.office.jobs.queue import Ticket
from payung.office.notices import queries
from payung.office.notices.models import Notice
from payung.office.notices.rules import address, sentence
from payung.office.regions import queries as regions
from payung.text import Text

MOST = 500  # notices that one run takes
LINES = 20  # of one mail


def work(ticket: Ticket) -> None:
    """Send what waits; killed and started again, at most the mail that was on its way goes out twice."""
    waiting = list(queries.to_mail().select_related("user__channel")[:MOST])
    places = regions.names(sorted({one.region_code for one in waiting}))
    done = 0
    for _, group in groupby(waiting, key=lambda one: one.user_id):
        notices = list(group)
        _message(notices, places).send()
        with transaction.atomic():
            ticket.hold()
            Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=timezone.now())
        done += len(notices)
        ticket.report(done, len(waiting))


def base() -> str:
    """Return the address of this office, without a slash at its end."""
    host = next((one for one in settings.ENVIRONMENT.hosts if one not in ("*", "")), "localhost")
    return f"{'https' if settings.ENVIRONMENT.https else 'http'}://{host}"


def _message(notices: list[Notice], places: dict[str, str]) -> EmailMessage:
    user = notices[0].user
    with translation.override(user.language or "id"):
        lines = []
        for one in notices[:LINES]:
            said = sentence(one.action, places.get(one.region_code, one.region_code), one.reason)
            if said is not None:
                lines.append(f"{say(said)}\n{base()}{address(one.action, one.subject)}")
        if len(notices) > LINES:
            more = Text("Dan {many} lagi di kantor.", "And {many} more in the office.")
            lines.append(say(more, many=len(notices) - LINES))
        stop = Text(
            "Surel ini dapat dihentikan di Pemberitahuan, bagian Cara.",
            "These mails can be stopped at Notices, under How.",
        )
        subject = say(Text("Payung: {many} pemberitahuan", "Payung: {many} notices"), many=len(notices))
        body = "\n\n".join([*lines, say(stop)])
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [user.channel.email])
