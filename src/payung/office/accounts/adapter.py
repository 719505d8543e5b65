"""How allauth behaves here: nobody signs up by themselves, and the second factor shows the user name."""

from __future__ import annotations

import logging
import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from payung.office.accounts import second_factor
from payung.office.accounts.models import User
from payung.office.desk.who import named
from payung.office.desk.words import both, moment, say
from payung.office.face import deeds
from payung.office.history import queries as history
from payung.text import Text

LOG = logging.getLogger("payung.accounts")
MANY_NAMES = (
    20  # with a wrong password from one address within the time of a lock; an office has fewer people
)
# What somebody is told at the next sign-in where another one did it to their account.
TOLD = ("grant.give", "grant.end", "user.reset", "user.second_factor_off", "user.locked_out", "user.open")
MOST_TOLD = 5
QUIET = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": both(
            "Sandi lama salah: ketik lagi.", "The old password is wrong: type it again."
        ),
        "incorrect_password": both("Sandi salah: ketik lagi.", "The password is wrong: type it again."),
        "too_many_login_attempts": both(
            "Terlalu banyak nama pengguna dicoba dari jaringan ini: coba lagi 15 menit lagi.",
            "Too many user names were tried from this network: try again in 15 minutes.",
        ),
    }

    def is_reauthentication_required(self, *, app: str, **values: Any) -> bool:
        """Do not ask for the password again of whoever signed in within the last minutes."""
        request = context.request
        done = get_authentication_records(request, request.user)
        if done and time.time() - done[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        required: bool = super().is_reauthentication_required(app=app, **values)
        return required

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return ``False``: an account is given, never taken."""
        return False

    def add_message(self, request: Any, level: int, template: str = "", *args: Any, **values: Any) -> None:
        """Say what happened, but not the obvious."""
        if template not in QUIET:
            super().add_message(request, level, template, *args, **values)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an address from which very many user names were tried: one password for all of them is a way too."""
        super().pre_authenticate(request, **credentials)
        address, since = request.META.get("REMOTE_ADDR", ""), timezone.now() - get_cool_off()
        tried = AccessAttempt.objects.filter(ip_address=address or None, attempt_time__gt=since)
        if tried.values("username").distinct().count() >= MANY_NAMES:
            LOG.warning("very many user names were tried from %s", address)
            raise self.validation_error("too_many_login_attempts")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on to the first page: whoever had to choose a password came to do something else."""
        return reverse("home")

    def post_login(self, request: HttpRequest, user: User, **values: Any) -> HttpResponse:
        """Go on in the language that this person chose last; tell what others did to the account meanwhile."""
        response: HttpResponse = super().post_login(request, user, **values)
        for told in _done_by_others(user):
            messages.info(request, told)
        if user.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=365 * 86400,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The authenticator app shows the user name; there are no e-mail addresses here. Its secrets are sealed."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": both(
            "Kode salah: tunggu kode berikutnya, dan periksa jam ponsel Anda (setel otomatis). Kalau "
            "semua orang gagal, "
            "jam server yang salah: beri tahu admin.",
            "Wrong code: wait for the next one, and check the clock of your phone (set it automatically). If everybody "
            "fails, the clock of the server is wrong: tell the administrator.",
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return second_factor.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a kept secret."""
        return second_factor.unseal(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        """Return what stands beside the code in the app."""
        return user.username


def _done_by_others(user: User) -> list[str]:
    """Return what others did to the account of ``user`` since the sign-in before this one."""
    mine = history.of_subject(f"user:{user.username}")
    before = mine.filter(action="user.login").values_list("number", flat=True)[1:2].first()
    if before is None:
        return []
    done = mine.filter(number__gt=before, action__in=TOLD).exclude(actor=user.username)
    return [
        say(
            Text(
                f"{name.id}, oleh {named(event.actor)}: {moment(event.at)}.",
                f"{name.en}, by {named(event.actor)}: {moment(event.at)}.",
            )
        )
        for event in done[:MOST_TOLD]
        if (name := deeds().get(event.action))
    ]


def who_tries(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the user name that somebody tries to sign in with, for the lock; lower-case, empty where none."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).replace("\x00", "").strip().lower()[:60]
