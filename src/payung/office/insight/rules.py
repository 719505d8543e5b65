"""Shares that add up, what is missing to a target, small numbers that would tell who is meant. Values in and out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
# Fewer people than this are not told to whoever may not see names. No law says a number: `periksa` with the
# district's data-protection officer; statistics offices use 3 to 10.
LEAST = 5


def shares(parts: Sequence[int]) -> list[int]:
    """Return each of ``parts`` in tenths of a percent of their sum, by largest remainder: together exactly 1000.

    Of equal remainders the earlier part gets the tenth. All zero where there is nothing to share.
    """
    whole = sum(parts)
    if whole <= 0:
        return [0 for _ in parts]
    found = [part * 1000 // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda place: (-(parts[place] * 1000 % whole), place))
    for place in by_rest[: 1000 - sum(found)]:
        found[place] += 1
    return found


def share(part: int, whole: int) -> int:
    """Return ``part`` in tenths of a percent of ``whole``, rounded half up; but 1000 is all of it, 0 nothing of it."""
    if part <= 0 or whole <= 0:
        return 0
    found = (2 * 1000 * part + whole) // (2 * whole)
    return max(min(found, 999 if part < whole else found), 1)


def short_of(covered: int, whole: int, target: int) -> int:
    """Return how many more people must be covered to reach ``target`` (hundredths of a percent) of ``whole``."""
    return max(-(-whole * target // 10_000) - covered, 0)


def small(number: int) -> bool:
    """Tell whether so few people could be told apart."""
    return 0 < number < LEAST


def hidden(
    parts: Mapping[Key, int], *, siblings: Mapping[Key, Sequence[int]] | None = None
) -> frozenset[Key]:
    """Return the keys of ``parts`` that are not told to whoever may not see names.

    Those that are small are hidden, and as many of the next smallest that no hidden one follows from the total: what
    is hidden is two cells or more, and :data:`LEAST` people or more, or it is all there is. ``siblings`` are further
    numbers of each cell (those not covered beside those covered): a cell is small where one of them is.
    """
    found = {
        key
        for key, number in parts.items()
        if small(number) or any(small(other) for other in (siblings or {}).get(key, ()))
    }
    if not found:
        return frozenset()
    rest = sorted((number, str(key), key) for key, number in parts.items() if key not in found and number > 0)
    while rest and (len(found) < 2 or sum(parts[key] for key in found) < LEAST):
        found.add(rest.pop(0)[2])
    return frozenset(found)
