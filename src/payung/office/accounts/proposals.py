"""The pages of what waits for a second administrator."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Count, Min, QuerySet
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

    template = "accounts/proposals.html"

    def rows(self, request: HttpRequest) -> QuerySet[Proposal]:
        """Return all proposals with their accounts."""
        return Proposal.objects.select_related("user")

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return the lists whose roles wait together: who proposed them, when, from which list, and how many."""
        waits = waiting().filter(deed=Deed.ROLE).order_by().values("by", "at", "reason")
        lists = waits.annotate(many=Count("pk"), first=Min("pk")).filter(many__gt=1).order_by("at")
        return {"lists": list(lists)}


class Line(NamedTuple):
    """One proposal of a list, and what its place is called."""

    proposal: Proposal
    place: str


class Together(ListPage[Proposal]):
    """The roles that were proposed from one list."""

    title = Text("Peran dari satu daftar", "Roles of one list")
    help = Text(
        "Periksa daftarnya ke yang menyusunnya, lalu kuatkan semuanya sekaligus.",
        "Check the list with whoever made it, then confirm all of it at once.",
    )
    empty_title = Text("Tidak ada yang menunggu", "Nothing waits")
    empty_advice = Text("Usulan dari daftar ini sudah diputuskan.", "The proposals of this list are decided.")
    template = "accounts/together.html"
    columns = (
        Column(
            "akun",
            Text("Akun", "Account"),
            lambda line: line.proposal.user.name,
            ("user__name",),
            link=lambda line: reverse("account_proposal", args=[line.proposal.pk]),
        ),
        Column("peran", Text("Peran", "Role"), lambda line: ROLES[line.proposal.values["role"]].name),
        Column("wilayah", Text("Wilayah", "Region"), lambda line: line.place),
        Column(
            "surat", Text("Surat", "Letter"), lambda line: line.proposal.values.get("letter", ""), phone=False
        ),
        Column(
            "keadaan",
            Text("Keadaan", "State"),
            lambda line: ProposalState.member(line.proposal.state),
            ("state",),
            phone=False,
        ),
    )
    order = "akun"

    def rows(self, request: HttpRequest) -> QuerySet[Proposal]:
        """Return the proposals of the list with their accounts."""
        return confirmation.together(self._one()).select_related("user")

    def shown(self, rows: list[Proposal]) -> list[Line]:
        """Return the proposals with the names of their places."""
        codes = [str(one.values.get("region_code", "")) for one in rows]
        places = regions.names(codes)
        return [Line(one, places.get(code, code)) for one, code in zip(rows, codes, strict=True)]

    def extra(self, request: HttpRequest) -> dict[str, Any]:
        """Return who proposed the list, how many of it wait, and whether this person may confirm them."""
        one, by = self._one(), user_of(request)
        waits = confirmation.together(one).filter(state=ProposalState.WAITING)
        many = waits.exclude(user=by).count()
        return {"one": one, "waits": many, "may_confirm": many and one.by != by.username}

    def _one(self) -> Proposal:
        return get_object_or_404(Proposal, pk=self.kwargs["key"])


def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm or refuse all roles of one list."""
    proposal = get_object_or_404(Proposal, pk=key)
    by, here = user_of(request).username, reverse("account_proposal_together", args=[key])
    refused = request.POST.get("what") == "refuse"

    def do() -> int:
        done = confirmation.refuse_together if refused else confirmation.confirm_together
        return len(done(by=by, proposal=proposal))

    def told(many: int) -> Text:
        if refused:
            return Text(f"{many} peran tidak diberikan.", f"{many} roles are not given.")
        return Text(f"{many} peran dikuatkan dan berlaku.", f"{many} roles are confirmed and hold.")

    return act(request, do, to=here, told=told, back=here) or redirect(here)


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
