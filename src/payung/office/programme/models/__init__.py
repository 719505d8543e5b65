"""Agreements, lines of money with their ledger, decrees with their annex. What must never be, the database refuses."""

from payung.office.programme.models.agreements import Agreement, AgreementFile
from payung.office.programme.models.decrees import Decree, DecreeFile, DecreePerson, Reserve
from payung.office.programme.models.money import (
    Balance,
    LedgerEntry,
    Line,
    Quota,
    QuotaBalance,
    QuotaEntry,
)

__all__ = [
    "Agreement",
    "AgreementFile",
    "Balance",
    "Decree",
    "DecreeFile",
    "DecreePerson",
    "LedgerEntry",
    "Line",
    "Quota",
    "QuotaBalance",
    "QuotaEntry",
    "Reserve",
]
