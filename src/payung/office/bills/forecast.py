"""Money ahead: what each line will still be billed, and on which day its money no longer covers a bill."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, Max, OuterRef, Q

from payung.codes import Segment
from payung.law import default_income, due_date, months
from payung.law.bill import parse_segment
from payung.law.months import add_to_date
from payung.office.bills.models import Bill
from payung.office.bills.states import BillState
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeState
from payung.office.exchange.queries import rejected_rows
from payung.office.programme.models import Balance, DecreePerson, Line
from payung.office.programme.queries.prices import priced
from payung.office.programme.states import IN_FORCE


@dataclass(frozen=True, slots=True)
class Forecast:
    """A line of money on a day, up to its last month.

    Fields
        line: key. left: rupiah that no bill has taken yet. ahead: month → rupiah that its decrees' people will cost
        in the months that are not billed yet. unpaid_from: the first month that ``left`` does not cover whole.
        exhausted: the due day of that month, ``None`` where the money lasts. alarm: within one month.
    """

    line: int
    left: int
    ahead: dict[str, int]
    unpaid_from: str
    exhausted: dt.date | None
    alarm: bool

    @property
    def need(self) -> int:
        """Rupiah of all months ahead."""
        return sum(self.ahead.values())

    @property
    def end(self) -> int:
        """Rupiah left after the last month; below zero where they are short."""
        return self.left - self.need


def forecasts(lines: Sequence[Line], on: dt.date) -> dict[int, Forecast]:
    """Return by key what each of ``lines`` has ahead on the day ``on``, in a constant number of queries.

    By the decrees in force and the law of each month; who died, left or was rejected by then is not counted;
    months before the last billed one of a segment are taken as billed.
    """
    keys = [line.pk for line in lines]
    left = {
        balance.pk: balance.free + balance.reserved + balance.committed
        for balance in Balance.objects.filter(pk__in=keys)
    }
    ahead, due = _ahead(keys, on)
    return {
        line.pk: walked(line.pk, left.get(line.pk, 0), ahead[line.pk], due[line.pk], on) for line in lines
    }


def walked(line: int, left: int, ahead: dict[str, int], due: dict[str, dt.date], on: dt.date) -> Forecast:
    """Return the forecast of one line: its months are paid in order until the money does not cover one.

    ``due`` has the day by which each month must be paid.
    """
    rest, short, day = left, "", None
    for month, amount in sorted(ahead.items()):
        rest -= amount
        if rest < 0:
            short, day = month, max(due[month], on)
            break
    alarm = day is not None and day < add_to_date(on, 1)
    return Forecast(line, left, dict(sorted(ahead.items())), short, day, alarm)


def _ahead(keys: list[int], on: dt.date) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, dt.date]]]:
    """Return by line and month what is not billed yet, and the earliest day by which it is due."""
    bills = Bill.objects.filter(line__in=keys).exclude(state=BillState.VOID).order_by()
    billed = {
        (line, str(segment)): last
        for line, segment, last in bills.values_list("line", "segment").annotate(last=Max("until_month"))
    }
    stopped = Change.objects.filter(
        Q(segment="") | Q(segment=OuterRef("segment")),
        person=OuterRef("person"),
        state=ChangeState.APPROVED,
        stops_from__lte=months.index(months.month_of(on)),
    )
    rows = DecreePerson.objects.filter(
        ~Exists(stopped),
        line__in=keys,
        held=True,
        decree__state__in=IN_FORCE,
        last_month__lte=F("line__until_month"),
        person__merged_into__isnull=True,
    ).exclude(pk__in=rejected_rows().values("pk"))
    costs: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    due: dict[int, dict[str, dt.date]] = defaultdict(dict)
    days: dict[tuple[str, str], dt.date] = {}
    for group in priced(rows, default=int(default_income(on).value)):
        last = billed.get((group.line, group.segment), "")
        for month, amount in group.monthly.items():
            if month <= last:
                continue
            costs[group.line][month] += amount * group.many
            key = (month, group.segment)
            if key not in days:
                days[key] = due_date(month, parse_segment(str(Segment.member(group.segment)))).date
            due[group.line][month] = min(due[group.line].get(month, days[key]), days[key])
    return costs, due
