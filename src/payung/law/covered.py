"""What "covered on a day" means: the one definition that the law, the main job and the office share.

A person is covered on a day where some membership of the person covers that day:

* out of payments (:func:`payung.law.membership.cover`) by its standing, see :func:`covered_by_standing`;
* out of a record of a membership (the insurer's list, or the office's own book, which know a beginning, an end and
  what the insurer calls its state, but no payments) by :func:`covers_on`.

The two agree: a record whose state has ended, or whose days do not reach the day, is a standing of ``ended``.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from payung.law.months import first_day, last_day

Standing = Literal["active", "not_yet_due", "grace", "employer_first", "ended", "never", "periksa"]
Covered = Literal["yes", "conditional", "no", "periksa"]

ENDED_STATUSES = (
    "inactive",
    "rejected",
    "dead",
)  # what the insurer calls a membership that covers nobody any more

_ANSWERS: dict[Standing, Covered] = {
    "active": "yes",
    "not_yet_due": "yes",  # no month is in arrears before its due day (PP 44/2015 art. 24(3))
    "grace": "conditional",  # part at once, the rest after the arrears are settled (art. 39(1), 42(1))
    "employer_first": "conditional",  # the employer pays and is paid back (art. 38(2)(3), 41(2)(3))
    "ended": "no",
    "never": "no",
    "periksa": "periksa",
}


def covered_by_standing(standing: Standing, segment: str) -> Covered:
    """Return whether somebody of that standing is covered: ``yes``, ``conditional``, ``no`` or ``periksa``.

    For a ``pu`` in grace the insurer pays without a condition (art. 38(1), 41(1)).
    """
    if standing == "grace" and segment == "pu":
        return "yes"
    return _ANSWERS[standing]


def covers_on(
    day: dt.date, *, since: dt.date | None = None, until: dt.date | None = None, status: str | None = None
) -> bool:
    """Return whether the record of a membership covers ``day``.

    ``since`` and ``until`` are its first and last day, ``None`` where the record does not say; ``status`` is what the
    insurer says of it. A status of :data:`ENDED_STATUSES` covers no day; without one the days decide.
    """
    if status in ENDED_STATUSES:
        return False
    return (since is None or since <= day) and (until is None or day <= until)


def covers_in(month: str, *, from_month: str, until_month: str = "", status: str | None = None) -> bool:
    """Return whether a record kept by months (``YYYY-MM``; an empty ``until_month`` has no end) covers ``month``.

    Whole months cover each of their days, so this is :func:`covers_on` for the first day of ``month``.
    """
    return covers_on(
        first_day(month),
        since=first_day(from_month),
        until=last_day(until_month) if until_month else None,
        status=status,
    )
