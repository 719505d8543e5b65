"""Why the insurer refused a case, followed to where it can be mended: unpaid bills, differing data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from payung.codes.result import REASON
from payung.office.access.scope import Scope
from payung.office.answers.models import Result
from payung.office.bills.queries import bills_of, open_months
from payung.office.cases.models import Case
from payung.office.cases.queries.rights import Right
from payung.office.cases.states import Refusal
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Root:
    """One thing behind a refusal; ``bill`` or ``person`` is the key of the page where it is mended, where there is one.

    ``month`` is ``YYYY-MM`` for a month in arrears.
    """

    text: Text
    month: str = ""
    bill: int | None = None
    person: int | None = None


def roots(case: Case, refusal: Refusal, right: Right | None, *, bills: Scope) -> list[Root]:
    """Return what lies behind ``refusal`` of ``case``: months in arrears with their bills, or what agencies found.

    ``bills`` is where the reader sees bills; a bill elsewhere is told without a link. A constant number of queries.
    """
    if refusal is Refusal.ARREARS and right and right.cover.arrears:
        return _arrears(case, right, [owed.month for owed in right.cover.arrears.months], bills)
    if refusal is Refusal.MISMATCH and case.incident.person_id:
        return _differences(case.incident.person_id)
    return []


def _arrears(case: Case, right: Right, owed: Collection[str], scope: Scope) -> list[Root]:
    person = case.incident.person_id
    found: dict[str, int] = {}
    for key, month, _, _ in open_months(person, right.segment) if person else ():
        found.setdefault(month, key)
    seen = set(bills_of(scope).filter(pk__in=set(found.values())).values_list("pk", flat=True))
    line = f" ({right.line})" if right.line else ""
    told = []
    for month in owed:
        bill = found.get(month)
        text = (
            Text(f"Bulan ini belum dibayar{line}", f"This month is not paid{line}")
            if bill
            else Text(f"Tidak ada tagihan untuk bulan ini{line}", f"There is no bill for this month{line}")
        )
        told.append(Root(text, month, bill if bill in seen else None))
    return told


def _differences(person: int) -> list[Root]:
    """Return what the latest answer of each agency holds against the person, each leading to the person."""
    found = Result.objects.filter(person=person, latest=True, code__in=list(REASON)).order_by("agency")
    told = [
        Root(
            Text(
                f"{result.agency.text.id}, {result.answered_on:%d-%m-%Y}: {result.code.text.id}",
                f"{result.agency.text.en}, {result.answered_on:%d-%m-%Y}: {result.code.text.en}",
            ),
            person=person,
        )
        for result in found
    ]
    none = Text(
        "Tidak ada jawaban instansi yang berbeda: bandingkan data orang ini dengan surat BPJS",
        "No agency's answer differs: compare this person's data with the insurer's letter",
    )
    return told or [Root(none, person=person)]
