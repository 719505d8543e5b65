"""Letters about cases: forms 27 to 36 of the district's list, sheets of official forms, papers for the family."""

from __future__ import annotations

from payung.office.cases.letter_kinds.declared import KINDS

__all__ = ["KINDS"]
