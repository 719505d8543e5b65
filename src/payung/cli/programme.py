"""`payung agreement add`, `line add`, `agreements`, `decree`, `ledger`: the programme of an office from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, DISTRICT, allowed, home, opened, rupiah, show
from payung.cli.usage import PlainGroup

if TYPE_CHECKING:
    from payung.office.programme.models import Decree
    from payung.office.programme.papers import Listed

FILE = Annotated[Path, typer.Argument(metavar="FILE.yaml", help="Berkas YAML. / YAML file.", exists=True)]
SHOWN = 10
VIEW, EDIT, MONEY = "decree.view", "decree.edit", "quota.edit"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    agreement = typer.Typer(cls=PlainGroup, no_args_is_help=True, help="Perjanjian. / Agreements.")
    agreement.command("add")(agreement_add)
    app.add_typer(agreement, name="agreement")
    line = typer.Typer(cls=PlainGroup, no_args_is_help=True, help="Baris dana. / Lines of money.")
    line.command("add")(line_add)
    app.add_typer(line, name="line")
    app.command("agreements")(agreements)
    app.command("decree")(decree)
    app.command("ledger")(ledger)


def agreement_add(file: FILE, district: DISTRICT = "", by: BY = "", as_json: AS_JSON = False) -> None:
    """Catat MoU, PKS, SK, atau addendum. / Record an agreement or an amendment of one."""
    who = opened(by, EDIT)

    from django.core.files.base import File
    from django.core.files.uploadedfile import UploadedFile
    from django.db import transaction

    from payung.office.desk import entries
    from payung.office.programme import actions, written

    district, made = home(by, district, EDIT, whole=False), []
    with transaction.atomic():  # all of the file or nothing
        for entry in entries.load(file, "agreements"):
            paper, files = written.paper_of(entry, file, district)
            allowed(by, EDIT, region_code=paper.region_code)
            one = actions.add_agreement(by=who, paper=paper)
            for path in files:
                with path.open("rb") as content:
                    sent = UploadedFile(File(content), path.name, size=path.stat().st_size)
                    actions.attach(by=who, agreement=one, file=sent)
            made.append(one)
    found = [{"id": one.pk, "kind": str(one.kind), "number": one.number} for one in made]
    lines = [f"{one['id']}\t{one['kind']}\t{one['number']}" for one in found]
    show(as_json, {"ids": [one["id"] for one in found], "agreements": found}, lines)


def line_add(file: FILE, district: DISTRICT = "", by: BY = "", as_json: AS_JSON = False) -> None:
    """Catat baris dana dan pagunya, juga dari janji. / Record lines of money and their ceilings, also of pledges."""
    who = opened(by, MONEY)

    from django.db import transaction

    from payung.office.desk import entries
    from payung.office.donors import actions as donors
    from payung.office.donors import written as donated
    from payung.office.programme import actions, written
    from payung.office.programme.queries.faults import line_warnings

    district = home(by, district, MONEY, whole=False)
    with transaction.atomic():  # all of the file or nothing
        made = []
        for entry in entries.load(file, "lines", besides=written.OF_THE_PLAN):
            if donated.names_pledge(entry):
                words = donated.line_of(entry, file)
                allowed(by, MONEY, region_code=words["pledge"].donor.region_code)
                made.append(donors.open_line(by=who, **words))
                continue
            words = written.line_of(entry, file, district)
            allowed(by, MONEY, region_code=words["region_code"])
            made.append(actions.add_line(by=who, **words))
    found = [
        {
            "id": one.pk,
            "name": one.name,
            "source": str(one.source),
            "free": one.balance.free,
            "warnings": [text.read() for text in line_warnings(one)] if one.categories else [],
        }
        for one in made
    ]
    lines = [f"{one['id']}\t{one['name']}\t{one['source']}\t{one['free']}" for one in found]
    lines += [f"! {said}" for one in found for said in one["warnings"]]
    show(as_json, {"ids": [one["id"] for one in found], "lines": found}, lines)


def agreements(
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Hari. / Day (default: today).")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Perjanjian yang berlaku pada suatu hari. / The agreements in force on a day."""
    opened(by, VIEW)

    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.programme.queries import in_force_on

    day = parse_date(on) if on else timezone.localdate()
    found = [
        {
            "id": one.paper.pk,
            "kind": str(one.paper.kind),
            "number": one.paper.number,
            "terms": one.terms.number,
            "starts": one.paper.starts.isoformat(),
            "ends": one.terms.ends.isoformat(),
            "region": one.paper.region_code,
            "quotas": one.terms.quotas or one.paper.quotas,
            "tariff": one.terms.tariff or one.paper.tariff,
        }
        for one in in_force_on(day)
    ]
    lines = [
        f"{one['id']}\t{one['kind']}\t{one['number']}\t{one['starts']} – {one['ends']}\t{one['terms']}"
        for one in found
    ]
    show(as_json, {"on": day.isoformat(), "agreements": found}, lines)


def decree(
    people: Annotated[
        Path, typer.Option("--people", metavar="FILE", help="Daftar orang. / List of people.", exists=True)
    ],
    line: Annotated[str, typer.Option("--line", metavar="ID", help="Baris dana. / Line of money.")],
    months: Annotated[
        str, typer.Option("--months", metavar="A..B", help="Bulan. / Months, 2027-01..2027-12.")
    ],
    by: BY = "",
    number: Annotated[str, typer.Option("--number", help="Nomor SK. / Number, once signed.")] = "",
    date: Annotated[str, typer.Option("--date", metavar="YYYY-MM-DD", help="Tanggal SK. / Its day.")] = "",
    title: Annotated[str, typer.Option("--title", help="Tentang apa. / What it is about.")] = "",
    category: Annotated[
        str, typer.Option("--category", metavar="CODE", help="Kategori semua orang. / Category of all.")
    ] = "",
    reserve: Annotated[
        Path | None, typer.Option("--reserve", metavar="FILE", help="Cadangan. / Reserve list.", exists=True)
    ] = None,
    follows: Annotated[
        int | None, typer.Option("--follows", metavar="ID", help="SK yang diubah. / Decree it changes.")
    ] = None,
    despite: Annotated[
        str,
        typer.Option("--despite", help="Alasan melanjutkan meski diperingatkan. / Why, despite a warning."),
    ] = "",
    as_json: AS_JSON = False,
) -> None:
    """Bekukan daftar orang menjadi lampiran SK. / Freeze a list of people into the annex of a decree."""
    opened(by, EDIT)

    from django.db import transaction
    from django.utils import timezone

    from payung.errors import InputError
    from payung.law.months import parse_date
    from payung.office.programme import actions, papers, written
    from payung.office.programme.models import Decree
    from payung.office.programme.queries import frozen_with
    from payung.office.programme.rules import months_of
    from payung.office.regions.tree import district_of
    from payung.text import Text

    if bool(number) != bool(date):
        raise InputError(
            Text("Tulis --number dan --date bersama-sama.", "Give --number and --date together.")
        )
    first, last = months_of(months)
    account = written.find_line(line)
    district = district_of(account.region_code)
    who = allowed(by, EDIT, region_code=account.region_code)
    former = Decree.objects.filter(pk=follows).first() if follows is not None else None
    if follows is not None and former is None:
        raise InputError(Text(f"SK {follows} tidak ada.", f"There is no decree {follows}."))
    signed_on = parse_date(date) if date else None
    today = timezone.localdate()
    with transaction.atomic():  # all of it or nothing
        source = f"list:{people.name}"[:60]
        listed = papers.take_file(
            by=who,
            path=people,
            source=source,
            from_month=first,
            district=district,
            on=today,
            category=category,
        )
        keys = [one.person.pk for one in listed.candidates]
        waits = frozen_with(account.pk, first, last, keys) if former is None and reserve is None else None
        if waits is not None:
            made = waits  # frozen by an earlier call: what is new is its number
        elif former is not None:
            made = actions.follow_up(
                by=who,
                previous=former,
                candidates=listed.candidates,
                line=account,
                from_month=first,
                until_month=last,
                title=title,
            )
        else:
            made = actions.begin(by=who, line=account, from_month=first, until_month=last, title=title)
            actions.put_in(by=who, decree=made, candidates=listed.candidates)
        if reserve is not None:
            waiting = papers.take_file(
                by=who, path=reserve, source=source, from_month=first, district=district, on=today
            )
            actions.put_in_reserve(by=who, decree=made, candidates=waiting.candidates)
        if waits is None:
            made = actions.freeze(by=who, decree=made, despite=despite)
        if signed_on is not None:
            made = actions.sign(by=who, decree=made, number=number, signed_on=signed_on)
    found = _told(made, listed)
    lines = [
        f"SK {found['decree']} {found['number']}\t{found['state']}\t{found['people']} orang\t{rupiah(found['amount'])}",
        f"lampiran sha256 {found['hash']}",
        *(f"- {one['row']} {one['name']}: {one['what']}" for one in found["left_out"][:SHOWN]),
    ]
    show(as_json, found, lines)


def _told(decree: Decree, listed: Listed) -> dict[str, Any]:
    from payung.office.programme.queries import annex, cost_by_line, difference
    from payung.office.programme.queries.faults import warnings_of

    mine = difference(decree)
    return {
        "decree": decree.pk,
        "state": str(decree.state),
        "number": decree.number,
        "line": decree.line_id,
        "months": f"{decree.from_month}..{decree.until_month}",
        "people": annex(decree).count(),
        "amount": sum(cost_by_line(mine.comes).values()),
        "free": decree.line.balance.free,
        "hash": decree.hash,
        "difference": mine.counts(),
        "reserve": decree.reserve.count(),
        "new": listed.new,
        "left_out": [
            {"row": one.row, "name": one.name, "code": one.code, "what": one.what.read()}
            for one in listed.left_out
        ],
        "warnings": [text.read() for text in warnings_of(decree)],
    }


def ledger(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Berkas jurnal. / File of the journal.")
    ] = Path("payung.beancount"),
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Tulis buku dana sebagai jurnal beancount. / Write the ledger as a beancount journal."""
    opened(by, "quota.view")

    from payung.office.programme.journal import journal
    from payung.office.programme.models import LedgerEntry, Line

    out.write_text("\n".join(journal(Line.objects.all())) + "\n", encoding="utf-8")
    found = {
        "file": str(out),
        "lines": Line.objects.count(),
        "entries": LedgerEntry.objects.count(),
    }
    show(as_json, found, [f"{out}\t{found['lines']}\t{found['entries']}"])
