"""How many events to expect of a mean: exact, summed term by term, no bell curve."""

from __future__ import annotations

import math

_TAIL = (1 - 0.95) / 2


def poisson_range(mean: float) -> tuple[int, int]:
    """Return the fewest and the most events of 95 cases in 100, at most 2.5 in 100 missed on either side."""
    if mean <= 0:
        return 0, 0
    low, total, count = None, 0.0, -1
    while total < 1 - _TAIL:
        count += 1
        total += math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
        if low is None and total > _TAIL:
            low = count
    return low or 0, count
