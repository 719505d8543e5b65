"""The codes of arrears."""

from __future__ import annotations

from payung.codes import Code


class RungState(Code):
    """What became of a level that a bill has reached."""

    WAITING = "waiting", "Menunggu surat", "Waits for a letter", "warn"
    ISSUED = "issued", "Surat dikirim", "Letter sent", "info"
    SKIPPED = "skipped", "Dilewati dengan alasan", "Skipped with a reason", "bad"
    SETTLED = "settled", "Selesai sebelum surat", "Settled before a letter", "good"


# From which state to which; the database refuses every other way.
WAYS: dict[RungState, tuple[RungState, ...]] = {
    RungState.WAITING: (RungState.ISSUED, RungState.SKIPPED, RungState.SETTLED),
    RungState.SETTLED: (RungState.WAITING,),
    RungState.ISSUED: (),
    RungState.SKIPPED: (),
}


class How(Code):
    """How a payer was spoken to."""

    LETTER = "letter", "Surat", "Letter", "info"
    PHONE = "phone", "Telepon", "Telephone", "neutral"
    VISIT = "visit", "Kunjungan", "Visit", "neutral"
    MEETING = "meeting", "Rapat", "Meeting", "neutral"
