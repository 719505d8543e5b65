"""`payung case decide|correct|paper`: what is done with a case from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, allowed, open_office, show
from payung.cli.case_common import NUMBER, case_of, clocks_of, hour_of, permission


def decide(
    number: NUMBER,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="diverifikasi_desa, berkas_lengkap, diajukan_bpjs, disetujui, ditolak, ...; lapor_tahap_1, jaminan, "
            "tunggakan_lunas, keberatan, catatan",
        ),
    ],
    on: Annotated[
        str, typer.Option("--on", metavar="YYYY-MM-DD[THH:MM]", help="Hari. / Day (default: today).")
    ] = "",
    letter: Annotated[str, typer.Option("--letter", help="Nomor surat. / Number of the letter.")] = "",
    amount: Annotated[int | None, typer.Option("--amount", help="Rupiah.")] = None,
    holder: Annotated[str, typer.Option("--holder", help="Pemilik rekening atau penerima. / Payee.")] = "",
    witness: Annotated[str, typer.Option("--witness", help="Saksi. / Witness.")] = "",
    refusal: Annotated[str, typer.Option("--refusal", help="menunggak, data_beda, ... / why refused")] = "",
    until: Annotated[
        str,
        typer.Option("--object-until", metavar="YYYY-MM-DD", help="Batas keberatan. / Last day to object."),
    ] = "",
    becomes: Annotated[
        str, typer.Option("--becomes", help="Jenis lain. / Another kind: jkk_cacat, ...")
    ] = "",
    guarantee: Annotated[
        str, typer.Option("--guarantee", help="diduga, menunggu, dijamin, tidak_dijamin")
    ] = "",
    note: Annotated[str, typer.Option("--note", help="Catatan. / Note.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Catat langkah atau keputusan BPJS. / Record a step, or what the insurer decided."""
    open_office()
    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.cases import actions
    from payung.office.cases.states import BY_INSURER, CaseKind, CaseState, Guarantee, Refusal, StepKind

    kind = StepKind.known(to) if CaseState.known(to) is None else None
    state = None if kind is not None and kind is not StepKind.MOVE else CaseState.read(to)
    day, _, hour = on.partition("T")
    wanted = permission(by, by_insurer=state in BY_INSURER)
    case, who = case_of(number, by, wanted), allowed(by, wanted)
    deed = actions.Deed(
        parse_date(day) if day else timezone.localdate(),
        state,
        kind=kind if state is None and kind is not None else StepKind.MOVE,
        hour=hour_of(hour),
        guarantee=Guarantee.read(guarantee) if guarantee else None,
        paper=letter,
        amount=amount,
        holder=holder,
        witness=witness,
        refusal=Refusal.read(refusal) if refusal else None,
        object_until=parse_date(until) if until else None,
        becomes=CaseKind.read(becomes) if becomes else None,
        note=note,
    )
    step = actions.take(by=who, case=case, deed=deed)
    found = {
        "number": case.number,
        "step": step.number,
        "kind": str(step.kind),
        "state": str(step.state),
        "clocks": clocks_of(case),
    }
    show(as_json, found, [f"{case.number}\t{step.state.text.read()}"])


def correct(
    number: NUMBER,
    reason: Annotated[str, typer.Option("--reason", help="Mengapa. / Why.")],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD[THH:MM]", help="Kapan. / When.")] = "",
    place: Annotated[str, typer.Option("--place", help="Di mana. / Where.")] = "",
    story: Annotated[str, typer.Option("--story", help="Uraian. / What happened.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Betulkan fakta kejadian, selama belum diputus. / Correct the facts of an event that is not decided."""
    case, who = case_of(number, by, "case.edit"), allowed(by, "case.edit")
    from payung.law.months import parse_date
    from payung.office.cases import actions

    day, _, hour = on.partition("T")
    facts: dict[str, Any] = {"place": place, "story": story, "hour": hour_of(hour)}
    facts = {name: value for name, value in facts.items() if value}
    if day:
        facts["on"] = parse_date(day)
    incident = actions.correct(by=who, incident=case.incident, reason=reason, **facts)
    found = {
        "number": case.number,
        "on": incident.on.isoformat(),
        "hour": f"{incident.hour:%H:%M}" if incident.hour else None,
        "place": incident.place,
        "changed": sorted(facts),
    }
    show(as_json, found, [f"{case.number}\t{incident.on}\t{incident.place}"])


def paper(
    number: NUMBER,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Kode berkas. / Code of the paper.")],
    by: BY = "",
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Foto atau PDF. / Photo or PDF.", exists=True, dir_okay=False),
    ] = None,
    as_json: AS_JSON = False,
) -> None:
    """Catat berkas yang sudah ada. / Record a paper that is there."""
    case, who = case_of(number, by, "case.edit"), allowed(by, "case.edit")
    from django.core.files.base import File
    from django.core.files.uploadedfile import UploadedFile

    from payung.office.cases import actions
    from payung.office.cases.rules.papers import lacking, wanted

    if file is None:
        actions.add_paper(by=who, case=case, code=code)
    else:
        with file.open("rb") as opened:
            sent = UploadedFile(File(opened), file.name, size=file.stat().st_size)
            actions.add_paper(by=who, case=case, code=code, file=sent)
    there = list(case.papers.values_list("code", flat=True))
    papers = wanted(case.kind, case.incident.on, case.incident.happening)
    missing = [one.code for one in lacking(papers, there)]
    show(
        as_json,
        {"number": case.number, "there": there, "missing": missing},
        [*there, *(f"- {one}" for one in missing)],
    )
