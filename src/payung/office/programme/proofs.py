"""What must hold in the books and the annexes; `payung check` asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Sum

from payung.office.face import Finding
from payung.office.guards import standing
from payung.office.programme import ddl
from payung.office.programme.models import (
    Balance,
    Decree,
    DecreePerson,
    LedgerEntry,
    QuotaBalance,
    QuotaEntry,
)
from payung.office.programme.queries.money import moved
from payung.office.programme.queries.people import hash_of
from payung.office.programme.states import HOLDING, Stage
from payung.text import Text


def sums_are_those_of_the_entries() -> Iterable[Finding]:
    """Yield every line or quota whose sums are not those of its entries."""
    books: tuple[tuple[Any, Any, str], ...] = (
        (LedgerEntry, Balance, "line"),
        (QuotaEntry, QuotaBalance, "quota"),
    )
    for entries, sums, key in books:
        reckoned = {
            row[key]: tuple(row[str(stage)] for stage in Stage)
            for row in entries.objects.order_by()
            .values(key)
            .annotate(**{str(stage): Sum(moved(stage)) for stage in Stage})
        }
        for balance in sums.objects.all():
            kept = tuple(getattr(balance, str(stage)) for stage in Stage)
            if kept != reckoned.get(balance.pk, (0,) * len(Stage)):
                yield Finding(
                    "BUKU_TIDAK_COCOK",
                    f"{key}:{balance.pk}",
                    Text(
                        f"Sisa {key} {balance.pk} tidak sama dengan jumlah geraknya: pulihkan dari cadangan.",
                        f"The sums of {key} {balance.pk} are not those of its entries: restore from the backup.",
                    ),
                )


def annexes_are_as_frozen() -> Iterable[Finding]:
    """Yield every decree whose annex no longer has the hash that was printed."""
    for decree in Decree.objects.filter(state__in=HOLDING):
        if hash_of(decree) != decree.hash:
            yield Finding(
                "LAMPIRAN_BERUBAH",
                decree.subject,
                Text(
                    f"Lampiran {decree} tidak cocok lagi dengan sidiknya: periksa riwayat dan cadangan.",
                    f"The annex of {decree} no longer matches its hash: look at the history and the backup.",
                ),
            )


def nobody_has_two_payers() -> Iterable[Finding]:
    """Yield whoever stands twice for one segment and month: two records may have turned out to be one person."""
    other = DecreePerson.objects.filter(
        person=OuterRef("person"),
        segment=OuterRef("segment"),
        held=True,
        from_month__lte=OuterRef("last_month"),
        last_month__gte=OuterRef("from_month"),
        pk__gt=OuterRef("pk"),
    )
    rows = DecreePerson.objects.filter(Exists(other), held=True, from_month__lte=F("last_month"))
    for row in rows.select_related("decree"):
        yield Finding(
            "DUA_PEMBAYAR",
            f"person:{row.person_id}",
            Text(
                f"{row.name} ({row.decree}) dibayar dua kali untuk bulan yang sama: keluarkan dengan SK perubahan.",
                f"{row.name} ({row.decree}) is paid for twice in the same months: let go by a follow-up decree.",
            ),
        )


guards = standing("programme.guard", ddl.guards)


CHECKS = (guards, sums_are_those_of_the_entries, annexes_are_as_frozen, nobody_has_two_payers)
