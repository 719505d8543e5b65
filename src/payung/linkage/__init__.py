"""Is it the same person twice? Is he already insured? Is she still alive?"""

from payung.linkage.decisions import Decision, Decisions, fingerprints
from payung.linkage.lessons import Learnt
from payung.linkage.link import PAIRS, PERSONS, Linkage, link, prepare
from payung.linkage.part import Whole, link_part

__all__ = [
    "PAIRS",
    "PERSONS",
    "Decision",
    "Decisions",
    "Learnt",
    "Linkage",
    "Whole",
    "fingerprints",
    "link",
    "link_part",
    "prepare",
]
