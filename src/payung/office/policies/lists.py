"""Lists: all policies, and whose state one of them changes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from payung.codes import Category
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.lists import (
    ACCOUNT,
    Column,
    Filter,
    ListPage,
    code_filter,
    field_column,
    region_filter,
)
from payung.office.insight.rules import LEAST, small
from payung.office.policies import queries
from payung.office.policies.models import Effect, Policy
from payung.office.policies.states import PolicyState, Verdict
from payung.office.regions import queries as regions
from payung.people.nik import mask
from payung.text import Text

LINE, FRESH = "dana", "tanpa"


def told_people(policy: Policy) -> Any:
    """Return how many people a policy changes; of few only that they are few."""
    return Text(f"kurang dari {LEAST}", f"fewer than {LEAST}") if small(policy.people) else policy.people


class Policies(ListPage[Policy]):
    """What the district decided, and what waits for a decision."""

    title = Text("Kebijakan daerah", "Policies of the district")
    help = Text(
        "Batas desil, umur, dan aturan yang ditetapkan daerah sendiri, berlaku dari satu bulan. Diusulkan seseorang, "
        "disetujui orang lain.",
        "Limits of decile, age and rules that the district sets itself, from a month on. One proposes, another "
        "approves.",
    )
    empty_title = Text("Belum ada kebijakan", "No policy yet")
    empty_advice = Text(
        "Tanpa kebijakan berlaku hukum dan pengaturan kantor ini.",
        "Without one, the law and the settings of this office hold.",
    )
    template = "policies/list.html"
    columns = (
        Column(
            "mulai",
            Text("Mulai", "From"),
            lambda p: p.from_month,
            ("from_month",),
            link=lambda p: reverse("policy_show", args=[p.pk]),
        ),
        field_column("dasar", Text("Dasar", "Basis"), "basis"),
        Column("desil", Text("Desil", "Decile"), lambda p: p.max_decile or "–", ("max_decile",), phone=False),
        Column("orang", Text("Orang berubah", "People who change"), told_people, kind="number"),
        Column("keadaan", Text("Keadaan", "State"), lambda p: p.state, ("state",)),
        field_column("oleh", Text("Diusulkan", "Proposed by"), "by", phone=False, kind=ACCOUNT),
        field_column("pemutus", Text("Diputuskan", "Decided by"), "decided_by", phone=False, kind=ACCOUNT),
    )
    filters = (code_filter("keadaan", Text("Keadaan", "State"), "state", PolicyState),)
    order = "-mulai"

    def rows(self, request: HttpRequest) -> QuerySet[Policy]:
        """Return the policies that hold where whoever looks reaches."""
        return queries.policies(scope_of(request))

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return whether this person proposes policies."""
        user = user_of(request)
        return {"proposes": bool(queries.district_of(user.scope(Permission.QUOTA_EDIT)))}


def _of_line(rows: QuerySet[Effect], value: str) -> QuerySet[Effect]:
    if value == FRESH:
        return rows.filter(lines="")
    return rows.filter(lines__contains=f"|{value}|") if value.isdecimal() else rows.none()


class Effects(ListPage[Effect]):
    """Whose state a policy changes, by name."""

    title = Text("Siapa yang berubah", "Who changes")
    help = Text(
        "Orang yang keadaannya berubah oleh kebijakan ini, menurut hitungan terakhir.",
        "The people whose state this policy changes, as it was counted last.",
    )
    empty_title = Text("Tidak ada yang berubah", "Nobody changes")
    empty_advice = Text("Di wilayah Anda tidak ada yang berubah.", "In your region nobody changes.")
    template = "policies/people.html"
    export_name = "kebijakan-orang"
    columns = (
        Column(
            "nama",
            Text("Nama", "Name"),
            lambda e: e.person.name,
            ("person__name_key",),
            link=lambda e: reverse("person_show", args=[e.person_id]),
        ),
        Column("nik", Text("NIK", "NIK"), lambda e: mask(e.person.nik or ""), phone=False),
        Column("desa", Text("Desa", "Village"), lambda e: e.place_name or e.village_code, ("village_code",)),
        Column("kategori", Text("Kategori", "Category"), lambda e: e.category, ("category",), phone=False),
        Column("sebelum", Text("Sekarang", "Now"), lambda e: e.before, ("before",), phone=False),
        Column("sesudah", Text("Menjadi", "Becomes"), lambda e: e.after, ("after",)),
    )
    filters = (
        code_filter("sesudah", Text("Menjadi", "Becomes"), "after", Verdict),
        code_filter("kategori", Text("Kategori", "Category"), "category", Category),
        Filter(LINE, Text("Baris dana", "Line of money"), _of_line, choices=lambda request: _lines(request)),
        region_filter("village_code"),
    )
    order = "desa"

    def rows(self, request: HttpRequest) -> QuerySet[Effect]:
        """Return whom the policy changes within the scope."""
        self.policy = get_object_or_404(queries.policies(scope_of(request)), pk=self.kwargs["key"])
        found = queries.effects(self.policy, scope_of(request)).select_related("person")
        return regions.with_place(found, "village_code")

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the policy."""
        return {"policy": self.policy}


def _lines(request: HttpRequest) -> list[tuple[str, str | Text]]:
    assert request.resolver_match is not None
    policy = Policy.objects.filter(pk=request.resolver_match.kwargs["key"]).first()
    scope = user_of(request).scope(Permission.QUOTA_VIEW)
    listed = queries.cost_lines(policy, scope, open_=True) if policy else []
    return [*((str(one.key), one.name) for one in listed), (FRESH, Text("tidak ada", "none"))]
