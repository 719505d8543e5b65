"""Progress bars on a terminal; silence in a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from payung.text import Text


class Bars:
    """Shows every stage of a job as one line with a bar (rich)."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def stage(self, title: Text, total: int | None = None) -> None:
        """Finish the stage before and begin this one."""
        self.finish()
        self._task = self._progress.add_task(title.read(), total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar on."""
        if self._task is not None:
            self._progress.advance(self._task, steps)

    def finish(self) -> None:
        """Fill the bar of the running stage."""
        if self._task is None:
            return
        total = self._progress.tasks[self._task].total
        self._progress.update(self._task, total=total or 1, completed=total or 1)


@contextmanager
def on_terminal() -> Iterator[Bars]:
    """Give bars on standard error, where that is a terminal; elsewhere the same object draws nothing."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bars = Bars(progress)
        yield bars
        bars.finish()
