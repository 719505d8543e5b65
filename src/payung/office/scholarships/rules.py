"""What a child may still receive, year by year, by the law of the day of the event (PP 82/2019)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from payung.errors import InputError
from payung.law import age_on, load, months
from payung.office.scholarships.states import Level
from payung.text import Text

SCHOOL_BEGINS = 7  # July; practice, not law: on its first day the age of a coming year is looked at


@dataclass(frozen=True, slots=True)
class Planned:
    """A year that can be claimed: when its school year begins, at which level, rupiah."""

    year: int
    level: Level
    amount: int


def rate(level: Level, event: dt.date) -> int:
    """Return rupiah of a year at ``level``. Raises :class:`InputError` where the law of that day paid once only."""
    rates = load().on(event).scholarship_rate
    if rates is None:
        raise InputError(
            Text(
                f"Untuk kejadian {event:%d-%m-%Y} beasiswa dibayar sekali, bukan per tahun.",
                f"For an event of {event:%Y-%m-%d} the scholarship was paid once, not by the year.",
            )
        )
    return int(rates[level.value])


def most(level: Level, event: dt.date) -> int:
    """Return the most years of ``level``."""
    return int(load().on(event).scholarship_years[level.value])


def most_children(event: dt.date) -> int:
    """Return how many children of one member have a scholarship."""
    return int(load().on(event).scholarship_children)


def too_old(birth: dt.date, on: dt.date, event: dt.date) -> bool:
    """Whether a child has reached the age at which scholarships end."""
    return age_on(birth, on) >= int(load().on(event).scholarship_age_below)


def oldest(on: dt.date) -> dt.date:
    """Return the birth date at which somebody reaches the age of the end on the day ``on``: younger ones go on."""
    return months.add_to_date(on, -12 * int(load().on(on).scholarship_age_below))


def plan(
    level: Level, birth: dt.date, event: dt.date, taken: Iterable[tuple[int, Level]], first: int
) -> list[Planned]:
    """Return the years from ``first`` on that can still be claimed by a child that began at ``level``.

    ``taken`` are years and levels that were claimed: they count against the most of their level, and the child does
    not go back below the latest of them.
    """
    claimed = sorted(taken)
    used = Counter(one for _, one in claimed)
    now = claimed[-1][1] if claimed else level
    levels = list(Level)
    years = [year for year, _ in claimed]
    year = max([first, *(one + 1 for one in years)])
    found: list[Planned] = []
    for one in levels[levels.index(now) :]:
        for _ in range(most(one, event) - used[one]):
            if too_old(birth, dt.date(year, SCHOOL_BEGINS, 1), event):
                return found
            found.append(Planned(year, one, rate(one, event)))
            year += 1
    return found
