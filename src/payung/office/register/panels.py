"""What later apps show on a person's page: each adds its panel when it is loaded, as the menu is filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from payung.office.register.models import Person

# Returns template and values, or ``None`` where there is nothing for whoever asks.
Panel = Callable[[HttpRequest, Person], tuple[str, dict[str, Any]] | None]
_panels: dict[str, Panel] = {}


def add(name: str, panel: Panel) -> None:
    """Put a panel on the page of a person; called from the ``ready`` of an app."""
    _panels[name] = panel


def panels_for(request: HttpRequest, person: Person) -> list[tuple[str, dict[str, Any]]]:
    """Return template and values of every panel that says something of ``person`` to this user."""
    found = (panel(request, person) for panel in _panels.values())
    return [one for one in found if one]
