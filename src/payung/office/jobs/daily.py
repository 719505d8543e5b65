"""Work that is asked for once each day of the office, by what the faces of apps say (``daily``)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from payung.office import face
from payung.office.history.actions import BY_ITSELF
from payung.office.jobs import queue
from payung.office.jobs.models import Job

_asked: list[dt.date] = [dt.date.min]


def when_due() -> int:
    """Ask for the work of today where nobody did yet; return how many jobs were asked for. Quick for the rest of a day.

    A machine that was off does the work of today when it is on again; that of the days between is not made up for:
    each kind brings the office to the present day.
    """
    today = timezone.localdate()
    if _asked[0] == today:
        return 0
    subject = f"day:{today.isoformat()}"
    kinds = [kind for one in face.faces() for kind in one.daily]
    known = set(Job.objects.filter(kind__in=kinds, subject=subject).values_list("kind", flat=True))
    for kind in kinds:
        if kind not in known:
            queue.ask(by=BY_ITSELF, kind=kind, subject=subject)
    _asked[0] = today
    return len(set(kinds) - known)
