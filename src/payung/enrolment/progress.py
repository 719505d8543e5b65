"""How the main job tells what it is doing, without knowing who listens."""

from __future__ import annotations

from typing import Protocol

from payung.text import Text


class Listener(Protocol):
    """Somebody who shows progress: a terminal, a web page, nobody."""

    def stage(self, title: Text, total: int | None = None) -> None:
        """Begin a stage with ``total`` steps, where the number is known."""

    def advance(self, steps: int = 1) -> None:
        """Tell that ``steps`` of the stage are done."""


class Silence:
    """A listener that shows nothing."""

    def stage(self, title: Text, total: int | None = None) -> None:
        """Show nothing."""

    def advance(self, steps: int = 1) -> None:
        """Show nothing."""
