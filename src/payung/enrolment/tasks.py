"""Runs independent pieces of work on all cores; few or small ones in this process, without the cost of a pool."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

WORTH_A_POOL = 8
Task = tuple[Callable[..., object], tuple[object, ...]]


def run_tasks(tasks: Sequence[Task], done: Callable[[], None], *, large: bool = False) -> None:
    """Call every function of ``tasks`` with its arguments; call ``done`` after each.

    A pool is used from :data:`WORTH_A_POOL` tasks on, or where the caller knows them to be ``large``. Functions and
    arguments must be picklable. The first fault of a task is raised, after the running ones have ended.
    """
    workers = min(os.cpu_count() or 1, len(tasks))
    if workers <= 1 or (len(tasks) < WORTH_A_POOL and not large):
        for function, arguments in tasks:
            function(*arguments)
            done()
        return
    with worker_pool(workers) as pool:
        try:
            for future in as_completed([pool.submit(_run_all, batch) for batch in _batches(tasks, workers)]):
                for _ in range(future.result()):
                    done()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def worker_pool(workers: int, begin: Callable[[], None] | None = None) -> ProcessPoolExecutor:
    """Return a pool of ``workers`` fresh processes that call ``begin`` first, and end when this process is gone."""
    return ProcessPoolExecutor(workers, get_context("spawn"), _begin, (os.getpid(), begin))


def _begin(parent: int, begin: Callable[[], None] | None) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)  # killed with work in its hands: nobody is left to take the result

    threading.Thread(target=watch, daemon=True).start()
    if begin is not None:
        begin()


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
