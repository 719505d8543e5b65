"""Before it hurts: which people of a village lose which right, and by which day they can still be paid for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection
from django.db.models import F, Max, Sum

from payung.codes import Life
from payung.law import cover, due_date, load, months
from payung.law.bill import parse_segment
from payung.office.access.scope import Scope
from payung.office.arrears.models import Contact
from payung.office.bills.models import Bill, BillPlace
from payung.office.bills.states import OPEN
from payung.office.bills.unbillable import excused, not_asked_for
from payung.office.months import pasts, queries
from payung.office.months.models import Past
from payung.office.months.states import SEGMENT_OF, Protection
from payung.text import Text

AHEAD = dt.timedelta(days=45)  # how far ahead losses are looked for


@dataclass(slots=True)
class Village:
    """A village of the board.

    Fields
        people: by state (aktif, tenggang 1 to 3, nonaktif, periksa). open, overdue: rupiah of its people in bills.
        level: the highest of the ladder that an open bill for its people has reached. contact: the last day on which
        the village was spoken to as a payer.
        until: the earliest day by which somebody must be paid for; lose: how many lose their right after it, full_jkm
        of them have full JKM; longest: the most paid months that end, and long: how many lose that many.
    """

    people: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    open: int = 0
    overdue: int = 0
    level: int = 0
    contact: dt.date | None = None
    until: dt.date | None = None
    lose: int = 0
    full_jkm: int = 0
    longest: int = 0
    long: int = 0

    @property
    def sentence(self) -> Text | None:
        """What happens if nobody pays, or ``None`` where nothing does soon."""
        if self.until is None:
            return None
        id_ = [f"{self.lose} orang kehilangan perlindungan"]
        en = [f"{self.lose} people lose their cover"]
        if self.full_jkm:
            id_.append(f"{self.full_jkm} di antaranya hak JKM penuh")
            en.append(f"{self.full_jkm} of them full JKM")
        if self.longest > 1:
            id_.append(f"{self.long} orang kehilangan {self.longest} bulan iuran")
            en.append(f"{self.long} lose {self.longest} paid months")
        return Text(
            f"Bayar paling lambat {day_said(self.until, 'id')}: {', '.join(id_)}.",
            f"Pay by {day_said(self.until, 'en')}: else {', '.join(en)}.",
        )


_MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def day_said(day: dt.date, language: str) -> str:
    """Return a day as a sentence of ``language`` says it."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def board(scope: Scope, on: dt.date) -> dict[str, Village]:
    """Return the villages within ``scope`` that have protected people or open bills, by code, on the day ``on``."""
    found: dict[str, Village] = defaultdict(Village)
    for (code, _, _), counts in queries.states(scope, on).items():
        for said, many in counts.items():
            found[code].people[_column(said.state, said.unpaid)] += many
    seen = queries.places_of(scope)
    owed = BillPlace.objects.filter(place__in=list(seen), bill__state__in=OPEN)
    for place, due, amount in owed.values_list("place", "bill__due_on").annotate(
        open=Sum(F("amount") - F("paid_amount"))
    ):
        village = found[seen[place][0]]
        village.open += amount
        village.overdue += amount if due < on else 0
    for place, level in owed.values_list("place").annotate(level=Max("bill__rungs__level")).order_by():
        village = found[seen[place][0]]
        village.level = max(village.level, level or 0)
    _spare(found, seen, on)
    _losses(found, seen, on)
    for code, last in (
        Contact.objects.filter(region_code__in=list(found))
        .values_list("region_code")
        .annotate(last=Max("on"))
        .order_by()
    ):
        found[code].contact = last
    return dict(found)


def _spare(found: dict[str, Village], seen: dict[int, tuple[str, str]], on: dt.date) -> None:
    """Take out of what is open the months of those whom nobody has to pay for any more (bills/unbillable.py)."""
    places = BillPlace.objects.filter(place__in=list(seen), bill__state__in=OPEN)
    bills = Bill.objects.in_bulk(list(places.values_list("bill", flat=True).distinct()))
    for one in excused(list(bills.values())):
        if one.place in seen:
            village = found[seen[one.place][0]]
            village.open -= one.amount
            village.overdue -= one.amount if bills[one.bill].due_on < on else 0


def _column(state: Protection, unpaid: int) -> str:
    return f"{state}_{min(unpaid, 3)}" if state == Protection.TENGGANG else str(state)


def _losses(found: dict[str, Village], seen: dict[int, tuple[str, str]], on: dt.date) -> None:
    """Note in each village the earliest day after which people lose their right, and who they are."""
    if not (ends := ending(on)):
        return
    texts = {past.pk: past for past in Past.objects.filter(pk__in=list(ends))}
    lines = [line for line in _people_of(list(ends), on) if line[0] in seen]
    for place, past, _ in lines:
        village = found[seen[place][0]]
        village.until = min(ends[past], village.until or ends[past])
    for place, past, many in lines:
        village = found[seen[place][0]]
        if ends[past] != village.until:
            continue
        one = texts[past]
        paid, full = counted(one.segment, one.text, on)
        village.lose += many
        village.full_jkm += many if full else 0
        if paid > village.longest:
            village.longest, village.long = paid, 0
        village.long += many if paid == village.longest else 0


def ending(on: dt.date) -> dict[int, dt.date]:
    """Return the pasts whose right ends soon, each with the last day on which paying still helps."""
    return {
        key: end
        for key, segment, text in _in_arrears(on)
        if (end := loses_after(segment, text, on)) is not None
    }


def _in_arrears(on: dt.date) -> Iterable[tuple[int, int, str]]:
    """Yield the pasts whose right can end soon: the last paid month is as long ago as the grace lasts."""
    grace: int = load().on(on).grace_months
    latest = months.index(months.month_of(on + AHEAD)) - grace
    for key, segment, text in Past.objects.exclude(text="").values_list("pk", "segment", "text"):
        last = max(pasts.read(text))
        if latest - grace <= last <= latest:
            yield key, segment, text


@lru_cache(maxsize=20_000)
def loses_after(segment: int, text: str, on: dt.date) -> dt.date | None:
    """Return the last day on which this past still is protected if nothing more is paid; ``None``: not soon, or not
    protected now. The law judges each day on which a state can change: the first of a month, and after a due day."""
    held = (Protection.AKTIF, Protection.TENGGANG)
    if pasts.judge(segment, text, on).state not in held:
        return None
    for day in _turns(segment, on):
        if pasts.judge(segment, text, day).state not in held:
            return day - dt.timedelta(days=1)
    return None


@lru_cache(maxsize=64)
def _turns(segment: int, on: dt.date) -> tuple[dt.date, ...]:
    listed = months.between(months.add(months.month_of(on), -1), months.month_of(on + AHEAD))
    code = parse_segment(SEGMENT_OF[segment].value)
    days = {months.first_day(month) for month in listed}
    days |= {due_date(month, code).date + dt.timedelta(days=1) for month in listed}
    return tuple(sorted(day for day in days if on < day <= on + AHEAD))


@lru_cache(maxsize=20_000)
def counted(segment: int, text: str, on: dt.date) -> tuple[int, bool]:
    """Return the paid months of the present membership, and whether JKM is full."""
    found = cover(pasts.payments(text), on, SEGMENT_OF[segment].value)
    return found.paid_months, bool(found.jkm_full)


def _people_of(keys: list[int], on: dt.date) -> list[tuple[int, int, int]]:
    """Return place, past and how many, without whom paying would not help: the dead, who moved away by the civil
    registry, whom the insurer rejected."""
    marks = ", ".join(str(int(key)) for key in keys)
    rejected, values = not_asked_for(months.month_of(on))
    gone = f"'{Life.DEAD.value}', '{Life.MOVED.value}'"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.place, c.past, COUNT(*) FROM months_cover c JOIN people_person p ON p.id = c.person"
            f" LEFT JOIN ({rejected} GROUP BY 1, 2) e ON e.person = c.person AND e.segment = c.segment"
            f" WHERE c.past IN ({marks}) AND e.person IS NULL AND p.life_status NOT IN ({gone})"
            " GROUP BY c.place, c.past",
            values,
        )
        return [(int(place), int(past), int(many)) for place, past, many in cursor.fetchall()]
