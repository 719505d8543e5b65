"""What the policies say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import Deed, Entry, Face, Noun, Rows, Task, Telling
from payung.office.face.declared import Kind
from payung.office.guards import standing
from payung.office.policies import actions, ddl, queries, work
from payung.office.policies.models import Policy
from payung.office.policies.states import PolicyState, Verdict
from payung.text import Text

_SEES = (Permission.QUOTA_VIEW, Permission.QUOTA_DECIDE)
_NAMES: Mapping[str, Text | tuple[Text, Kind]] = {
    "from_month": Text("mulai", "from"),
    "basis": Text("dasar", "basis"),
    "max_decile": Text("desil tertinggi", "highest decile"),
    "rules_off": (Text("aturan yang dimatikan", "rules switched off"), Verdict),
    "youngest": Text("umur dari", "age from"),
    "below": Text("umur di bawah", "age below"),
    "people": (Text("orang berubah", "people who change"), "number"),
    "state": (Text("keadaan", "state"), PolicyState),
}


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.QUOTA_DECIDE):
        return
    rows = queries.policies(user.scope(Permission.QUOTA_DECIDE)).filter(state=PolicyState.WAITING)
    mine = rows.exclude(by=user.username)
    label = Text("Kebijakan yang menunggu persetujuan", "Policies that wait for approval")
    url = f"{reverse('policy_list')}?keadaan={PolicyState.WAITING}"
    late = Q(at__lt=timezone.now() - dt.timedelta(days=7))
    yield Task(label, Rows(mine, late), 0, url)


def _sample(world: Any) -> dict[str, Any]:
    month = months.add(months.month_of(timezone.localdate()), 1)
    content = f"from: {month}\nbasis: Perbup 1 Tahun 2026 pasal 1\nmax_decile: 5\n".encode()
    district = world["village"][:5]
    made = Policy.objects.filter(region_code=district).first() or actions.propose(
        by=world["by"], region_code=district, content=content
    )
    return {"policy_": made.pk}


def _deed(id_: str, en: str) -> Deed:
    return Deed(Text(id_, en), _NAMES)


FACE = Face(
    menu=(Entry(428, "policy_list", Text("Kebijakan daerah", "Policies"), "board", _SEES),),
    nouns={"policy": Noun(Text("kebijakan", "policy"), "policy_show")},
    deeds={
        "policy.propose": _deed("Kebijakan diusulkan", "Policy proposed"),
        "policy.count": _deed("Akibat kebijakan dihitung ulang", "Effect of a policy counted again"),
        "policy.approve": _deed("Kebijakan disetujui", "Policy approved"),
        "policy.refuse": _deed("Kebijakan ditolak", "Policy refused"),
        "policy.withdraw": _deed("Usulan kebijakan ditarik", "Proposal of a policy withdrawn"),
    },
    waits=_waits,
    tells={
        "policy.propose": Telling(
            (Permission.QUOTA_DECIDE,),
            Text(
                "Kebijakan {place} menunggu persetujuan.",
                "A policy of {place} waits for approval.",
            ),
            "policy_show",
        ),
    },
    standards=queries.standing,
    checks=(standing("policies.guard", ddl.guards),),
    sample=_sample,
    jobs={actions.KIND: work.count},
)
