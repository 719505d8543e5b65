"""Letters about bills: forms 19 to 23 of the district's list, and the reminders of 25."""

from __future__ import annotations

from payung.office.bills.letter_kinds.declared import KINDS
from payung.office.bills.letter_kinds.material import arrears_values

__all__ = ["KINDS", "arrears_values"]
