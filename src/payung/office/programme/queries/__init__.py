"""All reads of this app that join, count or sum."""

from payung.office.programme.queries.agreements import in_force_on, pks_for
from payung.office.programme.queries.people import (
    annex,
    difference,
    endings,
    frozen_with,
    held_in,
    in_decrees,
    people_in,
)
from payung.office.programme.queries.prices import cost_by_line, priced

__all__ = [
    "annex",
    "cost_by_line",
    "difference",
    "endings",
    "frozen_with",
    "held_in",
    "in_decrees",
    "in_force_on",
    "people_in",
    "pks_for",
    "priced",
]
