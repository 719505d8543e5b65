"""What the database refuses about the history, beside the triggers of its first days (migration 0002)."""

from __future__ import annotations

from payung.office.guards import append_only, refuse_emptying, refusing

FIRST = {
    "sqlite": ("history_event_no_update", "history_event_no_delete"),
    "postgresql": ("history_event_append_only",),
}


def guards(vendor: str) -> list[str]:
    """Return the guards; a migration that remakes a table runs those of that table again."""
    return [
        *refusing(vendor),
        *append_only(vendor, "history_mark"),
        *append_only(vendor, "history_head", ("delete",)),
        *refuse_emptying(vendor, "history_event"),
    ]
