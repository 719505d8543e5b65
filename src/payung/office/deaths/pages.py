"""Pages of deaths: taking a list, one row, and asking to stop the bills of the dead."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.access.scope import Scope
from payung.office.deaths import actions, queries
from payung.office.deaths.actions import Taken
from payung.office.deaths.forms import Decide, Take
from payung.office.deaths.models import Death
from payung.office.deaths.states import Match, Origin
from payung.office.desk.act import act
from payung.office.history.queries import of_subject
from payung.text import Text

MAY = (Permission.ANSWER_EDIT, Permission.CHANGE_EDIT)


def _reach(request: HttpRequest) -> Scope:
    reach = user_of(request).reach(*MAY)
    if reach is None:
        raise PermissionDenied("this role does not take lists of deaths")
    return reach


def new(request: HttpRequest) -> HttpResponse:
    """Take a list of deaths."""
    form = Take(request.POST or None, request.FILES or None, initial={"origin": Origin.REGISTRY.value})
    reach = _reach(request)

    def take() -> Taken:
        file = form.cleaned_data["file"]
        return actions.take(
            by=user_of(request).username,
            name=file.name,
            content=file.read(),
            origin=Origin.member(str(form.cleaned_data["origin"])),
            home=reach.places[0],
            reaches=reach.covers,
        )

    if answer := act(request, take, form=form, to=reverse("death_list"), told=_told):
        return answer
    return render(request, "deaths/new.html", {"form": form})


def _told(done: Taken) -> Text:
    if done.same:
        return Text(
            "Berkas ini sudah dibaca: tidak ada yang berubah.", "This file was read already: nothing changed."
        )
    known = done.rows.get("nik", 0) + done.rows.get("linked", 0)
    doubt, unknown, faulty = (done.rows.get(name, 0) for name in ("doubt", "unknown", "faulty"))
    other = done.rows.get("no_death", 0)
    more = (f", bukan kematian {other}", f", no death {other}") if other else ("", "")
    return Text(
        f"Cocok {known}, perlu dilihat {doubt}, tidak dikenal {unknown}{more[0]}, tidak terbaca {faulty}.",
        f"Matched {known}, to be looked at {doubt}, unknown {unknown}{more[1]}, unreadable {faulty}.",
    )


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One row: whom it means and why, what follows."""
    death = get_object_or_404(queries.deaths(scope_of(request)), pk=key)
    user = user_of(request)
    reach = user.reach(*MAY)
    may = reach is not None and reach.covers(death.village_code)
    form = Decide(request.POST or None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied("this role decides on no death, or not here")
        if answer := act(
            request,
            lambda: actions.decide(
                by=user.username, death=death, same=request.POST.get("do") == "same", **form.cleaned_data
            ),
            form=form,
            to=reverse("death_show", kwargs={"key": key}),
        ):
            return answer
    context = {
        "death": death,
        "why": Text(death.why.get("id", ""), death.why.get("en", "")) if death.why else None,
        "after": queries.after([death], timezone.localdate()).get(death.pk),
        "form": form if may and death.match == Match.DOUBT else None,
        "events": of_subject(f"death:{death.pk}")[:20],
        "may_report": user.may(Permission.CASE_EDIT) or user.may(Permission.CASE_REPORT),
    }
    return render(request, "deaths/show.html", context)


def stop(request: HttpRequest) -> HttpResponse:
    """Report every matched death that nobody reported yet as a change."""
    reach = _reach(request)

    def do() -> tuple[int, list[tuple[Death, Text]]]:
        return actions.stop(by=user_of(request).username, deaths=queries.unreported(reach))

    def told(done: tuple[int, list[tuple[Death, Text]]]) -> Text:
        new_, refused = done
        return Text(
            f"{new_} kematian dilaporkan sebagai mutasi, {len(refused)} ditolak. Orang lain yang menyetujui.",
            f"{new_} deaths reported as changes, {len(refused)} refused. Somebody else approves them.",
        )

    url = reverse("death_list")
    return act(request, do, to=url, told=told) or redirect(url)
