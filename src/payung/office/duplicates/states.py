"""The states of a pair, and what the machine suggests."""

from __future__ import annotations

from payung.codes import Code


class PairState(Code):
    """Whether a pair waits, and how it was decided."""

    WAITING = "menunggu", "menunggu", "waiting", "warn"
    SAME = "sama", "orang yang sama", "the same person", "good"
    DIFFERENT = "berbeda", "orang berbeda", "different people", "info"
    CLOSED = "gugur", "tidak perlu lagi", "settled by another"


class Suggestion(Code):
    """What the machine thinks of a pair."""

    SAME = "same", "diduga sama", "probably the same", "warn"
    REVIEW = "review", "ragu", "in doubt"


WAITING, SAME, DIFFERENT, CLOSED = PairState.WAITING, PairState.SAME, PairState.DIFFERENT, PairState.CLOSED
