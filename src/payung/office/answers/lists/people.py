"""The list pages about people: results, submissions on their way, and the people of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category
from payung.office.access.requests import scope_of, user_of
from payung.office.answers import queries
from payung.office.answers.actions import steps
from payung.office.answers.agencies import BPJS, DTSEN, DUKCAPIL, ORIGINS, STAFF, dinas_scope
from payung.office.answers.models import Result
from payung.office.answers.states import DECIDABLE, KINDS, NOT_KNOWN, REFUSED, UNKNOWN, End, kind
from payung.office.desk.lists import (
    Column,
    Filter,
    ListPage,
    choice_filter,
    code_filter,
    field_column,
    region_filter,
)
from payung.office.desk.words import say
from payung.office.people.models import Person
from payung.office.people.queries import name_key
from payung.office.regions import queries as regions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.states import AFTER_ACCEPTANCE, FINISHED, Kind, State
from payung.text import Text

UNMAPPED = "belum_dikenal"  # in addresses: the text has no class yet
UNANSWERED = "belum_dijawab"
STANDS: dict[str, tuple[Text, str]] = {
    **{one.value: (one.text, one.tone) for one in End},
    UNANSWERED: (Text("Belum dijawab", "Not answered for"), "warn"),
    UNMAPPED: (NOT_KNOWN.name, "warn"),
    "lanjut": (Text("Lanjut", "Goes on"), "info"),
}


def _result_choices(_: HttpRequest) -> list[tuple[str, str]]:
    return [*((code, say(one.name)) for code, one in KINDS.items()), (UNMAPPED, say(NOT_KNOWN.name))]


def _code(value: str) -> str:
    return UNKNOWN if value == UNMAPPED else value


class Results(ListPage[Result]):
    """What the agencies said of whom."""

    title = Text("Hasil padan", "Results of matching")
    help = Text(
        "Jawaban terakhir tiap instansi tentang tiap orang. Jawaban lama tetap tersimpan.",
        "The latest answer of every agency about every person. Older answers are kept.",
    )
    empty_title = Text("Belum ada hasil padan", "No results yet")
    empty_advice = Text(
        "Hasil masuk ke sini sesudah dinas mengunggah jawaban Dukcapil, DTSEN, atau BPJS.",
        "Results come here after the agency uploads an answer of Dukcapil, DTSEN or BPJS.",
    )
    template = "answers/sub.html"
    export_name = "hasil-padan"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda r: r.person.name,
            ("person__name_key",),
            template="answers/cell_result_person.html",
        ),
        Column("nik", Text("NIK", "NIK"), lambda r: r.person.masked, phone=False),
        Column("instansi", Text("Instansi", "Agency"), lambda r: r.agency.text, ("agency",)),
        Column(
            "hasil",
            Text("Hasil", "Result"),
            lambda r: say(r.kind.name),
            ("code",),
            template="answers/cell_kind.html",
        ),
        Column("teks", Text("Kata instansi", "The agency's words"), lambda r: r.detail, phone=False),
        field_column("tanggal", Text("Tanggal jawaban", "Answered on"), "answered_on", phone=False),
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda r: r.village_name or r.person.village_code,
            ("person__village_code",),
            phone=False,
        ),
    )
    filters = (
        Filter(
            "instansi",
            Text("Instansi", "Agency"),
            lambda rows, agency: rows.filter(agency=agency),
            choices=lambda _: [(code, say(name)) for code, name in ORIGINS.items()],
        ),
        Filter(
            "hasil",
            Text("Hasil", "Result"),
            lambda rows, code: rows.filter(code=_code(code)),
            choices=_result_choices,
        ),
        choice_filter(
            "perlu",
            Text("Ditolak", "Refused"),
            "betulkan",
            Text("datanya dapat dibetulkan desa", "for what the village can mend"),
            queries.to_mend,
        ),
        region_filter("person__village_code"),
        code_filter("kategori", Text("Kategori", "Category"), "person__standings__category", Category),
        Filter(
            "cari",
            Text("Nama", "Name"),
            lambda rows, text: rows.filter(person__name_key__contains=name_key(text)),
        ),
    )
    order = "-tanggal"

    def rows(self, request: HttpRequest) -> QuerySet[Result]:
        """Return the latest results within the scope."""
        return queries.results(scope_of(request)).filter(latest=True)


class Submissions(ListPage[Submission]):
    """Submissions after acceptance."""

    title = Text("Usulan yang dipadankan", "Submissions being matched")
    help = Text(
        "Usulan yang sudah diterima dinas, dan sampai instansi mana pemadanannya.",
        "Submissions that the agency has accepted, and how far their matching is.",
    )
    empty_title = Text("Belum ada usulan yang diterima", "No accepted submissions yet")
    empty_advice = Text(
        "Usulan sampai di sini sesudah dinas menerimanya.", "A submission comes here after it is accepted."
    )
    empty_action = ("submission_list", Text("Ke usulan", "To submissions"))
    template = "answers/sub.html"
    export_name = "usulan-dipadankan"
    columns = (
        Column(
            "desa",
            Text("Desa", "Village"),
            lambda s: s.village_name or s.village_code,
            ("village_code",),
            template="answers/cell_submission.html",
        ),
        Column("jenis", Text("Daftar", "List"), lambda s: s.kind.text, ("kind",), phone=False),
        field_column("keadaan", Text("Keadaan", "State"), "state", template="submissions/cell_state.html"),
        field_column("orang", Text("Orang", "People"), "people", kind="number"),
        field_column("lolos", Text("Lolos", "Passed"), "passed", kind="number", phone=False),
        field_column("ditolak", Text("Ditolak", "Refused"), "refused", kind="number", phone=False),
    )
    filters = (
        Filter(
            "keadaan",
            Text("Keadaan", "State"),
            lambda rows, state: rows.filter(state=state),
            choices=lambda _: [
                (state, say(State.words()[state])) for state in State.words() if state in AFTER_ACCEPTANCE
            ],
        ),
        code_filter("jenis", Text("Daftar", "List"), "kind", Kind),
        region_filter("village_code"),
    )
    order = "desa"

    def rows(self, request: HttpRequest) -> QuerySet[Submission]:
        """Return the accepted submissions within the scope with their people counted."""
        return queries.submissions(scope_of(request))


def stand_of(verdict: steps.Verdict) -> str:
    """Return the word for how a row stands: a key of :data:`STANDS`."""
    if verdict.refused:
        return REFUSED
    if verdict.waits:
        return UNMAPPED if verdict.unmapped else UNANSWERED
    return "lanjut"


class Stand(NamedTuple):
    """How a row stands (a key of :data:`STANDS`), the class it is refused with, the agency that it waits for."""

    word: str
    code: str = ""
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a submission: what each agency said of the person, how it stands, whether it can be decided here."""

    row: Row
    said: Mapping[str, str]
    stand: Stand
    decide: bool
    doubts: tuple[Text, ...] = ()

    @property
    def state(self) -> tuple[Text, str]:
        """How it stands in words, and the tone."""
        return STANDS[self.stand.word]

    @property
    def why(self) -> Text | None:
        """The class that it is refused with, or the agency that it waits for."""
        return kind(self.stand.code).name if self.stand.code else ORIGINS.get(self.stand.silent)

    @property
    def doubt(self) -> Text | None:
        """Why the rules of enrolment would refuse the person, or that they passed before."""
        if not self.doubts:
            return None
        return Text(" ".join(one.id for one in self.doubts), " ".join(one.en for one in self.doubts))


def _said(agency: str) -> Callable[[Line], Text | None]:
    return lambda line: kind(line.said[agency]).name if agency in line.said else None


class People(ListPage[Row]):
    """The people of one submission with what every agency said."""

    title = Text("Orang dalam usulan", "People of the submission")
    help = Text(
        "Setiap orang dalam usulan ini, apa kata tiap instansi, dan bagaimana akhirnya.",
        "Everybody in this submission, what each agency said, and how it ends.",
    )
    empty_title = Text("Belum ada orang", "Nobody yet")
    empty_advice = Text(
        "Baris usulan masuk register sesudah dinas menerimanya.",
        "The rows enter the register after the agency accepts the submission.",
    )
    template = "answers/people.html"
    export_name = "padan-usulan"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda r: r.row.person.name,
            ("person__name_key",),
            link=lambda r: reverse("person_show", args=[r.row.person_id]),
        ),
        Column("nik", Text("NIK", "NIK"), lambda r: r.row.person.masked, phone=False),
        Column("dukcapil", Text("Dukcapil", "Dukcapil"), _said(DUKCAPIL), phone=False),
        Column("dtsen", Text("DTSEN", "DTSEN"), _said(DTSEN), phone=False),
        Column("pegawai", Text("KK pegawai", "Staff in KK"), _said(STAFF), phone=False),
        Column("bpjs", Text("BPJS", "BPJS"), _said(BPJS), phone=False),
        Column(
            "akhir",
            Text("Keadaan", "State"),
            lambda r: r.state[0],
            template="answers/cell_stand.html",
        ),
        Column("sebab", Text("Sebab", "Why"), lambda r: r.why),
        Column("desil", Text("Desil", "Decile"), lambda r: r.row.person.decile, kind="number", phone=False),
        Column("syarat", Text("Periksa syarat", "Look at the rules"), lambda r: r.doubt),
    )
    filters = (
        Filter(
            "akhir",
            Text("Keadaan", "State"),
            lambda rows, _: rows,  # narrowed in `narrowed`, which knows how each row stands
            choices=lambda _: [(code, say(name)) for code, (name, _) in STANDS.items()],
        ),
        Filter(
            "syarat",
            Text("Syarat", "Rules"),
            lambda rows, _: rows,  # narrowed in `narrowed`
            choices=lambda _: [("periksa", say(Text("perlu diperiksa", "to be looked at")))],
        ),
        Filter(
            "cari",
            Text("Nama", "Name"),
            lambda rows, text: rows.filter(person__name_key__contains=name_key(text)),
        ),
    )
    order = "nama"

    def rows(self, request: HttpRequest) -> QuerySet[Row]:
        """Return the rows of the submission that are in the register; how each stands is judged once for all."""
        self.submission = get_object_or_404(scope_of(request).of(Submission), pk=self.kwargs["key"])
        self.doubts: dict[int, list[Text]] = {}
        self.verdicts: dict[int, Stand] = {}
        self.decides = False
        if self.submission.state not in AFTER_ACCEPTANCE:
            return Row.objects.none()
        self.verdicts = stands(self.submission)
        self.doubts = queries.doubts(self.submission, timezone.localdate())
        scope = dinas_scope(user_of(request))
        self.decides = self.submission.state in queries.WAITS_FOR and bool(
            scope.areas and scope.of(Submission).filter(pk=self.submission.pk).exists()
        )
        people = scope_of(request).of(Person).filter(pk=OuterRef("person"))
        return queries.landed(self.submission).filter(Exists(people)).select_related("person")

    def narrowed(self, request: HttpRequest) -> QuerySet[Row]:
        """Return the rows of the filter."""
        rows = super().narrowed(request)
        if wanted := request.GET.get("akhir", ""):
            rows = rows.filter(pk__in=[key for key, one in self.verdicts.items() if one.word == wanted])
        if request.GET.get("syarat", "") == "periksa":
            rows = rows.filter(pk__in=list(self.doubts))
        return rows

    def shown(self, rows: list[Row]) -> list[Line]:
        """Return every row with what the agencies said, how it stands and why; one query for all."""
        results = Result.objects.filter(person__in=[row.person_id for row in rows], latest=True)
        said: dict[int | None, dict[str, str]] = {}
        for result in results:
            said.setdefault(result.person_id, {})[result.agency] = result.code
        return [
            Line(
                row,
                said.get(row.person_id, {}),
                self.verdicts[row.pk],
                self.decides and self.verdicts[row.pk].code in DECIDABLE,
                tuple(self.doubts.get(row.pk, ())),
            )
            for row in rows
        ]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the submission for the way back, and whose people these are."""
        return {"submission": self.submission, "about": regions.name(self.submission.village_code)}


def stands(submission: Submission) -> dict[int, Stand]:
    """Return row → how it stands."""
    if submission.state == FINISHED:
        ends = submission.outcomes.values_list("row", "end", "code")
        return {key: Stand(end, code) for key, end, code in ends}
    verdicts = steps.judge(submission).verdicts
    return {
        key: Stand(stand_of(one), one.refused, one.agency if one.waits else "")
        for (key, _), one in verdicts.items()
    }
