"""Random draws as whole vectors; the same seed gives the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Draw:
    """A stream of draws of its own for each part of the lists."""

    def __init__(self, seed: int, part: int) -> None:
        self.rng = np.random.default_rng([seed, part])

    def chance(self, share: float | Array, count: int) -> Array:
        """Return ``count`` flags, each set with probability ``share``."""
        return self.rng.random(count) < share

    def whole(self, low: int, high: int, count: int) -> Array:
        """Return whole numbers from ``low`` to ``high``, both included."""
        return self.rng.integers(low, high + 1, count)

    def of(self, values: Sequence[Any], count: int) -> Array:
        """Return ``count`` of ``values``, all alike likely."""
        return np.array(values, dtype=object)[self.rng.integers(0, len(values), count)]

    def weighted(self, weights: Mapping[str, float], count: int) -> Array:
        """Return ``count`` keys of ``weights``."""
        share = np.array(list(weights.values()), dtype=float)
        at = self.rng.choice(share.size, count, p=share / share.sum())
        return np.array(list(weights), dtype=object)[at]

    def falling(self, values: Sequence[str], count: int) -> Array:
        """Return ``count`` of ``values``, the first ones oftener: as names are given."""
        share = 1.0 / (np.arange(len(values)) + 7.0) ** 0.72
        at = self.rng.choice(share.size, count, p=share / share.sum())
        return np.array(values, dtype=object)[at]

    def one(self, count: int) -> int:
        """Return one number from 0 to ``count`` - 1."""
        return int(self.rng.integers(0, count))

    def luck(self) -> float:
        """Return one number from 0 to 1."""
        return float(self.rng.random())


def parts(days: Array) -> tuple[Array, Array, Array]:
    """Return year, month and day of dates."""
    month = days.astype("datetime64[M]")
    number = month.astype(np.int64)
    return number // 12 + 1970, number % 12 + 1, (days - month).astype(np.int64) + 1


def date(year: Array, month: Array, day: Array) -> Array:
    """Return dates from parts, the day cut to the length of its month."""
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    length = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int64)
    return first.astype("datetime64[D]") + (np.minimum(day, length) - 1)
