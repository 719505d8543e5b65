"""What a verdict about the history says to a person."""

from __future__ import annotations

from payung.office.history.chain import Verdict
from payung.text import Text

WHY = {
    "changed": Text("isi atau mata rantainya diubah", "it or its link was changed"),
    "missing": Text("catatan hilang atau disisipkan", "an event is missing or was put in"),
    "head": Text("catatan terakhir dipotong", "events were cut off at the end"),
    "seal": Text(
        "catatan terakhir ditulis oleh yang bukan kantor ini", "the last event was not written by this office"
    ),
    "begun": Text(
        "sebelum catatan ini ada yang mengubah akhir rantai",
        "somebody changed the end of the chain before this event",
    ),
    "second": Text("ada dua akhir rantai", "the chain has two ends"),
    "another": Text(
        "berbeda dari mata rantai yang dicatat pada {where}",
        "differs from the link that was noted in {where}",
    ),
    "cut": Text(
        "catatan sesudahnya, yang dicatat pada {where}, tidak ada lagi",
        "later events, noted in {where}, are no more",
    ),
    "empty": Text(
        "riwayat kosong padahal kantor ini dipakai", "the history is empty though the office is in use"
    ),
    "anew": Text(
        "riwayat dimulai baru sesudah kantor ini mulai dipakai ({where})",
        "the history was begun anew after this office came into use ({where})",
    ),
}


def sentence(verdict: Verdict) -> Text:
    """Return what was found, and what to do."""
    if verdict.broken_at is None:
        return Text(
            f"Utuh: {verdict.events} catatan, mata rantai terakhir {verdict.chain}",
            f"Whole: {verdict.events} events, last link {verdict.chain}",
        )
    why = WHY[verdict.why]
    where = verdict.where or "-"
    return Text(
        f"RUSAK pada catatan {verdict.broken_at}: {why.id.format(where=where)}. Simpan salinan basis data ini sebagai "
        "bukti, lalu pulihkan dari cadangan (payung restore).",
        f"BROKEN at event {verdict.broken_at}: {why.en.format(where=where)}. Keep a copy of this database as evidence, "
        "then restore a backup (payung restore).",
    )
