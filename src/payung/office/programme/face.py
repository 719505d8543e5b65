"""What this app says of itself."""

from __future__ import annotations

from payung.office.face import Deed, Face
from payung.office.programme.states import AgreementKind, EntryKind
from payung.text import Text

FACE = Face(
    deeds={
        "agreement.add": Deed(
            Text("Perjanjian dicatat", "Agreement recorded"),
            {
                "kind": (Text("Jenis", "Kind"), AgreementKind),
                "on": Text("Mengikuti", "Follows"),
                "quota": (Text("Kuota", "Quota"), "number"),
            },
        ),
        "agreement.file": Text("Berkas perjanjian disimpan", "File of an agreement kept"),
        "line.add": Text("Baris dana dicatat", "Line of money recorded"),
        "money.book": Text("Buku dana", "Money booked"),
        "decree.begin": Text("SK mulai disusun", "Decree begun"),
        "decree.put_in": Text("Orang dimasukkan ke lampiran SK", "People put into the annex"),
        "decree.reserve": Text("Orang dimasukkan ke cadangan", "People put into the reserve"),
        "decree.take_out": Text("Orang dikeluarkan dari draf SK", "People taken out of the draft"),
        "decree.let_go": Text("Orang keluar dengan SK perubahan", "People leave with a follow-up decree"),
        "decree.freeze": Text("Lampiran SK dibekukan", "Annex of the decree frozen"),
        "decree.sign": Deed(
            Text("SK ditetapkan", "Decree signed"), {"on": Text("Tanggal SK", "Day of the decree")}
        ),
        "decree.drop": Text("SK dibatalkan", "Decree dropped"),
    },
    names={
        "entry": (Text("Gerak", "Move"), EntryKind),
        "amount": (Text("Jumlah", "Amount"), "rupiah"),
        "line": Text("Baris dana", "Line"),
        "subject": Text("Untuk", "For"),
        "hash": Text("Sidik lampiran", "Hash of the annex"),
        "masuk": (Text("Masuk", "Coming in"), "number"),
        "keluar": (Text("Keluar", "Leaving"), "number"),
        "tetap": (Text("Tetap", "Staying"), "number"),
    },
)
