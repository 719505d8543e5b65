"""Who stands in a decree, for whom it pays, and until when."""

from __future__ import annotations

from django.db.models import QuerySet

from payung.office.programme.models import DecreePerson
from payung.office.programme.states import IN_FORCE


def people_in(line_id: int, month: str) -> QuerySet[DecreePerson]:
    """Return the rows of signed decrees for which the line pays in ``month`` (``YYYY-MM``), each person once a segment.

    A row counts from its first month until the last one before a later signed decree takes the person out.
    """
    return DecreePerson.objects.filter(
        line=line_id, held=True, decree__state__in=IN_FORCE, from_month__lte=month, last_month__gte=month
    )


def held_in(month: str) -> QuerySet[DecreePerson]:
    """Return the rows of signed decrees that count in ``month``, whoever pays."""
    return DecreePerson.objects.filter(
        held=True, decree__state__in=IN_FORCE, from_month__lte=month, last_month__gte=month
    )
