"""How often may be asked: of one address, about one number, numbers alike, of all. Kept as keyed prints by the hour."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from payung.office.check.models import Asked
from payung.office.vault.sealed import blind

PLACE = "check.asked"
BY_ADDRESS = 20  # an hour: a family, or a village office behind one address
BY_NUMBER = 5  # an hour and number: nobody tries birth dates
BY_ALL = 600  # an hour
# A NIK begins with the place of its first registration and the birth date; four digits count on. Whoever counts through
# them needs no birth date, so of numbers that begin alike only so many are answered in a day.
STEM, BY_STEM = 12, 20
DAY = 24
_PAST = 48  # hours that are kept


def may_ask(*, address: str, number: str, stem: str = "") -> bool:
    """Count one more question and tell whether it is answered. The same work for every question.

    ``stem``: what numbers have in common that are one another's neighbours (:data:`STEM`), where there is such a thing.
    """
    hour = int(timezone.now().timestamp()) // 3600
    allowed = True
    with transaction.atomic():
        Asked.objects.filter(hour__lt=hour - _PAST).delete()
        for name, most in ((f"a:{address}", BY_ADDRESS), (f"n:{number}", BY_NUMBER), ("all", BY_ALL)):
            allowed = _count(blind(name, PLACE) or "", hour) <= most and allowed
        if stem:
            key = blind(f"s:{stem}", PLACE) or ""
            _count(key, hour)
            today = Asked.objects.filter(print=key, hour__gt=hour - DAY).aggregate(many=Sum("times"))
            allowed = allowed and (today["many"] or 0) <= BY_STEM
    return allowed


def _count(key: str, hour: int) -> int:
    """Count one more and return how many that makes; looked up after counting, so many at once are each counted."""
    row, _ = Asked.objects.get_or_create(print=key, hour=hour)
    Asked.objects.filter(pk=row.pk).update(times=F("times") + 1)
    row.refresh_from_db(fields=["times"])
    return row.times


def asked_since(since: dt.datetime) -> int:
    """Return how many questions there were since a moment, by whole hours."""
    hour = int(since.timestamp()) // 3600
    rows = Asked.objects.filter(print=blind("all", PLACE), hour__gte=hour)
    return sum(rows.values_list("times", flat=True))
