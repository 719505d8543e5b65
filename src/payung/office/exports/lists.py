"""What somebody asked to be taken out."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from payung.office.access.requests import user_of
from payung.office.desk.lists import Column, ListPage, field_column
from payung.office.exports import queries
from payung.office.exports.models import Export
from payung.text import Text


class Exports(ListPage[Export]):
    """The long lists that this person asked for, those of others never."""

    title = Text("Unduhan", "Exports")
    help = Text(
        "Daftar panjang yang Anda minta. Berkas disimpan tersegel, hanya untuk Anda, lalu dihapus setelah beberapa "
        "hari.",
        "Long lists that you asked for. The files are kept sealed, for you alone, and removed after some days.",
    )
    empty_title = Text("Belum ada unduhan", "No exports yet")
    empty_advice = Text(
        "Daftar yang panjang disiapkan di sini bila Anda menekan Unduh.",
        "Long lists are prepared here when you press Export.",
    )
    columns = (
        Column("daftar", Text("Daftar", "List"), lambda one: Text(one.title_id, one.title_en)),
        Column("bentuk", Text("Bentuk", "Format"), lambda one: one.kind, phone=False),
        Column("alasan", Text("Untuk apa", "What for"), lambda one: one.reason, phone=False),
        field_column("diminta", Text("Diminta", "Asked"), "asked"),
        Column("baris", Text("Baris", "Rows"), lambda one: one.lines or None, kind="number", phone=False),
        Column("berkas", Text("Berkas", "File"), lambda one: one.name, template="exports/state.html"),
    )
    order = "-diminta"
    template = "exports/list.html"

    def rows(self, request: HttpRequest) -> QuerySet[Export]:
        """Return those of this person."""
        return queries.of_person(user_of(request).username)
