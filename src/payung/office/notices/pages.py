"""Opening a notice, reading all, how one is told, and the calendar at its secret address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from payung.office.access.requests import user_of
from payung.office.desk.act import act
from payung.office.desk.numbers import key_of
from payung.office.desk.words import say
from payung.office.face import faces
from payung.office.history.models import Event
from payung.office.notices import actions, queries
from payung.office.notices.forms import How
from payung.office.notices.models import Channel
from payung.office.notices.papers import calendar as written
from payung.office.notices.rules import address, sentence
from payung.office.regions import queries as regions
from payung.text import Text


def open_notice(request: HttpRequest) -> HttpResponse:
    """Lead to what the notice ``nomor`` is about; it is not new any more. Somebody else's is not there."""
    user = user_of(request)
    notice = get_object_or_404(queries.mine(user), pk=key_of(request.GET.get("nomor", "")))
    if notice.read_at is None:
        actions.read(by=user, keys=[notice.pk])
    return redirect(address(notice.action, notice.subject))


def read_all(request: HttpRequest) -> HttpResponse:
    """Note that everything was read."""
    here = reverse("notice_list")

    def do() -> int:
        return actions.read(by=user_of(request))

    told = Text("Semua ditandai sudah dibuka.", "All are marked as opened.")
    return act(request, do, to=here, told=told) or redirect(here)


def how(request: HttpRequest) -> HttpResponse:
    """By e-mail or not, and the address of the calendar, which is shown once."""
    user = user_of(request)
    channel = Channel.objects.filter(user=user).first() or Channel(user=user, email=user.email)
    what, word = request.POST.get("what", ""), ""
    form = How(
        request.POST if what == "mail" else None, initial={"mails": channel.mails, "email": channel.email}
    )
    here = reverse("notice_how")
    if what == "mail":

        def choose() -> Channel:
            return actions.choose(by=user, **form.cleaned_data)

        if done := act(request, choose, to=here, form=form):
            return done
    elif what == "close":

        def close() -> None:
            actions.close_calendar(by=user)

        told = Text("Alamat kalender tidak berlaku lagi.", "The address of the calendar has ended.")
        if done := act(request, close, to=here, told=told):
            return done
    elif request.method == "POST" and what == "open":
        word = actions.open_calendar(by=user)
        channel = Channel.objects.get(user=user)
    context = {
        "form": form,
        "channel": channel,
        "can_mail": bool(settings.ENVIRONMENT.mail),
        "feed": request.build_absolute_uri(reverse("calendar_feed", args=[word])) if word else "",
    }
    return render(request, "notices/how.html", context)


def feed(request: HttpRequest, calendar: str) -> HttpResponse:
    """The calendar of whoever made this address; nobody signs in here."""
    channel = queries.calendar_of(actions.print_of(calendar))
    if channel is None:
        raise Http404("no calendar stands here")
    today = timezone.localdate()
    base = f"{request.scheme}://{request.get_host()}"
    with translation.override(channel.user.language or "id"):
        content = written(queries.days_of(channel.user, today), base, today)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="payung.ics"'
    return response


def panel(noun: str) -> Any:
    """Return what stands beside a thing called ``noun``: the message that tells whose turn it is."""

    def beside(request: HttpRequest, key: Any) -> tuple[str, dict[str, Any]] | None:
        telling = [action for face in faces() for action in face.tells]
        found = Event.objects.filter(subject=f"{noun}:{key}", action__in=telling).first()
        if found is None:
            return None
        place = regions.names([found.region_code]).get(found.region_code, found.region_code)
        said = sentence(found.action, place)
        assert said is not None
        url = request.build_absolute_uri(address(found.action, found.subject))
        return "notices/panel.html", {"message": f"{say(said)} {url}"}

    return beside
