"""The list of letters: the register of what went out."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from payung.codes import Code
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, Filter, ListPage, code_filter, field_column, region_filter
from payung.office.desk.words import say
from payung.office.letters import queries
from payung.office.letters.kinds import kinds
from payung.office.letters.models import Letter, Order
from payung.office.letters.rules import plain
from payung.office.letters.states import Office
from payung.text import Text


class Standing(Code):
    """Whether a letter still counts."""

    CURRENT = "berlaku", "Berlaku", "Current", "good"
    REPLACED = "diganti", "Sudah diganti", "Replaced", "warn"


def standing(letter: Letter) -> Standing:
    """Return whether ``letter`` still counts."""
    return Standing.REPLACED if letter.replaced else Standing.CURRENT


def title_of(letter: Any) -> Text:
    """Return what a letter or an order is called; its code where no app declares the kind any more."""
    found = kinds().get(letter.kind)
    return found.title if found else Text(letter.kind, letter.kind)


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    open_to = set(queries.readable(user_of(request)))
    return [(code, f"{kind.number}. {say(kind.title)}") for code, kind in kinds().items() if code in open_to]


def found(rows: QuerySet[Letter], text: str) -> QuerySet[Letter]:
    """Narrow to the letters whose number or subject holds ``text``, or whose code it is."""
    same = Q(number__icontains=text) | Q(about__icontains=text)
    code = plain(text)
    return rows.filter(same | Q(code=code)) if code else rows.filter(same)


class Letters(ListPage[Letter]):
    """All letters that were issued within the scope."""

    title = Text("Surat", "Letters")
    help = Text(
        "Surat yang sudah terbit, bernomor tanpa lompat. Surat baru dibuat dari halaman yang menjadi pokoknya.",
        "Letters that were issued, numbered without gaps. A new one is made on the page of what it is about.",
    )
    empty_title = Text("Belum ada surat", "No letter yet")
    empty_advice = Text(
        "Buka SK, tagihan, rekonsiliasi, klaim, atau desa, lalu pilih suratnya di sana.",
        "Open a decree, bill, reconciliation, case or village and choose the letter there.",
    )
    columns = (
        Column(
            "nomor",
            Text("Nomor", "Number"),
            lambda row: row.number,
            ("place", "office", "year", "kind", "serial"),
            link=lambda row: reverse("letter_show", args=[row.pk]),
        ),
        Column("jenis", Text("Surat", "Letter"), title_of, ("kind",)),
        field_column("pokok", Text("Tentang", "About"), "about", phone=False),
        field_column("tanggal", Text("Tanggal", "Day"), "on", phone=False),
        Column(
            "kantor", Text("Kantor", "Office"), lambda row: say(row.office.text), ("office",), phone=False
        ),
        Column("keadaan", Text("Keadaan", "State"), standing, phone=False),
    )
    filters = (
        Filter(
            "cari",
            Text("Cari", "Search"),
            found,
            hint=Text("nomor, kode, atau pokok", "number, code or subject"),
        ),
        Filter("jenis", Text("Jenis", "Kind"), lambda rows, value: rows.filter(kind=value), choices=_kinds),
        code_filter("kantor", Text("Kantor", "Office"), "office", Office),
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, value: rows.filter(replaced_by__isnull=value != Standing.REPLACED),
            choices=lambda _: [(one.value, say(one.text)) for one in Standing],
        ),
        region_filter("region_code"),
    )
    order = "-tanggal"
    export_name = "surat"
    template = "letters/list.html"

    def rows(self, request: HttpRequest) -> QuerySet[Letter]:
        """Return the letters within the scope, of kinds that this person reads."""
        return queries.letters(scope_of(request), user_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether this person writes letterheads."""
        return {"heads": user_of(request).may(Permission.LETTER_ISSUE)}

    def may_export(self, request: HttpRequest) -> bool:
        """Tell whether this person may take lists out."""
        return user_of(request).may(Permission.REPORT_EXPORT)


class Unmade(ListPage[Order]):
    """What was asked for and could not be made."""

    title = Text("Surat yang gagal dibuat", "Letters that could not be made")
    help = Text(
        "Pokoknya tidak berubah. Buka halamannya, lalu coba lagi setelah sebabnya diperbaiki.",
        "What they are about did not change. Open its page and try again once the cause is mended.",
    )
    empty_title = Text("Tidak ada", "None")
    empty_advice = Text("Semua surat yang diminta sudah dibuat.", "Every letter that was asked for is made.")
    columns = (
        Column("jenis", Text("Surat", "Letter"), title_of, ("kind",), link=lambda row: address_of(row)),
        field_column("pokok", Text("Tentang", "About"), "about"),
        Column("sebab", Text("Sebab", "Cause"), lambda row: Text(row.fault_id, row.fault_en)),
        field_column("diminta", Text("Diminta", "Asked for"), "at", phone=False),
    )
    order = "-diminta"

    def rows(self, request: HttpRequest) -> QuerySet[Order]:
        """Return the orders within the scope whose letter could not be made."""
        return queries.unmade(scope_of(request), user_of(request))


def address_of(row: Letter | Order) -> str:
    """Return the page of what a letter or an order is about; empty where no app declares the kind any more."""
    kind = kinds().get(row.kind)
    return kind.address(row.subject) if kind else ""
