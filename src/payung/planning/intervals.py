"""Exact intervals for counts: Poisson and binomial, summed term by term, no bell curve.

``*_range`` says how many events to expect (a prediction), ``*_interval`` what rate events that were seen allow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2


def poisson_range(mean: float) -> tuple[int, int]:
    """Return the fewest and the most events of 95 cases in 100, at most 2.5 in 100 missed on either side."""
    return _range(_poisson(mean))


def binomial_range(trials: int, share: float) -> tuple[int, int]:
    """Return the fewest and the most of ``trials`` that happen in 95 cases in 100, each with chance ``share``."""
    return _range(_binomial(trials, share))


def poisson_interval(events: int) -> tuple[float, float]:
    """Return the means that ``events`` seen allow (Garwood)."""
    top = events + 10 * math.sqrt(events + 1) + 20
    low = 0.0 if events == 0 else _solve(lambda mean: 1 - _below(_poisson(mean), events - 1), _TAIL, 0.0, top)
    return low, _solve(lambda mean: 1 - _below(_poisson(mean), events), 1 - _TAIL, 0.0, top)


def binomial_interval(events: int, trials: int) -> tuple[float, float]:
    """Return the shares that ``events`` of ``trials`` allow (Clopper and Pearson)."""
    low = 0.0
    if events > 0:
        low = _solve(lambda share: 1 - _below(_binomial(trials, share), events - 1), _TAIL, 0.0, 1.0)
    if events == trials:
        return low, 1.0
    return low, _solve(lambda share: 1 - _below(_binomial(trials, share), events), 1 - _TAIL, 0.0, 1.0)


def _poisson(mean: float) -> Iterator[float]:
    """Yield the chance of 0, 1, 2, … events."""
    count = 0
    while True:
        if mean <= 0:
            yield 1.0 if count == 0 else 0.0
        else:
            yield math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
        count += 1


def _binomial(trials: int, share: float) -> Iterator[float]:
    for count in range(trials + 1):
        if share <= 0 or share >= 1:
            yield 1.0 if count == (0 if share <= 0 else trials) else 0.0
            continue
        ways = math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
        yield math.exp(ways + count * math.log(share) + (trials - count) * math.log1p(-share))


def _range(chances: Iterator[float]) -> tuple[int, int]:
    low, total, count = None, 0.0, -1
    for count, chance in enumerate(chances):
        total += chance
        if low is None and total > _TAIL:
            low = count
        if total >= 1 - _TAIL:
            break
    return low or 0, count


def _below(chances: Iterator[float], count: int) -> float:
    """Return the chance of ``count`` events or fewer."""
    return sum(next(chances) for _ in range(count + 1))


def _solve(rising: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    for _ in range(80):
        middle = (low + high) / 2
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
