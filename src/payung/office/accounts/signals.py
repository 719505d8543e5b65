"""Logins, log-outs and new passwords go into the history."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.helpers import get_cool_off
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from payung.office.accounts import idle
from payung.office.accounts.actions import end_sessions
from payung.office.accounts.codes import use_up
from payung.office.accounts.models import User
from payung.office.history import queries as history
from payung.office.history.actions import BY_ITSELF, Entry, record

LOG = logging.getLogger("payung.accounts")


def connect() -> None:
    """Start listening."""
    user_logged_in.connect(_logged_in, dispatch_uid="history")
    user_logged_out.connect(_logged_out, dispatch_uid="history")
    password_changed.connect(_password_changed, dispatch_uid="history")
    authenticator_added.connect(_second_factor_added, dispatch_uid="history")
    authenticator_removed.connect(_second_factor_removed, dispatch_uid="history")
    user_locked_out.connect(_locked_out, dispatch_uid="history")


def _note(user: User, action: str) -> None:
    with transaction.atomic():
        record(by=user.username, entries=[Entry(action, f"user:{user.username}")])


def _logged_in(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    _note(user, "user.login")
    if (session := getattr(request, "session", None)) is not None:
        idle.begin(session)


def _logged_out(user: User | None, **_: Any) -> None:
    if user is not None:
        _note(user, "user.logout")


def _second_factor_added(
    user: User, authenticator: Authenticator, request: HttpRequest | None = None, **_: Any
) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note(user, "user.recovery_codes")
        return
    _note(user, "user.second_factor_on")
    # A session that began with the password alone ends; the code that put the factor in place is used up.
    code = request.POST.get("code", "") if request is not None else ""
    if authenticator.type == Authenticator.Type.TOTP and code:
        use_up(authenticator, code)
    _end_others(user, request)


def _second_factor_removed(
    user: User, authenticator: Authenticator, request: HttpRequest | None = None, **_: Any
) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # these go with the second factor
        _note(user, "user.second_factor_off")
        _ask_again(user, request)


def _ask_again(user: User, request: HttpRequest | None) -> None:
    """Let this session set up a second factor before it goes on, and end all others of this person."""
    session = getattr(request, "session", None)
    if session is not None:
        session.pop("second_factor_in_place", None)
    _end_others(user, request)


def _end_others(user: User, request: HttpRequest | None) -> None:
    session = getattr(request, "session", None)
    end_sessions(user, keep=session.session_key if session is not None else None)


def _password_changed(user: User, **_: Any) -> None:
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        user.must_change_password = False
        record(by=user.username, entries=[Entry("user.password", f"user:{user.username}")])


def _locked_out(username: str | None, ip_address: str | None = None, **_: Any) -> None:
    """Record a lock once, with its address; of names that nobody has the log is told only.

    Anybody can try any name as often as they like: the history is not theirs to fill.
    """
    name = (username or "")[:50]
    LOG.warning("locked out: %s from %s", name, ip_address)
    user = User.objects.filter(username=name).first()
    if user is None:
        return
    subject = f"user:{name}"
    last = history.last("user.locked_out", subject)
    if last is not None and last.at > timezone.now() - get_cool_off():
        return
    with transaction.atomic():
        record(by=BY_ITSELF, entries=[Entry("user.locked_out", subject, after={"address": ip_address or ""})])
