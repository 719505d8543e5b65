"""What the first pages say of themselves: home and history in the menu, and the deeds of the office as a whole."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.face import Entry, Face
from payung.text import Text

FACE = Face(
    menu=(
        Entry(10, "home", Text("Beranda", "Home"), "home"),
        Entry(80, "history", Text("Riwayat", "History"), "clock", (Permission.LOG_VIEW,)),
    ),
    deeds={
        "office.demonstration": Text("Diisi dengan kabupaten rekaan", "Filled with the invented district"),
        "office.move": Text("Kantor dipindahkan", "Office moved"),
        "office.restore": Text("Kantor dipulihkan dari cadangan", "Office restored from a backup"),
        "records.clear": Text(
            "Catatan lama dihapus menurut masa simpannya", "Old records removed as their time is over"
        ),
        "list.export": Text("Daftar diunduh", "List taken out"),
    },
    names={
        "filter": Text("saringan", "filter"),
        "format": Text("bentuk", "format"),
        "rows": Text("baris", "rows"),
        "people": Text("orang", "people"),
        "text": Text("kata instansi", "the agency's words"),
    },
)
