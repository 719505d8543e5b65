"""All reads of cases: the list, one case, rights and estimates, deaths without a case."""

from payung.office.cases.queries.rights import Estimate, Right, compared, estimate, heirs_of, rights
from payung.office.cases.queries.roots import Root, roots
from payung.office.cases.queries.seen import (
    cases,
    figures,
    has_incident,
    incidents,
    one,
    payments,
    steps_of,
    waiting,
)
from payung.office.cases.queries.unclaimed import Unclaimed, unclaimed

__all__ = [
    "Estimate",
    "Right",
    "Root",
    "Unclaimed",
    "cases",
    "compared",
    "estimate",
    "figures",
    "has_incident",
    "heirs_of",
    "incidents",
    "one",
    "payments",
    "rights",
    "roots",
    "steps_of",
    "unclaimed",
    "waiting",
]
