"""How `payung law` prints: lines, one JSON object, or steps with their notes and the version of the law."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from payung.text import Text, current_language

if TYPE_CHECKING:
    from payung.law import Book


def print_lines(*parts: str) -> None:
    """Print what is not empty, one part a line."""
    sys.stdout.write("\n".join(part for part in parts if part) + "\n")


def print_json(plain: dict[str, Any]) -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(plain, ensure_ascii=False) + "\n")


def print_steps(heading: Text, steps: Any, more: list[Text], book: Book, below: Text | None = None) -> None:
    """Print a heading, the steps, what stands below them, the notes and the version."""
    from payung.law import prose

    language = current_language()
    notes = prose.notes([*more, *prose.notes_of(steps)], language)
    after = below.read(language) if below else ""
    print_lines(
        heading.read(language), prose.steps(steps, language), after, notes, prose.version(book, language)
    )
