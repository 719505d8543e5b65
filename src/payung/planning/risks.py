"""Dated chances of death and accident (``parameters/risks.yaml``): parts of 100,000 in a year, whole numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import yaml

from payung.planning.optimum.problem import Ints

YEARLY = 100_000  # chances are parts of this in a year
MICRO = 1_000_000  # people and deaths are counted in millionths, so that no fraction is lost on the way
Scenario = Literal["low", "middle", "high"]
SCENARIOS: tuple[Scenario, ...] = ("low", "middle", "high")


@dataclass(frozen=True)
class Risks:
    """What is in force on a day.

    Fields
        death: hundredths of parts of 100,000 a year by [age], by sex ``L``, ``P`` and ``""`` (not known: the mix).
        multiplier: hundredths. accident: parts of 100,000 a year by segment. sources: where each stands, how sure.
    """

    death: dict[str, Ints]
    multiplier: dict[Scenario, int]
    accident: dict[str, int]
    sources: dict[str, str]

    def deaths(self, sex: str, age: Ints, scenario: Scenario) -> Ints:
        """Return the deaths within a month, in millionths of a person, of one person of each ``age``."""
        table = self.death[sex]
        yearly = table[np.clip(age, 0, len(table) - 1)] * self.multiplier[scenario]
        monthly: Ints = np.minimum(yearly * MICRO // (YEARLY * 100 * 100 * 12), MICRO)
        return monthly


@cache
def _file() -> dict[str, Any]:
    text = (files("payung.planning") / "parameters/risks.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def risks_on(day: dt.date) -> Risks:
    """Return the risks in force on ``day`` (before the first date: the first)."""

    def latest(name: str) -> dict[str, Any]:
        entries = sorted(_file()[name], key=lambda one: one["from"])
        found: dict[str, Any] = (
            [one for one in entries if one["from"] <= day][-1:][0]
            if entries[0]["from"] <= day
            else entries[0]
        )
        return found

    mortality, multipliers, men, accidents = (
        latest(name) for name in ("mortality", "multipliers", "men", "accidents")
    )
    male, female = (np.array(mortality[sex], dtype=np.int64) * 100 for sex in ("male", "female"))
    mix = (male * men["share"] + female * (100 - men["share"])) // 100
    return Risks(
        {"L": male, "P": female, "": mix},
        {scenario: int(multipliers[scenario]) for scenario in SCENARIOS},
        {segment: int(accidents[segment]) for segment in ("bpu", "pu")},
        {
            "mortality": f"{mortality['table']} [{mortality['mark']}]",
            "multipliers": f"{multipliers['source']} [{multipliers['mark']}]",
            "men": f"{men['source']} [{men['mark']}]",
            "accidents": f"{accidents['source']} [{accidents['mark']}]",
        },
    )
