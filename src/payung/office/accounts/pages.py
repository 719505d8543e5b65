"""Pages about accounts."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from payung.errors import PayungError
from payung.office.access.apart import keep_apart
from payung.office.access.roles import ROLES
from payung.office.accounts import actions, confirmation
from payung.office.accounts.forms import NewGrant, NewUser, Reason
from payung.office.accounts.models import Grant, Proposal, User
from payung.office.accounts.states import Deed, ProposalState
from payung.office.desk.act import Told, act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import language, say
from payung.office.history import queries as history
from payung.office.regions import queries as regions
from payung.text import Text

WAITS = Text(
    "Belum berlaku: menunggu dikuatkan admin lain (Akun, Menunggu admin kedua).",
    "Not in force yet: it waits for another administrator (Accounts, For a second administrator).",
)
DONE = Text("Sudah dilakukan dan dicatat.", "Done and recorded.")
GIVEN = Text("Peran diberikan.", "Role given.")


def new(request: HttpRequest) -> HttpResponse:
    """Make an account; its password is shown once."""
    form = NewUser(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = actions.make_password()
        try:
            user = actions.create_user(by=_by(request), password=password, **form.cleaned_data)
        except PayungError as error:
            form.add_error("username", say(error.message))
        else:
            return render(request, "accounts/password.html", {"account": user, "password": password})
    return render(request, "accounts/new.html", {"form": form})


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One account: its roles, its second factor, and what can be done with it."""
    user = get_object_or_404(User, pk=key)
    form = NewGrant(request.POST or None, initial={"starts": timezone.localdate()})

    def do() -> Proposal | str | None:
        values = form.cleaned_data
        return confirmation.ask(
            by=_by(request), deed=Deed.ROLE, user=user, reason="", values=_as_values(values)
        )

    def told(asked: Proposal | str | None) -> Told:
        return WAITS if isinstance(asked, Proposal) else GIVEN

    here = reverse("account_show", args=[user.pk])
    if done := act(request, do, to=here, form=form, told=told):
        return done
    grants = list(user.grants.all())
    today = timezone.localdate()
    names = regions.names(grant.region_code for grant in grants)
    context = {
        "account": user,
        "form": form,
        "reason": Reason(),
        "grants": [_shown(grant, names, today) for grant in grants],
        "second_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "proposals": list(user.proposals.filter(state=ProposalState.WAITING)),
        "events": history.of_subject(f"user:{user.username}")[:30],
    }
    return render(request, "accounts/show.html", context)


def _as_values(given: dict[str, Any]) -> dict[str, Any]:
    """Return what the form says of a role as a proposal keeps it."""
    return {
        "role": given["role"],
        "region_code": given["region"],
        "starts": given["starts"].isoformat(),
        "ends": given["ends"].isoformat() if given["ends"] else "",
        "acting": given["acting"],
        "letter": given["letter"],
    }


def _shown(grant: Grant, names: dict[str, str], today: Any) -> dict[str, Any]:
    return {
        "grant": grant,
        "role": ROLES[grant.role].name if grant.role in ROLES else Text(grant.role, grant.role),
        "region": names.get(grant.region_code, grant.region_code),
        "over": grant.ends is not None and grant.ends < today,
        "never": grant.ends is not None and grant.ends < grant.starts,
        "later": grant.starts > today,
    }


def change(request: HttpRequest, key: int) -> HttpResponse:
    """Reset the password, take the second factor off, open or close; each with a reason."""
    user = get_object_or_404(User, pk=key)
    form = Reason(request.POST)
    if request.method != "POST" or not form.is_valid():
        messages.error(request, say(Text("Tulis alasannya dahulu.", "Write the reason first.")))
        return redirect("account_show", key=key)
    by, reason, what = _by(request), form.cleaned_data["reason"], request.POST.get("what", "")
    here, passwords = reverse("account_show", args=[key]), list[str]()

    def do() -> Proposal | None:
        done = _do(by, user, what, reason)
        if isinstance(done, str):
            passwords.append(done)
            return None
        return done

    def told(done: Proposal | None) -> Told:
        if isinstance(done, Proposal):
            return "info", WAITS
        return None if passwords else DONE

    answer = act(request, do, to=here, told=told)
    if passwords:
        return render(request, "accounts/password.html", {"account": user, "password": passwords[0]})
    return answer or redirect(here)


def _do(by: str, user: User, what: str, reason: str) -> Proposal | str | None:
    """Do what was asked of an account, or let it wait; return the proposal, or a new password."""
    if what in {"password", "factor", "close"}:
        deed = Deed.member(what)
        if deed == Deed.CLOSE:
            keep_apart(by, earlier={actions.OWNS: user.username})
        return confirmation.ask(by=by, deed=deed, user=user, reason=reason, values={})
    if what == "open":
        actions.set_active(by=by, user=user, active=True, reason=reason)
        return None
    if what.startswith("end-") and (found := key_of(what[4:])) is not None:
        grant = get_object_or_404(Grant.objects.select_related("user"), pk=found, user=user)
        return confirmation.ask(by=by, deed=Deed.END, user=user, reason=reason, values={"grant": grant.pk})
    raise Http404("no such action")


def me(request: HttpRequest) -> HttpResponse:
    """What I am here: my roles, my password, my second factor, my sessions."""
    assert isinstance(request.user, User)
    grants = request.user.grants_now
    names = regions.names(grant.region_code for grant in grants)
    today = timezone.localdate()
    context = {
        "grants": [_shown(grant, names, today) for grant in grants],
        "sessions": Session.objects.filter(
            session_key__in=UserSession.objects.filter(user=request.user).values("session_key"),
            expire_date__gt=timezone.now(),
        ).count(),
        "second_factor": Authenticator.objects.filter(
            user=request.user, type=Authenticator.Type.TOTP
        ).exists(),
    }
    return render(request, "accounts/me.html", context)


def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language, in a cookie and for the account, and go back to the page."""
    chosen = request.POST.get("language", "")
    where = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(where, {request.get_host()}):
        where = "/"
    response = HttpResponseRedirect(where)
    if request.method == "POST" and chosen in {"id", "en"}:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 86400,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        if isinstance(request.user, User) and chosen != language():
            User.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


def _by(request: HttpRequest) -> str:
    return request.user.get_username()
