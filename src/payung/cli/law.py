"""`payung law`: what is owed and what is due, with every step explained."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from payung.cli.law_options import (
    costs,
    heirs_in_order,
    income_or_wage,
    need,
    open_book,
    optional_number,
    segment_of,
    since,
    source_of,
    whole_number,
    write_text,
)
from payung.cli.law_output import print_json, print_lines, print_steps
from payung.cli.usage import PlainGroup
from payung.errors import InputError
from payung.text import Text, current_language

if TYPE_CHECKING:
    from collections.abc import Callable


_JSON = typer.Option(False, "--json", help="Satu objek JSON saja. / One JSON object only.")
_POLICY = typer.Option(
    None, "--policy", help="Berkas parameter pengganti milik daerah. / A district's own parameter file."
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    from payung.cli.law_cover import cover, deadline, objections

    group = typer.Typer(
        cls=PlainGroup,
        no_args_is_help=True,
        help="Iuran, kepesertaan, manfaat, dan dasarnya. / Contributions, membership, benefits.",
    )
    commands: dict[str, Callable[..., None]] = {
        "contribution": contribution,
        "benefit": benefit,
        "cover": cover,
        "deadline": deadline,
        "objections": objections,
        "heirs": heirs,
        "losses": losses,
        "show": show,
        "diff": diff,
        "list": list_parameters,
        "page": page,
        "script": script,
    }
    for name, command in commands.items():
        group.command(name)(command)
    app.add_typer(group, name="law")


def contribution(
    segment: str = typer.Option("", help="bpu | pu", callback=segment_of),
    income: str = typer.Option(
        "", help="Penghasilan BPU atau upah PU sebulan. / Income of a BPU or wage of a PU."
    ),
    wage: str = typer.Option("", help="Upah PU sebulan. / Wage of a PU."),
    month: str = typer.Option("", help="YYYY-MM"),
    source: str = typer.Option("", help="Sumber dana. / Funding source.", callback=source_of),
    sector: str = typer.Option("other", help="transport | other | labour-intensive"),
    risk: str = typer.Option("1", help="Kelas risiko 1-5 (PU). / Risk class 1-5 (PU)."),
    programmes: str = typer.Option("jkk,jkm", help="jkk,jkm,jht,jp"),
    policy: Path | None = _POLICY,
    as_json: bool = _JSON,
) -> None:
    """Iuran satu orang untuk satu bulan. / The contribution of one person for one month."""
    from payung.law import bill
    from payung.law.bill import parse_programmes, parse_segment

    need(**{"--segment": segment, "--month": month, "--source": source})
    base = open_book(policy)
    amount = income_or_wage(parse_segment(segment), income, wage)
    found = bill(
        segment=segment,
        income=amount,
        month=month,
        source=source,
        sector=sector,
        risk=whole_number("--risk", risk, most="risk", example="1"),
        programmes=parse_programmes(programmes),
        book=base,
    )
    if as_json:
        print_json(found.plain())
        return
    heading = Text(
        f"Iuran {segment.upper()} bulan {month}, sumber dana {source}",
        f"Contribution of a {segment.upper()} for {month}, funding source {source}",
    )
    print_steps(heading, found.steps, [], base)


def benefit(
    event: str = typer.Option("", help="death, work-death, total-disability, disability, incapacity, ..."),
    segment: str = typer.Option("", help="bpu | pu", callback=segment_of),
    wage: str = typer.Option(
        "", help="Upah PU sebulan, atau upah proyek. / Wage of a PU, or wages of a project."
    ),
    income: str = typer.Option("", help="Penghasilan BPU sebulan. / Declared income of a BPU."),
    date: str = typer.Option("", help="Tanggal kejadian YYYY-MM-DD. / Day of the event."),
    member_since: str = typer.Option("", "--member-since", help="YYYY-MM-DD | YYYY-MM"),
    paid_months: str = typer.Option("", "--paid-months", help="Bulan iuran. / Paid months."),
    children: str = typer.Option(
        "", help="Jumlah anak, atau jenjangnya: sd,smp. / How many, or their levels."
    ),
    loss: str = typer.Option("", help="Kode cacat, lihat payung law losses. / Code of the loss."),
    loss_of_function: str = typer.Option(
        "", "--loss-of-function", help="Persen fungsi yang hilang. / Percent lost."
    ),
    count: str = typer.Option("", help="Berapa kali 10 dB atau 10 %. / How many times 10 dB or 10 %."),
    percent: str = typer.Option("", help="Penilaian dokter. / The doctor's assessment."),
    left_handed: bool = typer.Option(False, "--left-handed", help="Kidal. / Left-handed."),
    months: str = typer.Option(
        "", help="Bulan tidak mampu bekerja, atau penempatan. / Months off work, or abroad."
    ),
    extension: str = typer.Option("0", help="Bulan perpanjangan pekerja migran. / Months of extension."),
    contract_value: str = typer.Option(
        "", "--contract-value", help="Nilai kontrak sebelum PPN. / Before VAT."
    ),
    cost: list[str] = typer.Option([], help="Biaya: transport-land=500000, ... / A cost to be paid back."),
    centre_price: str = typer.Option(
        "",
        "--centre-price",
        help="Harga prostesis di pusat rehabilitasi pemerintah. / Price at the government's rehabilitation centre.",
    ),
    unpaid: str = typer.Option(
        "",
        "--unpaid",
        help="Bulan menunggak: 3, atau 2026-01..2026-03. / Months in arrears: 3, or 2026-01..2026-03.",
    ),
    employer: str = typer.Option("", help="private | state (PU, --unpaid)"),
    source: str = typer.Option(
        "", help="Yang melunasi tunggakan. / Who settles the arrears.", callback=source_of
    ),
    policy: Path | None = _POLICY,
    as_json: bool = _JSON,
) -> None:
    """Perkiraan manfaat; yang memutuskan BPJS. / An estimate of the benefit; BPJS decides."""
    from payung.law.benefits import Case, benefit
    from payung.law.due import parse_unpaid
    from payung.law.losses import parse_thousandths
    from payung.law.months import parse_date
    from payung.law.scholarships import parse_children

    need(**{"--event": event})
    base = open_book(policy)
    project = event == "project"
    paid = optional_number("--wage", wage, most="wages" if project else "wage")
    case = Case(
        segment=segment or None,
        income=optional_number("--income", income, most="income"),
        wage=None if project else paid,
        wages=paid if project else None,
        member_since=since(member_since),
        paid_months=optional_number("--paid-months", paid_months, most="paid_months", example="12"),
        children=parse_children(children) if children else 0,
        loss=loss or None,
        left_handed=left_handed,
        count=optional_number("--count", count, most="units", example="2"),
        assessed=parse_thousandths(percent, "--percent") if percent else None,
        function=parse_thousandths(loss_of_function, "--loss-of-function") if loss_of_function else None,
        months=optional_number("--months", months, most="months", example="2"),
        extension=whole_number("--extension", extension, most="extension", example="2"),
        contract=optional_number("--contract-value", contract_value, most="contract"),
        costs=costs(cost),
        centre_price=optional_number("--centre-price", centre_price, most="centre_price"),
        unpaid=parse_unpaid(unpaid) if unpaid else None,
        employer=employer or None,
        source=source or None,
    )
    found = benefit(event, case, parse_date(date) if date else None, book=base)
    if as_json:
        print_json(found.plain())
        return
    heading = Text(f"Perkiraan untuk {event}, {found.date}", f"Estimate for {event}, {found.date}")
    if found.due:
        lines = found.due.lines()
        heading = Text(
            "\n".join([heading.id, *(f"  {line.id}" for line in lines)]),
            "\n".join([heading.en, *(f"  {line.en}" for line in lines)]),
        )
    print_steps(heading, found.steps, list(found.notes), base, heirs_in_order(found.heirs))


def heirs(
    relations: str = typer.Option(
        "", help="spouse,child,parent,grandparent,grandchild,sibling,parent-in-law,will"
    ),
    date: str = typer.Option("", help="YYYY-MM-DD"),
    as_json: bool = _JSON,
) -> None:
    """Siapa ahli waris yang berhak, menurut urutan. / Who is entitled, in the order of the law."""
    from payung.law import load
    from payung.law.heirs import heirs
    from payung.law.months import parse_date
    from payung.law.prose import notes

    need(**{"--date": date})
    found = heirs([part.strip() for part in relations.split(",") if part.strip()], parse_date(date))
    if as_json:
        print_json({**found.plain(), "law": load().version})
        return
    language = current_language()
    nobody = Text("tidak ada ahli waris", "no heirs")
    listed = ", ".join(title.read(language) for title in found.titles) or nobody.read(language)
    rank = f"{found.rank}: " if found.rank else ""
    print_lines(f"{rank}{listed} [{found.article}]", notes(found.notes, language))


def losses(
    date: str = typer.Option("", help="YYYY-MM-DD"),
    as_json: bool = _JSON,
) -> None:
    """Baris tabel cacat dengan kodenya. / The rows of the disability table with their codes."""
    from payung.law import load
    from payung.law.losses import losses
    from payung.law.months import parse_date

    base = load()
    day = parse_date(date) if date else base.changes[-1]
    rows = losses(day)
    if as_json:
        print_json({"losses": [row.plain() for row in rows], "date": day.isoformat(), "law": base.version})
        return
    language = current_language()
    comma = "," if language == "id" else "."
    for row in rows:
        share = row.share.percent(comma) + (f" - {row.up_to.percent(comma)}" if row.up_to else "")
        share += f" / {row.per}" if row.per else ""
        sys.stdout.write(f"{row.code:36} {share:>14}  {row.title.read(language)} [{row.mark}]\n")


def show(
    parameter: str = typer.Argument(help="Nama, lihat payung law list. / A name, see payung law list."),
    month: str = typer.Option("", help="YYYY-MM"),
    policy: Path | None = _POLICY,
    as_json: bool = _JSON,
) -> None:
    """Satu parameter dengan pasalnya. / One parameter with its article."""
    from payung.law import prose
    from payung.law.catalogue import plain_parameter
    from payung.law.months import first_day, last_day, parse_month

    base = open_book(policy)
    found = base.find(parameter)
    values = found.values
    if month:
        first, last = first_day(parse_month(month)), last_day(month)
        values = tuple(value for value in values if value is found.on(first) or first <= value.since <= last)
        if not values:
            raise InputError(
                Text(f"{found.name} tidak berlaku pada {month}.", f"{found.name} is not in force in {month}.")
            )
    if as_json:
        print_json({**plain_parameter(found, values), "law": base.version})
        return
    print_lines(prose.parameter(base, found, values, current_language()))


def diff(
    before: str = typer.Argument(help="YYYY-MM"),
    after: str = typer.Argument(help="YYYY-MM"),
    policy: Path | None = _POLICY,
    as_json: bool = _JSON,
) -> None:
    """Apa yang berubah antara dua bulan. / What changed between two months."""
    from payung.law import prose
    from payung.law.catalogue import changes
    from payung.law.months import parse_month

    base = open_book(policy)
    found = changes(base, parse_month(before), parse_month(after))
    if as_json:
        print_json({"changes": [change.plain() for change in found], "law": base.version})
        return
    print_lines(prose.changes(found, current_language()))


def list_parameters(as_json: bool = _JSON) -> None:
    """Semua parameter. / Every parameter."""
    from payung.law import load

    base = load()
    if as_json:
        topics = [
            {
                "topic": topic.name,
                "title": topic.title._asdict(),
                "parameters": [
                    {"name": item.name, "title": item.title._asdict(), "unit": item.unit}
                    for item in topic.parameters
                ],
            }
            for topic in base.topics
        ]
        print_json({"topics": topics, "law": base.version})
        return
    language = current_language()
    for topic in base.topics:
        sys.stdout.write(f"{topic.title.read(language)}\n")
        for item in topic.parameters:
            sys.stdout.write(f"  {item.name:32} {item.title.read(language)}\n")


def page(
    out: Path = typer.Option(Path("docs/law.md"), help="Berkas yang ditulis. / The file to write."),
) -> None:
    """Tulis halaman aturan untuk dibaca ahli hukum. / Write the page of the law for a lawyer to read."""
    from payung.law import load
    from payung.law.page import write_page

    write_text(out, write_page(load()))


def script(
    out: Path = typer.Option(Path("law.mjs"), help="Berkas yang ditulis. / The file to write."),
) -> None:
    """Tulis aturan iuran sebagai JavaScript untuk formulir tanpa jaringan. / Write the tariff as JavaScript."""
    from payung.law import load
    from payung.law.javascript import write_script

    write_text(out, write_script(load()))
