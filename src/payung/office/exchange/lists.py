"""The list pages: batches, their lines, what was rejected, and what of the answers waits."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import Column, ListPage, code_filter, field_column, region_filter
from payung.office.exchange import queries
from payung.office.exchange.models import AnswerRow, Batch, BatchLine
from payung.office.exchange.states import BatchKind, BatchState, LineState
from payung.office.regions import queries as regions
from payung.text import Text

SHOWN = 12


def batch_of(request: HttpRequest, key: int) -> Batch:
    """Return the batch ``key`` as this user sees it: one of their places, or one with people in them."""
    found = queries.seen(scope_of(request)).filter(pk=key).first()
    if found is None:
        raise Http404("outside of the scope of this user")
    return found


class Batches(ListPage[Batch]):
    """What went to the insurer, the latest first."""

    title = Text("Kiriman ke BPJS", "Batches for the insurer")
    help = Text(
        "Tiap berkas yang dikirim, dengan jumlah orangnya dan berapa yang sudah dijawab.",
        "Every file that was sent, with its people and how many are answered.",
    )
    empty_title = Text("Belum ada kiriman", "No batches yet")
    empty_advice = Text("Buat kiriman dari SK yang sudah ditetapkan.", "Make one from a signed decree.")
    template = "exchange/batches.html"
    columns = (
        Column(
            "nomor",
            Text("No.", "No."),
            lambda row: f"{row.pk} · {row.file_name}",
            ("pk",),
            link=lambda row: reverse("batch_show", args=[row.pk]),
        ),
        Column("jenis", Text("Jenis", "Kind"), lambda row: row.kind.text, ("kind",), phone=False),
        Column("sk", Text("SK", "Decree"), lambda row: str(row.decree), ("decree__number",), phone=False),
        field_column("keadaan", Text("Keadaan", "State"), "state"),
        field_column("orang", Text("Orang", "People"), "people", kind="number"),
        Column(
            "diterima", Text("Diterima", "Accepted"), lambda row: row.accepted, kind="number", phone=False
        ),
        Column("ditolak", Text("Ditolak", "Rejected"), lambda row: row.rejected, kind="number"),
        Column("menunggu", Text("Menunggu", "Waiting"), lambda row: row.waiting, kind="number", phone=False),
    )
    filters = (
        code_filter("jenis", Text("Jenis", "Kind"), "kind", BatchKind),
        code_filter("keadaan", Text("Keadaan", "State"), "state", BatchState),
        region_filter("region_code"),
    )
    order = "-nomor"

    def rows(self, request: HttpRequest) -> QuerySet[Batch]:
        """Return the batches that concern whoever looks."""
        return queries.counted(queries.seen(scope_of(request)))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether layouts may be edited, and the signed decrees that nobody has sent."""
        scope = user_of(request).scope(Permission.DECREE_EDIT)
        return {
            "may_edit": user_of(request).may(Permission.DECREE_EDIT),
            "unsent": queries.unsent(scope)[:SHOWN],
            "working": queries.being_made(scope),
        }


LINE_COLUMNS = (
    Column("no", Text("No.", "No."), lambda row: row.number, ("batch", "number"), kind="number", phone=False),
    field_column(
        "nama", Text("Nama", "Name"), "name", link=lambda row: reverse("person_show", args=[row.person_id])
    ),
    Column(
        "desa",
        Text("Desa", "Village"),
        lambda row: row.place_name or row.village_code,
        ("village_code",),
        phone=False,
    ),
    field_column("keadaan", Text("Keadaan", "State"), "state"),
    field_column("kode", Text("Alasan", "Reason"), "code", phone=False),
    Column("teks", Text("Kata BPJS", "The insurer's words"), lambda row: row.text),
    Column("kpj", Text("KPJ", "KPJ"), lambda row: row.masked, phone=False),
)


class Lines(ListPage[BatchLine]):
    """The lines of one batch, as far as whoever looks sees its people."""

    title = Text("Baris kiriman", "Lines of the batch")
    help = Text(
        "Tiap orang dengan jawaban BPJS. KPJ tersamar.", "Every person with the answer. KPJs are masked."
    )
    empty_title = Text("Tidak ada baris di sini", "No lines here")
    empty_advice = Text("Hapus saringannya.", "Clear the filter.")
    template = "exchange/lines.html"
    export_name = "baris-kiriman"
    columns = LINE_COLUMNS
    filters = (
        code_filter("keadaan", Text("Keadaan", "State"), "state", LineState),
        region_filter("village_code"),
    )
    order = "no"

    def rows(self, request: HttpRequest) -> QuerySet[BatchLine]:
        """Return the lines of the batch within the scope."""
        rows = scope_of(request).of(BatchLine).filter(batch=batch_of(request, self.kwargs["key"]))
        return regions.with_place(rows, "village_code")

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the batch."""
        batch = batch_of(request, self.kwargs["key"])
        return {"batch": batch, "about": batch}


class Rejected(ListPage[BatchLine]):
    """Whom the insurer rejected and nobody has sent again: work for the village."""

    title = Text("Ditolak BPJS", "Rejected by the insurer")
    help = Text(
        "Betulkan datanya di halaman orang, lalu dinas mengirimnya lagi.",
        "Mend the facts on the person's page; then the agency sends them again.",
    )
    empty_title = Text("Tidak ada yang ditolak", "Nobody is rejected")
    empty_advice = Text("Semua yang dikirim diterima atau menunggu.", "All are accepted or waiting.")
    export_name = "ditolak-bpjs"
    columns = LINE_COLUMNS
    filters = (region_filter("village_code"),)
    order = "nama"

    def rows(self, request: HttpRequest) -> QuerySet[BatchLine]:
        """Return the rejected lines within the scope."""
        return regions.with_place(queries.rejected(scope_of(request)), "village_code")


class Queue(ListPage[AnswerRow]):
    """Rows of answers that found no line or cannot be believed."""

    title = Text("Jawaban yang belum selesai", "Answers to be settled")
    help = Text(
        "Baris jawaban yang tidak menemukan orangnya atau tidak jelas; tidak ada yang hilang.",
        "Rows of answers that found nobody or are not clear; nothing is lost.",
    )
    empty_title = Text("Tidak ada yang menunggu", "Nothing waits")
    empty_advice = Text(
        "Semua baris jawaban menemukan orangnya.", "Every row of the answers found its person."
    )
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda row: row.name or row.record,
            ("name",),
            link=lambda row: reverse("answer_row", args=[row.pk]),
        ),
        Column("nik", Text("NIK", "NIK"), lambda row: row.masked, phone=False),
        field_column("sebab", Text("Sebab", "Why"), "outcome"),
        Column("status", Text("Status", "Status"), lambda row: row.status, phone=False),
        Column("teks", Text("Kata BPJS", "The insurer's words"), lambda row: row.text, phone=False),
        Column("berkas", Text("Berkas", "File"), lambda row: row.answer.name, phone=False),
    )
    order = "nama"

    def rows(self, request: HttpRequest) -> QuerySet[AnswerRow]:
        """Return the rows that wait, of batches within the scope."""
        return queries.waiting(scope_of(request))
