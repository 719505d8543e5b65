"""What this app says of itself."""

from __future__ import annotations

from payung.office.exchange.states import BatchKind
from payung.office.face import Deed, Face
from payung.text import Text

FACE = Face(
    deeds={
        "batch.make": Text("Kiriman ke BPJS dibuat", "Batch for the insurer made"),
        "batch.send": Text("Kiriman diserahkan ke BPJS", "Batch handed to the insurer"),
        "batch.again": Text("Baris yang ditolak dikirim ulang", "Rejected lines sent again"),
        "batch.answer": Text("Jawaban BPJS dimasukkan", "Answer of the insurer taken in"),
        "batch.reject": Text("Ditolak BPJS", "Rejected by the insurer"),
        "answer.settle": Text("Baris jawaban diselesaikan", "Row of an answer settled"),
        "template.edit": Deed(
            Text("Susunan kolom diubah", "Columns of a layout edited"),
            {"layout": (Text("Susunan", "Layout"), BatchKind), "columns": Text("Kolom", "Columns")},
        ),
    },
    names={
        "accepted": (Text("Diterima", "Accepted"), "number"),
        "rejected": (Text("Ditolak", "Rejected"), "number"),
        "waiting": (Text("Menunggu", "Waiting"), "number"),
    },
)
