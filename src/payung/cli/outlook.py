"""`payung arrears`, `deaths`, `forecast`: what is watched over in an office, from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, DISTRICT, allowed, content_of, opened, rupiah, scope_of, show
from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    pass

ON = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Hari. / Day (default: today).")]


def register(app: typer.Typer) -> None:
    """Add ``payung arrears``, ``deaths`` and ``forecast``."""
    for name, command in (("arrears", arrears), ("deaths", deaths), ("forecast", forecast)):
        app.command(name)(command)


def arrears(
    what: Annotated[
        str, typer.Argument(help="list, climb, issue, skip (senarai, naik, surat, lewati).")
    ] = "list",
    which: Annotated[
        str, typer.Argument(help="issue: kode pembayar; skip: kunci tingkat. / Payer's code; key of a rung.")
    ] = "",
    number: Annotated[str, typer.Option(help="Nomor surat. / Number of the letter.")] = "",
    reason: Annotated[str, typer.Option(help="Alasan dilewati. / Why it is skipped.")] = "",
    on: ON = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Tunggakan: tingkatnya, suratnya, yang kehilangan hak. / Arrears: levels, letters, who loses what."""
    acts = opened(by, "bill.view" if what == "list" else "bill.approve")

    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.arrears import actions, queries
    from payung.office.arrears.models import Rung

    day = parse_date(on) if on else timezone.localdate()
    if what == "climb":
        many = actions.climb(by=acts, on=day)
        show(as_json, {"climbed": many}, [Text(f"Naik: {many}", f"Climbed: {many}").read()])
        return
    if what == "issue":
        allowed(by, "bill.approve", region_code=which)
        letter = actions.issue(by=acts, region_code=which, number=number, on=day)
        found = {
            "letter": letter.pk,
            "order": letter.order_id,
            "number": letter.called,
            "level": letter.level,
            "amount": letter.amount,
            "rows": letter.rows,
        }
        show(as_json, found, [f"{letter.region_code}\t{letter.level}\t{rupiah(letter.amount)}"])
        return
    if what == "skip":
        rung = Rung.objects.filter(pk=int(which) if which.isdecimal() else 0).first()
        if rung is None:
            raise InputError(Text(f"Tingkat {which!r} tidak ada.", f"There is no rung {which!r}."))
        allowed(by, "bill.approve", region_code=rung.region_code)
        done = actions.skip(by=acts, rung=rung, reason=reason)
        show(as_json, {"rung": done.pk, "state": str(done.state)}, [done.state.text.read()])
        return
    if what != "list":
        raise InputError(
            Text(f"{what!r}: list, climb, issue, atau skip.", f"{what!r}: list, climb, issue or skip.")
        )
    payers = sorted(
        set(scope_of(by, "bill.view").of(queries.late(day)).values_list("region_code", flat=True).order_by())
    )
    rows, lines = [], []
    for code in payers:
        one = queries.gathered(code, day)
        rungs = Rung.objects.filter(region_code=code, bill__in=[owed.bill.pk for owed in one.bills])
        rows.append(
            {
                "payer": code,
                "waits_for_level": one.level,
                "amount": one.amount,
                "people": one.people,
                "until": one.until,
                "lose": len(one.losing),
                "lose_full_jkm": sum(person.jkm_full for person in one.losing),
                "last_contact": one.contact.on if one.contact else None,
                "bills": [owed.plain() for owed in one.bills],
                "rungs": [
                    {
                        "rung": rung.pk,
                        "bill": f"B{rung.bill_id:06d}",
                        "level": rung.level,
                        "state": str(rung.state),
                    }
                    for rung in rungs.order_by("pk")
                ],
            }
        )
        said = one.sentence.read() if one.sentence else ""
        lines.append(f"{code:<14}{one.level:>2}  {rupiah(one.amount):>16}  {said}")
    show(
        as_json,
        {"on": day, "payers": rows},
        lines or [Text("Tidak ada tunggakan.", "No arrears.").read()],
    )


def deaths(
    file: Annotated[Path, typer.Argument(help="Daftar kematian. / A list of deaths.")],
    origin: Annotated[str, typer.Option(help="registry (dukcapil) atau village (desa).")] = "registry",
    report: Annotated[
        bool, typer.Option("--report", help="Laporkan sebagai mutasi. / Report them as changes.")
    ] = False,
    district: DISTRICT = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Cocokkan daftar kematian dengan register. / Match a list of deaths with the register."""
    acts = opened(by, "case.view")

    from django.utils import timezone

    from payung.cli.actor import home
    from payung.office.deaths import actions, queries
    from payung.office.deaths.states import Origin
    from payung.office.regions.tree import contains, district_of

    needed = ("answer.edit", "change.edit")
    reach = scope_of(by, *needed)
    only = reach.places[0] if len(reach.places) == 1 and not district else ""
    place = only or home(by, district, *needed, whole=False)
    taken = actions.take(
        by=acts,
        name=file.name,
        content=content_of(file),
        origin=Origin.read(origin),
        home=place,
        reaches=lambda code: reach.covers(code) and contains(district_of(place), code),
    )
    rows = list(taken.listed.rows.select_related("person", "listed").order_by("pk"))
    reported, refused = actions.stop(by=acts, deaths=rows) if report else (0, [])
    after = queries.after(rows, timezone.localdate())
    found: list[dict[str, Any]] = []
    for row in rows:
        one = after.get(row.pk) or queries.After()
        found.append(
            {
                "row": row.row,
                "match": str(row.match),
                "name": row.name,
                "nik": row.masked,
                "person": row.person_id,
                "village": row.village_code,
                "died": row.died,
                "why": Text(row.why["id"], row.why["en"]).read() if row.why else "",
                "to_do": [str(kind) for kind in one.asks],
                "refund": one.refund,
                "refund_months": one.refund_months,
                "in_open_bills": one.open,
                "claim": one.claim,
                "claim_until": one.until,
            }
        )
    lines = [f"{match}: {many}" for match, many in taken.rows.items()]
    lines += [
        f"{row['row']:>5}  {row['match']:<8}{row['name']:<28}{row['died'] or '':<12}{', '.join(row['to_do'])}"
        for row in found
    ]
    answer: dict[str, Any] = {
        "file": taken.listed.name,
        "same": taken.same,
        "rows": taken.rows,
        "deaths": found,
    }
    if report:
        answer |= {
            "reported": reported,
            "refused": [{"row": death.row, "why": why.read()} for death, why in refused],
        }
    show(as_json, answer, lines)


def forecast(on: ON = "", by: BY = "", as_json: AS_JSON = False) -> None:
    """Perkiraan tiap baris dana sampai bulan terakhirnya. / Each line of money ahead, to its last month."""
    opened(by, "bill.view")

    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.bills.forecast import forecasts
    from payung.office.bills.queries import lines_ahead

    day = parse_date(on) if on else timezone.localdate()
    lines = list(lines_ahead(scope_of(by, "bill.view"), day))
    ahead = forecasts(lines, day)
    rows: list[dict[str, Any]] = [
        {
            "line": line.pk,
            "name": line.name,
            "left": ahead[line.pk].left,
            "ahead": ahead[line.pk].ahead,
            "need": ahead[line.pk].need,
            "end": ahead[line.pk].end,
            "short_from": ahead[line.pk].unpaid_from or None,
            "exhausted": ahead[line.pk].exhausted,
            "alarm": ahead[line.pk].alarm,
        }
        for line in lines
    ]
    shown = [
        f"{row['name']:<30}{rupiah(row['left']):>18}{rupiah(row['need']):>18}  {row['exhausted'] or '-'}"
        + ("  !" if row["alarm"] else "")
        for row in rows
    ]
    show(
        as_json,
        {"on": day, "lines": rows},
        shown or [Text("Tidak ada baris dana.", "No line.").read()],
    )
