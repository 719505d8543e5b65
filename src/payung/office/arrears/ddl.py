"""What the database refuses about arrears."""

from __future__ import annotations

from payung.office.arrears.states import WAYS
from payung.office.guards import append_only, refuse_when

_FIXED = ("bill_id", "level", "on", "region_code", "people", "amount")
# A level is reached after the due day, and after the level before it.
_EARLY = """EXISTS (SELECT 1 FROM bills_bill b WHERE b.id = NEW.bill_id AND b.due_on >= NEW."on")
 OR (NEW.level > 1 AND NOT EXISTS (SELECT 1 FROM arrears_rung r WHERE r.bill_id = NEW.bill_id
 AND r.level = NEW.level - 1 AND r."on" < NEW."on"))"""


def guards(vendor: str) -> list[str]:
    """Return the guards; a migration that remakes a table runs those of that table again."""
    ways = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, news in WAYS.items() for new in news
    )
    changed = " OR ".join(f'NEW."{one}" <> OLD."{one}"' for one in _FIXED)
    return [
        *append_only(vendor, "arrears_contact"),
        *append_only(vendor, "arrears_rung", ("delete",)),
        *refuse_when(
            vendor,
            "arrears_rung_order",
            "arrears_rung",
            "INSERT",
            _EARLY,
            "a level comes after the one before it",
        ),
        *refuse_when(
            vendor,
            "arrears_rung_ways",
            "arrears_rung",
            "UPDATE",
            f"NOT ({ways}) OR {changed}",
            "a level that was answered stays",
        ),
    ]
