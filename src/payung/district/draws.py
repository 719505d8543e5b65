"""Random draws as whole vectors; the same seed gives the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Draws:
    """A stream of random draws. Each part of the district has its own, so that parts do not disturb each other."""

    def __init__(self, seed: int, *part: int) -> None:
        self.rng = np.random.default_rng([seed, *part])

    def pick(
        self, values: Sequence[Any], count: int, weights: Sequence[float] | None = None
    ) -> npt.NDArray[Any]:
        """Return ``count`` of ``values``, with replacement."""
        return np.asarray(values)[self.index(len(values), count, weights)]

    def index(self, size: int, count: int, weights: Sequence[float] | None = None) -> Ints:
        """Return ``count`` places from 0 to ``size`` - 1, with replacement."""
        if weights is None:
            return np.asarray(self.rng.integers(0, size, count), dtype=np.int64)
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        found = np.searchsorted(edges, self.rng.random(count) * edges[-1], side="right")
        return np.asarray(np.minimum(found, size - 1), dtype=np.int64)

    def whole(self, low: int, high: int, count: int) -> Ints:
        """Return ``count`` whole numbers from ``low`` to ``high``, both included."""
        return np.asarray(self.rng.integers(low, high + 1, count), dtype=np.int64)

    def chance(self, share: float, count: int) -> Flags:
        """Return ``count`` flags, each set with probability ``share``."""
        return self.rng.random(count) < share

    def shuffled(self, values: Ints) -> Ints:
        """Return ``values`` in random order."""
        return np.asarray(self.rng.permutation(values), dtype=np.int64)
