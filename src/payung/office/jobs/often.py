"""What an idle worker looks after every few seconds, by what the faces of apps say (``often``)."""

from __future__ import annotations

import time

from payung.office import face

EACH = 5.0  # seconds
_looked: list[float] = [0.0]


def when_due() -> bool:
    """Let every app look whether there is something to do, unless that was a moment ago; tell whether they looked."""
    now = time.monotonic()
    if _looked[0] and now - _looked[0] < EACH:
        return False
    _looked[0] = now
    for one in face.faces():
        for look in one.often:
            look()
    return True
