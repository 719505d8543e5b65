"""Birth dates as lists write them.

``05-05-1996``, ``5/5/96``, ``20.02.93``, ``1996-05-05``, ``07 Juni 1995``, ``1-Des-95``, Excel's day number
(``31169``), and a place before any of them. A date is never guessed: month before day is not tried, and two
digits of a year mean the century that makes the person at most 100 years old on the day of reading. A letter that was
typed for a digit (O for 0, l and I for 1) is read as the digit where all else is a date.
"""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from payung.people.values import by_distinct

EXCEL_ZERO = dt.date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 3_654, 60_000  # 1910-01-01 and 2064-04-08 as Excel counts days

_MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "jnr": 1, "februari": 2, "feb": 2, "pebruari": 2, "peb": 2, "february": 2,
    "maret": 3, "mar": 3, "mrt": 3, "march": 3, "april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "jun": 6,
    "june": 6, "juli": 7, "jul": 7, "july": 7, "agustus": 8, "agu": 8, "ags": 8, "agt": 8, "agus": 8, "aug": 8,
    "august": 8, "agst": 8, "september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "oct": 10, "october": 10,
    "november": 11, "nov": 11, "nopember": 11, "nop": 11, "desember": 12, "des": 12, "dec": 12, "december": 12,
}  # fmt: skip
_TIME = r"(?:[ t,]\s*\d{1,2}[:.]\d{2}.*)?"
_ISO = re.compile(rf"(\d{{4}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}}){_TIME}")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/., ]\s*(\d{1,2})\s*[-/., ]\s*(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
_WORDS = re.compile(
    r"(\d{1,2})\s*[-/., ]*\s*([a-z]{3,9})\.?\s*[-/.,' ]*\s*(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?"
)
# the month in words first, as programs write it: "Jun 12, 1967", "Mon Jun 12 1967 00:00:00 GMT+0700"
_MONTH_FIRST = re.compile(rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}")
_BEFORE = re.compile(
    r"^(?:(?:(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|ahad|mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?"
    r"|tgl|tanggal|pada)\b[\s,.:/-]*)+"
)
# a day, month or year with letters for digits, and at least one digit; a day or a month of two letters beside numbers
_MISTYPED = re.compile(
    r"(?<![^\W_])(?=[oil|\d]*\d)[oil|\d]{1,4}(?![^\W_])|(?<![^\W_])[oil|]{2}(?=\s*[-/.]\s*[oil|\d]{1,2}\s*[-/.])"
    r"|(?<=[-/.])[oil|]{2}(?=[-/.])"
)
_DIGITS = str.maketrans("oil|", "0111")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
# eight of them without a sign between, half of them digits at least
_COMPACT_MISTYPED = re.compile(r"(?=(?:\D*\d){4})[oil|\d]{8}")
_TAIL = re.compile(
    r"^(?P<place>.*?[^\W\d_].*?)?[\s,./\-]*\b(?P<date>\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}"
    r"|\d{1,2}\s*[-/., ]\s*\d{1,2}\s*[-/., ]\s*(?:\d{4}|\d{2})"
    r"|\d{1,2}\s*[-/., ]*\s*[a-z]{3,9}\.?\s*[-/.,' ]*\s*(?:\d{4}|\d{2}))(?:[ T]\d{1,2}:\d{2}\S*)?\s*\.?$",
    re.I,
)


def read(text: str, *, on: dt.date) -> dt.date | None:
    """Return the date that ``text`` says, or ``None`` where it is no date or lies after ``on``.

    >>> read("07 Juni 1995", on=dt.date(2026, 11, 22))
    datetime.date(1995, 6, 7)
    """
    word = " ".join(text.strip().strip("'`").lower().split()).rstrip(" .,")
    word = _BEFORE.sub("", word)
    if found := _read(word, on):
        return found
    if _COMPACT_MISTYPED.fullmatch(word):
        return _read(word.translate(_DIGITS), on)
    mended = _MISTYPED.sub(lambda part: part[0].translate(_DIGITS), word)
    return _read(mended, on) if mended != word and not mended.isdigit() else None


def _read(word: str, on: dt.date) -> dt.date | None:
    """Return the date that a tidied text says."""
    if match := _ISO.fullmatch(word):
        return _date(int(match[1]), int(match[2]), int(match[3]), on)
    if match := _NUMBERS.fullmatch(word):
        return _date(_year(match[3], on), int(match[2]), int(match[1]), on)
    if (match := _WORDS.fullmatch(word)) and (month := _month(match[2])):
        return _date(_year(match[3], on), month, int(match[1]), on)
    if (match := _MONTH_FIRST.fullmatch(word)) and (month := _month(match[1])):
        return _date(int(match[3]), month, int(match[2]), on)
    if match := _COMPACT.fullmatch(word):
        return _date(int(match[3]), int(match[2]), int(match[1]), on) or _date(
            int(word[:4]), int(word[4:6]), int(word[6:]), on
        )
    return from_serial(word, on=on)


def from_serial(text: str, *, on: dt.date) -> dt.date | None:
    """Return the date of Excel's day number (``31169`` is 2 May 1985), or ``None``."""
    match = re.fullmatch(r"(\d{4,5})(?:\.\d+)?", text)
    if not match or not FIRST_SERIAL <= int(match[1]) <= LAST_SERIAL:
        return None
    date = EXCEL_ZERO + dt.timedelta(days=int(match[1]))
    return date if date <= on else None


def split_place(text: str) -> tuple[str | None, str | None]:
    """Return (place, date text) of a cell that holds both; a part that is not there is ``None``.

    >>> split_place("KUALA KURUN/20.02.93"), split_place("Pujon 24 September 1980")
    (('KUALA KURUN', '20.02.93'), ('Pujon', '24 September 1980'))
    """
    tidy = " ".join(text.split()).strip(" ,")
    match = _TAIL.match(tidy)
    if match:
        place = (match["place"] or "").strip(" ,./-")
        return place or None, match["date"]
    return (None, tidy) if re.fullmatch(r"\d{4,5}(\.0)?", tidy) else (tidy or None, None)


def read_column(column: pl.Series, *, on: dt.date) -> pl.Series:
    """Return the dates of a text column; what is no date is null."""
    return by_distinct(column, lambda text: read(text, on=on), pl.Date)


def _month(word: str) -> int | None:
    """Return the month that a word names, whole or cut short ("agust", "septem")."""
    if word in _MONTHS:
        return _MONTHS[word]
    return next((month for name, month in _MONTHS.items() if len(word) >= 4 and name.startswith(word)), None)


def _year(digits: str, on: dt.date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    century = on.year // 100 * 100
    return century + year if year <= on.year % 100 else century - 100 + year


def _date(year: int, month: int, day: int, on: dt.date) -> dt.date | None:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date if date.year >= 1900 and date <= on else None
