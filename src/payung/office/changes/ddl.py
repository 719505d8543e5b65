"""What the database refuses about changes."""

from __future__ import annotations

from payung.office.guards import append_only, refuse_when

_KEPT = ("kind", "segment", "evidence", "village_code", "by")


def guards(vendor: str) -> list[str]:
    """Return the guards; a migration that remakes the table runs them again."""
    differs = " OR ".join(f'NEW."{one}" <> OLD."{one}"' for one in _KEPT)
    ways = (
        "NEW.state = OLD.state OR (OLD.state = 'reported' AND NEW.state IN ('approved', 'refused'))"
        " OR (OLD.state = 'approved' AND NEW.state = 'withdrawn')"
    )
    day = 'NEW."on" <> OLD."on"'
    stops = "COALESCE(NEW.stops_from, 0) <> COALESCE(OLD.stops_from, 0)"
    return [
        *append_only(vendor, "changes_change", ("delete",)),
        *refuse_when(
            vendor,
            "changes_change_kept",
            "changes_change",
            "UPDATE",
            f"{differs} OR {day} OR {stops} OR NOT ({ways})",
            "a change is decided, not edited",
        ),
    ]


def of_refresh(vendor: str) -> list[str]:
    """Return the guards of refreshes; they came later."""
    return append_only(vendor, "changes_refresh")
