"""What the ledger says: what is left of a line, and what a subject has put aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, Sum, Value, When

from payung.office.programme.models import LedgerEntry
from payung.office.programme.states import MOVES, EntryKind, Stage


def moved(stage: Stage) -> Any:
    """Return the expression of how an entry changes ``stage``, for sums."""
    cases = [
        When(kind=kind, then=F("amount") * ((after == stage) - (before == stage)))
        for kind, (before, after) in MOVES.items()
        if stage in (before, after)
    ]
    if stage == Stage.FREE:
        cases.append(When(kind=EntryKind.RELEASE, then=F("amount")))
    else:
        cases.append(When(Q(kind=EntryKind.RELEASE, stage=stage), then=-F("amount")))
    return Case(*cases, default=Value(0), output_field=BigIntegerField())


def of_subjects(
    lines: Iterable[int], subjects: Iterable[str], stage: Stage = Stage.RESERVED
) -> dict[tuple[int, str], int]:
    """Return how much each of ``subjects`` has in ``stage``, by line and subject, in one query."""
    rows = LedgerEntry.objects.filter(line__in=list(lines), subject__in=list(subjects)).order_by()
    found = rows.values_list("line", "subject").annotate(sum=Sum(moved(stage)))
    return {(line, subject): amount for line, subject, amount in found}
