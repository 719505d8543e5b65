"""What the changes say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.changes import ddl, letter_kinds, pages
from payung.office.changes import endings as ending
from payung.office.changes.endings import SOON, died_on, endings
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.face import Dated, Entry, Face, Handover, Noun, Rows, Task, Telling
from payung.office.guards import standing
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.accounts.models import User


_guards = standing("changes.guard", lambda vendor: [*ddl.guards(vendor), *ddl.of_refresh(vendor)])


def _waits(user: User) -> Iterable[Task]:
    if (reach := user.reach(*pages.MAY)) is not None:
        today = timezone.localdate()
        if many := sum(one.step(today) <= SOON for one in endings(reach, today)):
            label = Text(f"Berakhir dalam {SOON} hari", f"Ends within {SOON} days")
            yield Task(label, many, 0, f"{reverse('change_endings')}?dalam={SOON}")
    if not user.may(Permission.CHANGE_APPROVE):
        return
    open_ = Rows(user.scope(Permission.CHANGE_APPROVE).of(Change).filter(state=ChangeState.REPORTED))
    url = f"{reverse('change_list')}?keadaan={ChangeState.REPORTED}"
    yield Task(Text("Mutasi menunggu keputusan", "Changes wait for a decision"), open_, 0, url)


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    """Make one for the tests of pages."""
    change = Change.objects.create(
        person=world["person"],
        kind=ChangeKind.PINDAH,
        on=dt.date(2026, 9, 1),
        evidence="contoh",
        village_code=world["village"],
        by=world["by"],
    )
    return {"change_": change.pk}


_SEES = (Permission.CHANGE_EDIT, Permission.CHANGE_APPROVE)


def _days(user: User, first: dt.date, last: dt.date) -> Iterable[Dated]:
    """Yield what ends: terms of office, decrees, agreements; by what it is, never by a name."""
    scope = user.reach(Permission.POST_VIEW, Permission.DECREE_VIEW)
    if scope is None:
        return
    for one in ending.between(scope, first, last):
        kind = one.kind.text
        what = Text(
            f"{kind.id} berakhir: {one.thing} ({one.place})", f"{kind.en} ends: {one.thing} ({one.place})"
        )
        yield Dated(one.on, what, one.url, f"{one.kind}:{one.url}")


FACE = Face(
    menu=(
        Entry(550, "change_list", Text("Mutasi", "Changes"), "edit", _SEES),
        Entry(560, "change_endings", Text("Segera berakhir", "Ends soon"), "clock", _SEES),
    ),
    handovers=(
        Handover(
            "change.approve",
            Text(
                "Perubahan {name} berlaku dan dikirim ke BPJS pada kiriman berikut.",
                "The change of {name} takes effect and goes to the insurer with the next batch.",
            ),
            Text(
                "Dapat ditarik kembali dengan alasan; status hidup dibetulkan di halaman orangnya.",
                "It can be taken back with a reason; a life status is mended on the person's page.",
            ),
            {"month": Text("Tidak ditagih lagi mulai {month}.", "Not billed any more from {month}.")},
            back="change.withdraw",
        ),
    ),
    tells={
        "change.report": Telling(
            (Permission.CHANGE_APPROVE,),
            Text("Mutasi di {place} menunggu keputusan.", "A change in {place} waits to be decided."),
            "change_show",
        ),
        "change.refuse": Telling(
            (Permission.CHANGE_EDIT,),
            Text("Laporan mutasi di {place} ditolak.", "The report of a change in {place} was refused."),
            "change_show",
        ),
    },
    days=_days,
    nouns={"change": Noun(Text("mutasi", "change"), "change_show")},
    deeds={
        "change.report": Text("Perubahan dilaporkan", "Change reported"),
        "change.approve": Text("Perubahan berlaku", "Change in effect"),
        "change.refuse": Text("Laporan perubahan ditolak", "Report of a change refused"),
        "change.withdraw": Text("Perubahan ditarik kembali", "Change withdrawn"),
        "change.refresh": Text("Daftar desa dimutakhirkan", "Village went through its list"),
    },
    names={
        "change": (Text("perubahan", "change"), ChangeKind),
        "on": Text("tanggal", "day"),
        "evidence": Text("bukti", "evidence"),
        "quarter": Text("triwulan", "quarter"),
        "stays": (Text("tetap", "stay"), "number"),
        "comes": (Text("masuk", "come"), "number"),
        "leaves": (Text("keluar", "leave"), "number"),
        "stops": Text("tidak ditagih mulai", "not billed from"),
    },
    waits=_waits,
    panels=(pages.panel,),
    died=(died_on,),
    letters=letter_kinds.KINDS,
    checks=(_guards,),
    sample=_sample,
)
