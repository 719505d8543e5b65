"""What was agreed, and what of it holds on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.office.access.facts import once
from payung.office.access.scope import Scope
from payung.office.programme import rules
from payung.office.programme.models import Agreement
from payung.office.programme.states import AgreementKind
from payung.office.regions.tree import contains


@dataclass(frozen=True, slots=True)
class Holding:
    """An agreement that is in force, with the row whose terms hold (itself or its latest addendum)."""

    paper: Agreement
    terms: Agreement

    @property
    def days(self) -> int:
        """Days from the first to the last by these terms."""
        return (self.terms.ends - self.paper.starts).days + 1


def in_force_on(day: dt.date, scope: Scope | None = None) -> list[Holding]:
    """Return what is in force on ``day``, in one query; every past and future day can be asked."""
    rows = _papers(scope)
    return [Holding(rows[one.paper], rows[one.terms]) for one in rules.in_force_on(rows.values(), day)]


@once
def _papers(scope: Scope | None) -> dict[int, Agreement]:
    return {paper.pk: paper for paper in (scope.of(Agreement) if scope else Agreement.objects.all())}


def pks_for(region_code: str, day: dt.date) -> Agreement | None:
    """Return the PKS in force on ``day`` whose region holds ``region_code``; of several the latest."""
    found = [
        one.paper
        for one in in_force_on(day)
        if one.paper.kind == AgreementKind.PKS and contains(one.paper.region_code, region_code)
    ]
    return max(found, key=lambda paper: (paper.signed_on, paper.pk), default=None)
