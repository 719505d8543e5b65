"""When cases look odd, and how a sample is drawn. Values in, values out.

The numbers are choices of ours, not law: a pattern is a reason to look, and an honest village has some too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from payung.office.patterns.states import PatternKind

FIRST_MONTHS = 3  # the months in which JKM is not full yet: who enrols the dying meets them first
NEAR_DAYS = 30  # between enrolling and the event
AGENT_CASES = 3  # reported by one and the same
ADDRESS_CASES = 2
ACCOUNT_CASES = 2
WITHIN = 365  # days between the cases of one reporter, address or payee


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at, of one case.

    Fields
        key: of the case; incident: of what happened (two memberships of one person are two cases of one incident).
        on: the day of the event. since: first day of the cover, enrolled: the day the person was first sent to the
        insurer; ``None`` where not known. agents: who reported it, address: where the person lived (household or
        address), payees: whom it was paid to; each as a key to compare, and how it is shown.
    """

    key: int
    incident: int
    on: dt.date
    since: dt.date | None = None
    enrolled: dt.date | None = None
    agents: tuple[tuple[str, str], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    payees: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Cases that look odd together, or one that does alone.

    Fields
        kind: why. cases: their keys, by the day of the event. what: who or what they have in common, as written.
        days: of one case, from the first day of cover or the enrolment to the event; negative: enrolled after it.
    """

    kind: PatternKind
    cases: tuple[int, ...]
    what: str = ""
    days: int | None = None


def patterns(rows: Iterable[Facts]) -> list[Pattern]:
    """Return what looks odd in ``rows``, by kind; within a kind the most cases, then the fewest days first."""
    known = sorted(rows, key=lambda row: (row.on, row.key))
    found = [*_early(known), *_enrolled(known)]
    for kind, field, least in (
        (PatternKind.SAME_AGENT, "agents", AGENT_CASES),
        (PatternKind.SAME_ADDRESS, "addresses", ADDRESS_CASES),
        (PatternKind.SAME_ACCOUNT, "payees", ACCOUNT_CASES),
    ):
        found += _alike(known, kind, field, least)
    order = {kind: place for place, kind in enumerate(PatternKind)}
    return sorted(found, key=lambda one: (order[one.kind], -len(one.cases), one.days or 0, one.cases))


def _early(rows: Sequence[Facts]) -> list[Pattern]:
    return [
        Pattern(PatternKind.EARLY, (row.key,), days=(row.on - row.since).days)
        for row in rows
        if row.since is not None and row.since <= row.on < _later(row.since, FIRST_MONTHS)
    ]


def _enrolled(rows: Sequence[Facts]) -> list[Pattern]:
    return [
        Pattern(PatternKind.ENROLLED_LATE, (row.key,), days=(row.on - row.enrolled).days)
        for row in rows
        if row.enrolled is not None and (row.on - row.enrolled).days <= NEAR_DAYS
    ]


def _alike(rows: Sequence[Facts], kind: PatternKind, field: str, least: int) -> list[Pattern]:
    """Return the groups of ``least`` incidents or more with one value in ``field``, all within a year of the next."""
    groups: dict[str, list[Facts]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in rows:
        for key, shown in dict(getattr(row, field)).items():
            groups[key].append(row)
            names.setdefault(key, shown)
    found: dict[tuple[int, ...], Pattern] = {}
    for key, group in sorted(groups.items()):
        for run in _runs(group):
            if len({row.incident for row in run}) >= least:
                cases = tuple(row.key for row in run)
                found.setdefault(cases, Pattern(kind, cases, names[key]))
    return list(found.values())


def _runs(group: Sequence[Facts]) -> list[list[Facts]]:
    runs: list[list[Facts]] = []
    for row in group:
        if runs and (row.on - runs[-1][-1].on).days <= WITHIN:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _later(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month ``months`` after that of ``day``."""
    month = day.year * 12 + day.month - 1 + months
    return dt.date(month // 12, month % 12 + 1, 1)


def drawn(numbers: Iterable[str], seed: str, size: int) -> list[str]:
    """Return ``size`` of ``numbers`` (of cases) in the order of the draw.

    Each is as likely as every other, and nobody can choose: the order is that of SHA-256 over ``seed`` and number,
    which any other program can repeat.
    """
    marks = {number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest() for number in numbers}
    return sorted(marks, key=lambda number: (marks[number], number))[:size]
