"""All reads of cases: the list, one case, rights and estimates, deaths without a case."""

from payung.office.cases.queries.family import labels, message, whatsapp, words_of
from payung.office.cases.queries.rights import Estimate, Right, compared, estimate, heirs_of, rights, told
from payung.office.cases.queries.roots import Root, roots
from payung.office.cases.queries.seen import (
    beside,
    cases,
    desk_of,
    figures,
    has_incident,
    incidents,
    named,
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
    "beside",
    "cases",
    "compared",
    "desk_of",
    "estimate",
    "figures",
    "has_incident",
    "heirs_of",
    "incidents",
    "labels",
    "message",
    "named",
    "one",
    "payments",
    "rights",
    "roots",
    "steps_of",
    "told",
    "unclaimed",
    "waiting",
    "whatsapp",
    "words_of",
]
