"""Every clock of a case: ours, and those against the insurer (PP 44/2015 art. 26, 37, 40, 43, 44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from payung.errors import InputError
from payung.law import claim_expiry, payment_deadline, report_deadline
from payung.law.calendar import Deadline, missing_papers_deadline
from payung.law.insurer import Delay, late_payment
from payung.office.cases.states import CaseKind, CaseState, StepKind
from payung.text import Text

MIDNIGHT = dt.time(0, 0)
_STATED = (CaseState.RECOVERED, CaseState.DISABLED, CaseState.DIED)
_ANSWERS = (CaseState.EXAMINED, CaseState.APPROVED, CaseState.RETURNED, CaseState.REFUSED)


@dataclass(frozen=True, slots=True)
class Done:
    """A step of a case, as far as the clocks go by it."""

    kind: StepKind
    state: CaseState
    on: dt.date
    hour: dt.time | None = None
    amount: int | None = None
    object_until: dt.date | None = None

    @property
    def moment(self) -> dt.datetime:
        """When it happened; of a day without an hour, its end: nobody is called in time by a guess."""
        return dt.datetime.combine(self.on, self.hour or dt.time(23, 59))


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when something must happen.

    Fields
        code, label: what. whose: ``ours`` or ``insurer``. until: the last moment, local. done: when it happened, or
        ``None``. late: happened late, or has not happened and the moment is over. article, mark, notes: of the law.
        fine: rupiah that the insurer owes for its delay so far.
    """

    code: str
    label: Text
    whose: Literal["ours", "insurer"]
    until: dt.datetime
    done: dt.datetime | None
    late: bool
    article: str
    mark: str
    notes: tuple[Text, ...] = ()
    fine: int = 0


def clocks(
    kind: CaseKind, on: dt.date, hour: dt.time | None, steps: Sequence[Done], now: dt.datetime
) -> tuple[Clock, ...]:
    """Return the clocks of a case as of ``now`` (local, without a zone); ``steps`` in their order.

    A clock of which no law is held here for that day (JKM before PP 82/2019, anything before PP 44/2015) is left out.
    """
    found: list[Clock] = []
    moves = [step for step in steps if step.kind is StepKind.MOVE]
    submitted = _last(moves, (CaseState.SUBMITTED,))
    if kind.programme == "jkk":
        begins = dt.datetime.combine(on, hour or MIDNIGHT)
        if (until := _held(lambda: report_deadline(begins))) is not None:
            found.append(_stage_one(until, hour, steps, submitted, now))
        stated = _last(moves, _STATED)
        if stated:
            said = dt.datetime.combine(stated.on, stated.hour or MIDNIGHT)
            label = Text("Lapor tahap II (2 × 24 jam)", "Stage II report (2 × 24 hours)")
            after = submitted if submitted and submitted.moment >= said else None
            if (until := _held(lambda: report_deadline(said))) is not None:
                found.append(_clock("stage_two", label, "ours", until, after, now))
    if submitted:
        answered, sent = _after(moves, submitted, _ANSWERS), submitted.on
        until = _held(lambda: missing_papers_deadline(sent)) if kind.programme == "jkk" else None
        if until is not None:
            label = Text("BPJS menyebut berkas yang kurang", "The insurer says what is missing")
            found.append(_clock("missing", label, "insurer", until, answered, now))
        until = _held(lambda: payment_deadline(kind.programme, sent))
        if until is not None and (not answered or answered.state is not CaseState.RETURNED):
            found.append(_payment(kind, until, submitted, moves, now))
    if (until := _held(lambda: claim_expiry(kind.programme, on))) is not None:
        label = Text("Batas akhir mengajukan klaim", "Last day to claim")
        found.append(_clock("claim", label, "ours", until, submitted, now))
    refused = _last(moves, (CaseState.REFUSED,))
    if refused and refused.object_until and (not moves or moves[-1] is refused):
        objected = next(
            (step for step in steps if step.kind is StepKind.OBJECTION and step.moment >= refused.moment),
            None,
        )
        letter = Deadline(refused.object_until, "", "once", ())
        found.append(_clock("objection", Text("Keberatan", "Objection"), "ours", letter, objected, now))
    return tuple(found)


def delay(programme: str, submitted: dt.date, paid_on: dt.date, amount: int) -> Delay:
    """Return how late the insurer paid (or would pay on ``paid_on``), and its fine."""
    return late_payment(programme, submitted, max(submitted, paid_on), amount)


def last_day(programme: str, on: dt.date) -> dt.date | None:
    """Return the last day to claim for an event on the day ``on``, ``None`` where no law is held here for that day."""
    until = _held(lambda: claim_expiry(programme, on))
    return until.date if until else None


def _held(asked: Callable[[], Deadline]) -> Deadline | None:
    """Return the deadline that the law of that day gives, ``None`` where none is held here."""
    try:
        return asked()
    except InputError:
        return None


def _stage_one(
    until: Deadline,
    hour: dt.time | None,
    steps: Sequence[Done],
    submitted: Done | None,
    now: dt.datetime,
) -> Clock:
    told = next((step for step in steps if step.kind is StepKind.STAGE_ONE), submitted)
    clock = _clock(
        "stage_one",
        Text("Lapor tahap I (2 × 24 jam)", "Stage I report (2 × 24 hours)"),
        "ours",
        until,
        told,
        now,
    )
    if hour is None:
        note = Text(
            "Jam kejadian tidak diketahui: dihitung dari awal hari itu.",
            "The hour is not known: counted from the beginning of that day.",
        )
        return replace(clock, notes=(*clock.notes, note))
    return clock


def _payment(
    kind: CaseKind, until: Deadline, submitted: Done, moves: Sequence[Done], now: dt.datetime
) -> Clock:
    paid = _after(moves, submitted, (CaseState.PAID,))
    approved = _after(moves, submitted, (CaseState.APPROVED,))
    amount = (paid or approved or submitted).amount or 0
    label = Text("BPJS membayar", "The insurer pays")
    clock = _clock("payment", label, "insurer", until, paid, now)
    refused = _after(moves, submitted, (CaseState.REFUSED,))
    if refused and not paid and moves[-1] is refused:
        return replace(clock, late=False, done=refused.moment)
    if not clock.late or not amount:
        return clock
    fine = delay(kind.programme, submitted.on, (paid.on if paid else now.date()), amount).fine
    return replace(clock, fine=fine)


def _clock(
    code: str,
    label: Text,
    whose: Literal["ours", "insurer"],
    until: Deadline,
    done: Done | None,
    now: dt.datetime,
) -> Clock:
    # A day ends with its last minute; an hour is the hour itself.
    last = dt.datetime.combine(until.date, until.time or dt.time(23, 59, 59))
    happened = done.moment if done else None
    late = (happened or now) > last
    return Clock(code, label, whose, last, happened, late, until.article, until.mark, until.notes)


def _last(steps: Sequence[Done], states: Sequence[CaseState]) -> Done | None:
    return next((step for step in reversed(steps) if step.state in states), None)


def _after(steps: Sequence[Done], first: Done, states: Sequence[CaseState]) -> Done | None:
    place = max(number for number, step in enumerate(steps) if step is first)
    return next((step for step in steps[place + 1 :] if step.state in states), None)
