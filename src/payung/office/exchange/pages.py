"""Pages of batches and answers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.act import act, must_cover
from payung.office.exchange import actions, layouts, queries
from payung.office.exchange.actions import decisions, replacements
from payung.office.exchange.actions.answers import Taken, take_answer
from payung.office.exchange.forms import NOBODY, Again, Columns, Decide, NewAnswer, Sent
from payung.office.exchange.lists import batch_of
from payung.office.exchange.models import Batch
from payung.office.exchange.states import BatchKind, BatchState, LineState
from payung.office.history import queries as history
from payung.office.history.actions import Entry, record
from payung.office.programme.queries import seen
from payung.office.programme.states import IN_FORCE
from payung.office.submissions.papers.files import opened
from payung.text import Text

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50


def enrol(request: HttpRequest, key: int) -> HttpResponse:
    """Make the batches of a signed decree."""
    decree = get_object_or_404(seen.decrees(scope_of(request)), pk=key)
    back = reverse("decree_show", args=[key])
    if request.method != "POST":
        return redirect(back)
    must_cover(request, decree.region_code)
    if decree.state in IN_FORCE and decree.people.count() > actions.MANY:
        asked = act(
            request,
            lambda: actions.ask_to_enrol(by=user_of(request).username, decree=decree),
            to=reverse("batch_list"),
            told=Text("Kiriman dibuat di latar belakang.", "The batches are made in the background."),
            back=back,
        )
        return asked or redirect(back)
    answered = act(
        request,
        lambda: actions.enrol(by=user_of(request).username, decree=decree),
        to=lambda made: reverse("batch_show", args=[made[0].pk]) if len(made) == 1 else reverse("batch_list"),
        told=lambda made: Text(f"{len(made)} kiriman siap.", f"{len(made)} batches are ready."),
        back=back,
    )
    return answered or redirect(back)


def of_decree(request: HttpRequest, key: int) -> tuple[str, dict[str, Any]] | None:
    """Return the batches of a decree in force, or what makes them, for the page of the decree."""
    scope = scope_of(request)
    decree = seen.decrees(scope).filter(pk=key, state__in=IN_FORCE).first()
    if decree is None:
        return None
    values = {
        "key": key,
        "batches": list(queries.seen(scope).filter(decree=decree).order_by("pk")[:SHOWN]),
        "making": any(one == decree for one, _ in queries.being_made(scope)),
        "may_edit": user_of(request).scope(Permission.DECREE_EDIT).covers(decree.region_code),
    }
    return "exchange/of_decree.html", values


def batch_show(request: HttpRequest, key: int) -> HttpResponse:
    """One batch: its totals, its lines by state, its file, its answers, and what was done."""
    batch = batch_of(request, key)
    may_edit = user_of(request).scope(Permission.DECREE_EDIT).covers(batch.region_code)
    return _shown(request, batch, NewAnswer() if may_edit else None)


def batch_answer(request: HttpRequest, key: int) -> HttpResponse:
    """Take in an answer of the insurer."""
    batch = batch_of(request, key)
    if request.method != "POST":
        return redirect("batch_show", key=key)
    must_cover(request, batch.region_code)
    form = NewAnswer(request.POST, request.FILES)

    def take() -> Taken:
        file = form.cleaned_data["file"]
        name = str(file.name).replace("/", "_").replace("\\", "_")[:120]
        return take_answer(by=user_of(request).username, batch=batch, name=name, content=file.read())

    answered = act(request, take, to=reverse("batch_show", args=[key]), form=form, told=_told)
    return answered or _shown(request, batch, form)


def batch_send(request: HttpRequest, key: int) -> HttpResponse:
    """Record that the file was handed over, or send the rejected lines again."""
    batch = batch_of(request, key)
    address = reverse("batch_show", args=[key])
    if request.method != "POST":
        return redirect(address)
    must_cover(request, batch.region_code)
    by = user_of(request).username
    if "reason" in request.POST:
        again = Again(request.POST)
        keys = list(queries.rejected_of(batch).values_list("pk", flat=True))
        answered = act(
            request,
            lambda: actions.send_again(by=by, lines=keys, reason=again.cleaned_data["reason"]),
            to=lambda made: reverse("batch_show", args=[made[0].pk]),
            form=again,
        )
    else:
        sent = Sent(request.POST)
        answered = act(
            request,
            lambda: actions.send(by=by, batch=batch, on=sent.cleaned_data["on"]),
            to=address,
            form=sent,
        )
    return answered or redirect(address)


def batch_replace(request: HttpRequest, key: int) -> HttpResponse:
    """Begin the follow-up decree in which the reserve takes the places of the rejected."""
    batch = batch_of(request, key)
    back = reverse("batch_show", args=[key])
    if request.method != "POST":
        return redirect(back)
    must_cover(request, batch.region_code)
    answered = act(
        request,
        lambda: replacements.replace_rejected(by=user_of(request).username, decree=batch.decree),
        to=lambda made: reverse("decree_show", args=[made.pk]),
        told=Text(
            "SK perubahan disiapkan: periksa, lalu bekukan.", "The follow-up is drawn up: check, then freeze."
        ),
        back=back,
    )
    return answered or redirect(back)


def batch_file(request: HttpRequest, key: int) -> HttpResponse:
    """Hand out the file of a batch under the name that the insurer wants; who took it is recorded."""
    batch = batch_of(request, key)
    must_cover(request, batch.region_code)
    with opened(batch.path) as path:
        response = HttpResponse(path.read_bytes(), content_type=WORKBOOK)
    with transaction.atomic():
        entry = Entry(
            "batch.download", f"batch:{batch.pk}", letter=batch.decree.number, region_code=batch.region_code
        )
        record(by=user_of(request).username, entries=[entry])
    response["Content-Disposition"] = f'attachment; filename="{batch.file_name}"'
    return response


def answer_row(request: HttpRequest, key: int) -> HttpResponse:
    """Decide who a row of an answer is about, or that it is about nobody of the batch."""
    row = get_object_or_404(queries.waiting(scope_of(request)).select_related("line"), pk=key)
    lines = {str(line.pk): line for line in decisions.offered(row)}
    form = Decide(
        request.POST or None,
        lines=decisions.choices(list(lines.values())),
        initial={"verdict": decisions.likely(row)},
    )

    def decide() -> object:
        by, values = user_of(request).username, form.cleaned_data
        if values["line"] == NOBODY:
            return decisions.settle(by=by, row=row, note=values["note"])
        verdict = LineState.member(values["verdict"])
        return decisions.decide(
            by=by, row=row, line=lines[values["line"]], verdict=verdict, note=values["note"]
        )

    answered = act(request, decide, to=reverse("answer_queue"), form=form)
    return answered or render(request, "exchange/answer_row.html", {"row": row, "form": form})


def template(request: HttpRequest) -> HttpResponse:
    """Edit the columns of a layout (``?jenis=``)."""
    known = BatchKind.known(request.GET.get("jenis", "")) or BatchKind.BPU
    columns = layouts.layout(known).columns
    form = Columns(request.POST or None, initial={"columns": layouts.written(columns)})
    answered = act(
        request,
        lambda: actions.edit_template(
            by=user_of(request).username, kind=known, text=form.cleaned_data["columns"]
        ),
        to=f"{request.path}?jenis={known}",
        form=form,
    )
    context = {"kind": known, "kinds": list(BatchKind), "form": form}
    return answered or render(request, "exchange/template.html", context)


def _told(taken: Taken) -> Text:
    if taken.again:
        return Text(
            "Berkas ini sudah pernah masuk: tidak ada yang berubah.", "This file came in before: no change."
        )
    counts = taken.counts
    accepted, rejected = counts.get("accepted", 0), counts.get("rejected", 0)
    left = counts["rows"] - counts.get("matched", 0)
    return Text(
        f"{accepted} diterima, {rejected} ditolak, {left} baris menunggu diselesaikan.",
        f"{accepted} accepted, {rejected} rejected, {left} rows to be settled.",
    )


def _shown(request: HttpRequest, batch: Batch, form: NewAnswer | None) -> HttpResponse:
    user = user_of(request)
    may_edit = user.scope(Permission.DECREE_EDIT).covers(batch.region_code)
    counts = queries.counts_of(batch, scope_of(request))
    lines = reverse("batch_lines", args=[batch.pk]) if user.may(Permission.PERSON_VIEW) else ""
    context = {
        "batch": batch,
        "figures": [
            (state.text, many, f"{lines}?keadaan={state}" if lines else "", state.tone)
            for state, many in counts
        ],
        "form": form if may_edit else None,
        "sent": Sent(initial={"on": timezone.localdate()})
        if may_edit and batch.state == BatchState.MADE
        else None,
        "again": Again() if may_edit and queries.rejected_of(batch).exists() else None,
        "proposal": replacements.proposal(batch.decree) if may_edit else None,
        "answers": batch.answers.all(),
        "queue": queries.queue(batch).count(),
        "missing": sorted(batch.missing.items()),
        "events": history.of_subject(f"batch:{batch.pk}").filter(person__isnull=True)[:SHOWN],
    }
    return render(request, "exchange/batch.html", context)
