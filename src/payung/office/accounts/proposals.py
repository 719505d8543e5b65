"""The pages of what waits for a second administrator."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from payung.office.access.requests import user_of
from payung.office.access.roles import ROLES
from payung.office.accounts import confirmation
from payung.office.accounts.models import Proposal
from payung.office.accounts.states import Deed, ProposalState
from payung.office.desk.act import act
from payung.office.desk.lists import Column, ListPage, code_filter, field_column
from payung.office.desk.words import say
from payung.office.regions import queries as regions
from payung.text import Text

DONE = Text("Dikuatkan dan dilakukan.", "Confirmed and done.")
WITHDRAWN = Text("Tidak dilakukan.", "It is not done.")


def waiting() -> QuerySet[Proposal]:
    """Return what still waits."""
    return Proposal.objects.filter(state=ProposalState.WAITING)


class Proposals(ListPage[Proposal]):
    """What administrators asked of accounts."""

    title = Text("Menunggu admin kedua", "For a second administrator")
    help = Text(
        "Peran yang melihat nama, sandi baru, dan pelepasan kode kedua baru berlaku bila admin lain menguatkannya.",
        "Roles that see names, new passwords and removed second factors hold once another administrator confirms.",
    )
    empty_title = Text("Tidak ada yang menunggu", "Nothing waits")
    empty_advice = Text(
        "Usulan muncul di sini ketika seorang admin memberi peran atau sandi baru.",
        "Proposals appear here when an administrator gives a role or a new password.",
    )
    columns = (
        Column(
            "apa",
            Text("Usulan", "Proposal"),
            lambda p: say(Deed.member(p.deed).text),
            link=lambda p: reverse("account_proposal", args=[p.pk]),
        ),
        field_column("akun", Text("Akun", "Account"), "user__name"),
        field_column("oleh", Text("Diusulkan", "Proposed by"), "by"),
        field_column("waktu", Text("Waktu", "When"), "at", phone=False),
        Column("keadaan", Text("Keadaan", "State"), lambda p: ProposalState.member(p.state), ("state",)),
    )
    filters = (code_filter("keadaan", Text("Keadaan", "State"), "state", ProposalState),)
    order = "-waktu"

    def rows(self, request: HttpRequest) -> QuerySet[Proposal]:
        """Return all proposals with their accounts."""
        return Proposal.objects.select_related("user")


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One proposal, and the decision on it; a new password is shown once, to whoever confirms."""
    proposal = get_object_or_404(Proposal.objects.select_related("user"), pk=key)
    by, here = user_of(request).username, reverse("account_proposal", args=[key])
    if request.POST.get("what") == "refuse":
        answer = act(
            request, lambda: confirmation.refuse(by=by, proposal=proposal), to=here, told=WITHDRAWN, back=here
        )
        return answer or redirect(here)
    if request.method == "POST":
        password: list[str] = []

        def confirm() -> None:
            if made := confirmation.confirm(by=by, proposal=proposal):
                password.append(made)

        to = reverse("account_show", args=[proposal.user_id])
        answer = act(request, confirm, to=to, told=lambda _: None if password else DONE, back=here)
        if password:
            return render(
                request, "accounts/password.html", {"account": proposal.user, "password": password[0]}
            )
        return answer or redirect(here)
    return render(request, "accounts/proposal.html", _shown(proposal, by))


def _day(written: Any) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _shown(proposal: Proposal, by: str) -> dict[str, Any]:
    values: dict[str, Any] = proposal.values
    role = ROLES.get(str(values.get("role", "")))
    region = str(values.get("region_code", ""))
    waits = proposal.state == ProposalState.WAITING and not proposal.lapsed
    return {
        "proposal": proposal,
        "deed": Deed.member(proposal.deed).text,
        "state": ProposalState.member(proposal.state),
        "role": role.name if role else None,
        "region": regions.names([region]).get(region, region) if region else "",
        "letter": values.get("letter", ""),
        **{name: _day(values.get(name)) for name in ("starts", "ends")},
        "waits": waits,
        "may_confirm": waits and by not in {proposal.by, proposal.user.username},
    }
