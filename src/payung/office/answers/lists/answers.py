"""The list pages about what came in: answers and their rows, texts, staff lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.answers import queries
from payung.office.answers.agencies import BPJS, DTSEN, DUKCAPIL, agencies_of, dinas_scope
from payung.office.answers.models import Answer, Line, Phrase, StaffList
from payung.office.answers.papers.sheets import REMEDIES
from payung.office.answers.states import Fate, Fault
from payung.office.desk.lists import ACCOUNT, Column, Filter, ListPage, code_filter, field_column
from payung.office.desk.words import say
from payung.office.people.models import Person
from payung.text import Text


class Answers(ListPage[Answer]):
    """Answer sheets."""

    title = Text("Jawaban instansi", "Answers of agencies")
    help = Text(
        "Lembar jawaban yang sudah masuk. Baris yang orangnya tidak ketemu tetap tercatat.",
        "The answer sheets that came. Rows whose person was not found are kept too.",
    )
    empty_title = Text("Belum ada jawaban", "No answers yet")
    empty_advice = Text(
        "Unggah lembar dari Dukcapil, DTSEN, atau BPJS apa adanya.",
        "Upload the sheet of Dukcapil, DTSEN or BPJS as it is.",
    )
    empty_action = ("answer_upload", Text("Unggah jawaban", "Upload an answer"))
    template = "answers/answers.html"
    export_name = "jawaban-instansi"
    columns = (
        field_column("berkas", Text("Berkas", "File"), "name", template="answers/cell_answer.html"),
        Column("instansi", Text("Instansi", "Agency"), lambda a: a.agency.text, ("agency",)),
        field_column("tanggal", Text("Tanggal", "Day"), "answered_on", phone=False),
        field_column("ketemu", Text("Ketemu", "Found"), "matched", kind="number"),
        field_column("tidak", Text("Tidak dikenal", "Unknown"), "unknown", kind="number", phone=False),
        field_column(
            "rusak", Text("Tidak dapat dipakai", "Unusable"), "unusable", kind="number", phone=False
        ),
        field_column("oleh", Text("Diunggah oleh", "Uploaded by"), "by", phone=False, kind=ACCOUNT),
    )
    filters = (code_filter("instansi", Text("Instansi", "Agency"), "agency", (DUKCAPIL, DTSEN, BPJS)),)
    order = "-tanggal"

    def rows(self, request: HttpRequest) -> QuerySet[Answer]:
        """Return the answers within the scope with their rows counted."""
        return queries.answers(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may upload one."""
        return {"may_upload": bool(agencies_of(user_of(request)))}


@dataclass(frozen=True, slots=True)
class Read:
    """A row of an answer, and whether whoever looks may open its person."""

    line: Line
    opens: bool

    @property
    def masked(self) -> str:
        """Return the number of its person, masked."""
        return self.line.masked


class Lines(ListPage[Line]):
    """The rows of one answer."""

    title = Text("Baris jawaban", "Rows of the answer")
    help = Text(
        "Setiap baris lembar jawaban: siapa orangnya, apa kata instansi, dan apa yang tidak dapat dipakai.",
        "Every row of the sheet: whom it is about, what the agency says, and what cannot be used.",
    )
    empty_title = Text("Belum ada baris", "No rows yet")
    empty_advice = Text("Tunggu sampai berkasnya selesai dibaca.", "Wait until the file has been read.")
    template = "answers/lines.html"
    export_name = "baris-jawaban"
    columns = (
        Column(
            "baris", Text("Baris", "Row"), lambda r: r.line.row, ("sheet", "row"), phone=False, kind="number"
        ),
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda r: r.line.name,
            ("name",),
            link=lambda r: reverse("person_show", args=[r.line.person_id]) if r.opens else "",
        ),
        Column("nik", Text("NIK", "NIK"), lambda r: r.masked, template="people/cell_nik.html", phone=False),
        Column("teks", Text("Kata instansi", "The agency's words"), lambda r: str(r.line.phrase or "")),
        Column(
            "nasib",
            Text("Keadaan", "State"),
            lambda r: r.line.outcome,
            ("outcome",),
        ),
        Column(
            "sebab",
            Text("Sebab", "Why"),
            lambda r: REMEDIES[r.line.fault] if r.line.fault else "",
            ("fault",),
            phone=False,
        ),
    )
    filters = (
        code_filter("nasib", Text("Keadaan", "State"), "outcome", Fate),
        code_filter("sebab", Text("Sebab", "Why"), "fault", Fault),
        Filter("cari", Text("Nama", "Name"), lambda rows, text: rows.filter(name__icontains=text)),
    )
    order = "baris"

    def rows(self, request: HttpRequest) -> QuerySet[Line]:
        """Return the rows of the answer within the scope."""
        self.answer = answer_of(request, self.kwargs["key"])
        self.reach = user_of(request).scope(Permission.PERSON_VIEW)
        return scope_of(request).of(Line).filter(answer=self.answer).select_related("phrase")

    def shown(self, rows: list[Line]) -> list[Read]:
        """Tell of every row whether whoever looks may open its person; one query."""
        people = self.reach.of(Person).filter(pk__in=[row.person_id for row in rows])
        opens = set(people.values_list("pk", flat=True))
        return [Read(row, row.person_id in opens) for row in rows]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the answer for the way back."""
        return {"answer": self.answer, "about": self.answer.name}


def answer_of(request: HttpRequest, key: int) -> Any:
    """Return the answer with this key, with its rows counted, where this page reaches it."""
    found = queries.answers(scope_of(request)).select_related("job").filter(pk=key).first()
    if found is None:
        raise Http404("no such answer within reach")
    return found


class Texts(ListPage[Phrase]):
    """What the agencies write, and what it means."""

    title = Text("Teks jawaban", "Texts of answers")
    help = Text(
        "Kata-kata instansi dan artinya. Yang belum dikenal menunggu Anda; satu pilihan berlaku untuk semua barisnya.",
        "The agencies' words and what they mean. Unknown ones wait for you; one choice holds for all their rows.",
    )
    empty_title = Text("Belum ada teks", "No texts yet")
    empty_advice = Text(
        "Teks muncul sesudah ada jawaban instansi yang dibaca.", "Texts appear after an answer has been read."
    )
    template = "answers/sub.html"
    export_name = "teks-jawaban"
    columns = (
        Column(
            "teks",
            Text("Teks", "Text"),
            lambda p: str(p),
            ("key", "status"),
            template="answers/cell_phrase.html",
        ),
        Column("instansi", Text("Instansi", "Agency"), lambda p: p.agency.text, ("agency",), phone=False),
        field_column("baris", Text("Baris", "Rows"), "many", kind="number"),
        Column(
            "hasil",
            Text("Artinya", "Means"),
            lambda p: say(p.kind.name),
            ("code",),
            template="answers/cell_kind.html",
        ),
        field_column("oleh", Text("Dipetakan oleh", "Mapped by"), "origin", phone=False, kind=ACCOUNT),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, value: rows.filter(Q(code="") if value == "belum" else ~Q(code="")),
            choices=lambda _: [
                ("belum", say(Text("Belum dikenal", "Not known yet"))),
                ("sudah", say(Text("Sudah dipetakan", "Mapped"))),
            ],
        ),
        code_filter("instansi", Text("Instansi", "Agency"), "agency", (DUKCAPIL, DTSEN, BPJS)),
        Filter("cari", Text("Teks", "Text"), lambda rows, text: rows.filter(text__icontains=text)),
    )
    order = "hasil"

    def rows(self, request: HttpRequest) -> QuerySet[Phrase]:
        """Return the texts of the agencies that this person answers for."""
        return queries.phrases(scope_of(request), agencies_of(user_of(request)))


class StaffLists(ListPage[StaffList]):
    """Staff lists of the same-KK rule."""

    title = Text("Daftar pegawai", "Staff lists")
    help = Text(
        "Untuk aturan satu KK: pekerja rentan yang serumah dengan pegawai. NIK dan nama pegawai tidak disimpan.",
        "For the same-KK rule: vulnerable workers who live with staff. NIKs and names of staff are not kept.",
    )
    empty_title = Text("Belum ada daftar pegawai", "No staff lists yet")
    empty_advice = Text(
        "Minta daftar NIK atau nomor KK pegawai kepada BKPSDM, TNI, Polri, BUMN, atau BUMD, lalu unggah.",
        "Ask the staff offices for a list of NIKs or KK numbers and upload it.",
    )
    template = "answers/staff_lists.html"
    export_name = "daftar-pegawai"
    columns = (
        field_column("sumber", Text("Sumber", "Source"), "source"),
        Column("pegawai", Text("Pegawai", "Staff"), lambda s: s.employer.text, ("employer",)),
        field_column("per", Text("Per tanggal", "As of"), "version_on"),
        field_column("baris", Text("Baris", "Rows"), "rows", kind="number", phone=False),
        field_column("rusak", Text("Tanpa nomor", "No number"), "unusable", kind="number", phone=False),
        Column(
            "berlaku",
            Text("Berlaku", "In force"),
            lambda s: say(Text("ya", "yes") if s.current else Text("tidak", "no")),
            ("current",),
            template="answers/cell_staff.html",
        ),
    )
    order = "-per"

    def rows(self, request: HttpRequest) -> QuerySet[StaffList]:
        """Return the lists within the scope."""
        return scope_of(request).of(StaffList).select_related("job")

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Tell whether this person may upload one."""
        return {"may_upload": bool(dinas_scope(user_of(request)).areas)}
