"""The writes of the register: keyword only, by whom, with history, in one transaction."""

from payung.office.people.actions.listings import (
    FACTS,
    Landed,
    households_of,
    index_names,
    land,
    picture,
    unmask,
)
from payung.office.people.actions.members import enrol

__all__ = ["FACTS", "Landed", "enrol", "households_of", "index_names", "land", "picture", "unmask"]
