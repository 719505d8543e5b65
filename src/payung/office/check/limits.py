"""How often may be asked: of one address, about one number, numbers alike, of all. Kept as keyed prints by the hour."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import Sum
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
    most = {f"a:{address}": BY_ADDRESS, f"n:{number}": BY_NUMBER, f"s:{stem}": BY_STEM, "all": BY_ALL}
    keys = {name: blind(name, PLACE) or "" for name in most if name != "s:"}
    with transaction.atomic():
        Asked.objects.filter(hour__lt=hour - _PAST).delete()
        times = _count(list(keys.values()), hour)
        if stem:
            today = Asked.objects.filter(print=keys[f"s:{stem}"], hour__gt=hour - DAY)
            times[keys[f"s:{stem}"]] = today.aggregate(many=Sum("times"))["many"] or 0
    return all(times[key] <= most[name] for name, key in keys.items())


def _count(keys: list[str], hour: int) -> dict[str, int]:
    """Count one more of each key and return how many that makes: counted and looked up in one statement, so that many
    at once are each counted. What all share comes last: whoever holds it lets others wait."""
    table = Asked._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (print, hour, times) VALUES {', '.join(['(%s, %s, 1)'] * len(keys))}"
            f" ON CONFLICT (print, hour) DO UPDATE SET times = {table}.times + 1 RETURNING print, times",
            [value for key in keys for value in (key, hour)],
        )
        return {str(key): int(times) for key, times in cursor.fetchall()}


def asked_since(since: dt.datetime) -> int:
    """Return how many questions there were since a moment, by whole hours."""
    hour = int(since.timestamp()) // 3600
    rows = Asked.objects.filter(print=blind("all", PLACE), hour__gte=hour)
    return sum(rows.values_list("times", flat=True))
