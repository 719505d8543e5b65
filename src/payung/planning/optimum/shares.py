"""Months of several lines shared out so that nobody has more of a line than its cap allows.

What is left divided by the people left is a share in fractions that keeps every limit; a flow rounds it to whole months
that keep them too, and what then is left keeps them again (transportation problems have whole corners). So the months
of any number of lines with caps can be handed out to the last one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from payung.planning.optimum.problem import Bools, Ints


def even_shares(months: Ints, most: Ints, people: int) -> Iterator[tuple[Ints, int]]:
    """Yield shares (months of one person by [line, block]) and how many people have each.

    ``months`` are all months by [line, block]; every block has as many for each of ``people``. ``most`` is the months
    of [line] that one person may have; ``people`` times that is no less than the line's months.
    """
    rest, left = months.copy(), people
    while left:
        share = _rounded(rest, left)
        spare = most - share.sum(axis=1)
        number = left
        for line, block in np.argwhere(share > 0):
            number = min(number, int(rest[line, block] // share[line, block]))
        for line in np.nonzero(spare > 0)[0]:
            number = min(number, int((most[line] * left - rest[line].sum()) // spare[line]))
        number = max(number, 1)
        yield share, number
        rest -= share * number
        left -= number


def _rounded(rest: Ints, left: int) -> Ints:
    """Return ``rest`` / ``left`` in whole months: each cell, each line's and each block's sum rounded down or up."""
    share = rest // left
    part = rest - share * left > 0
    need = rest.sum(axis=0) // left - share.sum(axis=0)
    line_low = rest.sum(axis=1) // left - share.sum(axis=1)
    line_high = -(-rest.sum(axis=1) // left) - share.sum(axis=1)
    taken = np.zeros_like(share)
    # first what every line must have at least, then what the blocks still need
    for limit, wanted in ((line_low, line_low.copy()), (line_high, None)):
        for block in range(share.shape[1]):
            while taken[:, block].sum() < need[block] and _one_more(taken, part, limit, block):
                pass
        if wanted is not None:
            _fill_lines(taken, part, need, wanted)
    return share + taken


def _one_more(taken: Ints, part: Bools, limit: Ints, block: int) -> bool:
    """Give one more month of ``block`` to a line below its ``limit``, moving others if need be."""
    came: dict[
        int, tuple[int, int]
    ] = {}  # line -> the block it was reached from, and the line that block leaves
    queue: deque[tuple[int, int]] = deque([(block, -1)])
    while queue:
        at, leaves = queue.popleft()
        for line in np.nonzero(part[:, at] & (taken[:, at] == 0))[0].tolist():
            if line in came:
                continue
            came[line] = (at, leaves)
            if taken[line].sum() < limit[line]:
                while line != -1:
                    at, leaves = came[line]
                    taken[line, at] = 1
                    if leaves != -1:
                        taken[leaves, at] = 0
                    line = leaves
                return True
            queue.extend((other, line) for other in np.nonzero(taken[line])[0].tolist())
    return False


def _fill_lines(taken: Ints, part: Bools, need: Ints, low: Ints) -> None:
    """Bring every line up to ``low``, from blocks that still need a month, moving others if need be."""
    for line in range(len(low)):
        while taken[line].sum() < low[line] and _one_for(taken, part, need, line):
            pass


def _one_for(taken: Ints, part: Bools, need: Ints, line: int) -> bool:
    came: dict[int, tuple[int, int]] = {}  # block -> the line it is taken for, and the block that line leaves
    queue: deque[tuple[int, int]] = deque([(line, -1)])
    while queue:
        at, leaves = queue.popleft()
        for block in np.nonzero(part[at] & (taken[at] == 0))[0].tolist():
            if block in came:
                continue
            came[block] = (at, leaves)
            if taken[:, block].sum() < need[block]:
                while block != -1:
                    at, leaves = came[block]
                    taken[at, block] = 1
                    if leaves != -1:
                        taken[at, leaves] = 0
                    block = leaves
                return True
            queue.extend((other, block) for other in np.nonzero(taken[:, block])[0].tolist())
    return False
