"""Codes and names of provinces, districts, sub-districts and villages of Indonesia.

The codes are those of the Ministry of Home Affairs (Kemendagri), written with dots: ``62`` a province,
``62.03`` a district (kabupaten or kota), ``62.03.09`` a sub-district (kecamatan), ``62.03.09.2001``
a village.
BPS codes look alike and mean other places, so a code is believed only when the name beside it agrees.
"""

from payung.regions.codes import LEVELS, Level, dotted, level_of, undotted
from payung.regions.gazetteer import Gazetteer, Region
from payung.regions.matching import Match, Status

__all__ = [
    "LEVELS",
    "Gazetteer",
    "Level",
    "Match",
    "Region",
    "Status",
    "dotted",
    "level_of",
    "undotted",
]
