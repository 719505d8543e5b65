"""Who issues letters, and where an order stands."""

from __future__ import annotations

from payung.codes import Code


class Office(Code):
    """Whose letterhead and register of numbers a letter has."""

    BUPATI = "bupati", "Bupati", "Regent"
    DINSOS = "dinsos", "Dinas Sosial", "Social affairs agency"
    DPMD = "dpmd", "Dinas Pemberdayaan Masyarakat dan Desa", "Village affairs agency"
    DISNAKER = "disnaker", "Dinas Tenaga Kerja", "Manpower agency"
    CAMAT = "camat", "Kecamatan", "Sub-district"
    DESA = "desa", "Pemerintah desa atau kelurahan", "Village"
    INSPEKTORAT = "inspektorat", "Inspektorat", "Inspectorate"


DISTRICT = (Office.BUPATI, Office.DINSOS, Office.DPMD, Office.DISNAKER, Office.INSPEKTORAT)


class OrderState(Code):
    """Where the making of a letter is."""

    WAITING = "waiting", "Sedang dibuat", "Being made", "info"
    MADE = "made", "Terbit", "Issued", "good"
    FAILED = "failed", "Gagal dibuat", "Could not be made", "bad"
