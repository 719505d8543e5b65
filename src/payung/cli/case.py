"""`payung case report|show|decide|correct|paper|list|link` and `payung unclaimed`, from a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, allowed, open_office, registered, show, user_named
from payung.cli.case_common import NUMBER, case_of, clocks_of, hour_of, reach
from payung.cli.case_decisions import correct, decide, paper
from payung.cli.usage import PlainGroup

if TYPE_CHECKING:
    from payung.office.cases.queries import Estimate


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(cls=PlainGroup, no_args_is_help=True, help="Kejadian dan klaim. / Events and cases.")
    for name, command in (
        ("report", report),
        ("show", show_case),
        ("decide", decide),
        ("correct", correct),
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
            "--what",
            help="meninggal | kecelakaan | kecelakaan_meninggal | lalu_lintas | lalu_lintas_meninggal | penyakit_kerja",
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
    key: Annotated[
        str, typer.Option("--key", help="Tanda kiriman: dua kali tetap satu. / Sent twice under it is one.")
    ] = "",
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
        hour=hour_of(hour),
        nik=nik,
        story=story,
        channel=Channel.TERMINAL,
        key=key,
    )
    made = actions.report(by=who, told=told)
    found = {
        "number": made.incident.number,
        "joined": made.joined,
        "in_register": made.incident.person_id is not None,
        "cases": [case.number for case in made.cases],
        "clocks": clocks_of(made.cases[0]),
    }
    lines = [made.incident.number, *(f"  {one['code']}\t{one['until']}" for one in found["clocks"])]  # type: ignore[attr-defined]
    show(as_json, found, lines)


def show_case(number: NUMBER, by: BY = "", as_json: AS_JSON = False) -> None:
    """Terlindungi atau tidak, perkiraan, berkas, jam, keputusan. / Cover, estimate, papers, clocks, decisions."""
    case = case_of(number, by, "case.view")
    from payung.office.access.permissions import Permission
    from payung.office.cases import queries
    from payung.office.cases.rules.papers import lacking, unknown, wanted

    incident = case.incident
    rights = queries.rights(incident.person, incident.on)
    right = next((one for one in rights if one.segment == case.segment), None)
    estimate = queries.estimate(case, right)
    there = list(case.papers.values_list("code", flat=True))
    user = user_named(by)
    medical = user is not None and user.scope(Permission.MEDICAL_VIEW).covers(incident.village_code)
    papers = wanted(case.kind, incident.on, incident.happening)
    law = unknown(case.kind, incident.on)
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
        "estimate": _plain(estimate, queries.told(estimate, case, medical=medical)),
        "estimate_missing": estimate.missing.read() if estimate.missing else None,
        "due": [line.read() for line in estimate.lines],
        "papers": {
            "there": there,
            "missing": [one.code for one in lacking(papers, there)],
            "unknown": law.read() if law else None,
        },
        "clocks": clocks_of(case),
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


def _plain(estimate: Estimate, told: bool) -> dict[str, Any] | None:
    """Return an estimate as JSON takes it; without steps and notes where these name what a doctor wrote."""
    if estimate.benefit is None:
        return None
    found = estimate.benefit.plain()
    return found if told else found | {"steps": [], "notes": []}


def listed(
    state: Annotated[str, typer.Option("--state", help="Keadaan. / State.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Semua klaim di wilayah Anda. / All cases of your region."""
    scope = reach(by, "case.view")
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
    scope = reach(by, "case.view")
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
