"""Is it the same person twice? Is he already insured? Is she still alive?"""

from payung.linkage.link import PAIRS, PERSONS, Linkage, link

__all__ = ["PAIRS", "PERSONS", "Linkage", "link"]
