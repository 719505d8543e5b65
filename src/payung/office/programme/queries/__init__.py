"""All reads of this app that join, count or sum."""

from payung.office.programme.queries.money import of_subjects
from payung.office.programme.queries.people import held_in, people_in

__all__ = ["held_in", "of_subjects", "people_in"]
