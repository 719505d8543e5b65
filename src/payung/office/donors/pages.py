"""Pages of donors for the office, and the one page that a donor sees."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import district_asked, scope_of, user_of
from payung.office.desk.act import act, must_cover, must_reach, values_of
from payung.office.donors import actions, queries
from payung.office.donors.forms import DonorForm, LineForm, LinkForm, PledgeForm, WithdrawForm
from payung.office.donors.models import Donor, DonorAccount, Pledge
from payung.office.history import queries as history
from payung.office.insight.rules import LEAST
from payung.office.letters import actions as letters
from payung.office.letters import papers
from payung.office.programme.models import Line
from payung.office.regions import queries as regions
from payung.office.regions.models import Region
from payung.office.regions.tree import below

SHOWN = 30


def add(request: HttpRequest) -> HttpResponse:
    """Record a donor of the district."""
    home = district_asked(request)
    form = DonorForm(request.POST or None)
    if request.method == "POST":
        must_cover(request, home)
    answered = act(
        request,
        lambda: actions.add(by=user_of(request).username, region_code=home, **values_of(form)),
        to=lambda donor: reverse("donor_show", args=[donor.pk]),
        form=form,
    )
    return answered or render(request, "donors/new.html", {"form": form})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One donor: its pledges, who looks for it, what became of the money."""
    donor = get_object_or_404(queries.donors(scope_of(request)), pk=key)
    user = user_of(request)
    may_edit = user.scope(Permission.QUOTA_EDIT).covers(donor.region_code)
    form = (
        LinkForm(request.POST or None, users=queries.lookers(donor, timezone.localdate()))
        if may_edit
        else None
    )
    if request.method == "POST":
        must_reach(request, Permission.QUOTA_EDIT, donor.region_code)
        assert form is not None
        answered = _account(request, donor, form)
        if answered:
            return answered
    pledges, lines = _whole(donor)
    context = {
        "donor": donor,
        "pledges": pledges,
        "accounts": donor.accounts.select_related("user"),
        "form": form,
        "may_edit": may_edit,
        "events": history.of_subject(donor.subject)[:SHOWN],
        **_told(pledges, lines),
    }
    return render(request, "donors/show.html", context)


def _account(request: HttpRequest, donor: Donor, form: LinkForm) -> HttpResponse | None:
    by = user_of(request).username
    if leaves := request.POST.get("lepas", ""):
        account = next((one for one in donor.accounts.all() if str(one.pk) == leaves), None)

        def unlink() -> None:
            if account is not None:
                actions.unlink(by=by, account=account)

        return act(request, unlink, to=request.path)

    def link() -> DonorAccount:
        return actions.link(by=by, donor=donor, user=form.cleaned_data["user"])

    return act(request, link, to=request.path, form=form)


def pledge_new(request: HttpRequest, key: int) -> HttpResponse:
    """Record what a donor promised."""
    donor = get_object_or_404(queries.donors(scope_of(request)), pk=key)
    places = Region.objects.filter(below(donor.region_code, "code"))
    form = PledgeForm(request.POST or None, places=places)
    answered = act(
        request,
        lambda: actions.pledge(
            by=user_of(request).username, donor=donor, promise=actions.Promise(**values_of(form))
        ),
        to=lambda pledge: reverse("pledge_show", args=[pledge.pk]),
        form=form,
    )
    return answered or render(request, "donors/pledge_new.html", {"donor": donor, "form": form})


def pledge_show(request: HttpRequest, key: int) -> HttpResponse:
    """One pledge: its terms, the lines that were made of it, what became of the money."""
    pledge = get_object_or_404(queries.pledges(scope_of(request)), pk=key)
    return _pledge(request, pledge, None, None)


def pledge_step(request: HttpRequest, key: int) -> HttpResponse:
    """Make a line of money of a pledge, or withdraw it."""
    pledge = get_object_or_404(queries.pledges(scope_of(request)), pk=key)
    by, address = user_of(request).username, reverse("pledge_show", args=[pledge.pk])
    if request.POST.get("langkah") == "tarik":
        leaving = WithdrawForm(request.POST)
        answered = act(
            request,
            lambda: actions.withdraw(by=by, pledge=pledge, **values_of(leaving)),
            to=address,
            form=leaving,
        )
        return answered or (_pledge(request, pledge, None, leaving))
    if request.method != "POST":
        return redirect(address)
    form = LineForm(request.POST)

    def make() -> Line:
        return actions.open_line(by=by, pledge=pledge, **values_of(form))

    answered = act(request, make, to=lambda line: reverse("line_show", args=[line.pk]), form=form)
    return answered or _pledge(request, pledge, form, None)


def _pledge(
    request: HttpRequest, pledge: Pledge, form: LineForm | None, leaving: WithdrawForm | None
) -> HttpResponse:
    may_edit = user_of(request).scope(Permission.QUOTA_EDIT).covers(pledge.donor.region_code)
    lines = queries.lines_of([pledge])[pledge.pk]
    first = {
        "name": f"{pledge.donor.name} {pledge.from_month[:4]}"[:120],
        "amount": pledge.left,
        "from_month": pledge.from_month,
        "until_month": pledge.until_month,
    }
    opens = may_edit and pledge.left > 0
    context = {
        "pledge": pledge,
        "lines": lines,
        "places": list(regions.names(pledge.areas).values()),
        "form": form or (LineForm(initial=first) if opens else None),
        "leaving": leaving
        or (WithdrawForm() if may_edit and not lines and not pledge.withdrawn_at else None),
        "events": history.of_subject(pledge.subject)[:SHOWN],
        **_told([pledge], lines),
    }
    return render(request, "donors/pledge.html", context)


def own(request: HttpRequest) -> HttpResponse:
    """What a donor sees: its own pledges as numbers, and nothing else of the office."""
    donor = queries.donor_of(user_of(request))
    if donor is None:
        return render(request, "donors/own.html", {"donor": None})
    pledges, lines = _whole(donor)
    papers_ = queries.certificates(lines)
    context = {"donor": donor, "pledges": pledges, "certificates": papers_, **_told(pledges, lines)}
    return render(request, "donors/own.html", context)


def certificate(request: HttpRequest, certificate: int) -> HttpResponse:
    """Hand a donor the certificate of one of its own lines."""
    user = user_of(request)
    donor = queries.donor_of(user)
    lines = _whole(donor)[1] if donor else []
    letter = queries.certificates(lines).filter(pk=certificate).first()
    if letter is None:
        raise Http404("no certificate of this donor")
    content = papers.content_of(letter.path)
    letters.note_opened(by=user.username, letter=letter)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="sertifikat-{letter.pk}.pdf"'
    return response


def _whole(donor: Donor) -> tuple[list[Pledge], list[Line]]:
    pledges = list(donor.pledges.all())
    found = queries.lines_of(pledges)
    return pledges, [line for one in pledges for line in found[one.pk]]


def _told(pledges: list[Pledge], lines: list[Line]) -> dict[str, Any]:
    """Return what became of the money, with the names of its villages."""
    outcome = queries.outcome(pledges, lines, timezone.localdate())
    return {
        "outcome": outcome,
        "names": regions.names(row.key for row in outcome.by_village),
        "least": LEAST,
    }
