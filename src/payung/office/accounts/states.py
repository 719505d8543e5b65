"""What one administrator asks and another one confirms, and what became of it."""

from __future__ import annotations

from payung.codes import Code


class Deed(Code):
    """What is done to an account only when two administrators want it."""

    ROLE = "role", "Beri peran", "Give a role"
    PASSWORD = "password", "Sandi baru", "New password"
    FACTOR = "factor", "Lepas kode kedua", "Remove the second factor"
    CLOSE = "close", "Tutup akun admin", "Close an administrator's account"
    END = "end", "Akhiri peran admin", "End an administrator's role"


class ProposalState(Code):
    """Where a proposal stands."""

    WAITING = "waiting", "Menunggu admin kedua", "Waits for a second administrator", "warn"
    DONE = "done", "Dikuatkan", "Confirmed", "good"
    REFUSED = "refused", "Ditolak atau ditarik", "Refused or withdrawn", "neutral"
