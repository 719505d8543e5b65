"""Lists and figures of cases; each starts from a scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from payung.law import payment_deadline
from payung.office.access.scope import Scope
from payung.office.cases.models import Case, Incident, Step
from payung.office.cases.rules.clocks import Done
from payung.office.cases.states import ENDED, CaseKind, CaseState, StepKind
from payung.office.people.actions.merges import meant
from payung.office.people.models import Person
from payung.office.regions.models import Region
from payung.office.vault.sealed import blind
from payung.text import Text

WITH_INSURER = (CaseState.SUBMITTED, CaseState.EXAMINED)
LATE = 7  # days in one state after which a case of ours is late
SOON = 7  # days before the last day to object


def has_incident(person: str) -> Exists:
    """Return the condition that something was reported of the person at the path ``person``: the insurer decides."""
    return Exists(Incident.objects.filter(void=False, person=OuterRef(person)).order_by())


def cases(scope: Scope) -> QuerySet[Case, Any]:
    """Return the cases within ``scope`` with their incident, and ``village_name``."""
    village = Region.objects.filter(code=OuterRef("incident__village_code")).values("name")[:1]
    return scope.of(Case).select_related("incident").annotate(village_name=Subquery(village))


def incidents(scope: Scope) -> QuerySet[Incident]:
    """Return the incidents within ``scope``."""
    return scope.of(Incident)


def one(scope: Scope) -> QuerySet[Case, Any]:
    """Return the cases within ``scope`` with everything that one page shows."""
    return cases(scope).select_related("incident__person")


def named(scope: Scope, incident: Incident) -> Person | None:
    """Return whom of ``scope`` an incident without a person names by its NIK: its village does not have them."""
    if incident.person_id or not incident.nik:
        return None
    index = blind(incident.nik, "nik")
    found = meant({index}).get(index)
    return scope.of(Person).filter(pk=found.pk).first() if found else None


def steps_of(case: Case) -> tuple[list[Step], list[Done]]:
    """Return the steps of a case, and the same as the clocks take them; one query."""
    steps = list(case.steps.all())
    return steps, [
        Done(step.kind, step.state, step.on, step.hour, step.amount, step.object_until) for step in steps
    ]


def beside(scope: Scope, case: Case) -> QuerySet[Case, Any]:
    """Return the other cases within ``scope`` of the same event, and of other events of the same person."""
    person = case.incident.person_id
    same = Q(incident=case.incident_id) | (Q(incident__person=person) if person else Q(pk__in=[]))
    return cases(scope).filter(same).exclude(pk=case.pk).order_by("incident__on", "pk")


def desk_of(case: Case) -> Text:
    """Return on whose desk a case lies."""
    if case.state in ENDED:
        return Text("selesai", "done")
    if case.state in WITH_INSURER or case.state is CaseState.APPROVED:
        return Text("BPJS Ketenagakerjaan", "the insurer")
    if case.state in (CaseState.REFERRED, CaseState.TREATED):
        return Text(
            "rumah sakit; desa menunggu kata dokter", "the hospital; the village waits for the doctor"
        )
    return Text("desa", "the village")


def waiting(scope: Scope) -> QuerySet[Case]:
    """Return the cases within ``scope`` on which somebody here has to act."""
    return scope.of(Case).exclude(state__in=[*ENDED, *WITH_INSURER, CaseState.SCHOLARSHIP])


def late(on: dt.date) -> Q:
    """Return the condition that a case has stood still for more than :data:`LATE` days."""
    return Q(since__date__lt=on - dt.timedelta(days=LATE))


def overdue(rows: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    """Return those of ``rows`` that the insurer should have paid before the day ``on``; one query, then the law."""
    sent = Step.objects.filter(case=OuterRef("pk"), kind=StepKind.MOVE, state=CaseState.SUBMITTED)
    open_ = rows.filter(state__in=[*WITH_INSURER, CaseState.APPROVED]).order_by()
    found = open_.annotate(sent=Subquery(sent.order_by("-number").values("on")[:1]))
    keys = [
        key
        for key, kind, day in found.values_list("pk", "kind", "sent")
        if day is not None and payment_deadline(CaseKind.member(kind).programme, day).date < on
    ]
    return rows.filter(pk__in=keys)


def to_object(on: dt.date) -> Q:
    """Return the condition that a case is refused, nobody objected, and the day to do so comes within :data:`SOON`."""
    refusals = Step.objects.filter(
        case=OuterRef("pk"),
        state=CaseState.REFUSED,
        kind=StepKind.MOVE,
        object_until__gte=on,
        object_until__lte=on + dt.timedelta(days=SOON),
    )
    objections = Step.objects.filter(case=OuterRef("pk"), state=CaseState.REFUSED, kind=StepKind.OBJECTION)
    return Q(Exists(refusals), ~Exists(objections), state=CaseState.REFUSED)


def payments(scope: Scope) -> QuerySet[Step, Any]:
    """Return the steps of the cases within ``scope`` in which the insurer paid."""
    cases_ = scope.of(Case).order_by().values("pk")
    return Step.objects.filter(case__in=cases_, kind=StepKind.MOVE, state=CaseState.PAID)


def figures(scope: Scope) -> dict[str, int]:
    """Return how many cases are open, lie with the insurer, were refused, and were paid and not handed over."""
    return scope.of(Case).aggregate(
        open=Count("pk", filter=~Q(state__in=ENDED)),
        insurer=Count("pk", filter=Q(state__in=WITH_INSURER)),
        refused=Count("pk", filter=Q(state=CaseState.REFUSED)),
        unhanded=Count("pk", filter=Q(state=CaseState.PAID)),
    )
