"""What the ledger says: what is left of a line, and what a subject has put aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Case, F, Model, Q, Sum, Value, When

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
    entries: type[Model],
    key: str,
    accounts: Iterable[int],
    subjects: Iterable[str],
    stage: Stage = Stage.RESERVED,
) -> dict[tuple[int, str], int]:
    """Return how much each of ``subjects`` has in ``stage``, by account and subject, in one query.

    ``entries`` is the ledger, ``key`` its column for the account (``line`` or ``quota``).
    """
    rows = entries._default_manager.filter(**{f"{key}__in": list(accounts), "subject__in": list(subjects)})
    found = rows.order_by().values_list(key, "subject").annotate(sum=Sum(moved(stage)))
    return {(account, subject): amount for account, subject, amount in found}
