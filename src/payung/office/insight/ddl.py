"""What the database refuses about snapshots, denominators and targets."""

from __future__ import annotations

from payung.office.guards import append_only, refuse_when

KEPT = (
    *("insight_snapshot", "insight_snapshotcell"),
    *("insight_denominator", "insight_denominatorpart"),
)


TARGET = "insight_target"


def target_guards(vendor: str) -> list[str]:
    """Return the guards of targets: what was written is never changed or removed."""
    return append_only(vendor, TARGET)


def district_guards(vendor: str) -> list[str]:
    """Return the guards of the walls between districts: what is frozen or counted lies in its own district."""
    own = "NEW.place = o.district OR NEW.place LIKE o.district || '.%'"
    return [
        statement
        for table, owner, key in (
            ("insight_snapshotcell", "insight_snapshot", "snapshot_id"),
            ("insight_denominatorpart", "insight_denominator", "denominator_id"),
        )
        for statement in refuse_when(
            vendor,
            f"{table}_at_home",
            table,
            "INSERT",
            f"NOT EXISTS (SELECT 1 FROM {owner} o WHERE o.id = NEW.{key} AND ({own}))",
            f"{owner} holds numbers of its own district only",
            only="NEW.place <> ''",
        )
    ]


def guards(vendor: str) -> list[str]:
    """Return the guards: what was written is never changed or removed."""
    return [statement for table in KEPT for statement in append_only(vendor, table)]
