"""Logins, log-outs and new passwords go into the history."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction

from payung.office.accounts.models import User
from payung.office.history.actions import BY_ITSELF, Entry, record


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


def _logged_in(user: User, **_: Any) -> None:
    _note(user, "user.login")


def _logged_out(user: User | None, **_: Any) -> None:
    if user is not None:
        _note(user, "user.logout")


def _second_factor_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note(user, "user.recovery_codes")
    else:
        _note(user, "user.second_factor_on")


def _second_factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # these go with the second factor
        _note(user, "user.second_factor_off")


def _password_changed(user: User, **_: Any) -> None:
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        user.must_change_password = False
        record(by=user.username, entries=[Entry("user.password", f"user:{user.username}")])


def _locked_out(username: str | None, **_: Any) -> None:
    with transaction.atomic():
        record(by=BY_ITSELF, entries=[Entry("user.locked_out", f"user:{(username or '')[:50]}")])
