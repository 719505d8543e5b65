"""What letters say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.desk.words import day, say
from payung.office.face import (
    SHOWN_HITS,
    Deed,
    Entry,
    Face,
    Finding,
    Handover,
    Hit,
    Hits,
    Noun,
    Rows,
    Sought,
    Task,
)
from payung.office.guards import standing
from payung.office.letters import (
    actions,
    answer_kinds,
    ddl,
    lists,
    pages,
    queries,
    submission_kinds,
    village_kinds,
    work,
)
from payung.office.letters.kinds import kinds
from payung.office.letters.models import Letter
from payung.office.letters.states import Office
from payung.text import Text

SHORTEST = 3  # signs of a text that letters are searched for
NOUNS = (
    *(
        "village",
        "subdistrict",
        "submission",
        "answer",
        "agreement",
        "line",
        "decree",
        "batch",
        "bill",
        "arrears",
    ),
    *("closing", "case", "change", "child"),
)


def _called(code: str) -> Text | None:
    found = kinds().get(code)
    return found.title if found else None


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.LETTER_ISSUE):
        return
    unmade = Rows(queries.unmade(user.scope(Permission.LETTER_ISSUE), user))
    label = Text("Surat yang gagal dibuat", "Letters that could not be made")
    yield Task(label, unmade, 0, reverse("letterorder_list"))


_guards = standing("letter.guard", ddl.guards)


def _registers() -> Iterable[Finding]:
    """Every register of numbers counts from one without gaps."""
    from django.db.models import Count, F, Max

    counted = Letter.objects.order_by().values("place", "office", "year", "kind")
    for one in counted.annotate(many=Count("pk"), last=Max("serial")).exclude(many=F("last")):
        where = f"{one['kind']} {one['office']} {one['place']} {one['year']}"
        yield Finding(
            "letter.register",
            where,
            Text(
                f"Nomor surat {where} melompat: {one['many']} surat, nomor terakhir {one['last']}.",
                f"The numbers of {where} have gaps: {one['many']} letters, the last number {one['last']}.",
            ),
        )


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    """Make a letter of a village, for the tests of pages."""
    code = world["village"]
    subject = f"village:{code}"
    values = {**village_kinds.counts(code), "note": ""}
    order = actions.issue(
        by=world["by"],
        kind="village_count",
        subject=subject,
        values=values,
        on=timezone.localdate(),
        region_code=code,
        about=code,
    )
    letter = actions.make(order=order)
    assert letter is not None
    return {
        "letter_": letter.pk,
        "letterorder_": order.pk,
        "letter_kind": "village_count",
        "letter_subject": subject,
    }


def _seeks(user: User, sought: Sought) -> Iterable[Hits]:
    """Yield the letters that the list of letters finds by number, code or subject."""
    if not user.may(Permission.LETTER_READ) or len(sought.text) < SHORTEST:
        return
    rows = lists.found(queries.letters(user.scope(Permission.LETTER_READ), user), sought.text)
    letters = list(rows.order_by("-on", "-pk")[: SHOWN_HITS + 1])
    if letters:
        hits = tuple(
            Hit(
                one.number,
                reverse("letter_show", args=[one.pk]),
                f"{say(lists.title_of(one))} · {one.about} · {day(one.on)}",
                lists.standing(one),
            )
            for one in letters[:SHOWN_HITS]
        )
        url = f"{reverse('letter_list')}?{urlencode({'cari': sought.text})}"
        yield Hits(Text("Surat", "Letters"), "list", hits, len(letters) > SHOWN_HITS, url)


FACE = Face(
    handovers=(
        Handover(
            "letter.issue",
            Text(
                "Surat ini mendapat nomor dan kode pemeriksaan, dan isinya tidak berubah lagi.",
                "This letter gets a number and a code to check it by, and does not change any more.",
            ),
            Text(
                "Tidak dapat ditarik kembali: yang keliru diganti surat baru yang menyebut nomornya.",
                "It cannot be taken back: what is wrong is replaced by a new letter that names its number.",
            ),
        ),
    ),
    menu=(Entry(610, "letter_list", Text("Surat", "Letters"), "list", (Permission.LETTER_READ,)),),
    nouns={"letter": Noun(Text("surat", "letter"), "letter_show")},
    deeds={
        "letter.ask": Text("Surat diminta", "Letter asked for"),
        "letter.issue": Text("Surat terbit", "Letter issued"),
        "letter.again": Text("Surat dicoba dibuat lagi", "Letter tried again"),
        "letter.open": Text("Surat dibuka", "Letter opened"),
        "letterhead.write": Deed(
            Text("Kop surat ditulis", "Letterhead written"), {"office": (Text("Kantor", "Office"), Office)}
        ),
    },
    names={
        "kind": (Text("Jenis", "Kind"), _called),
        "about": Text("Tentang", "About"),
        "replaces": Text("Menggantikan", "Replaces"),
        "sha256": Text("Sidik berkas", "Hash of the file"),
        "over": Text("Baris atas", "Line above"),
        "contact": Text("Telepon", "Phone"),
        "city": Text("Tempat", "Place"),
        "signer_title": Text("Jabatan penanda tangan", "Signer's office"),
        "signer_name": Text("Penanda tangan", "Signer"),
        "signer_rank": Text("Pangkat", "Rank"),
        "signer_nip": Text("NIP", "NIP"),
    },
    waits=_waits,
    panels=(lambda request, person: pages.beside("person")(request, person.pk),),
    beside={noun: pages.beside(noun) for noun in NOUNS},
    letters=(*village_kinds.KINDS, *submission_kinds.KINDS, *answer_kinds.KINDS),
    jobs={actions.MAKE: work.make},
    seeks=(_seeks,),
    checks=(_guards, _registers),
    sample=_sample,
)
