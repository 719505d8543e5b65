"""The addresses of the API, and the page on which people make and end tokens."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from payung.errors import PayungError
from payung.office.access.pages import Rule
from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.access.scope import Area, Scope
from payung.office.accounts.models import User
from payung.office.api import bulks, hooks, once, tokens
from payung.office.api.acts import ACTS, Act, taken
from payung.office.api.document import document
from payung.office.api.forms import NewHook, NewToken
from payung.office.api.models import Hook, Token
from payung.office.api.problems import Problem
from payung.office.api.resources import read, resources
from payung.office.desk.act import act as carry_out
from payung.office.history.actions import Entry, record
from payung.office.insight import papers
from payung.office.insight.figures import FIGURES
from payung.office.insight.pages import asked, counted_for
from payung.text import Text

A_MINUTE = 120  # requests of one token
DAY = 24 * 60 * 60
Answer = Callable[..., HttpResponseBase]


def door(method: str) -> Callable[[Callable[..., HttpResponseBase]], Answer]:
    """Return what lets a request with a token through to an address that takes ``method``; faults become problems."""

    def around(view: Callable[..., HttpResponseBase]) -> Answer:
        def opened(request: HttpRequest, **values: Any) -> HttpResponseBase:
            try:
                token, user = _token(request)
                _limit(token)
                if request.method != method:
                    raise Problem("method")
                request.user = user
                response: HttpResponseBase = view(request, token, **values)
            except Problem as problem:
                response = problem.answer()
            except Http404:
                response = Problem("not-found").answer()
            except PayungError as error:
                response = Problem("refused", error.message).answer()
            return _ended(request, response)

        opened.__name__, opened.__doc__ = view.__name__, view.__doc__
        return csrf_exempt(opened)  # no cookie opens anything here

    return around


def _ended(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response["X-RateLimit-Limit"] = str(A_MINUTE)
    response["Access-Control-Allow-Origin"] = f"{request.scheme}://{request.get_host()}"
    response["Cache-Control"] = "no-store"
    return response


def _token(request: HttpRequest) -> tuple[Token, User]:
    scheme, _, word = request.headers.get("Authorization", "").partition(" ")
    found = tokens.opened(word.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Problem("token")
    return found


def _limit(token: Token) -> None:
    """Count a request; refuse it where there were too many in this minute."""
    now = time.time()
    minute = int(now // 60)
    again = When(minute=minute, then=F("asked") + 1)
    Token.objects.filter(pk=token.pk).update(asked=Case(again, default=Value(1)), minute=minute)
    if Token.objects.values_list("asked", flat=True).get(pk=token.pk) > A_MINUTE:
        raise Problem("limit", retry_after=60 - int(now % 60))


def _reach(request: HttpRequest, rule: Rule) -> None:
    """Set what the rule of a list reaches, as before a page; refuse where it does not open."""
    user = user_of(request)
    if rule.kind != "permission":
        request.scope = Scope(())  # type: ignore[attr-defined]
        return
    found: set[Area] = set()
    for permission in rule.permissions:
        found |= set(user.scope(permission).areas)
    if not found:
        raise Problem("forbidden")
    request.scope = Scope(tuple(sorted(found, key=repr)))  # type: ignore[attr-defined]


@door("GET")
def lists(request: HttpRequest, token: Token, name: str, key: int | None = None) -> JsonResponse:
    """A page of a list."""
    resource = resources().get(name)
    if resource is None or resource.keyed != (key is not None):
        raise Problem("not-found")
    _reach(request, resource.rule)
    found = read(resource, request, key)
    _note(token, user_of(request), name)
    return JsonResponse(found)


def _note(token: Token, user: User, name: str) -> None:
    """Record that a system reads a list: the first time of each day."""
    today = f"{timezone.localdate():%Y-%m-%d}"
    if cache.add(f"api:read:{token.print[:16]}:{name}:{today}", 1, DAY):
        with transaction.atomic():
            record(by=user.username, entries=[Entry("api.read", token.subject, after={"list": name})])


@door("GET")
def figures(request: HttpRequest, token: Token) -> JsonResponse:
    """All figures that the token may see."""
    return JsonResponse({"data": papers.as_json(_counted(request, list(FIGURES)), cuts=False)})


@door("GET")
def figure(request: HttpRequest, token: Token, code: str) -> JsonResponse:
    """One figure with its parts."""
    if code not in FIGURES:
        raise Problem("not-found")
    wanted = [one for one in (code, FIGURES[code].whole) if one]
    counted = _counted(request, wanted)
    if code not in counted:
        raise Problem("forbidden")
    return JsonResponse(next(line for line in papers.as_json(counted) if line["code"] == code))


def _counted(request: HttpRequest, codes: list[str]) -> Any:
    _reach(request, Rule("permission", (Permission.INSIGHT_READ,)))
    given, snapshot = asked(request)
    return counted_for(request, given, snapshot, codes)


@door("POST")
def acts(request: HttpRequest, token: Token, name_: str) -> JsonResponse:
    """Do an act once under its key."""
    act = next(one for one in ACTS if one.name == name_)
    user = user_of(request)
    if not token.writes or not any(user.may(permission) for permission in act.permissions):
        raise Problem("forbidden")
    body = request.body
    key = request.headers.get("Idempotency-Key", "")

    def do() -> dict[str, Any]:
        return act.do(user, taken(act, _json(body)))

    status, answer, before = once.once(token=token, key=key, address=act.path, body=body, do=do)
    response = JsonResponse(answer, status=status)
    if before:
        response["Idempotency-Replayed"] = "true"
    return response


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """What the document does not have is answered as a problem too."""
    try:
        _limit(_token(request)[0])
        raise Problem("not-found")
    except Problem as problem:
        return _ended(request, problem.answer())


def openapi(request: HttpRequest) -> JsonResponse:
    """The document of the API; it names lists and fields, and nothing that is in them."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def address_of(act: Act) -> str:
    """Return the address of an act as the URL table has it."""
    return f"api/v1{act.path}"


@door("GET")
def bulk(request: HttpRequest, token: Token, name: str, key: int | None = None) -> HttpResponseBase:
    """A whole list as one file; how much was taken is recorded."""
    resource = resources().get(name)
    if resource is None or resource.keyed != (key is not None):
        raise Problem("not-found")
    user, kind = user_of(request), request.GET.get("format", "csv")
    if not user.may(Permission.REPORT_EXPORT):
        raise Problem("forbidden")
    if kind not in bulks.KINDS:
        raise Problem(
            "validation", fields={"format": Text("Tulis csv atau parquet.", "Write csv or parquet.")}
        )
    _reach(request, resource.rule)
    file, rows = bulks.whole(resource, request, key, kind)
    with transaction.atomic():
        after = {"rows": rows, "filter": request.GET.urlencode()[:300], "format": kind, "token": token.pk}
        record(by=user.username, entries=[Entry("list.export", f"list:{name}", reason="API", after=after)])
    return FileResponse(file, content_type=bulks.KINDS[kind], filename=f"{name}.{kind}")


def told(request: HttpRequest) -> HttpResponse:
    """Addresses that are told what happens: those there are, making one (its secret is shown once), ending one."""
    user = user_of(request)
    if key := request.POST.get("close", ""):
        hook = Hook.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
        if hook is None:
            raise Http404
        ended = carry_out(request, lambda: hooks.close(by=user.username, hook=hook), to=reverse("api_hooks"))
        return ended or HttpResponse(status=405)
    form = NewHook(request.POST or None)
    word = ""
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            _, word = hooks.make(by=user.username, url=values["url"], nouns=tuple(values["nouns"]))
            form = NewHook()
        except PayungError as error:
            form.add_error(error.at if error.at in form.fields else None, error.read())
    rows = [hooks.shown(hook) for hook in Hook.objects.all()]
    return render(request, "api/hooks.html", {"rows": rows, "form": form, "word": word})


def own(request: HttpRequest) -> HttpResponse:
    """Tokens: one's own, or all for whoever looks after them; making one (its word is shown once), ending one."""
    user = user_of(request)
    may_make, manages = user.may(Permission.API_USE), user.may(Permission.API_MANAGE)
    seen = Token.objects.select_related("user")
    if not manages:
        seen = seen.filter(user=user)
    if key := request.POST.get("close", ""):
        token = seen.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
        if token is None:
            raise Http404
        done = carry_out(
            request, lambda: tokens.close(by=user.username, token=token), to=reverse("api_tokens")
        )
        return done or HttpResponse(status=405)
    form = NewToken(request.POST or None)
    word = ""
    if request.method == "POST" and may_make and form.is_valid():
        try:
            _, word = tokens.make(by=user, **form.cleaned_data)
            form = NewToken()
        except PayungError as error:
            form.add_error(error.at if error.at in form.fields else None, error.read())
    context = {"tokens": list(seen), "form": form, "word": word, "may_make": may_make, "manages": manages}
    return render(request, "api/tokens.html", context)
