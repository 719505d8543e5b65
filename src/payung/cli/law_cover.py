"""`payung law cover`, `deadline` and `objections`: who is covered, until when, and what to do about a refusal."""

from __future__ import annotations

from pathlib import Path

import typer

from payung.cli.law_options import need, open_book, optional_number, segment_of, source_of
from payung.cli.law_output import print_json, print_lines, print_steps
from payung.errors import InputError
from payung.text import Text, current_language

_JSON = typer.Option(False, "--json", help="Satu objek JSON saja. / One JSON object only.")
_POLICY = typer.Option(
    None, "--policy", help="Berkas parameter pengganti milik daerah. / A district's own parameter file."
)


def cover(
    paid: str = typer.Option(
        "", help="2025-03,2025-04@2025-05-12 (bulan, boleh dengan tanggal bayar / paid on)"
    ),
    date: str = typer.Option("", help="YYYY-MM-DD"),
    segment: str = typer.Option("", help="bpu | pu", callback=segment_of),
    employer: str = typer.Option("", help="private | state (PU)"),
    income: str = typer.Option("", help="Penghasilan BPU sebulan. / Declared income of a BPU."),
    wage: str = typer.Option("", help="Upah PU sebulan. / Wage of a PU."),
    source: str = typer.Option(
        "mandiri", help="Yang melunasi tunggakan. / Who settles the arrears.", callback=source_of
    ),
    sector: str = typer.Option("other", help="transport | other | labour-intensive"),
    policy: Path | None = _POLICY,
    as_json: bool = _JSON,
) -> None:
    """Apakah terlindungi pada satu tanggal, dan cara melunasi. / Whether covered on a day, and how to settle."""
    from payung.law.membership import cover, parse_paid
    from payung.law.months import parse_date
    from payung.law.prose import notes

    need(**{"--paid": paid, "--date": date, "--segment": segment})
    if (income and segment != "bpu") or (wage and segment == "bpu"):
        raise InputError(
            Text(
                "BPU: --income. PU: --wage. Pilih yang sesuai segmennya.",
                "BPU: --income. PU: --wage. Choose the one that fits the segment.",
            )
        )
    base = open_book(policy)
    amount = optional_number("--income" if income else "--wage", income or wage, most="income")
    found = cover(
        parse_paid(paid),
        parse_date(date),
        segment,
        employer=employer or None,
        income=amount,
        source=source,
        sector=sector,
        book=base,
    )
    if as_json:
        print_json(found.plain())
        return
    answer = {True: Text("ya", "yes"), False: Text("tidak", "no")}
    heading = Text(
        f"{found.state.upper()} pada {date}\n"
        f"  bulan iuran {found.paid_months}; JKM penuh: {answer[found.jkm_full].id}; beasiswa: "
        f"{answer[found.scholarship].id}",
        f"{found.state.upper()} on {date}\n"
        f"  paid months {found.paid_months}; full JKM: {answer[found.jkm_full].en}; scholarship: "
        f"{answer[found.scholarship].en}",
    )
    said = Text(*(f"{heading.read(each)}\n{notes(found.reasons, each)}" for each in ("id", "en")))
    print_steps(said, found.steps, [], base)


def deadline(
    kind: str = typer.Argument(help="due | report | payment | missing | claim"),
    date: str = typer.Option("", help="YYYY-MM-DD, YYYY-MM (due), YYYY-MM-DDTHH:MM (report)"),
    segment: str = typer.Option("bpu", help="bpu | pu (due)", callback=segment_of),
    employer: str = typer.Option("", help="private | state (due, pu)"),
    programme: str = typer.Option("jkm", help="jkk | jkm (payment, claim)"),
    amount: str = typer.Option("", help="Jumlah manfaat, untuk denda BPJS. / The sum, for the fine on BPJS."),
    paid_on: str = typer.Option("", "--paid-on", help="YYYY-MM-DD, hari dibayar BPJS. / Day BPJS paid."),
    as_json: bool = _JSON,
) -> None:
    """Tenggat iuran, laporan, pembayaran, klaim. / When something must be done."""
    from payung.law import load
    from payung.law.calendar import answer_deadline
    from payung.law.insurer import late_payment
    from payung.law.months import parse_date
    from payung.law.prose import notes, steps

    need(**{"--date": date})
    found = answer_deadline(kind, date, segment=segment, employer=employer or None, programme=programme)
    delay = None
    if amount or paid_on:
        if kind != "payment":
            raise InputError(
                Text(
                    "--amount dan --paid-on hanya untuk deadline payment.",
                    "--amount and --paid-on are for deadline payment only.",
                )
            )
        need(**{"--amount": amount, "--paid-on": paid_on})
        rupiah = optional_number("--amount", amount, most="amount") or 0
        delay = late_payment(programme, parse_date(date), parse_date(paid_on), rupiah)
    if as_json:
        print_json({**found.plain(), **(delay.plain() if delay else {}), "law": load().version})
        return
    language = current_language()
    late = Text(f"Terlambat {delay.days} hari", f"{delay.days} days late").read(language) if delay else ""
    print_lines(
        f"{found.until}  {found.article} · {found.mark}",
        late,
        steps(delay.steps, language) if delay else "",
        notes(found.notes, language),
    )


def objections(
    date: str = typer.Option("", help="YYYY-MM-DD"),
    as_json: bool = _JSON,
) -> None:
    """Ke mana keberatan, keluhan, dan sengketa dibawa. / Where objections, complaints and disputes go."""
    from payung.law import load
    from payung.law.insurer import ways_of_objection
    from payung.law.months import parse_date

    base = load()
    day = parse_date(date) if date else base.changes[-1]
    ways = ways_of_objection(day)
    if as_json:
        print_json({"ways": [way.plain() for way in ways], "date": day.isoformat(), "law": base.version})
        return
    language = current_language()
    for way in ways:
        print_lines(
            f"{way.title.read(language)} [{way.article}, {way.mark}]",
            *(f"  {number}. {step.read(language)}" for number, step in enumerate(way.steps, 1)),
        )
