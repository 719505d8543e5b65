"""Names of invented people, by culture."""

from __future__ import annotations

import numpy as np
import polars as pl

from payung.district.draws import Draws
from payung.district.words import family_names, given_names

# How many words a name has, by culture: share of one, two and three words.
_LENGTHS = {
    "banjar": (0.45, 0.50, 0.05),
    "javanese": (0.50, 0.45, 0.05),
    "muslim_modern": (0.15, 0.70, 0.15),
    "dayak_christian": (0.20, 0.70, 0.10),
    "dayak_kaharingan": (0.30, 0.70, 0.0),
}


def full_names(persons: pl.DataFrame, draws: Draws) -> pl.Series:
    """Return the full name of every person from ``culture``, ``sex`` and ``household`` (for the family name)."""
    names = np.empty(persons.height, dtype=object)
    culture, sex = persons["culture"].to_numpy(), persons["sex"].to_numpy()
    home = persons["household"].to_numpy()
    families = family_names()
    for group, by_sex in given_names().items():
        for letter, words in by_sex.items():
            at = np.flatnonzero((culture == group) & (sex == letter))
            parts = [draws.pick(words, at.size) for _ in range(3)]
            length = draws.index(3, at.size, _LENGTHS[group]) + 1
            if group in families:
                last = np.asarray(families[group])[home[at] % len(families[group])]
                made = _joined([parts[0], parts[1]], np.maximum(length - 1, 1))
                names[at] = np.where(length > 1, made + " " + last.astype(object), made)
            else:
                names[at] = _joined(parts, length)
    return pl.Series(names, dtype=pl.String)


def mothers(persons: pl.DataFrame, draws: Draws) -> pl.Series:
    """Return the mother's name of every person: one word, as older people have it."""
    names = np.empty(persons.height, dtype=object)
    culture = persons["culture"].to_numpy()
    for group, by_sex in given_names().items():
        at = np.flatnonzero(culture == group)
        single = [word for word in by_sex["P"] if " " not in word]
        names[at] = draws.pick(single, at.size)
    return pl.Series(names, dtype=pl.String)


def _joined(parts: list[np.ndarray], length: np.ndarray) -> np.ndarray:
    """Return the first ``length`` different words of ``parts`` with a space between them."""
    made = parts[0].astype(object)
    for number, part in enumerate(parts[1:], start=2):
        more = (length >= number) & (part != parts[number - 2])
        made = np.where(more, made + " " + part.astype(object), made)
    return made
