"""Which of many phrases can be like a word at all: told from their letters alone, all phrases at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

_LETTERS = 128  # what is not ASCII counts as one letter: it can only let a phrase pass


class Letters:
    """Phrases with how often each has every letter.

    ``difflib`` compares letter by letter, which takes long; the letters that two texts share bound how alike they are.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(phrases)
        self._counts = np.array([_counted(phrase) for phrase in self.phrases], dtype=np.int32)
        self._lengths = np.array([len(phrase) for phrase in self.phrases], dtype=np.int32)

    def near(self, word: str, cutoff: float) -> list[str]:
        """Return the phrases, in their order, that ``difflib`` may find like ``word`` with a ratio of ``cutoff``."""
        shared = np.minimum(self._counts, _counted(word)).sum(axis=1)
        at = np.flatnonzero(2.0 * shared >= cutoff * (self._lengths + len(word)) - 1e-9)
        return [self.phrases[place] for place in at]


def _counted(text: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    codes = [min(ord(letter), _LETTERS - 1) for letter in text]
    return np.bincount(codes, minlength=_LETTERS).astype(np.int32)
