"""Whether snapshots still say what they said, and their guards are there."""

from __future__ import annotations

from collections.abc import Iterable

from payung.office.face import Finding
from payung.office.guards import standing
from payung.office.insight import ddl
from payung.office.insight.actions import digest
from payung.office.insight.models import Snapshot, SnapshotCell
from payung.text import Text

guards = standing("insight.guard", lambda vendor: [*ddl.guards(vendor), *ddl.district_guards(vendor)])


def snapshots() -> Iterable[Finding]:
    """The cells of every snapshot have the digest that was taken."""
    columns = ("figure", "place", "keys", "number", "many")
    for snapshot in Snapshot.objects.all():
        cells = SnapshotCell.objects.filter(snapshot=snapshot).order_by().values_list(*columns)
        if digest(cells) != snapshot.digest:
            yield Finding(
                "insight.snapshot",
                snapshot.subject,
                Text(
                    f"Angka beku {snapshot.month} bukan yang dibekukan: pulihkan dari cadangan.",
                    f"The figures of {snapshot.month} are not those that were frozen: restore them from a backup.",
                ),
            )


CHECKS = (guards, snapshots)
