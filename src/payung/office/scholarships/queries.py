"""Children with a scholarship, and which year waits, each from a scope; whether the law gives one out of a case.

JKK death: whatever was paid. JKK disability: a total permanent one alone. JKM: from so many paid months on (PP 44/2015,
PP 82/2019).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from payung.errors import InputError
from payung.law import load
from payung.office.access.scope import Scope
from payung.office.cases.models import Case
from payung.office.cases.queries import rights
from payung.office.cases.states import SCHOLARSHIPS, TOTAL, CaseKind, CaseState, StepKind
from payung.office.scholarships import rules
from payung.office.scholarships.models import Child, Year
from payung.office.scholarships.rules import SCHOOL_BEGINS, Planned
from payung.office.scholarships.states import Level
from payung.text import Text


def children(scope: Scope) -> QuerySet[Child]:
    """Return the children within ``scope`` with their case and years."""
    return scope.of(Child).select_related("case__incident").prefetch_related("years")


def school_year(on: dt.date) -> int:
    """Return the year in which the school year of ``on`` began."""
    return on.year if on.month >= SCHOOL_BEGINS else on.year - 1


def due(on: dt.date) -> Q:
    """Return the condition that a child goes on, is young enough, has years left, and this one is not claimed yet."""
    claimed = Year.objects.filter(child=OuterRef("pk"), year=school_year(on))
    last = list(Level)[-1]
    spent = (
        Year.objects.filter(child=OuterRef("pk"), level=last)
        .order_by()
        .values("child")
        .annotate(many=Count("pk"))
        .filter(many__gte=rules.most(last, on))
    )
    return Q(~Exists(claimed), ~Exists(spent), ended="", birth_date__gt=rules.oldest(on))


def coming(child: Child, on: dt.date) -> list[Planned]:
    """Return the years that ``child`` can still claim as of the day ``on``; its years must be fetched."""
    event = child.case.incident.on
    if child.ended or rules.too_old(child.birth_date, on, event):
        return []
    taken = [(year.year, year.level) for year in child.years.all()]
    return rules.plan(child.level, child.birth_date, event, taken, max(event.year, school_year(on)))


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a scholarship is given out of a case.

    Fields
        sure: the law gives it by what is known here; else only a letter of the insurer does, and it stays `periksa`.
        text: why, or why not. article, mark: where the law says so and how sure that is.
    """

    sure: bool
    text: Text
    article: str
    mark: str


def ground(case: Case) -> Ground:
    """Return what the law of the day of the event says of a scholarship out of ``case``.

    Raises :class:`InputError` for a case that gives none: another kind, not approved, refused, or of a day whose law
    is not held here.
    """
    if case.kind not in SCHOLARSHIPS or not approved(case):
        raise InputError(
            Text(
                f"{case.number}: beasiswa dicatat sesudah klaim kematian atau cacatnya disetujui.",
                f"{case.number}: a scholarship is recorded once the claim for death or disability is approved.",
            )
        )
    value = load().parameters["scholarship_months"].on(case.incident.on)
    if value is None:
        raise InputError(
            Text(
                f"{case.incident.on:%d-%m-%Y}: aturan beasiswa hari itu tidak dipegang di sini. Tanyakan ke kantor "
                "cabang.",
                f"{case.incident.on:%Y-%m-%d}: the law on scholarships of that day is not held here. Ask the branch.",
            )
        )
    if case.kind is CaseKind.JKK_DEATH:
        sure, text = True, _AT_WORK
    elif case.kind is CaseKind.JKK_DISABILITY:
        sure, text = case.loss == TOTAL, _TOTAL if case.loss == TOTAL else _PARTIAL
    else:
        sure, text = _paid(case, int(value.value))
    return Ground(sure, text, value.cited, value.mark)


def approved(case: Case) -> bool:
    """Whether the last word of the insurer on ``case`` was yes, also where the case is done since."""
    said = case.steps.filter(
        kind=StepKind.MOVE,
        state__in=[str(one) for one in (CaseState.APPROVED, CaseState.REFUSED, CaseState.EXAMINED)],
    )
    last = said.order_by("-number").values_list("state", flat=True).first()
    return last is not None and str(last) == CaseState.APPROVED.value


_AT_WORK = Text(
    "Meninggal karena kecelakaan kerja: berapa pun bulan iurannya.",
    "Killed by work: whatever was paid before.",
)
_TOTAL = Text(
    "Cacat total tetap menurut dokter: berapa pun bulan iurannya.",
    "Total permanent disability, as the doctor says: whatever was paid before.",
)
_PARTIAL = Text(
    "Aturan memberi beasiswa karena cacat hanya untuk cacat total tetap, dan itu tidak tertulis pada klaim ini.",
    "The law gives a scholarship out of a disability only where it is total and permanent, and this case does not say "
    "so.",
)


def _paid(case: Case, needed: int) -> tuple[bool, Text]:
    """Return whether so many months were paid in the membership of ``case``, and the sentence."""
    found = [one for one in rights(case.incident.person, case.incident.on) if one.segment == case.segment]
    paid = found[0].cover.paid_months if found else 0
    if paid >= needed:
        return True, Text(
            f"JKM: {paid} bulan iuran, paling sedikit {needed}.",
            f"JKM: {paid} paid months, at least {needed}.",
        )
    return False, Text(
        f"JKM: menurut catatan kantor ini {paid} dari paling sedikit {needed} bulan iuran.",
        f"JKM: {paid} of at least {needed} paid months, by what this office knows.",
    )
