"""`payung pledge add|list|withdraw|certificate`: what donors promised, and what became of it, from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, DISTRICT, allowed, home, opened, rupiah, scope_of, show
from payung.cli.usage import PlainGroup

if TYPE_CHECKING:
    from payung.office.donors.models import Pledge

FILE = Annotated[Path, typer.Argument(metavar="FILE.yaml", help="Berkas YAML. / YAML file.", exists=True)]
PLEDGE = Annotated[str, typer.Argument(metavar="PLEDGE", help="Nomor atau id janji. / Number or id.")]
VIEW, EDIT = "quota.view", "quota.edit"


def register(app: typer.Typer) -> None:
    """Add ``payung pledge``."""
    group = typer.Typer(cls=PlainGroup, no_args_is_help=True, help="Janji donatur. / Pledges of donors.")
    for name, command in (
        ("add", add),
        ("list", listing),
        ("withdraw", withdraw),
        ("certificate", certificate),
    ):
        group.command(name)(command)
    app.add_typer(group, name="pledge")


def add(file: FILE, district: DISTRICT = "", by: BY = "", as_json: AS_JSON = False) -> None:
    """Catat janji donatur; donatur baru ikut dicatat. / Record pledges, and donors that are new."""
    opened(by, EDIT)

    from django.db import transaction

    from payung.office.desk.entries import load
    from payung.office.donors import actions, written
    from payung.office.donors.models import Donor

    district, made = home(by, district, EDIT), []
    who = allowed(by, EDIT, region_code=district)
    with transaction.atomic():  # all of the file or nothing
        for entry in load(file, "pledges"):
            name, promise = written.pledge_of(entry, file)
            donor = Donor.objects.filter(region_code=district, name=name).first()
            donor = donor or actions.add(by=who, name=name, region_code=district)
            made.append(actions.pledge(by=who, donor=donor, promise=promise))
    found = [_told(pledge) for pledge in made]
    show(as_json, {"ids": [one["id"] for one in found], "pledges": found}, [_line(one) for one in found])


def listing(by: BY = "", as_json: AS_JSON = False) -> None:
    """Janji, sisanya, dan bulan yang sudah dibayarnya. / Pledges, what is left, the months they paid."""
    opened(by, VIEW)

    from django.utils import timezone

    from payung.office.donors import queries

    pledges = list(queries.pledges(scope_of(by, VIEW)))
    lines = queries.lines_of(pledges)
    found = []
    for pledge in pledges:
        outcome = queries.outcome([pledge], lines[pledge.pk], timezone.localdate())
        found.append(
            {
                **_told(pledge),
                "lines": [line.pk for line in lines[pledge.pk]],
                "bound": outcome.bound,
                "paid": outcome.paid,
                "person_months": outcome.person_months,  # null: too few people to be told
                "months": [
                    {"month": row.key, "people": row.people, "amount": row.amount} for row in outcome.by_month
                ],
            }
        )
    show(as_json, {"pledges": found}, [_line(one) for one in found])


def withdraw(
    pledge: PLEDGE,
    reason: Annotated[str, typer.Option("--reason", help="Alasannya. / Why.")] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Tarik janji yang belum menjadi baris dana. / Withdraw a pledge of which no line was made."""
    opened(by, EDIT)

    from payung.office.donors import actions, written

    asked = written.find_pledge(pledge)
    who = allowed(by, EDIT, region_code=asked.donor.region_code)
    found = _told(actions.withdraw(by=who, pledge=asked, reason=reason))
    show(as_json, found, [_line(found)])


def certificate(
    line: Annotated[str, typer.Argument(metavar="LINE", help="Baris dana dari janji. / Line of a pledge.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="Berkas. / File.")] = Path(
        "sertifikat.pdf"
    ),
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Terbitkan sertifikat donatur dari bulan yang dibayar. / Issue the certificate of the months it paid."""
    opened(by, "letter.issue")

    from django.utils import timezone

    from payung.errors import InputError
    from payung.office.donors.queries import CERTIFICATE
    from payung.office.letters import actions, papers
    from payung.office.letters.kinds import kind_of
    from payung.office.programme.written import find_line
    from payung.text import Text

    account, kind = find_line(line), kind_of(CERTIFICATE)
    for needed in ("letter.issue", str(kind.needs)):
        who = allowed(by, needed, region_code=account.region_code)
    material = kind.collect(scope_of(by, str(kind.needs)), f"{account.pk}")
    if material is None:
        raise InputError(
            Text(
                f"Sertifikat untuk {account.name} tidak dapat dibuat: bukan baris dana yang terjangkau.",
                f"There is no certificate for {account.name}: the line is out of reach.",
            )
        )
    order = actions.issue(
        by=who,
        kind=kind.code,
        subject=account.subject,
        values={**material.values, **{ask.name: "" for ask in kind.asks}},
        on=timezone.localdate(),
        region_code=material.region_code,
        about=material.about,
    )
    letter = actions.make(order=order)
    if letter is None:  # a template that fails blocks nothing: it is tried again on the page of the line
        raise InputError(Text(order.fault_id, order.fault_en))
    out.write_bytes(papers.content_of(letter.path))
    actions.note_opened(by=who, letter=letter)
    found = {"letter": letter.pk, "number": letter.number, "line": account.pk, "file": str(out)}
    show(as_json, found, [f"{letter.number}\t{out}"])


def _told(pledge: Pledge) -> dict[str, Any]:
    return {
        "id": pledge.pk,
        "donor": pledge.donor.name,
        "number": pledge.number,
        "source": str(pledge.source),
        "from_month": pledge.from_month,
        "until_month": pledge.until_month,
        "amount": pledge.amount,
        "left": pledge.left,
        "withdrawn": pledge.withdrawn_at is not None,
    }


def _line(one: dict[str, Any]) -> str:
    return f"{one['id']}\t{one['donor']}\t{one['number']}\t{rupiah(one['amount'])}\t{rupiah(one['left'])}"
