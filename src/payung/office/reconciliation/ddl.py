"""What the database refuses about closings."""

from __future__ import annotations

from payung.office.guards import append_only, refuse_when


def guards(vendor: str) -> list[str]:
    """Return the guards; a migration that remakes a table runs them again."""
    closed = "SELECT 1 FROM reconciliation_closing c WHERE c.id = NEW.closing_id AND c.state = 'closed'"
    return [
        *append_only(vendor, "reconciliation_closing", ("delete",)),
        *refuse_when(
            vendor,
            "reconciliation_closing_kept",
            "reconciliation_closing",
            "UPDATE",
            "OLD.state = 'closed' OR NEW.month <> OLD.month OR NEW.round <> OLD.round",
            "a closed month never changes",
        ),
        *append_only(vendor, "reconciliation_finding", ("update", "delete")),
        *refuse_when(
            vendor,
            "reconciliation_finding_before_closing",
            "reconciliation_finding",
            "INSERT",
            f"EXISTS ({closed})",
            "a closed month never changes",
        ),
    ]


def district_guards(vendor: str) -> list[str]:
    """Return the guards of the wall between districts: a closing stays where it is, and its differences lie there."""
    own = "NEW.village_code = c.district OR NEW.village_code LIKE c.district || '.%'"
    theirs = f"SELECT 1 FROM reconciliation_closing c WHERE c.id = NEW.closing_id AND ({own})"
    return [
        *refuse_when(
            vendor,
            "reconciliation_closing_stays",
            "reconciliation_closing",
            "UPDATE",
            "NEW.district <> OLD.district",
            "a closing stays in its district",
        ),
        *refuse_when(
            vendor,
            "reconciliation_finding_at_home",
            "reconciliation_finding",
            "INSERT",
            f"NOT EXISTS ({theirs})",
            "a closing holds rows of its own district only",
            only="NEW.village_code <> ''",
        ),
    ]
