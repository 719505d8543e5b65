"""What the rules look at, out of cases, reports, payments and the register; a constant number of queries a block."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, QuerySet

from payung.law import position
from payung.office.access.scope import Scope
from payung.office.cases.models import Case, Report, Step
from payung.office.cases.queries.unclaimed import CHUNK, paid_for
from payung.office.cases.states import CaseState, StepKind
from payung.office.exchange.models import BatchLine
from payung.office.months.queries import EMPLOYER
from payung.office.patterns.models import Sample
from payung.office.patterns.rules import Facts, Pattern, patterns
from payung.office.people.queries import name_key

YEARS = 3  # back from today


@dataclass(frozen=True, slots=True)
class Seen:
    """A pattern with its cases, as a page shows it."""

    pattern: Pattern
    cases: tuple[Case, ...]


def seen(scope: Scope, today: dt.date) -> list[Seen]:
    """Return what looks odd in the cases within ``scope`` of the last :data:`YEARS` years."""
    since = today - dt.timedelta(days=365 * YEARS)
    cases = list(
        scope.of(Case)
        .filter(incident__void=False, incident__on__gte=since)
        .exclude(state=CaseState.DROPPED)
        .select_related("incident__person")
        .order_by("pk")
    )
    rows: list[Facts] = []
    for start in range(0, len(cases), CHUNK):
        rows += _facts(cases[start : start + CHUNK])
    by_key = {case.pk: case for case in cases}
    return [Seen(one, tuple(by_key[key] for key in one.cases)) for one in patterns(rows)]


def _facts(cases: Sequence[Case]) -> list[Facts]:
    people = sorted({case.incident.person_id for case in cases if case.incident.person_id})
    paid = paid_for(people)
    sent = dict(
        BatchLine.objects.filter(person__in=people, batch__sent_on__isnull=False)
        .order_by()
        .values_list("person")
        .annotate(Min("batch__sent_on"))
    )
    agents: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for report in Report.objects.filter(incident__in=[case.incident_id for case in cases]):
        phone = re.sub(r"^(\+?62|0)", "", re.sub(r"[^\d+]", "", report.phone or ""))
        key = f"hp:{phone}" if len(phone) >= 8 else f"nama:{name_key(report.reporter)}"
        agents[report.incident_id].append((key, report.reporter))
    payees: dict[int, list[tuple[str, str]]] = defaultdict(list)
    moves = Step.objects.filter(
        case__in=[case.pk for case in cases], kind=StepKind.MOVE, state=CaseState.PAID
    )
    for step in moves.exclude(holder=""):
        payees[step.case_id].append((name_key(step.holder), step.holder))
    found = []
    for case in cases:
        incident, person = case.incident, case.incident.person
        payments = paid.get(incident.person_id or 0, {}).get(case.segment, []) if case.segment else []
        known = [one for one in payments if one.paid_on is None or one.paid_on <= incident.on]
        since = (
            position(known, incident.on, case.segment.value, employer=EMPLOYER[case.segment]).since
            if known
            else None
        )
        late = min((one.paid_on for one in payments if one.paid_on), default=None) if not known else None
        addresses = []
        if person is not None and person.household_id:
            addresses.append((f"kk:{person.household_id}", person.address or "KK"))
        if person is not None and len(address := name_key(person.address)) >= 5:
            units = f"{person.rt}/{person.rw}"
            addresses.append((f"{person.village_code}:{units}:{address}", f"{person.address} RT/RW {units}"))
        found.append(
            Facts(
                case.pk,
                case.incident_id,
                incident.on,
                since,
                sent.get(incident.person_id) or since or late,
                tuple(agents[case.incident_id]),
                tuple(addresses),
                tuple(payees[case.pk]),
            )
        )
    return found


def approved(scope: Scope, since: dt.date, until: dt.date) -> dict[str, int]:
    """Return number → key of the cases within ``scope`` that were approved or paid from ``since`` to ``until``."""
    steps = Step.objects.filter(
        case=OuterRef("pk"),
        kind=StepKind.MOVE,
        state__in=[CaseState.APPROVED, CaseState.PAID],
        on__gte=since,
        on__lte=until,
    )
    rows = scope.of(Case).filter(Exists(steps)).select_related("incident").order_by("pk")
    return {case.number: case.pk for case in rows}


def samples(scope: Scope) -> QuerySet[Sample]:
    """Return the samples within ``scope``."""
    return scope.of(Sample)
