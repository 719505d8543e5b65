"""Runs independent pieces of work on all cores; few or small ones in this process, without the cost of a pool."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Any

WORTH_A_POOL = 8
Task = tuple[Callable[..., object], tuple[object, ...]]


class Workers:
    """The processes of one job: started with its first heavy piece of work, kept until the job ends.

    Functions and arguments must be picklable. Leaving the block ends the processes; after a fault they are stopped
    at once. Ctrl-C reaches this process alone, which then stops the others.
    """

    def __init__(self) -> None:
        self.count = os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        if fault is not None:
            self._stop()
        elif self._pool is not None:
            self._pool.shutdown()

    @property
    def started(self) -> bool:
        """Whether other processes are at work for this job."""
        return self._pool is not None

    def _stop(self) -> None:
        """End the processes in the middle of their work; none of them writes a file any more."""
        if self._pool is None:
            return
        pool, self._pool = self._pool, None
        pool.shutdown(wait=False, cancel_futures=True)
        for process in active_children():
            process.terminate()
        for process in active_children():
            process.join()

    def submit(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Ask for one call; return the promise of its value."""
        if self._pool is None:
            # Every core has its worker already; threads inside the workers would only wait for each other.
            os.environ.setdefault("POLARS_MAX_THREADS", "1")
            self._pool = ProcessPoolExecutor(self.count, get_context("spawn"), _begin, (os.getpid(),))
        with _without_interrupts():
            return self._pool.submit(function, *arguments)

    def run(self, tasks: Sequence[Task], done: Callable[[], None], *, large: bool = False) -> None:
        """Call every function of ``tasks`` with its arguments; call ``done`` after each.

        Few tasks are done in this process, unless the caller knows them to be ``large``. The first fault is raised,
        when nothing is being done any more.
        """
        if self.count == 1 or (len(tasks) < WORTH_A_POOL and not large):
            for function, arguments in tasks:
                function(*arguments)
                done()
            return
        try:
            promises = [self.submit(_run_all, batch) for batch in _batches(tasks, self.count)]
            for promise in as_completed(promises):
                for _ in range(promise.result()):
                    done()
        except BaseException:
            self._stop()
            raise


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: they inherit which signals are blocked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
