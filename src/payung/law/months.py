"""Contribution months as text, ``YYYY-MM``, and the arithmetic on them. No clock."""

from __future__ import annotations

import datetime as dt
import re

from payung.errors import InputError
from payung.text import Text

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_MONTH = "2015-07"  # PP 44/2015, PP 45/2015 and PP 46/2015 begin here
EARLIEST = "1900-01"  # of any date at all, such as a day of birth
ONE_DAY = dt.timedelta(days=1)
LAST_MONTH = "2100-12"  # a later one is a slip of the pen


def not_a_month(text: str) -> Text:
    """Return the sentence for what is no month at all."""
    return Text(
        f"Bulan '{text}' tidak dikenal. Tulis tahun dan bulan, misalnya 2026-04.",
        f"Month '{text}' is not known. Write year and month, such as 2026-04.",
    )


def not_a_date(text: str) -> Text:
    """Return the sentence for what is no day at all."""
    return Text(
        f"Tanggal {text} tidak ada. Tulis tahun-bulan-hari, misalnya 2026-04-15.",
        f"There is no date {text}. Write year-month-day, such as 2026-04-15.",
    )


def out_of_range(text: str, first: str = FIRST_MONTH) -> Text:
    """Return the sentence for a month, or a day, that the law held here does not reach."""
    return Text(
        f"{text} di luar jangkauan aturan yang ada di sini. Yang boleh: {first} sampai {LAST_MONTH}.",
        f"{text} is outside what the law held here reaches. Allowed: {first} to {LAST_MONTH}.",
    )


def parse_month(text: str, *, first: str = FIRST_MONTH) -> str:
    """Return ``text`` where it is a month ``YYYY-MM`` not before ``first``; raise :class:`InputError`."""
    if not _MONTH.fullmatch(text):
        raise InputError(not_a_month(text))
    if not first <= text <= LAST_MONTH:
        raise InputError(out_of_range(text, first))
    return text


def parse_date(text: str) -> dt.date:
    """Return the date written ``YYYY-MM-DD``; raise :class:`InputError` where there is no such day."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(not_a_date(repr(text))) from None
    if not EARLIEST <= text[:7] <= LAST_MONTH:
        raise InputError(out_of_range(text, EARLIEST if text[:7] < EARLIEST else FIRST_MONTH))
    return found


def check_date(date: dt.date) -> dt.date:
    """Return ``date`` where the law held here reaches it; raise :class:`InputError` that says the range."""
    if not FIRST_MONTH <= month_of(date) <= LAST_MONTH:
        raise InputError(out_of_range(date.isoformat()))
    return date


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
