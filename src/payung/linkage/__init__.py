"""Is it the same person twice? Is he already insured? Is she still alive?"""

from payung.linkage.decisions import Decision, Decisions, fingerprints
from payung.linkage.link import PAIRS, PERSONS, Linkage, link

__all__ = ["PAIRS", "PERSONS", "Decision", "Decisions", "Linkage", "fingerprints", "link"]
