"""Invented lists with a known truth, for measuring who-is-who: village lists, an insurer's list, and who is who.

Every list has habits of its own (case, how dates and NIKs are kept, columns that are not there) and every row faults at
known rates. What makes linking hard is planted on purpose: twins with names alike and serials side by side, a son with
his father's name, common single names, default birthdays, a relative's NIK or telephone, NIKs cut by Excel.

Nobody is real: every NIK starts with a sub-district number that does not exist, every telephone with digits that no
operator holds. The same rows, seed and profile give the same lists. Nothing of ``payung.linkage`` is used here, so that
a measurement is no echo of what is measured.
"""

from .lists import Lists, generate
from .rates import PROFILES, Profile

__all__ = ["PROFILES", "Lists", "Profile", "generate"]
