"""Contribution months as text, ``YYYY-MM``, and the arithmetic on them. No clock."""

from __future__ import annotations

import datetime as dt
import re

from payung.errors import InputError
from payung.text import Text

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_MONTH = "2015-07"  # PP 44/2015, PP 45/2015 and PP 46/2015 begin here
LAST_MONTH = "2100-12"  # a later one is a slip of the pen


def parse_month(text: str, *, first: str = FIRST_MONTH) -> str:
    """Return ``text`` where it is a month ``YYYY-MM`` not before ``first``; raise :class:`InputError`."""
    if not _MONTH.fullmatch(text):
        raise InputError(
            Text(
                f"Bulan {text!r} tidak dikenal. Tulis tahun dan bulan, misalnya 2026-04.",
                f"Month {text!r} is not known. Write year and month, such as 2026-04.",
            )
        )
    if text < first:
        raise InputError(
            Text(
                f"Bulan {text} terlalu awal: aturan iuran yang ada di sini mulai {first}.",
                f"Month {text} is too early: the contribution rules held here begin in {first}.",
            )
        )
    if text > LAST_MONTH:
        raise InputError(
            Text(
                f"Bulan {text} terlalu jauh. Yang boleh: {first} sampai {LAST_MONTH}.",
                f"Month {text} is too far ahead. Allowed: {first} to {LAST_MONTH}.",
            )
        )
    return text


def parse_date(text: str) -> dt.date:
    """Return the date written ``YYYY-MM-DD``; raise :class:`InputError` where there is no such day."""
    try:
        if not _DATE.fullmatch(text) or not "1900-01" <= text[:7] <= LAST_MONTH:
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(
            Text(
                f"Tanggal {text!r} tidak ada. Tulis tahun-bulan-hari, misalnya 2026-04-15.",
                f"There is no date {text!r}. Write year-month-day, such as 2026-04-15.",
            )
        ) from None


def month_of(date: dt.date) -> str:
    """Return the month that ``date`` falls in."""
    return f"{date.year:04d}-{date.month:02d}"


def index(month: str) -> int:
    """Return the number of months since year 0, so that months can be subtracted."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def from_index(number: int) -> str:
    """Return the month whose :func:`index` is ``number``."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def add(month: str, count: int) -> str:
    """Return the month ``count`` months after ``month`` (before it, where negative)."""
    return from_index(index(month) + count)


def between(first: str, last: str) -> list[str]:
    """Return every month from ``first`` to ``last``, both included."""
    return [from_index(number) for number in range(index(first), index(last) + 1)]


def first_day(month: str) -> dt.date:
    """Return the first day of ``month``."""
    return dt.date(int(month[:4]), int(month[5:7]), 1)


def last_day(month: str) -> dt.date:
    """Return the last day of ``month``."""
    return first_day(add(month, 1)) - dt.timedelta(days=1)


def add_to_date(date: dt.date, count: int) -> dt.date:
    """Return the same day ``count`` months later, or that month's last day where it is shorter."""
    month = add(month_of(date), count)
    return min(dt.date(int(month[:4]), int(month[5:7]), 1) + dt.timedelta(days=date.day - 1), last_day(month))


def whole_months(since: dt.date, date: dt.date) -> int:
    """Return the months completed from ``since`` to ``date``: one is complete on the same day of the next month."""
    count = index(month_of(date)) - index(month_of(since))
    return count if add_to_date(since, count) <= date else count - 1
