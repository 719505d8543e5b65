"""Runs independent pieces of work on all cores; few or small ones in this process, without the cost of a pool."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

WORTH_A_POOL = 8
Task = tuple[Callable[..., object], tuple[object, ...]]


class Workers:
    """The processes of one job: started with its first heavy piece of work, kept until the job ends.

    Functions and arguments must be picklable. Leaving the block ends the processes; after a fault it drops what they
    have not begun.
    """

    def __init__(self) -> None:
        self.count = os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=fault is not None)

    def submit(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Ask for one call; return the promise of its value."""
        if self._pool is None:
            # Every core has its worker already; threads inside the workers would only wait for each other.
            os.environ.setdefault("POLARS_MAX_THREADS", "1")
            self._pool = ProcessPoolExecutor(self.count, get_context("spawn"), _begin, (os.getpid(),))
        return self._pool.submit(function, *arguments)

    def run(self, tasks: Sequence[Task], done: Callable[[], None], *, large: bool = False) -> None:
        """Call every function of ``tasks`` with its arguments; call ``done`` after each.

        Few tasks are done in this process, unless the caller knows them to be ``large``. The first fault is raised.
        """
        if self.count == 1 or (len(tasks) < WORTH_A_POOL and not large):
            for function, arguments in tasks:
                function(*arguments)
                done()
            return
        promises = [self.submit(_run_all, batch) for batch in _batches(tasks, self.count)]
        for promise in as_completed(promises):
            for _ in range(promise.result()):
                done()


def _begin(parent: int) -> None:
    """Let a worker end when the process that started it is gone."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)  # killed with work in its hands: nobody is left to take the result

    threading.Thread(target=watch, daemon=True).start()


def _batches(tasks: Sequence[Task], workers: int) -> Iterable[list[Task]]:
    """Cut the tasks into batches: the first ones alone, as callers put the heaviest first, the rest by four."""
    for task in tasks[:workers]:
        yield [task]
    for start in range(workers, len(tasks), 4):
        yield list(tasks[start : start + 4])


def _run_all(batch: Sequence[Task]) -> int:
    for function, arguments in batch:
        function(*arguments)
    return len(batch)
