"""Scholarships by child, level and year (PP 82/2019)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts
from payung.law.parameter import Law
from payung.law.rules import benefit as rules
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of school: rupiah for a year, most years, and both together."""

    level: str
    per_year: int
    years: int
    amount: int

    def plain(self) -> dict[str, Any]:
        """Return the level as JSON takes it."""
        return {"level": self.level, "per_year": self.per_year, "years": self.years, "amount": self.amount}


def schedule(law: Law) -> tuple[Level, ...]:
    """Return what one child receives, level by level; nothing where the law of that day paid once."""
    if law.scholarship_rate is None:
        return ()
    return tuple(
        Level(name, rate, law.scholarship_years[name], rules.scholarship_level(law, name))
        for name, rate in law.scholarship_rate.items()
    )


def parse_children(text: str) -> int | tuple[str, ...]:
    """Return a number of children, or the level of each (``sd,smp``); raise :class:`InputError`."""
    if text.strip().isascii() and text.strip().isdigit():
        number = int(text)
        facts.check(children=number)
        return number
    levels = tuple(part.strip().lower() for part in text.split(","))
    for level in levels:
        if level not in facts.LEVELS:
            raise InputError(
                Text(
                    f"--children {text!r} tidak dapat dipakai. Tulis jumlah anak, atau jenjangnya dipisah koma: "
                    f"{', '.join(facts.LEVELS)}.",
                    f"--children {text!r} cannot be used. Write how many, or the level of each separated by commas: "
                    f"{', '.join(facts.LEVELS)}.",
                )
            )
    return levels


def count(children: int | Sequence[str]) -> int:
    """Return how many children there are."""
    return children if isinstance(children, int) else len(children)


def calls(law: Law, children: int | Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Return the rules to use: the most for a number of children, or what is left from each child's level on.

    Of more children than the law takes, those with the most years left count.
    """
    if not children:
        return {}
    if isinstance(children, int) or law.scholarship_rate is None:
        return {"scholarship": (rules.scholarship, count(children))}
    youngest = sorted(children, key=facts.LEVELS.index)[: law.scholarship_children]
    return {
        f"scholarship_child_{number}": (rules.scholarship_child, level)
        for number, level in enumerate(youngest, 1)
    }
