"""The calendar as iCalendar text (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from payung.office.desk.words import say
from payung.office.face import Dated

WIDTH = 75  # bytes of a line


def calendar(days: Iterable[Dated], base: str, today: dt.date) -> bytes:
    """Return the calendar of ``days``; ``base`` is the address of the office. The same days give the same bytes."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Payung//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        *("X-WR-CALNAME:Payung", "REFRESH-INTERVAL;VALUE=DURATION:P1D"),
    ]
    for day in days:
        mark = hashlib.sha256(day.key.encode()).hexdigest()[:24]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{mark}@payung",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(say(day.what))}",
            f"URL:{base}{day.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    r"""Return ``text`` as a value: ``\\``, ``;``, ``,`` and line breaks with a backslash."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    """Return ``line`` broken so that no part is longer than a line may be; letters stay whole."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > WIDTH:
            parts.append(part)
            part, size = " ", 1
        part += sign
        size += width
    return "\r\n".join([*parts, part])
