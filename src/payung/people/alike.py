"""Words of names that may be one word: a letter wrong, missing, too many or two swapped; or the same sound.

An index keeps :func:`keys` of every word that it knows; two words that are alike share one of them, so that a word is
found by equal keys alone, without walking through the words. :func:`alike` then judges the few.
"""

from __future__ import annotations

import functools

from payung.people.names import sound

SHORTEST = 4  # letters of a word that may be mistyped; of shorter ones the sound alone is forgiven
SOUNDS = "~"  # begins the key that is a sound, so that it is no word
LONGEST = 60  # letters of a word that are looked at


def keys(word: str) -> frozenset[str]:
    """Return what a word shares with those that are alike: itself, itself without one letter, its sound.

    ``word`` is one word in lower-case ASCII letters and digits.

    >>> sorted(keys("siti"))
    ['iti', 'sii', 'sit', 'siti', 'sti', '~siti']
    """
    word = word[:LONGEST]
    found = {word, SOUNDS + sound(word)}
    if len(word) >= SHORTEST:
        found |= {word[:place] + word[place + 1 :] for place in range(len(word))}
    return frozenset(found)


# A search holds every village against what was typed: the same few hundred words each time.
_sound = functools.lru_cache(maxsize=4096)(sound)


def alike(typed: str, known: str) -> bool:
    """Tell whether ``known`` may be what was meant by ``typed``.

    >>> alike("arsyd", "arsyad"), alike("oemar", "umar"), alike("budi", "badu")
    (True, True, False)
    """
    if typed == known or _sound(typed) == _sound(known):
        return True
    return min(len(typed), len(known)) >= SHORTEST - 1 and _one_slip(typed, known)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter changed, added, left out, or swapped with its neighbour makes the one the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or len(other) < SHORTEST:
        return False
    at = next((place for place, sign in enumerate(one) if sign != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped
