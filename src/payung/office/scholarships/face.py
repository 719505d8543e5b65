"""What the scholarships say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.cases.models import Case
from payung.office.face import Entry, Face, Noun, Rows, Task
from payung.office.scholarships import letter_kinds, queries
from payung.office.scholarships.models import Child
from payung.office.scholarships.states import Ending, Level
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.CASE_EDIT):
        return
    due = queries.children(user.scope(Permission.CASE_EDIT)).filter(queries.due(timezone.localdate()))
    label = Text("Beasiswa yang belum diajukan tahun ini", "Scholarships not claimed this year")
    yield Task(label, Rows(due), 0, f"{reverse('child_list')}?pada=kita")


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    case = Case.objects.filter(incident__village_code=world["village"]).first()
    if case is None:
        return {}
    child = Child.objects.create(
        case=case, name="Anak", birth_date=dt.date(2015, 1, 1), level=Level.SD, by=world["by"]
    )
    return {"child_": child.pk}


FACE = Face(
    menu=(Entry(230, "child_list", Text("Beasiswa", "Scholarships"), "people", (Permission.CASE_VIEW,)),),
    nouns={"child": Noun(Text("beasiswa anak", "scholarship"), "child_show")},
    deeds={
        "scholarship.add": Text("Anak mendapat beasiswa", "Child given a scholarship"),
        "scholarship.ask": Text("Beasiswa setahun diajukan", "Year of a scholarship claimed"),
        "scholarship.pay": Text("Beasiswa setahun dibayar", "Year of a scholarship paid"),
        "scholarship.end": Text("Beasiswa berakhir", "Scholarship ended"),
    },
    names={
        "sure": Text("menurut catatan kantor", "by what the office knows"),
        "level": (Text("jenjang", "level"), Level),
        "ending": (Text("sebab", "because"), Ending),
        "year": Text("tahun", "year"),
    },
    letters=letter_kinds.KINDS,
    waits=_waits,
    sample=_sample,
)
