"""Whether this office is a demonstration: said by its own history, once for all, and on every page and paper of it.

Only `payung demo-office` writes the mark, into an office without accounts, before anything else stands in it; the
history is never taken back. A process looks once, when it starts.
"""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError

from payung.office.history.models import Event

MARK = "office.demonstration_begins"
FILLED = "office.demonstration"
BANNER = "PERAGAAN"
_known: bool | None = False  # ``None``: the database was away when this process looked


def marked() -> bool:
    """Ask the history whether this is a demonstration."""
    return Event.objects.filter(action__in=(MARK, FILLED)).exists()


def look() -> None:
    """Remember for this process whether this is a demonstration; where the database is away, it is asked later."""
    global _known
    try:
        _known = marked()
    except (DatabaseError, InterfaceError):
        _known = None


def is_demonstration() -> bool:
    """Tell whether this is a demonstration, as this process found it."""
    if _known is None:
        look()
    return bool(_known)


def banner() -> str:
    """Return the word that stands on every paper of a demonstration; empty in a real office."""
    return BANNER if is_demonstration() else ""
