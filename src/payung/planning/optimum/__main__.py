"""The solving process: reads ``problem.npz`` of a folder, leaves ``step.npz`` there and replaces it by better ones."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from payung.planning.optimum.child import PROBLEM, write_step
from payung.planning.optimum.problem import Problem
from payung.planning.optimum.search import search


def main(folder: Path) -> None:
    """Search until done; whoever started this process ends it when time is up."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    search(Problem.load(folder / PROBLEM), lambda step: write_step(folder, step))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
