"""What the database refuses about snapshots, denominators and targets."""

from __future__ import annotations

from payung.office.guards import append_only

KEPT = (
    *("insight_snapshot", "insight_snapshotcell"),
    *("insight_denominator", "insight_denominatorpart"),
)


TARGET = "insight_target"


def target_guards(vendor: str) -> list[str]:
    """Return the guards of targets: what was written is never changed or removed."""
    return append_only(vendor, TARGET)


def guards(vendor: str) -> list[str]:
    """Return the guards: what was written is never changed or removed."""
    return [statement for table in KEPT for statement in append_only(vendor, table)]
