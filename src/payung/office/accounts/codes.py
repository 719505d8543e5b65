"""Wrong codes of the second factor count like wrong passwords: after five the account is locked for a while."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError

from payung.office.desk.words import both


class Counted:
    """A form that asks for a code; each wrong one is counted with the wrong passwords of this user and address."""

    user: Any

    def clean_code(self) -> str:
        """Return the code where it is right; refuse even the right one while the account is locked."""
        request, credentials = context.request, {"username": self.user.username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True  # the page of the lock is shown instead of the form
            raise ValidationError(
                both("Terkunci sebentar: coba lagi nanti.", "Locked for now: try again later.")
            )
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            AxesProxyHandler.user_login_failed(sender=__name__, credentials=credentials, request=request)
            raise
        return code


class Authenticate(Counted, forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class Reauthenticate(Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    """Asked again before the way of signing in is changed."""
