"""Letters about bills: forms 19 to 23 of the district's list."""

from __future__ import annotations

from payung.office.bills.letter_kinds.declared import KINDS
from payung.office.bills.letter_kinds.material import grouped

__all__ = ["KINDS", "grouped"]
