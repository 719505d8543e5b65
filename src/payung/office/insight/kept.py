"""Figures that were counted are kept until the next deed: as long as the history has not moved, no row has.

Every write of the office is an action that records an event in its own transaction, so the end of the history (its
number and its chain, which no two offices share) says whether what was counted still holds. Nothing is told that is
not counted; what is gained is that a hundred readers between two deeds cost one count. Each process keeps its own.
What follows from something that is of a moment itself (a tally) is kept under that.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.conf import settings
from django.db import connection

from payung.office.history.models import Event

Counted = TypeVar("Counted")
MOST = 256  # counts of scopes and days, and pages of them
_KEPT: OrderedDict[Hashable, object] = OrderedDict()
_LOCK = threading.Lock()


def kept(key: Hashable, count: Callable[[], Counted], *, since: Hashable = None) -> Counted:
    """Return what ``count`` returned for ``key`` since the last deed of the office (or ``since`` what is given), else
    count; nobody may change it.

    Inside a transaction, and where the office keeps nothing (``KEEP_FIGURES``), it is counted each time.
    """
    if not settings.KEEP_FIGURES or writing():
        return count()
    end = since or Event.objects.order_by("-number").values_list("number", "chain").first()
    whole = (str(connection.settings_dict["NAME"]), end, key)
    with _LOCK:
        if whole in _KEPT:
            _KEPT.move_to_end(whole)
            found: Counted = _KEPT[whole]  # type: ignore[assignment]
            return found
    made = count()
    with _LOCK:
        _KEPT[whole] = made
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return made


def writing() -> bool:
    """Tell whether this is inside a transaction, which may have written what no event says yet."""
    return connection.in_atomic_block
