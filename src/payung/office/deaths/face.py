"""What deaths say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from payung.office.access.permissions import Permission
from payung.office.deaths import queries
from payung.office.deaths.models import Death, DeathList
from payung.office.deaths.states import Match
from payung.office.face import Deed, Entry, Face, Noun, Rows, Task
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.accounts.models import User


def _waits(user: User) -> Iterable[Task]:
    reach = user.reach(Permission.ANSWER_EDIT, Permission.CHANGE_EDIT)
    if reach is None or not user.may(Permission.CASE_VIEW):
        return
    url = reverse("death_list")
    label = Text("Kematian yang perlu dilihat", "Deaths that need a look")
    yield Task(label, Rows(queries.deaths(reach).filter(match=Match.DOUBT)), 0, f"{url}?cocok={Match.DOUBT}")
    label = Text("Kematian yang tagihannya belum dihentikan", "Deaths whose bills still go on")
    yield Task(label, Rows(queries.unreported(reach)), 0, f"{url}?tindak=stop")


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    """Make one for the tests of pages."""
    code = world["village"]
    listed = DeathList.objects.create(sha256=f"contoh {code}", name="contoh.csv", origin="village", by="t")
    death = Death.objects.create(
        listed=listed,
        row=2,
        name="Contoh",
        village_code=code,
        died=dt.date(2026, 9, 1),
        match=Match.NIK,
        person=world["person"],
    )
    return {"death_": death.pk}


FACE = Face(
    menu=(Entry(240, "death_list", Text("Kematian", "Deaths"), "person", (Permission.CASE_VIEW,)),),
    nouns={"death": Noun(Text("kematian", "death"), "death_show")},
    deeds={
        "death.take": Deed(Text("Daftar kematian dibaca", "List of deaths read"), values="number"),
        "death.decide": Text("Baris kematian diputuskan", "Row of a list of deaths decided"),
    },
    names={
        "nik": (Text("NIK cocok", "NIK fits"), "number"),
        "linked": (Text("orang yang sama", "the same person"), "number"),
        "doubt": (Text("perlu dilihat", "to be looked at"), "number"),
        "unknown": (Text("tidak dikenal", "unknown"), "number"),
        "no_death": (Text("bukan kematian", "no death"), "number"),
        "faulty": (Text("tidak terbaca", "unreadable"), "number"),
        "same": Text("orang yang sama", "the same person"),
    },
    died=(queries.day_of,),
    waits=_waits,
    sample=_sample,
)
