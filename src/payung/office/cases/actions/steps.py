"""Steps of a case: what was done here and what the insurer decided. Only ever added; a late one is recorded as late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.law.losses import find_loss
from payung.office.cases.actions.reports import stop_bills
from payung.office.cases.models import Case, Incident, Step
from payung.office.cases.queries.seen import steps_of
from payung.office.cases.rules.clocks import clocks
from payung.office.cases.rules.papers import lacking, unknown, wanted
from payung.office.cases.states import (
    KINDS,
    REOPENS,
    TOTAL,
    TREATMENT,
    WAYS,
    CaseKind,
    CaseState,
    Guarantee,
    Refusal,
    StepKind,
)
from payung.office.history.actions import Entry, record
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Deed:
    """A step as it is written.

    Fields
        to: the state that the case comes to; ``None`` for a step beside its way, then ``kind`` says which.
        on, hour: when it happened. paper: number of the letter. amount: rupiah approved or paid. holder: whose account
        it went to, or who took the receipt; witness: who saw it. refusal, object_until: of a refusal, as its letter
        says. guarantee: of treatment. becomes: another right that the case turned out to be. note: why, where needed.
    """

    on: dt.date
    to: CaseState | None = None
    kind: StepKind = StepKind.MOVE
    hour: dt.time | None = None
    paper: str = ""
    amount: int | None = None
    holder: str = ""
    witness: str = ""
    refusal: Refusal | None = None
    object_until: dt.date | None = None
    guarantee: Guarantee | None = None
    becomes: CaseKind | None = None
    note: str = ""


@transaction.atomic
def take(*, by: str, case: Case, deed: Deed) -> Step:
    """Add a step to a case; who dies in treatment is a case of a death, and no longer billed.

    Raises :class:`InputError` that says what is missing, or which ways there are.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("incident").get(pk=case.pk)
    before = held.state
    after = deed.to if deed.kind is StepKind.MOVE and deed.to is not None else before
    _check_way(held, deed, before)
    _check_facts(held, deed, before)
    kind = CaseKind.JKK_DEATH if after is CaseState.DIED else deed.becomes
    if kind is not None and kind != held.kind:
        held.kind = kind
        held.save(update_fields=["kind"])
    if after is CaseState.DIED and before is not after and held.incident.person is not None:
        stop_bills(by, held.incident, held.incident.person, deed.on)
    if deed.to is CaseState.COMPLETE:
        _check_papers(held, deed)
    number = held.steps.order_by("-number").values_list("number", flat=True).first() or 0
    step = Step.objects.create(
        case=held,
        number=number + 1,
        kind=deed.kind,
        before=before,
        state=after,
        on=deed.on,
        hour=deed.hour,
        paper=deed.paper.strip()[:120],
        guarantee=deed.guarantee or "",
        refusal=deed.refusal or "",
        object_until=deed.object_until,
        amount=deed.amount,
        holder=deed.holder.strip()[:150],
        witness=deed.witness.strip()[:150],
        note=deed.note.strip()[:500],
        by=by,
    )
    if after != before:
        held.state, held.since = after, timezone.now()
        held.save(update_fields=["state", "since"])
    _keep_incident(held, before, after)
    _record(by, held, step, before)
    return step


@transaction.atomic
def set_facts(
    *, by: str, case: Case, children: tuple[str, ...] = (), months_off: int | None = None, loss: str = ""
) -> Case:
    """Write what the estimate goes by: levels of school of the children, months without work, row of the table (or
    :data:`TOTAL`).

    Raises :class:`InputError` for a row that the disability table of that day does not have.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("incident").get(pk=case.pk)
    if loss.strip() and loss.strip() != TOTAL:
        try:
            find_loss(loss.strip(), held.incident.on)
        except InputError as error:
            raise InputError(error.message, at="loss") from None
    held.children, held.months_off, held.loss = list(children), months_off, loss.strip()[:60]
    held.save(update_fields=["children", "months_off", "loss"])
    after: dict[str, object] = {"children": len(children), "months_off": months_off}
    record(by=by, entries=[_entry("case.facts", held, after)])
    return held


def _check_way(case: Case, deed: Deed, before: CaseState) -> None:
    if deed.kind is not StepKind.MOVE:
        return
    ways = [one for one in WAYS[before] if case.kind is not CaseKind.JKM or one not in TREATMENT]
    if deed.to not in ways:
        allowed = ", ".join(way.text.id for way in ways), ", ".join(way.text.en for way in ways)
        wanted_ = deed.to.text if deed.to else Text("?", "?")
        raise InputError(
            Text(
                f"{case.number} ({before.text.id}) tidak dapat menjadi {wanted_.id}. Yang dapat: {allowed[0]}.",
                f"{case.number} ({before.text.en}) cannot become {wanted_.en}. It can become: {allowed[1]}.",
            ),
            at="to",
        )


def _check_facts(case: Case, deed: Deed, before: CaseState) -> None:
    """Refuse a step that says too little, before the database does."""
    if deed.on > timezone.localdate():
        raise InputError(Text("Hari itu belum tiba.", "That day has not come yet."), at="on")
    if deed.on < case.incident.on:
        raise InputError(
            Text(
                f"{deed.on:%d-%m-%Y} sebelum kejadian ({case.incident.on:%d-%m-%Y}): betulkan tanggalnya.",
                f"{deed.on:%Y-%m-%d} is before the event ({case.incident.on:%Y-%m-%d}): correct the day.",
            ),
            at="on",
        )
    to = deed.to if deed.kind is StepKind.MOVE else None
    needs: list[tuple[bool, str, object, Text]] = [
        (
            to in (CaseState.APPROVED, CaseState.PAID),
            "amount",
            deed.amount,
            Text("jumlah rupiahnya", "the amount"),
        ),
        (to is CaseState.PAID, "holder", deed.holder, Text("pemilik rekening", "whose account it went to")),
        (to is CaseState.HANDED, "holder", deed.holder, Text("siapa yang menerima", "who received it")),
        (to is CaseState.HANDED, "witness", deed.witness, Text("saksinya", "the witness")),
        (
            to is CaseState.REFUSED,
            "refusal",
            deed.refusal,
            Text("alasan penolakan", "the reason of the refusal"),
        ),
        (
            to is CaseState.REFUSED,
            "paper",
            deed.paper,
            Text("nomor surat penolakan", "the number of the letter"),
        ),
        (
            deed.kind is StepKind.GUARANTEE,
            "guarantee",
            deed.guarantee,
            Text("jaminannya", "what the guarantee is"),
        ),
        (
            deed.guarantee is Guarantee.GUARANTEED,
            "paper",
            deed.paper,
            Text("nomor jaminannya", "the number of the guarantee"),
        ),
        (
            to is not None and ((before, to) in REOPENS or to is CaseState.DROPPED),
            "note",
            deed.note.strip(),
            Text("alasannya", "why"),
        ),
    ]
    for needed, field, value, what in needs:
        if needed and not value:
            raise InputError(Text(f"Tulis {what.id}.", f"Write {what.en}."), at=field)
    if deed.guarantee is not None and case.kind is CaseKind.JKM:
        raise InputError(
            Text("Klaim JKM tidak punya jaminan perawatan.", "A JKM case has no guarantee of treatment."),
            at="guarantee",
        )
    if deed.object_until is not None and deed.object_until < deed.on:
        raise InputError(
            Text("Batas keberatan mendahului suratnya.", "The objection ends before the letter."),
            at="object_until",
        )
    if deed.becomes is not None and deed.becomes not in KINDS[case.incident.happening]:
        raise InputError(
            Text(
                f"{case.incident.happening.text.id} tidak menjadi {deed.becomes.text.id}.",
                f"{case.incident.happening.text.en} does not become {deed.becomes.text.en}.",
            ),
            at="becomes",
        )


def _check_papers(case: Case, deed: Deed) -> None:
    """Refuse "complete" where papers of the law are missing, unless a note says why."""
    there = case.papers.values_list("code", flat=True)
    incident = case.incident
    missing = [one for one in lacking(wanted(case.kind, incident.on, incident.happening), there) if one.law]
    held = unknown(case.kind, incident.on)
    if held is not None and not deed.note.strip():
        raise InputError(
            Text(
                f"{held.id} Tulis di catatan berkas apa yang lengkap.",
                f"{held.en} Write in the note which papers are complete.",
            ),
            at="note",
        )
    if missing and not deed.note.strip():
        raise InputError(
            Text(
                "Berkas yang diminta aturan belum ada: "
                + ", ".join(one.title.id for one in missing)
                + ". Unggah, atau tulis alasannya di catatan.",
                "Papers that the law asks are missing: "
                + ", ".join(one.title.en for one in missing)
                + ". Upload them, or write why in the note.",
            ),
            at="note",
        )


def _keep_incident(case: Case, before: CaseState, after: CaseState) -> None:
    """An incident all of whose cases are dropped did not happen, until one is taken up again."""
    if CaseState.DROPPED not in (before, after) or before == after:
        return
    void = not Case.objects.filter(incident=case.incident).exclude(state=CaseState.DROPPED).exists()
    Incident.objects.filter(pk=case.incident_id).exclude(void=void).update(void=void)


def _record(by: str, case: Case, step: Step, before: CaseState) -> None:
    """Record the step, with the clock that it was late for."""
    _, done = steps_of(case)
    now = timezone.localtime().replace(tzinfo=None)
    late = [
        clock.code
        for clock in clocks(case.kind, case.incident.on, case.incident.hour, done, now)
        if clock.late and clock.done is not None and clock.done.date() == step.on
    ]
    after: dict[str, object] = {"state": str(step.state), "on": step.on}
    if step.kind is not StepKind.MOVE:
        after["step"] = str(step.kind)
    for name in ("guarantee", "refusal"):
        if value := getattr(step, name):
            after[name] = str(value)
    if step.amount is not None:
        after["amount"] = step.amount
    if late:
        after["late"] = ", ".join(late)
    entry = _entry(
        "case.step", case, after, before={"state": str(before)}, letter=step.paper, reason=step.note
    )
    record(by=by, entries=[entry])


def _entry(
    action: str,
    case: Case,
    after: dict[str, object],
    *,
    before: dict[str, object] | None = None,
    letter: str = "",
    reason: str = "",
) -> Entry:
    return Entry(
        action,
        case.subject,
        person=case.incident.person_id,
        letter=letter or case.number,
        region_code=case.incident.village_code,
        reason=reason,
        before=before,
        after=after,
    )
