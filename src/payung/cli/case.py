"""`payung case report|show|decide|paper|list|link` and `payung unclaimed`: accidents and deaths from a terminal."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.acting import AS_JSON, BY, allowed, open_office, registered, scope_of, show, user_named
from payung.cli.usage import PlainGroup
from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.scope import Scope
    from payung.office.cases.models import Case

NUMBER = Annotated[
    str, typer.Argument(metavar="NUMBER", help="Nomor kejadian. / Number, K-2026-00001[/bpu].")
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(cls=PlainGroup, no_args_is_help=True, help="Kejadian dan klaim. / Events and cases.")
    for name, command in (
        ("report", report),
        ("show", show_case),
        ("decide", decide),
        ("paper", paper),
        ("list", listed),
        ("link", link),
    ):
        group.command(name)(command)
    app.add_typer(group, name="case")
    app.command("unclaimed")(unclaimed)


def report(
    happening: Annotated[
        str,
        typer.Option(
            "--what", help="meninggal | kecelakaan | kecelakaan_meninggal | lalu_lintas | penyakit_kerja"
        ),
    ],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD[THH:MM]", help="Kapan. / When.")],
    place: Annotated[str, typer.Option("--place", help="Di mana. / Where.")],
    reporter: Annotated[str, typer.Option("--reporter", help="Siapa yang melapor. / Who reports it.")],
    village: Annotated[
        str,
        typer.Option(
            "--village", metavar="CODE", help="Desa orangnya, bila NIK tidak dikenal. / Their village."
        ),
    ] = "",
    name: Annotated[str, typer.Option("--name", help="Nama, bila NIK tidak dikenal. / Name.")] = "",
    nik: Annotated[str, typer.Option("--nik", help="NIK, bila diketahui. / NIK, if known.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="HP pelapor. / Phone of the reporter.")] = "",
    story: Annotated[str, typer.Option("--story", help="Uraian singkat. / What happened.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Laporkan kecelakaan atau kematian. / Report an accident or a death."""
    open_office()

    from payung.law.months import parse_date
    from payung.office.cases import actions
    from payung.office.cases.states import Channel, Happening

    known = registered(nik)
    name, village = name or (known.name if known else ""), village or (known.village_code if known else "")
    who = allowed(by, "case.edit", "case.report", region_code=village)
    day, _, hour = on.partition("T")
    told = actions.Told(
        Happening.read(happening),
        parse_date(day),
        name,
        place,
        village,
        reporter,
        phone=phone,
        hour=_hour(hour),
        nik=nik,
        story=story,
        channel=Channel.TERMINAL,
    )
    made = actions.report(by=who, told=told)
    found = {
        "number": made.incident.number,
        "joined": made.joined,
        "in_register": made.incident.person_id is not None,
        "cases": [case.number for case in made.cases],
        "clocks": _clocks(made.cases[0]),
    }
    lines = [made.incident.number, *(f"  {one['code']}\t{one['until']}" for one in found["clocks"])]  # type: ignore[attr-defined]
    show(as_json, found, lines)


def _hour(written: str) -> dt.time | None:
    if not written:
        return None
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", written) is None:
        raise InputError(
            Text(
                f"Jam {written!r} tidak dikenal: tulis --on 2026-05-03T08:30, atau tanggalnya saja.",
                f"The hour {written!r} is none: write --on 2026-05-03T08:30, or the day alone.",
            )
        )
    return dt.time.fromisoformat(written)


def show_case(number: NUMBER, by: BY = "", as_json: AS_JSON = False) -> None:
    """Terlindungi atau tidak, perkiraan, berkas, jam, keputusan. / Cover, estimate, papers, clocks, decisions."""
    case = _case(number, by, "case.view")
    from payung.office.access.permissions import Permission
    from payung.office.cases import queries
    from payung.office.cases.rules.papers import lacking, wanted

    incident = case.incident
    rights = queries.rights(incident.person, incident.on)
    right = next((one for one in rights if one.segment == case.segment), None)
    estimate = queries.estimate(case, right)
    there = list(case.papers.values_list("code", flat=True))
    user = user_named(by)
    medical = user is not None and user.scope(Permission.MEDICAL_VIEW).covers(incident.village_code)
    papers = wanted(case.kind, incident.on)
    found: dict[str, Any] = {
        "number": case.number,
        "name": incident.name,
        "nik": incident.masked,
        "happening": str(incident.happening),
        "on": incident.on.isoformat(),
        "kind": str(case.kind),
        "state": str(case.state),
        "covered": right.answer if right else "no",
        "line": right.line if right else "",
        "why": [reason.read() for reason in right.cover.reasons] if right else [],
        "arrears": right.cover.arrears.plain() if right and right.cover.arrears else None,
        "estimate": estimate.benefit.plain() if estimate.benefit else None,
        "estimate_missing": estimate.missing.read() if estimate.missing else None,
        "due": [line.read() for line in estimate.lines],
        "papers": {"there": there, "missing": [one.code for one in lacking(papers, there)]},
        "clocks": _clocks(case),
        "steps": [
            {
                "number": step.number,
                "kind": str(step.kind),
                "state": str(step.state),
                "on": step.on.isoformat(),
                "paper": step.paper,
                "amount": step.amount,
                "refusal": str(step.refusal),
                "object_until": step.object_until.isoformat() if step.object_until else None,
                "by": step.by,
            }
            for step in case.steps.all()
        ],
        "diagnosis": incident.diagnosis if medical else None,
    }
    lines = [
        f"{found['number']}\t{found['name']}\t{case.state.text.read()}\t{found['covered']}",
        *(f"  {reason}" for reason in found["why"]),
        *(f"  {line}" for line in found["due"]),
        *([found["estimate_missing"]] if found["estimate_missing"] else []),
        *(
            f"  {one['code']}\t{one['until']}\t{'terlambat' if one['late'] else ''}"
            for one in found["clocks"]
        ),
    ]
    show(as_json, found, lines)


def decide(
    number: NUMBER,
    to: Annotated[
        str,
        typer.Option(
            "--to", help="diverifikasi_desa, berkas_lengkap, diajukan_bpjs, disetujui, ditolak, ..."
        ),
    ],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Hari. / Day (default: today).")] = "",
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
    note: Annotated[str, typer.Option("--note", help="Catatan. / Note.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Catat langkah atau keputusan BPJS. / Record a step, or what the insurer decided."""
    open_office()
    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.cases import actions
    from payung.office.cases.states import BY_INSURER, CaseKind, CaseState, Refusal

    state = CaseState.read(to)
    wanted = _permission(by, by_insurer=state in BY_INSURER)
    case, who = _case(number, by, wanted), allowed(by, wanted)
    deed = actions.Deed(
        parse_date(on) if on else timezone.localdate(),
        state,
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
    found = {"number": case.number, "step": step.number, "state": str(step.state), "clocks": _clocks(case)}
    show(as_json, found, [f"{case.number}\t{step.state.text.read()}"])


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
    case, who = _case(number, by, "case.edit"), allowed(by, "case.edit")
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
    missing = [one.code for one in lacking(wanted(case.kind, case.incident.on), there)]
    show(
        as_json,
        {"number": case.number, "there": there, "missing": missing},
        [*there, *(f"- {one}" for one in missing)],
    )


def listed(
    state: Annotated[str, typer.Option("--state", help="Keadaan. / State.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Semua klaim di wilayah Anda. / All cases of your region."""
    scope = _scope(by, "case.view")
    from payung.office.cases import queries
    from payung.office.cases.states import CaseState

    rows = queries.cases(scope)
    if state:
        rows = rows.filter(state=CaseState.read(state))
    found = [
        {
            "number": case.number,
            "name": case.incident.name,
            "village": case.village_name,
            "on": case.incident.on.isoformat(),
            "kind": str(case.kind),
            "state": str(case.state),
            "since": case.since.isoformat(),
        }
        for case in rows
    ]
    lines = [f"{one['number']}\t{one['name']}\t{one['village']}\t{one['state']}" for one in found]
    show(as_json, {"cases": found}, lines)


def link(
    village: Annotated[str, typer.Argument(metavar="CODE", help="Desa. / Village.")],
    by: BY = "",
    close: Annotated[bool, typer.Option("--close", help="Tutup saja. / Close it.")] = False,
    as_json: AS_JSON = False,
) -> None:
    """Buat tautan lapor sebuah desa (yang lama ditutup). / Make the reporting link of a village."""
    open_office()
    from django.urls import reverse

    from payung.office.cases import actions

    who = allowed(by, "case.edit", region_code=village)
    if close:
        show(as_json, {"closed": actions.close_link(by=who, village_code=village)}, ["ok"])
        return
    address = reverse("public_report", args=[actions.open_link(by=who, village_code=village)])
    show(as_json, {"village": village, "address": address}, [address])


def unclaimed(by: BY = "", as_json: AS_JSON = False) -> None:
    """Kematian yang terlindungi tetapi belum diklaim. / Deaths that were covered and nobody claimed."""
    scope = _scope(by, "case.view")
    from django.utils import timezone

    from payung.office.cases import queries

    rows = queries.unclaimed(scope, timezone.localdate())
    found = [
        {
            "person": row.person.pk,
            "name": row.person.name,
            "nik": row.person.masked,
            "village": row.person.village_code,
            "segment": str(row.segment),
            "died": row.died.isoformat() if row.died else None,
            "covered": row.covered,
            "amount": row.amount,
            "until": row.until.isoformat() if row.until else None,
            "over": row.over,
        }
        for row in rows
    ]
    amount = sum(row.amount or 0 for row in rows if not row.over)
    lines = [
        "\t".join(str(one[key] or "?") for key in ("name", "village", "died", "covered", "amount", "until"))
        for one in found
    ]
    show(as_json, {"unclaimed": found, "amount": amount, "estimate": True}, [*lines, f"Rp{amount}"])


def _scope(by: str, permission: str) -> Scope:
    open_office()
    return scope_of(by, permission)


def _case(number: str, by: str, permission: str) -> Case:
    """Return the case of a number (of an incident with one case: its number alone) within what ``by`` reaches."""
    scope = _scope(by, permission)
    from payung.office.cases import queries

    base, _, segment = number.partition("/")
    rows: list[Case] = list(queries.one(scope).filter(incident__number=base))
    found = [case for case in rows if not segment or case.segment == segment]
    if len(found) != 1:
        listed_ = ", ".join(case.number for case in rows) or "-"
        raise InputError(
            Text(
                f"Klaim {number} tidak ditemukan di wilayah Anda, atau ada beberapa: {listed_}.",
                f"There is no case {number} in your region, or there are several: {listed_}.",
            )
        )
    return found[0]


def _permission(by: str, *, by_insurer: bool) -> str:
    """Return which permission records a step: the insurer's officer records what the insurer says."""
    from payung.office.access.permissions import Permission

    user = user_named(by)
    result = by_insurer and user is not None and user.may(Permission.CASE_RESULT)
    return (Permission.CASE_RESULT if result else Permission.CASE_EDIT).value


def _clocks(case: Case) -> list[dict[str, Any]]:
    from django.utils import timezone

    from payung.office.cases import queries
    from payung.office.cases.rules.clocks import clocks

    _, done = queries.steps_of(case)
    now = timezone.localtime().replace(tzinfo=None)
    return [
        {
            "code": clock.code,
            "whose": clock.whose,
            "until": clock.until.isoformat(timespec="minutes"),
            "done": clock.done.isoformat(timespec="minutes") if clock.done else None,
            "late": clock.late,
            "fine": clock.fine,
            "article": clock.article,
            "mark": clock.mark,
            "notes": [note.read() for note in clock.notes],
        }
        for clock in clocks(case.kind, case.incident.on, case.incident.hour, done, now)
    ]
