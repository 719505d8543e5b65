"""How somebody is protected on a day, as the law answers, and how that is kept as one number."""

from __future__ import annotations

from dataclasses import dataclass

from payung.codes import Code, Segment

MOST_UNPAID = 24  # more months in arrears are kept as this many


class Protection(Code):
    """The state of a membership on a day (payung.law.cover)."""

    AKTIF = "aktif", "Terlindungi", "Covered", "good"
    TENGGANG = "tenggang", "Menunggak (tenggang)", "In arrears (grace)", "warn"
    NONAKTIF = "nonaktif", "Berakhir", "Ended", "bad"
    PERIKSA = "periksa", "Periksa ke cabang", "Ask the branch", "info"


SEGMENTS: dict[str, int] = {Segment.BPU.value: 1, Segment.PU.value: 2}
SEGMENT_OF = {number: Segment.member(code) for code, number in SEGMENTS.items()}
_STATES = tuple(Protection)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the law says of one past on one day.

    Fields
        state: see :class:`Protection`. unpaid: months in arrears in a row, at most :data:`MOST_UNPAID`.
        jkm_full, scholarship: whether these clocks are full.
    """

    state: Protection
    unpaid: int = 0
    jkm_full: bool = False
    scholarship: bool = False

    @property
    def number(self) -> int:
        """The verdict as one small number."""
        unpaid = min(self.unpaid, MOST_UNPAID)
        return _STATES.index(self.state) * 100 + unpaid * 4 + self.jkm_full * 2 + self.scholarship


def verdict(number: int) -> Verdict:
    """Return the verdict that :attr:`Verdict.number` wrote."""
    state, rest = divmod(number, 100)
    return Verdict(_STATES[state], rest // 4, bool(rest & 2), bool(rest & 1))


NEVER = Verdict(Protection.NONAKTIF)
