"""The codes of this app, and the ways between its states."""

from __future__ import annotations

from payung.codes import Code, Source


class AgreementKind(Code):
    """A step on the way from the regent's word to the list of names (domain 2a)."""

    MOU = "mou", "Nota Kesepakatan (MoU)", "Umbrella agreement (MoU)", "info"
    PKS = (
        "pks",
        "Perjanjian Kerja Sama (PKS)",
        "Operational agreement (PKS)",
        "info",
        ("perjanjian_kerja_sama",),
    )
    SK = "sk", "Surat Keputusan (SK)", "Decree (SK)", "good"
    ADDENDUM = "addendum", "Addendum", "Addendum", "warn", ("adendum",)


class Programme(Code):
    """What an agreement is about; the people of decrees are in the first two."""

    JKK = "jkk", "JKK (kecelakaan kerja)", "JKK (work accident)"
    JKM = "jkm", "JKM (kematian)", "JKM (death)"
    JHT = "jht", "JHT (hari tua)", "JHT (old age)"
    JP = "jp", "JP (pensiun)", "JP (pension)"
    JKP = "jkp", "JKP (kehilangan pekerjaan)", "JKP (job loss)"


class EntryKind(Code):
    """What an entry of the ledger does; each moves its amount from one stage to another (:data:`MOVES`)."""

    CEILING = "ceiling", "Pagu", "Ceiling", "good"
    SHIFT = "shift", "Pergeseran", "Shift", "info"
    RESERVE = "reserve", "Dicadangkan", "Reserved", "warn"
    COMMIT = "commit", "Terikat SK", "Committed", "warn"
    BILL = "bill", "Ditagih", "Billed", "info"
    PAY = "pay", "Dibayar", "Paid", "good"
    RELEASE = "release", "Dilepas", "Released", "neutral"


class Stage(Code):
    """Where the money, or the places of a quota, are."""

    FREE = "free", "Bebas", "Free", "good"
    RESERVED = "reserved", "Dicadangkan", "Reserved", "warn"
    COMMITTED = "committed", "Terikat", "Committed", "warn"
    BILLED = "billed", "Ditagih", "Billed", "info"
    PAID = "paid", "Dibayar", "Paid", "good"


# Kind → the stage it takes from (empty: from outside) and the stage it brings to. A release says its stage itself.
MOVES: dict[EntryKind, tuple[str, str]] = {
    EntryKind.CEILING: ("", Stage.FREE),
    EntryKind.SHIFT: ("", Stage.FREE),
    EntryKind.RESERVE: (Stage.FREE, Stage.RESERVED),
    EntryKind.COMMIT: (Stage.RESERVED, Stage.COMMITTED),
    EntryKind.BILL: (Stage.COMMITTED, Stage.BILLED),
    EntryKind.PAY: (Stage.BILLED, Stage.PAID),
}
# What has to come before a kind that finds too little where it takes from; each is booked as an entry of its own.
BEFORE: dict[EntryKind, tuple[EntryKind, ...]] = {
    EntryKind.COMMIT: (EntryKind.RESERVE,),
    EntryKind.BILL: (EntryKind.RESERVE, EntryKind.COMMIT),
}


class DecreeState(Code):
    """The way of a decree."""

    DRAFT = "draft", "Draf", "Draft", "neutral"
    FROZEN = "frozen", "Dibekukan, menunggu tanda tangan", "Frozen, to be signed", "warn"
    SIGNED = "signed", "Ditetapkan", "Signed", "good"
    REPLACED = "replaced", "Diganti SK baru", "Replaced by a new one", "info"
    DROPPED = "dropped", "Dibatalkan", "Dropped", "bad"


# From which state to which; the database refuses every other way (migrations/0002).
WAYS: dict[DecreeState, tuple[DecreeState, ...]] = {
    DecreeState.DRAFT: (DecreeState.FROZEN, DecreeState.DROPPED),
    DecreeState.FROZEN: (DecreeState.SIGNED, DecreeState.DROPPED),
    DecreeState.SIGNED: (DecreeState.REPLACED,),
    DecreeState.REPLACED: (),
    DecreeState.DROPPED: (),
}
HOLDING = (DecreeState.FROZEN, DecreeState.SIGNED, DecreeState.REPLACED)  # its people are taken
IN_FORCE = (DecreeState.SIGNED, DecreeState.REPLACED)  # its people are covered once it is paid


class Exit(Code):
    """Why somebody leaves the annex (domain 10.5)."""

    MENINGGAL = "meninggal", "Meninggal", "Died", "bad"
    PINDAH = "pindah", "Pindah", "Moved away", "warn"
    JADI_PU = "jadi_pu", "Menjadi PU", "Became a wage earner", "warn"
    JADI_ASN = "jadi_asn", "Menjadi ASN", "Became a civil servant", "warn"
    CACAT_TOTAL = "cacat_total", "Cacat total tetap", "Totally disabled", "warn"
    BUKAN_PEKERJA = "bukan_pekerja", "Tidak lagi bekerja", "No longer works", "warn"
    DESIL_NAIK = "desil_naik", "Desil naik", "Decile rose", "warn"
    JABATAN_BERAKHIR = "jabatan_berakhir", "Masa jabatan berakhir", "Term of office ended", "warn"
    DANA_HABIS = "dana_habis", "Dana habis", "Money spent", "warn"
    MUNDUR = "mundur", "Mundur", "Withdrew", "warn"
    KOREKSI_DATA = "koreksi_data", "Koreksi data", "Correction of data", "warn"
    GANTI_SUMBER = "ganti_sumber", "Pindah ke sumber dana lain", "Handed over to another source", "info"
    DITOLAK_BPJS = "ditolak_bpjs", "Ditolak BPJS", "Rejected by the insurer", "bad"
    TIDAK_DIUSULKAN = "tidak_diusulkan", "Tidak ada dalam daftar baru", "Not in the new list", "warn"


# Money of the district's own budget is spent by a PKS with the insurer; that of a village or a donor is not.
NEEDS_AGREEMENT = frozenset({Source.APBD, Source.APBD_PROVINSI, Source.DBH_SAWIT, Source.DBHCHT})
