"""What the first pages say of themselves: home and history in the menu, and the deeds of the office as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import Deed, Entry, Face, Figure, Rows
from payung.office.front import machine
from payung.text import Text


def _late(user: User) -> Iterable[Figure]:
    if user.may(Permission.ACCOUNT_MANAGE):
        many = Rows(machine.failed())
        yield Figure(Text("Pekerjaan yang gagal", "Work that failed"), many, reverse("machine"), "bad")


FACE = Face(
    late=_late,
    menu=(
        Entry(10, "home", Text("Beranda", "Home"), "home"),
        Entry(650, "machine", Text("Keadaan kantor", "State"), "warn", (Permission.ACCOUNT_MANAGE,)),
        Entry(620, "history", Text("Riwayat", "History"), "clock", (Permission.LOG_VIEW,)),
    ),
    deeds={
        "office.demonstration_begins": Text("Ditandai sebagai peragaan", "Marked as a demonstration"),
        "office.demonstration_reset": Text("Peragaan dimulai dari awal", "The demonstration began anew"),
        "office.demonstration": Text("Diisi dengan kabupaten rekaan", "Filled with the invented district"),
        "office.move": Text("Kantor dipindahkan", "Office moved"),
        "office.restore": Text("Kantor dipulihkan dari cadangan", "Office restored from a backup"),
        "secret.rotate": Deed(
            Text("Rahasia kantor diganti", "Secret of the office changed"),
            {
                "unknown": (Text("indeks yang dikosongkan", "indexes emptied"), "number"),
                "links": (Text("tautan desa yang ditutup", "links of villages closed"), "number"),
            },
        ),
        "records.clear": Text(
            "Catatan lama dihapus menurut masa simpannya", "Old records removed as their time is over"
        ),
        "job.again": Deed(
            Text("Pekerjaan dimulai lagi", "Work started again"),
            {"work": Text("pekerjaan", "work"), "about": Text("pada", "on")},
        ),
        "file.erase": Deed(
            Text("Berkas yang ditarik dihapus", "Withdrawn file erased"),
            {"size": (Text("besarnya", "size"), "number")},
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
