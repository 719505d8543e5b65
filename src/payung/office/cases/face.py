"""What the cases say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.cases import actions, ddl, letter_kinds, queries
from payung.office.cases.actions import Told
from payung.office.cases.models import Case
from payung.office.cases.queries.seen import LATE, SOON, late, overdue, to_object
from payung.office.cases.queries.unclaimed import day_of
from payung.office.cases.states import CaseState, Channel, Guarantee, Happening, Refusal, StepKind, Tongue
from payung.office.face import Deed, Entry, Face, Figure, Handover, Noun, Rows, Task, Telling
from payung.office.guards import standing
from payung.office.people.models import Person
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.CASE_EDIT):
        return
    rows = Rows(queries.waiting(user.scope(Permission.CASE_EDIT)), late(timezone.localdate()))
    url = reverse("case_list")
    label = Text("Klaim yang menunggu langkah kita", "Cases that wait for us")
    yield Task(label, rows, 0, f"{url}?pada=kita", f"{url}?pada=lama", LATE)


def _figures(user: User) -> Iterable[Figure]:
    reach = user.reach(Permission.CASE_VIEW, Permission.CASE_COUNT)
    if reach is None:
        return
    found = queries.figures(reach)
    url = reverse("case_list") if user.may(Permission.CASE_VIEW) else ""
    for key, label, where, tone in (
        ("open", Text("Klaim berjalan", "Open cases"), "?pada=terbuka", ""),
        ("insurer", Text("Klaim di BPJS", "Cases with the insurer"), "?pada=bpjs", ""),
        ("unhanded", Text("Dibayar, belum diserahkan", "Paid, not handed over"), "?keadaan=dibayar", "warn"),
        ("refused", Text("Klaim ditolak", "Refused cases"), "?keadaan=ditolak", "bad"),
    ):
        if found[key]:
            yield Figure(label, found[key], url + where if url else "", tone)


def _late(user: User) -> Iterable[Figure]:
    if not user.may(Permission.CASE_VIEW):
        return
    rows = user.scope(Permission.CASE_VIEW).of(Case)
    url, today = reverse("case_list"), timezone.localdate()
    label = Text("Klaim yang BPJS lewat batas bayarnya", "Cases that the insurer should have paid")
    yield Figure(label, Rows(overdue(rows, today)), f"{url}?pada=lewat")
    label = Text(
        f"Penolakan yang batas keberatannya dalam {SOON} hari", f"Refusals to object to within {SOON} days"
    )
    yield Figure(label, Rows(rows.filter(to_object(today))), f"{url}?pada=keberatan")


def _panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    user = request.user
    if not isinstance(user, User) or not user.may(Permission.CASE_VIEW):
        return None
    found = list(
        queries.cases(user.scope(Permission.CASE_VIEW)).filter(incident__person=person).order_by("-pk")
    )
    return ("cases/panel.html", {"cases": found}) if found else None


_guards = standing("cases.guard", ddl.guards)


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    person: Person = world["person"]
    told = Told(
        Happening.ACCIDENT,
        timezone.localdate(),
        person.name,
        "kebun",
        world["village"],
        "Tetangga",
        phone="0812000000",
        person=person,
        channel=Channel.OFFICE,
    )
    made = actions.report(by=world["by"], told=told)
    paper = actions.add_paper(by=world["by"], case=made.cases[0], code="identity-card")
    word = actions.open_link(by=world["by"], village_code=world["village"])
    return {"case_": made.cases[0].pk, "casepaper_": paper.pk, "word": word}


FACE = Face(
    menu=(
        Entry(
            210,
            "case_list",
            Text("Kejadian & klaim", "Events & cases"),
            "shield",
            (Permission.CASE_VIEW,),
        ),
        Entry(
            220,
            "case_report",
            Text("Laporkan kejadian", "Report an event"),
            "warn",
            (Permission.CASE_REPORT,),
        ),
    ),
    handovers=(
        Handover(
            "case.step",
            Text(
                "Langkah ini masuk berkas klaim, menggerakkan tenggatnya, dan terbaca oleh BPJS dan dinas.",
                "This step enters the case, moves its clocks, and is read by insurer and agency.",
            ),
            Text(
                "Tidak dapat ditarik kembali: yang keliru dibetulkan dengan langkah baru beralasan.",
                "It cannot be taken back: what was wrong is put right by a further step with a reason.",
            ),
        ),
    ),
    tells={
        "incident.report": Telling(
            (Permission.CASE_EDIT,),
            Text("Kejadian baru dilaporkan di {place}.", "A new event was reported in {place}."),
            "case_list",
            keyed=False,
        ),
    },
    nouns={"case": Noun(Text("kasus", "case"), "case_show")},
    deeds={
        "incident.report": Text("Kejadian dilaporkan", "Event reported"),
        "incident.join": Text("Laporan lagi untuk kejadian yang sama", "Same event reported again"),
        "incident.correct": Text("Fakta kejadian dibetulkan", "Facts of an event corrected"),
        "case.step": Deed(
            Text("Langkah klaim", "Step of a case"), {"state": (Text("keadaan", "state"), CaseState)}
        ),
        "case.facts": Text("Data perkiraan manfaat diubah", "Facts of the estimate changed"),
        "case.paper": Text("Berkas klaim diterima", "Paper of a case received"),
        "case.paper_seen": Text("Berkas klaim dibuka", "Paper of a case opened"),
        "case.words": Text("Kata untuk keluarga diubah", "Words for families changed"),
        "link.open": Text("Tautan lapor desa dibuat", "Reporting link of a village made"),
        "link.close": Text("Tautan lapor desa ditutup", "Reporting link of a village closed"),
    },
    names={
        "happening": (Text("kejadian", "event"), Happening),
        "channel": (Text("lewat", "through"), Channel),
        "step": (Text("langkah", "step"), StepKind),
        "guarantee": (Text("jaminan", "guarantee"), Guarantee),
        "refusal": (Text("alasan tolak", "refused because"), Refusal),
        "tongue": (Text("bahasa", "language"), Tongue),
        "lines": (Text("kalimat", "sentences"), "number"),
        "late": Text("terlambat", "late"),
        "paper": Text("berkas", "paper"),
        "children": (Text("anak", "children"), "number"),
        "months_off": (Text("bulan tidak bekerja", "months without work"), "number"),
        "place": Text("tempat", "place"),
        "hour": Text("jam", "hour"),
        "story": Text("uraian", "story"),
        "diagnosis": Text("diagnosis", "diagnosis"),
    },
    waits=_waits,
    figures=_figures,
    late=_late,
    sent=(queries.has_incident,),
    died=(day_of,),
    panels=(_panel,),
    letters=letter_kinds.KINDS,
    checks=(_guards,),
    sample=_sample,
)
