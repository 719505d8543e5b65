"""Before each page: the language that the person chose, and the rule of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from payung.office.access.pages import Rule
from payung.office.access.requests import page_before
from payung.office.access.scope import joined
from payung.office.accounts import idle
from payung.office.accounts.models import User
from payung.office.desk.words import say
from payung.text import Text

NOT_SAVED = Text(
    "Anda sudah keluar (sesi berakhir), jadi isian terakhir belum tersimpan. Masuk, lalu kirim lagi.",
    "You were signed out (the session ended), so the last entries were not saved. Sign in and send again.",
)
IDLED = Text(
    "Anda sudah keluar karena lama tidak ada kegiatan. Masuk lagi untuk melanjutkan.",
    "You were signed out because nothing was done for a while. Sign in again to go on.",
)
SECOND_FACTOR_SEEN = "second_factor_in_place"


class SignedIn(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page; whoever was signed in when they began to type is told what became of it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Lead to the sign-in page and back again."""
        if request.method == "POST":
            messages.error(request, say(NOT_SAVED))
            return redirect_to_login(page_before(request, request.path))
        return super().handle_no_permission(request, view_func)


def _after_idling(request: HttpRequest) -> HttpResponse:
    """Sign out whoever did nothing for too long, and lead back to where they were."""
    sent = request.method == "POST"
    where = page_before(request, request.path) if sent else request.get_full_path()
    logout(request)
    messages.error(request, say(NOT_SAVED if sent else IDLED))
    return redirect_to_login(where)


class ChosenLanguage:
    """Indonesian, unless the person chose English; what the browser prefers is not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in {"id", "en"} else "id"
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class RulesOfPages:
    """Opens a page only where its rule allows it; sets ``request.scope`` to what the rule reaches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, send elsewhere first, or (``None``) let the page open."""
        rule: Rule | None = getattr(view, "rule", None)
        if rule is None:
            raise PermissionDenied("this page has no rule")
        if rule.kind in ("public", "token"):
            return None
        user = request.user
        if not isinstance(user, User):
            raise PermissionDenied("not signed in")
        if idle.is_over(request.session, user, by_itself="HX-Request" in request.headers):
            return _after_idling(request)
        if not rule.early and (elsewhere := self._first(request, user)):
            return redirect(elsewhere)
        if rule.kind == "permission":
            if not any(user.may(permission) for permission in rule.permissions):
                raise PermissionDenied("no role of this user may open this page")
            request.scope = joined(user, rule.permissions)  # type: ignore[attr-defined]
        return None

    @staticmethod
    def _first(request: HttpRequest, user: User) -> str | None:
        """Return the page that must be done first: a new password, then the second factor."""
        if user.must_change_password:
            return "account_change_password"
        if (
            settings.SECOND_FACTOR_REQUIRED
            and user.needs_second_factor
            and not request.session.get(SECOND_FACTOR_SEEN)
        ):
            if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
                return "mfa_activate_totp"
            request.session[SECOND_FACTOR_SEEN] = True
        return None
