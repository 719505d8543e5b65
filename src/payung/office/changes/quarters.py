"""The quarterly refresh: who of a village stays, comes and leaves in a quarter (``2026-Q4``); many villages at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count

from payung.errors import InputError
from payung.law import months
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeState
from payung.office.programme.models import DecreePerson
from payung.office.programme.states import IN_FORCE
from payung.text import Text

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(slots=True)
class Counts:
    """People of a village in a quarter: covered before and still, new, left; ``reasons``: kind of change → people."""

    stays: int = 0
    comes: int = 0
    leaves: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def of(day: dt.date) -> str:
    """Return the quarter that ``day`` lies in.

    >>> of(dt.date(2026, 12, 31)), of(dt.date(2027, 1, 1))
    ('2026-Q4', '2027-Q1')
    """
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def months_of(quarter: str) -> tuple[str, str]:
    """Return the first and the last month of a quarter. Raises :class:`InputError` for what is none."""
    if (found := _QUARTER.fullmatch(quarter)) is None:
        raise InputError(
            Text(f"Triwulan {quarter!r}: tulis 2026-Q4.", f"Quarter {quarter!r}: write 2026-Q4.")
        )
    first = f"{found[1]}-{int(found[2]) * 3 - 2:02d}"
    return first, months.add(first, 2)


def counted(codes: Collection[str], quarter: str) -> dict[str, Counts]:
    """Return by village who stays, comes and leaves in ``quarter``: three queries.

    Comes: a row of a signed decree that begins in the quarter. Leaves: a change in effect that ends the billing, whose
    event lies in it, by kind. Stays: rows that hold in its last month and began before, without those who leave.
    """
    first, last = months_of(quarter)
    found = {code: Counts() for code in codes}
    held = DecreePerson.objects.filter(
        held=True, decree__state__in=IN_FORCE, village_code__in=list(codes), last_month__gte=last
    ).order_by()
    for code, many in (
        held.filter(from_month__range=(first, last))
        .values_list("village_code")
        .annotate(many=Count("person", distinct=True))
    ):
        found[code].comes = many
    gone = Change.objects.filter(
        state=ChangeState.APPROVED,
        stops_from__isnull=False,
        on__range=(months.first_day(first), months.last_day(last)),
    ).order_by()
    for code, kind, many in (
        gone.filter(village_code__in=list(codes))
        .values_list("village_code", "kind")
        .annotate(many=Count("person", distinct=True))
    ):
        found[code].reasons[str(kind)] = many
        found[code].leaves += many
    before = held.filter(from_month__lt=first).exclude(person__in=gone.values("person"))
    for code, many in before.values_list("village_code").annotate(many=Count("person", distinct=True)):
        found[code].stays = many
    return found
