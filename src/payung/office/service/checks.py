"""What `payung check` looks at: functions that yield findings, registered under a name by whoever knows.

An app names its own in its face (``checks``), or adds one: ``checks.add("money", function)``. A function only reads.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from payung.office.face import Finding
from payung.text import Text

LOG = logging.getLogger("payung.checks")


Check = Callable[[], Iterable[Finding]]
_checks: dict[str, Check] = {}


def add(name: str, function: Check) -> None:
    """Let `payung check` call ``function``, which yields a finding for everything that is wrong."""
    _checks[name] = function


def names() -> list[str]:
    """Return the names of all checks, in the order they were added."""
    return list(_checks)


def walk(only: Iterable[str] = ()) -> Iterator[tuple[str, Finding]]:
    """Call every check (or those named ``only``) and yield its name with each finding.

    One that breaks is a finding itself and does not stop the others.
    """
    wanted = set(only)
    for name, function in list(_checks.items()):
        if wanted and name not in wanted:
            continue
        try:
            for finding in function():
                yield name, finding
        except Exception as error:
            LOG.warning("the check %s broke", name, exc_info=True)
            why = type(error).__name__
            told = Text(
                f"Pemeriksaan ini sendiri rusak ({why}); lihat log.",
                f"This check itself broke ({why}); see the log.",
            )
            yield name, Finding("check.broken", name, told)
