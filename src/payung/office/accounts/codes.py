"""Wrong codes, and wrong passwords in an open session, count like those at sign-in: after five there is a lock."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms
from allauth.mfa.totp.internal.auth import TOTP
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError

from payung.office.desk.words import both


def use_up(authenticator: Any, code: str) -> None:
    """Let a code of ``authenticator`` be good for nothing more."""
    TOTP(authenticator)._mark_code_used(code)


def refuse_locked(request: Any, user: Any) -> None:
    """Raise where ``user`` is locked at the address of ``request``, whatever is typed."""
    if not AxesProxyHandler.is_allowed(request, {"username": user.username}):
        request.axes_locked_out = True  # the page of the lock is shown instead of the form
        raise ValidationError(both("Terkunci sebentar: coba lagi nanti.", "Locked for now: try again later."))


def count(request: Any, user: Any) -> None:
    """Count one wrong code or password of ``user``."""
    credentials = {"username": user.username}
    AxesProxyHandler.user_login_failed(sender=__name__, credentials=credentials, request=request)


class ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]
    """A new password; the old one cannot be guessed in a session that somebody left open."""

    def clean_oldpassword(self) -> str:
        """Return the old password where it is right."""
        refuse_locked(context.request, self.user)
        try:
            typed: str = super().clean_oldpassword()
        except ValidationError:
            count(context.request, self.user)
            raise
        return typed


class Counted:
    """A form that asks for a code; each wrong one is counted with the wrong passwords of this user and address."""

    user: Any

    def clean_code(self) -> str:
        """Return the code where it is right; refuse even the right one while the account is locked."""
        refuse_locked(context.request, self.user)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            count(context.request, self.user)
            raise
        return code


class Authenticate(Counted, forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class Reauthenticate(Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    """Asked again before the way of signing in is changed."""
