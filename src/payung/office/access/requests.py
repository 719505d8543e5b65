"""What a page asks of its request: who is at the keyboard, and what the rule of the page reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from payung.office.access.scope import Scope

if TYPE_CHECKING:
    from payung.office.accounts.models import User


def scope_of(request: HttpRequest) -> Scope:
    """Return what the rule of this page reaches."""
    found: Scope = request.scope  # type: ignore[attr-defined]
    return found


def user_of(request: HttpRequest) -> User:
    """Return who is at the keyboard; pages without a rule never come here."""
    assert request.user.is_authenticated
    return request.user
