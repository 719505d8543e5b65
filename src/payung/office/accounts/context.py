"""What every page shows about the person at the keyboard."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from payung.office.accounts.models import User
from payung.office.face import menu_for
from payung.office.history import demonstration
from payung.office.jobs import health


def person_at_the_keyboard(request: HttpRequest) -> dict[str, Any]:
    """Return the menu, the roles and the theme for the base template."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("tema", "")
    found: dict[str, Any] = {
        "theme": theme if theme in {"light", "dark"} else "",
        "watermark": demonstration.banner(),
        "demonstration": demonstration.is_demonstration() or not settings.SECOND_FACTOR_REQUIRED,
        "trouble": health.trouble(),
    }
    if isinstance(user, User):
        found["menu"] = menu_for(user, request.path)
        found["roles_now"] = user.roles_now
    return found
