"""What the delay of the insurer costs it, and the ways of objection (PP 44/2015 art. 37, 40, 45, 57, 58)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts
from payung.law.calendar import payment_deadline
from payung.law.explanation import Step, explain
from payung.law.loader import load
from payung.law.months import check_date
from payung.law.parameter import Book, Mark
from payung.law.rules.arrears import insurer_fine
from payung.text import Text

_WAYS = ("objection_steps", "complaint_steps", "dispute_steps")


@dataclass(frozen=True, slots=True)
class Way:
    """One way against a decision or a service: who decides, in order.

    Fields
        name, title: of the parameter. steps: who is asked, the first first. article, mark: where, and how sure.
    """

    name: str
    title: Text
    steps: tuple[Text, ...]
    article: str
    mark: Mark

    def plain(self) -> dict[str, Any]:
        """Return the way as JSON takes it."""
        return {
            "name": self.name,
            "title": self.title._asdict(),
            "steps": [step._asdict() for step in self.steps],
            "article": self.article,
            "mark": self.mark,
        }


@dataclass(frozen=True, slots=True)
class Delay:
    """How late the insurer paid, and what it owes for that.

    Fields
        until: the day by which it had to pay. days: of delay. fine: rupiah. steps: how it came about.
    """

    until: dt.date
    days: int
    fine: int
    steps: tuple[Step, ...]

    def plain(self) -> dict[str, Any]:
        """Return the delay as JSON takes it."""
        return {"days_late": self.days, "fine": self.fine, "steps": [step.plain() for step in self.steps]}


def ways_of_objection(date: dt.date, *, book: Book | None = None) -> tuple[Way, ...]:
    """Return the ways of objection, complaint and dispute in force on ``date``."""
    base = book or load()
    check_date(date)
    found = []
    for name in _WAYS:
        parameter = base.parameters[name]
        value = parameter.on(date)
        if value is not None:
            rows = sorted(value.rows, key=lambda row: int(row.value))
            steps = tuple(row.title or Text(str(row.key), str(row.key)) for row in rows)
            found.append(Way(name, parameter.title, steps, value.cited, value.mark))
    return tuple(found)


def late_payment(
    programme: str, complete: dt.date, paid_on: dt.date, amount: int, *, book: Book | None = None
) -> Delay:
    """Return the delay of a ``jkk`` or ``jkm`` claim of ``amount`` rupiah.

    Its file was complete on ``complete``, and it was paid on ``paid_on``. The fine is one part in a hundred for every
    day after the deadline, by the law of the day the file was complete. Raises :class:`InputError` for what cannot be.
    """
    base = book or load()
    facts.check(amount=amount)
    if paid_on < complete:
        raise InputError(
            Text(
                f"Dibayar {paid_on}, sebelum berkas lengkap {complete}. Periksa keduanya.",
                f"Paid on {paid_on}, before the file was complete on {complete}. Check both.",
            )
        )
    until = payment_deadline(programme, complete, book=base).date
    days = max(0, (check_date(paid_on) - until).days)
    facts.check(days_late=days)
    law = base.on(complete)
    call = (insurer_fine, amount, days)
    return Delay(until, days, insurer_fine(law, amount, days), tuple(explain(law, call)))
