"""Pages of decrees: from a list of people to number and date."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.accounts.models import User
from payung.office.desk.act import act, must_cover
from payung.office.desk.words import say, typed
from payung.office.history import queries as history
from payung.office.history.actions import Entry, record
from payung.office.programme import actions, letters, papers
from payung.office.programme.forms import Drop, Freeze, NewDecree, NewFile, Replace, Sign
from payung.office.programme.models import Decree, DecreeFile
from payung.office.programme.queries import annex, cost_by_line, difference, seen
from payung.office.programme.queries.faults import asked_of, faults_of, warnings_of
from payung.office.programme.queries.people import clocks_from, hash_of, waiting_in_reserve
from payung.office.programme.states import IN_FORCE, DecreeState
from payung.office.regions.tree import district_of
from payung.office.submissions.papers.files import opened
from payung.text import Text

SHOWN = 50
NEXT = 5  # of the reserve that are shown


def decree_new(request: HttpRequest) -> HttpResponse:
    """Make a draft of a list of people; a list that replaces a decree's says who leaves."""
    scope, user = scope_of(request), user_of(request)
    standing = seen.decrees(scope).filter(state=DecreeState.SIGNED)
    form = NewDecree(
        request.POST or None,
        request.FILES or None,
        lines=seen.lines(scope),
        decrees=standing,
    )
    told: list[Text] = []

    def draw() -> Decree:
        decree, left_out = drawn(user.username, form.cleaned_data)
        told.append(left_out)
        return decree

    answered = act(
        request,
        draw,
        to=lambda decree: reverse("decree_show", args=[decree.pk]),
        form=form,
        told=lambda _: told[0],
    )
    return answered or render(request, "programme/decree_new.html", {"form": form})


def decree_show(request: HttpRequest, key: int) -> HttpResponse:
    """One decree: its annex in numbers, what is in the way, what it costs, its steps, and what was done."""
    return _shown(request, get_object_or_404(seen.decrees(scope_of(request)), pk=key))


def decree_paper(request: HttpRequest, key: int) -> HttpResponse:
    """The annex as a PDF, to be signed; for whoever sees all of its people."""
    decree = get_object_or_404(seen.decrees(scope_of(request)), pk=key)
    if not _sees_all(user_of(request), decree):
        raise Http404("the whole annex is not for this user")
    check = request.build_absolute_uri(reverse("decree_check"))
    try:
        content = letters.annex_pdf(decree, check=check, on=timezone.localdate())
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("decree_show", key=key)
    with transaction.atomic():
        entry = Entry("decree.paper", decree.subject, letter=decree.number, region_code=decree.region_code)
        record(by=user_of(request).username, entries=[entry])
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="lampiran-sk-{decree.pk}.pdf"'
    return response


def decree_keep(request: HttpRequest, key: int) -> HttpResponse:
    """Keep the signed file of a decree and read its electronic signatures."""
    decree = get_object_or_404(seen.decrees(scope_of(request)), pk=key)
    if request.method != "POST":
        return redirect("decree_show", key=key)
    must_cover(request, decree.region_code)
    form = NewFile(request.POST, request.FILES)

    def keep() -> DecreeFile:
        return actions.keep_signed(
            by=user_of(request).username, decree=decree, file=form.cleaned_data["file"]
        )

    answered = act(request, keep, to=reverse("decree_show", args=[key]), form=form, told=_signed_by)
    return answered or _shown(request, decree, keep=form)


def _signed_by(kept: DecreeFile) -> Text:
    names = ", ".join(one.signer or "?" for one in kept.signed)
    if not names:
        return Text(
            "Berkas disimpan; tidak ada tanda tangan elektronik di dalamnya.",
            "The file is kept; it has no electronic signature.",
        )
    return Text(f"Berkas disimpan; ditandatangani {names}.", f"The file is kept; signed by {names}.")


def decree_file(request: HttpRequest, key: int, signed: int) -> HttpResponse:
    """Hand out a signed file; for whoever sees all people of the decree."""
    decree = get_object_or_404(seen.decrees(scope_of(request)), pk=key)
    kept = get_object_or_404(DecreeFile, pk=signed, decree=decree)
    if not _sees_all(user_of(request), decree):
        raise Http404("the whole decree is not for this user")
    with opened(kept.path) as path:
        response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    with transaction.atomic():
        entry = Entry("decree.paper", decree.subject, letter=decree.number, region_code=decree.region_code)
        record(by=user_of(request).username, entries=[entry])
    response["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return response


def decree_check(request: HttpRequest) -> HttpResponse:
    """Say to anybody whether the annex with this code is the one on file, and nothing else."""
    code = typed(request.GET, "kode", 40)
    return render(
        request, "programme/check.html", {"code": code, "known": letters.on_file(code) if code else None}
    )


def decree_step(request: HttpRequest, key: int) -> HttpResponse:
    """Freeze, sign or drop a decree."""
    user = user_of(request)
    decree = get_object_or_404(seen.decrees(scope_of(request)), pk=key)
    step = request.POST.get("langkah", "")
    if request.method != "POST" or step not in STEPS:
        return redirect("decree_show", key=key)
    form_of, may, do = STEPS[step]
    if not any(user.scope(permission).covers(decree.region_code) for permission in may):
        raise PermissionDenied(f"{step} of decree {key} is not for this user")
    form = form_of(request.POST)
    address = reverse("decree_show", args=[key])
    answered = act(request, lambda: do(user.username, decree, form.cleaned_data), to=address, form=form)
    return answered or _shown(request, decree, **{step: form})


def _freeze(by: str, decree: Decree, values: dict[str, Any]) -> Decree:
    return actions.freeze(by=by, decree=decree, despite=values["despite"])


def _replace(by: str, decree: Decree, values: dict[str, Any]) -> Decree:
    actions.replace_from_reserve(by=by, decree=decree, many=values["many"])
    return decree


def _sign(by: str, decree: Decree, values: dict[str, Any]) -> Decree:
    return actions.sign(by=by, decree=decree, number=values["number"], signed_on=values["signed_on"])


def _drop(by: str, decree: Decree, values: dict[str, Any]) -> Decree:
    return actions.drop(by=by, decree=decree, reason=values["reason"])


Step = tuple[Callable[..., Any], tuple[Permission, ...], Callable[[str, Decree, dict[str, Any]], Decree]]
STEPS: dict[str, Step] = {
    "freeze": (Freeze, (Permission.DECREE_EDIT,), _freeze),
    "replace": (Replace, (Permission.DECREE_EDIT,), _replace),
    "sign": (Sign, (Permission.DECREE_EDIT, Permission.DECREE_DECIDE), _sign),
    "drop": (Drop, (Permission.DECREE_EDIT,), _drop),
}
FROM: dict[DecreeState, tuple[str, ...]] = {
    DecreeState.DRAFT: ("freeze", "replace", "drop"),
    DecreeState.FROZEN: ("sign", "drop"),
}


def _shown(request: HttpRequest, decree: Decree, **forms: Any) -> HttpResponse:
    user = user_of(request)
    changes = difference(decree)
    open_to = {
        step: forms.get(step) or form_of()
        for step, (form_of, may, _) in STEPS.items()
        if step in FROM.get(decree.state, ()) and _may(user, may, decree)
    }
    costs = cost_by_line(changes.comes)
    reach = user.scope(Permission.PERSON_VIEW)
    waiting = list(reach.of(waiting_in_reserve(decree))[:NEXT]) if decree.open else []
    if not waiting:
        open_to.pop("replace", None)
    frozen = decree.state not in (DecreeState.DRAFT, DecreeState.DROPPED)
    context = {
        "decree": decree,
        "counts": changes.counts(),
        "people": annex(decree).count(),
        "reserve": decree.reserve.count(),
        "cost": sum(costs.values()),
        "faults": faults_of(decree) if decree.open else [],
        "warnings": asked_of(decree) if decree.open else warnings_of(decree),
        "intact": hash_of(decree) == decree.hash if frozen else None,
        "forms": open_to,
        "waiting": waiting,
        "clocks": clocks_from(decree.from_month) if decree.open else None,
        "parts": _parts(decree) if user.may(Permission.PERSON_VIEW) else {},
        "paper": frozen and _sees_all(user, decree),
        "followers": decree.followers.all(),
        "files": decree.files.all(),
        "keep": (forms.get("keep") or NewFile())
        if decree.state in IN_FORCE and _may(user, (Permission.DECREE_EDIT,), decree)
        else None,
        "events": history.of_subject(decree.subject)[:SHOWN],
    }
    return render(request, "programme/decree.html", context)


def _sees_all(user: User, decree: Decree) -> bool:
    """Tell whether ``user`` may see every person of the annex: some see some categories only, or one village."""
    rows = annex(decree)
    return user.scope(Permission.PERSON_VIEW).of(rows).count() == rows.count()


def _parts(decree: Decree) -> dict[str, str]:
    """Return the addresses of the annex and its parts, for whoever sees names."""
    address = reverse("decree_people", args=[decree.pk])
    return {"semua": address, **{part: f"{address}?bagian={part}" for part in ("masuk", "keluar", "tetap")}}


def _may(user: User, permissions: tuple[Permission, ...], decree: Decree) -> bool:
    return any(user.scope(permission).covers(decree.region_code) for permission in permissions)


def drawn(by: str, values: dict[str, Any]) -> tuple[Decree, Text]:
    """Make the draft that a filled form asks for; return it with what became of its list."""
    line, first, last = values["line"], values["from_month"], values["until_month"]
    if last < first:
        raise InputError(
            Text("Bulan terakhir mendahului bulan pertama.", "The last month is before the first."),
            at="until_month",
        )
    home = district_of(line.region_code)
    with transaction.atomic():
        listed = _taken(by, values["people"], first, home)
        if values["previous"] is not None:
            decree = actions.follow_up(
                by=by,
                previous=values["previous"],
                candidates=listed.candidates,
                line=line,
                from_month=first,
                until_month=last,
                title=values["title"],
            )
        else:
            decree = actions.begin(
                by=by, line=line, from_month=first, until_month=last, title=values["title"]
            )
            actions.put_in(by=by, decree=decree, candidates=listed.candidates)
        if values["reserve"]:
            waiting = _taken(by, values["reserve"], first, home)
            actions.put_in_reserve(by=by, decree=decree, candidates=waiting.candidates)
    out = "; ".join(f"{one.name}: {one.code}" for one in listed.left_out[:5])
    many, left = len(listed.candidates), len(listed.left_out)
    return decree, Text(
        f"{many} orang masuk daftar, {left} baris tidak dapat dipakai. {out}",
        f"{many} people are in the list, {left} rows cannot be used. {out}",
    )


def _taken(by: str, file: UploadedFile[bytes], from_month: str, district: str) -> papers.Listed:
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / Path(str(file.name)).name
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return papers.take_file(
            by=by,
            path=path,
            source=f"list:{path.name}"[:60],
            from_month=from_month,
            district=district,
            on=timezone.localdate(),
        )
