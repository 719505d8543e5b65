"""What the patterns say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.cases.models import Case
from payung.office.face import Deed, Entry, Face, Noun, Rows, Task
from payung.office.patterns.models import Drawn, Sample
from payung.office.patterns.states import Verdict
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.PATTERN_VIEW):
        return
    samples = user.scope(Permission.PATTERN_VIEW).of(Sample).order_by().values("pk")
    label = Text("Klaim sampel yang belum diperiksa ulang", "Sampled cases not looked at again")
    rows = Rows(Drawn.objects.filter(sample__in=samples, looked_at__isnull=True))
    yield Task(label, rows, 0, reverse("sample_list"))


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    case = Case.objects.filter(incident__village_code=world["village"]).first()
    today = timezone.localdate()
    sample = Sample.objects.create(
        region_code=world["village"][:5],
        seed=f"contoh {world['village']}",
        since=today,
        until=today,
        among=1,
        size=1,
        by=world["by"],
    )
    if case is not None:
        Drawn.objects.create(sample=sample, number=1, case=case)
    return {"sample_": sample.pk}


FACE = Face(
    menu=(
        Entry(
            330,
            "pattern_list",
            Text("Pola klaim", "Patterns in claims"),
            "search",
            (Permission.PATTERN_VIEW,),
        ),
    ),
    nouns={"sample": Noun(Text("sampel", "sample"), "sample_show")},
    deeds={
        "pattern.draw": Text("Sampel klaim diambil", "Sample of cases drawn"),
        "pattern.look": Deed(
            Text("Klaim sampel diperiksa ulang", "Sampled case looked at again"),
            {"verdict": (Text("hasil", "result"), Verdict)},
        ),
    },
    names={
        "seed": Text("benih", "seed"),
        "since": Text("dari", "from"),
        "until": Text("sampai", "until"),
        "size": (Text("klaim", "cases"), "number"),
        "among": (Text("dari semua", "of all"), "number"),
        "number": (Text("nomor urut", "number in the sample"), "number"),
    },
    waits=_waits,
    sample=_sample,
)
