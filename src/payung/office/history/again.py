"""Two people do the same at the same moment: whoever comes second looks again, and finds what the first one made."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import IntegrityError

Given = ParamSpec("Given")
Made = TypeVar("Made")


class QuickerError(Exception):
    """Somebody else made the same between looking and writing; nothing of this one is kept."""


def looks_again(action: Callable[Given, Made]) -> Callable[Given, Made]:
    """Run ``action`` once more where it, or the database, refused what it made because somebody was quicker.

    For actions that first look what is there and do all of their work in one transaction.
    """

    @functools.wraps(action)
    def looking(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        try:
            return action(*args, **kwargs)
        except (IntegrityError, QuickerError):
            return action(*args, **kwargs)

    return looking
