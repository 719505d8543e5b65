"""A form that makes something is taken once: a double click, or the same page sent again, makes nothing more."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest

FIELD = "sekali"
KEPT = 3600  # seconds in which a form counts as the same one
LONGEST = 64  # signs of a mark


def mark() -> str:
    """Return the mark of a form that is about to be shown."""
    return secrets.token_hex(8)


def again(request: HttpRequest) -> bool:
    """Tell whether the form of this request was taken before; a form without a mark never was."""
    given = request.POST.get(FIELD, "")
    if not given or len(given) > LONGEST or not given.isalnum():
        return False
    return not cache.add(f"once:{request.user.pk}:{request.path}:{given}", "y", timeout=KEPT)


def taken(request: HttpRequest, form: BaseForm) -> bool:
    """Tell whether this form, sent and valid, was taken before."""
    return request.method == "POST" and form.is_valid() and again(request)
