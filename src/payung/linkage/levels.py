"""What a comparison is made of: levels, tried from the top; the first that holds counts.

A level carries two chances: ``m``, how often one person's two listings look like this, and ``u``, how often two
people's do. A level may also bound what the pair can become, whatever else agrees or differs: see ``asks``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from payung.said import Said

# A pair at such a level is never taken for one person unseen; "always": nor for two people unseen.
Asks = Literal["", "at most", "always"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison.

    Fields
        when: SQL condition; "" for the last level, which takes what is left.
        m, u: chances of this level for one person and for two; ignored where ``silent``.
        code: of the words of a waterfall, in ``sentences.yaml`` of this room; "" says nothing.
        rarity: column whose frequency (``tf_<column>``) makes u; ``u`` is then how many times that frequency.
        silent: the level says nothing for or against (a value is missing, or already counted elsewhere).
        asks: "at most" leaves the pair a question at most; "always" makes it a question in any case.
    """

    when: str
    m: float = 0.5
    u: float = 0.5
    code: str = ""
    rarity: str = ""
    silent: bool = False
    asks: Asks = ""

    @property
    def said(self) -> Said:
        """What the level says."""
        return Said(f"linkage.{self.code}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing compared: its name and its levels, from the strongest down."""

    name: str
    levels: tuple[Level, ...]

    def speaking(self) -> dict[int, Level]:
        """Return the levels that are not silent by Splink's number of the level (0 is the last one)."""
        said = [level for level in self.levels if not level.silent]
        return {len(said) - 1 - place: level for place, level in enumerate(said)}
