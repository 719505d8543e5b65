"""Working days, due dates and deadlines. A year without a decreed list of holidays is said so, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts
from payung.law.bill import parse_segment
from payung.law.loader import load
from payung.law.months import (
    ONE_DAY,
    add,
    add_to_date,
    check_date,
    first_day,
    last_day,
    parse_date,
    parse_month,
)
from payung.law.parameter import MARKS, Book, Mark, Value, weakest
from payung.law.policy import look_up
from payung.text import Text

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done.

    Fields
        date: the last day. article, mark: where, and how sure. notes: what is open, such as a year whose movable
        holidays are not listed. time: the hour, where hours count.
    """

    date: dt.date
    article: str
    mark: Mark
    notes: tuple[Text, ...]
    time: dt.time | None = None

    @property
    def until(self) -> str:
        """The last moment as text: a day, or a day and an hour."""
        return f"{self.date}T{self.time:%H:%M}" if self.time else self.date.isoformat()

    def plain(self) -> dict[str, Any]:
        """Return the deadline as JSON takes it, with notes in the language of this process."""
        return {
            "until": self.until,
            "article": self.article,
            "mark": self.mark,
            "notes": [note.read() for note in self.notes],
        }


def _decreed(year: int, book: Book) -> Value | None:
    """Return the year's own list of holidays, or ``None`` where there is none."""
    found = book.parameters["national_holidays"].on(dt.date(year, 12, 31))
    return found if found and found.since.year == year else None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A national holiday: its name, and how sure its date is."""

    name: Text
    mark: Mark


def holiday(date: dt.date, *, book: Book | None = None) -> Holiday | None:
    """Return the national holiday that ``date`` is, or ``None``.

    In a year without a decreed list only the holidays of fixed date are known; see :func:`holiday_note`.
    """
    law = book or load()
    decreed = _decreed(date.year, law)
    found = decreed or law.parameters["fixed_holidays"].on(date)
    if found is None:
        return None
    from_month = 0 if decreed else len("2017-")  # holidays of fixed date go by month and day
    wanted = date.isoformat()[from_month:]
    for row in found.rows:
        if row.title and str(row.key)[from_month:] == wanted:
            return Holiday(row.title, row.mark or found.mark)
    return None


def holiday_name(date: dt.date, *, book: Book | None = None) -> Text | None:
    """Return the name of the national holiday that ``date`` is, or ``None``."""
    found = holiday(date, book=book)
    return found.name if found else None


def holiday_note(year: int, *, book: Book | None = None) -> Text | None:
    """Return a sentence where the holidays of ``year`` are not fully known, else ``None``."""
    if _decreed(year, book or load()):
        return None
    return Text(
        f"Daftar hari libur nasional {year} belum ada di sini; hanya libur bertanggal tetap yang dihitung. Periksa "
        "kalender resmi.",
        f"The national holidays of {year} are not listed here; only those of fixed date are counted. Check the "
        "official calendar.",
    )


def is_working_day(date: dt.date, *, book: Book | None = None) -> bool:
    """Whether ``date`` is Monday to Friday and no national holiday."""
    return date.weekday() < SATURDAY and holiday_name(date, book=book) is None


def next_working_day(date: dt.date, *, book: Book | None = None) -> dt.date:
    """Return ``date``, or the first working day after it where it is none."""
    while not is_working_day(date, book=book):
        date += ONE_DAY
    return date


def add_working_days(date: dt.date, count: int, *, book: Book | None = None) -> dt.date:
    """Return the working day that is ``count`` working days after ``date`` (which itself does not count)."""
    for _ in range(count):
        date = next_working_day(date + ONE_DAY, book=book)
    return date


def due_date(month: str, segment: str, *, employer: str | None = None, book: Book | None = None) -> Deadline:
    """Return when the contribution of ``month`` is due for ``segment`` (``bpu`` or ``pu``).

    That of a BPU is due within the month itself, that of a PU in the month after. ``employer`` is ``private`` or
    ``state`` (a village or an office, for which no article gives a day: a marked policy, also used where it is not
    known). On a day without work it moves to the next working day. PP 44/2015 art. 21(2)(3), 24(3)(4); PP 49/2020 for
    August 2020 to January 2021.
    """
    law = book or load()
    in_force = first_day(parse_month(month))
    day = look_up("due_day", in_force, book=law)
    payer = "bpu" if segment == "bpu" else "private" if employer == "private" else "state"
    after = look_up("due_months_after", in_force, payer, book=law)
    due_month = add(month, int(after.value))
    plain = min(first_day(due_month) + ONE_DAY * (int(day.value) - 1), last_day(due_month))
    moved = next_working_day(plain, book=law)
    return _deadline(plain, moved, day.article, weakest([day.mark, after.mark]), after.notes, law)


def payment_deadline(programme: str, complete: dt.date, *, book: Book | None = None) -> Deadline:
    """Return when BPJS must have paid a ``jkk`` or ``jkm`` claim whose file was complete on ``complete``."""
    law = book or load()
    days = look_up(f"{programme}_payment_days", complete, book=law)
    date = add_working_days(complete, int(days.value), book=law)
    return _deadline(complete + ONE_DAY, date, days.article, days.mark, days.notes, law)


def report_deadline(moment: dt.datetime, *, book: Book | None = None) -> Deadline:
    """Return when an accident (or the doctor's final statement) at ``moment`` must have been reported.

    Two times 24 hours, counted straight through. Permenaker 5/2021 jo. 1/2025 art. 8 and 19.
    """
    hours = look_up("jkk_report_hours", moment.date(), book=book)
    last = moment + dt.timedelta(hours=int(hours.value))
    return Deadline(last.date(), hours.article, hours.mark, hours.notes, last.time())


def claim_expiry(programme: str, event: dt.date, *, book: Book | None = None) -> Deadline:
    """Return the last day to claim ``jkk`` (from accident or diagnosis) or ``jkm`` (from death)."""
    years = look_up(f"{programme}_claim_years", event, book=book)
    return Deadline(add_to_date(event, 12 * int(years.value)), years.article, years.mark, years.notes)


def missing_papers_deadline(reported: dt.date, *, book: Book | None = None) -> Deadline:
    """Return when BPJS must have said what is missing from a stage II report of ``reported``.

    PP 44/2015 art. 43(7), 44(7): a clock against the insurer.
    """
    law = book or load()
    days = look_up("missing_papers_days", reported, book=law)
    date = add_working_days(reported, int(days.value), book=law)
    return _deadline(reported + ONE_DAY, date, days.article, days.mark, days.notes, law)


KINDS = ("due", "report", "payment", "missing", "claim")


def answer_deadline(
    kind: str, when: str, *, segment: str = "bpu", employer: str | None = None, programme: str = "jkm"
) -> Deadline:
    """Return the deadline of a kind of :data:`KINDS`, out of text as a person writes it.

    ``when`` is the contribution month for ``due``, the moment of the accident (``YYYY-MM-DDTHH:MM``) for
    ``report``, the day the file was complete for ``payment``, of the stage II report for ``missing``, of the event for
    ``claim``. Raises
    :class:`InputError`.
    """
    if kind not in KINDS or programme not in ("jkk", "jkm"):
        raise InputError(
            Text(
                f"Yang ada: {', '.join(KINDS)}; program jkk atau jkm.",
                f"There are: {', '.join(KINDS)}; jkk or jkm.",
            )
        )
    if kind == "due":
        payer = parse_segment(segment)
        facts.check(employer=employer or "none")
        return due_date(parse_month(when), payer, employer=employer)
    if kind == "report":
        return report_deadline(_moment(when))
    if kind == "missing":
        return missing_papers_deadline(check_date(parse_date(when)))
    find = payment_deadline if kind == "payment" else claim_expiry
    return find(programme, check_date(parse_date(when)))


def _moment(text: str) -> dt.datetime:
    day, _, hour = text.partition("T")
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", hour):
        raise InputError(
            Text(
                f"{text!r}: tulis tanggal dan jam setempat tanpa zona waktu, misalnya 2026-04-15T13:30.",
                f"{text!r}: write day and local hour without a time zone, such as 2026-04-15T13:30.",
            )
        )
    return dt.datetime.combine(check_date(parse_date(day)), dt.time.fromisoformat(hour))


def _deadline(
    start: dt.date, end: dt.date, article: str, mark: Mark, notes: tuple[Text, ...], book: Book
) -> Deadline:
    """Return the deadline ``end``, counted from ``start``: no surer than the holidays that were skipped."""
    unknown = [note for year in sorted({start.year, end.year}) if (note := holiday_note(year, book=book))]
    marks: list[Mark] = [mark, "believed"] if unknown else [mark]
    skipped = []
    for date in (start + ONE_DAY * number for number in range((end - start).days)):
        found = holiday(date, book=book) if date.weekday() < SATURDAY else None
        if found:
            marks.append(found.mark)
            sure = MARKS[found.mark]
            skipped.append(
                Text(
                    f"Melewati {found.name.id} {date} ({sure.id}).",
                    f"Skips {found.name.en} {date} ({sure.en}).",
                )
            )
    return Deadline(end, article, weakest(marks), (*notes, *skipped, *unknown))
