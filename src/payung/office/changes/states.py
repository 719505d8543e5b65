"""The kinds of changes, what each needs and when it takes effect (domain 2e)."""

from __future__ import annotations

from dataclasses import dataclass

from payung.codes import Code, Segment
from payung.text import Text


class ChangeState(Code):
    """Where a change is."""

    REPORTED = "reported", "Dilaporkan", "Reported", "warn"
    APPROVED = "approved", "Berlaku", "In effect", "good"
    REFUSED = "refused", "Ditolak", "Refused", "bad"
    WITHDRAWN = "withdrawn", "Ditarik kembali", "Withdrawn", "neutral"


class ChangeKind(Code):
    """What happened to somebody."""

    MENINGGAL = "meninggal", "Meninggal dunia", "Died", "bad", ("wafat", "died", "death")
    PINDAH = "pindah", "Pindah keluar", "Moved away", "warn", ("pindah_keluar", "moved")
    JADI_PU = "jadi_pu", "Menjadi penerima upah", "Became a wage earner", "info", ("pu",)
    JADI_ASN = "jadi_asn", "Menjadi ASN", "Became a civil servant", "info", ("asn",)
    CACAT_TOTAL = "cacat_total", "Cacat total tetap", "Total disability", "bad", ("disability",)
    USIA_65 = "usia_65", "Berusia 65 tahun", "Turned 65", "info", ("65",)
    JABATAN_BERAKHIR = "jabatan_berakhir", "Masa jabatan berakhir", "Term ended", "warn", ("masa_berakhir",)
    MUNDUR = "mundur", "Mengundurkan diri", "Resigned", "warn", ("resigned", "undur_diri")
    BUKAN_PEKERJA = "bukan_pekerja", "Tidak lagi bekerja", "No longer works", "warn", ("tidak_bekerja",)
    KOREKSI = "koreksi", "Data dibetulkan", "Data corrected", "neutral", ("correction", "koreksi_data")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind does.

    Fields
        stops: whether the person is not billed any more from the month after the event.
        segment: the segment that ends; empty: both.
        evidence: what has to be named.
    """

    stops: bool
    segment: str
    evidence: Text


_DEATH = Text("akta atau surat kematian", "death certificate or letter")
_DECREE = Text("SK", "decree")
EFFECTS: dict[ChangeKind, Effect] = {
    ChangeKind.MENINGGAL: Effect(True, "", _DEATH),
    ChangeKind.PINDAH: Effect(True, "", Text("SKPWNI atau data Dukcapil", "letter of moving (SKPWNI)")),
    ChangeKind.JADI_PU: Effect(
        True, Segment.BPU.value, Text("jawaban BPJS atau SK", "the insurer's answer or decree")
    ),
    ChangeKind.JADI_ASN: Effect(True, "", _DECREE),
    ChangeKind.CACAT_TOTAL: Effect(True, "", Text("surat dokter", "doctor's letter")),
    ChangeKind.USIA_65: Effect(False, "", Text("tanggal lahir", "birth date")),
    ChangeKind.JABATAN_BERAKHIR: Effect(True, Segment.PU.value, _DECREE),
    ChangeKind.MUNDUR: Effect(True, "", Text("surat pengunduran diri", "letter of resignation")),
    ChangeKind.BUKAN_PEKERJA: Effect(True, Segment.BPU.value, Text("keterangan RT", "letter of the RT")),
    ChangeKind.KOREKSI: Effect(False, "", Text("dasar pembetulan", "what it rests on")),
}
