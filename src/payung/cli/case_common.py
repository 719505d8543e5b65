"""What the commands of cases share: the case of a number, its clocks, an hour as it is written."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import open_office, scope_of, user_named
from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.scope import Scope
    from payung.office.cases.models import Case

NUMBER = Annotated[
    str, typer.Argument(metavar="NUMBER", help="Nomor kejadian. / Number, K-2026-00001[/bpu].")
]


def hour_of(written: str) -> dt.time | None:
    """Return the hour that was written, nothing where none was."""
    if not written:
        return None
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", written) is None:
        raise InputError(
            Text(
                f"Jam {written!r} tidak dikenal: tulis --on 2026-05-03T08:30, atau tanggalnya saja.",
                f"The hour {written!r} is none: write --on 2026-05-03T08:30, or the day alone.",
            )
        )
    return dt.time.fromisoformat(written)


def reach(by: str, permission: str) -> Scope:
    """Open the office and return what ``permission`` of ``by`` reaches."""
    open_office()
    return scope_of(by, permission)


def case_of(number: str, by: str, permission: str) -> Case:
    """Return the case of a number (of an incident with one case: its number alone) within what ``by`` reaches."""
    scope = reach(by, permission)
    from payung.office.cases import queries

    base, _, segment = number.partition("/")
    rows: list[Case] = list(queries.one(scope).filter(incident__number=base))
    found = [case for case in rows if not segment or case.segment == segment]
    if len(found) != 1:
        listed_ = ", ".join(case.number for case in rows) or "-"
        raise InputError(
            Text(
                f"Klaim {number} tidak ditemukan di wilayah Anda, atau ada beberapa: {listed_}.",
                f"There is no case {number} in your region, or there are several: {listed_}.",
            )
        )
    return found[0]


def permission(by: str, *, by_insurer: bool) -> str:
    """Return which permission records a step: the insurer's officer records what the insurer says."""
    from payung.office.access.permissions import Permission

    user = user_named(by)
    result = by_insurer and user is not None and user.may(Permission.CASE_RESULT)
    return (Permission.CASE_RESULT if result else Permission.CASE_EDIT).value


def clocks_of(case: Case) -> list[dict[str, Any]]:
    """Return every clock of a case as JSON takes it."""
    from django.utils import timezone

    from payung.office.cases import queries
    from payung.office.cases.rules.clocks import clocks

    _, done = queries.steps_of(case)
    now = timezone.localtime().replace(tzinfo=None)
    return [
        {
            "code": clock.code,
            "whose": clock.whose,
            "until": clock.until.isoformat(timespec="minutes"),
            "done": clock.done.isoformat(timespec="minutes") if clock.done else None,
            "late": clock.late,
            "fine": clock.fine,
            "article": clock.article,
            "mark": clock.mark,
            "notes": [note.read() for note in clock.notes],
        }
        for clock in clocks(case.kind, case.incident.on, case.incident.hour, done, now)
    ]
