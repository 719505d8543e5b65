"""Sessions of those who see names end when nothing was asked for a while: a computer that somebody walked away from."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection

from payung.office.accounts.models import User

SEEN = "seen"  # second of the last page, noted once a minute
ONCE = 60  # seconds
MOMENT = 50  # milliseconds


def begin(session: Any) -> None:
    """Note that somebody signed in just now."""
    session[SEEN] = int(time.time())


def is_over(session: Any, user: User, *, by_itself: bool = False) -> bool:
    """Tell whether nothing was asked for longer than PAYUNG_IDLE by whoever sees names; else note this page.

    What an open page asks ``by_itself`` (how far a job is) is nothing that somebody did.
    A session of a time before this was noted begins now, and so does one that comes from the future: a clock was set.
    """
    now, seen = int(time.time()), session.get(SEEN)
    if isinstance(seen, int) and seen <= now:
        if now - seen > settings.SESSION_IDLE and user.sees_names:
            return True
        if by_itself or now - seen < ONCE:
            return False
    _note(session, now)
    return False


def _note(session: Any, now: int) -> None:
    """Keep that a page was asked for now; where the database is busy with a long write, the next page does.

    Reading never waits for who writes: on SQLite a bill of a million people holds the only place of a writer for long.
    """
    more = session.modified
    session[SEEN] = now
    if more:
        return  # it is saved with the rest
    session.modified = False
    try:
        with _briefly():
            session.save()
    except UpdateError:  # busy; or ended meanwhile, and then the next page finds nobody signed in
        return


@contextmanager
def _briefly() -> Iterator[None]:
    """Let a write on SQLite wait a moment only for another's end."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    [(patience,)] = connection.connection.execute("PRAGMA busy_timeout")
    connection.connection.execute(f"PRAGMA busy_timeout = {MOMENT}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {int(patience)}")
