"""Sessions of those who see names end when nothing was asked for a while: a computer that somebody walked away from."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings

from payung.office.accounts.models import User

SEEN = "seen"  # second of the last page, noted once a minute
ONCE = 60  # seconds


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
    session[SEEN] = now
    return False
