"""The solver in a process of its own: its time limit is a promise because the process is ended, not asked."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from payung.planning.optimum.prices import Prices
from payung.planning.optimum.problem import Problem

if TYPE_CHECKING:
    from payung.planning.optimum.search import Step

PROBLEM, STEP = "problem.npz", "step.npz"
_PRICES = ("prices", "head_prices")


def ask(problem: Problem, seconds: float) -> Step | None:
    """Return the last step of a search that has ``seconds`` at most, or ``None`` where it came to none."""
    with tempfile.TemporaryDirectory(prefix="payung-plan-") as name:
        folder = Path(name)
        problem.save(folder / PROBLEM)
        command = [sys.executable, "-m", "payung.planning.optimum", name]
        with suppress(subprocess.TimeoutExpired):  # subprocess.run has killed the child
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds, check=False
            )
        return read_step(folder)


def write_step(folder: Path, step: Step) -> None:
    """Write ``step`` whole: a reader finds the one before or this one."""
    arrays: dict[str, Any] = {"proven": step.proven, "impossible": step.impossible}
    if step.plan is not None:
        arrays["plan"] = step.plan
    if step.limit is not None:
        arrays["limit"] = step.limit
    for name in _PRICES:
        prices = getattr(step, name)
        if prices is not None:
            arrays |= {f"{name}.{field.name}": getattr(prices, field.name) for field in fields(prices)}
    part = folder / f"part-{STEP}"
    np.savez(part, **arrays)
    part.replace(folder / STEP)


def read_step(folder: Path) -> Step | None:
    """Return what :func:`write_step` wrote last."""
    from payung.planning.optimum.search import Step

    if not (folder / STEP).exists():
        return None
    with np.load(folder / STEP) as found:
        arrays = {name: found[name] for name in found.files}
    prices = {name: _prices(arrays, name) for name in _PRICES if f"{name}.people" in arrays}
    return Step(
        arrays.get("plan"),
        prices["prices"],
        int(arrays["limit"]) if "limit" in arrays else None,
        prices.get("head_prices"),
        bool(arrays["proven"]),
        bool(arrays["impossible"]),
    )


def _prices(arrays: dict[str, Any], name: str) -> Prices:
    money, floor, quota, people, cap = (arrays[f"{name}.{field.name}"] for field in fields(Prices))
    return Prices(money, floor, quota, float(people), cap)
