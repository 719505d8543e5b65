"""`payung plan`: candidates and lines of money in, the best plan with its proof out. Without an office."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payung.planning.plan import Plan
    from payung.planning.scenarios import Compared

MARK = "summary.json"
COMPARED = "scenarios.json"
RESULTS = frozenset({"plan.parquet", "ranking.parquet", MARK})


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(name="plan")(plan)
    app.command(name="scenarios")(scenarios)


def plan(
    people: Path = typer.Argument(
        ..., metavar="PEOPLE", help="Calon peserta (.csv .xlsx .parquet). / The candidates."
    ),
    lines: Path = typer.Option(
        ..., metavar="LINES.yaml", help="Sumber dana, jatah, kuota. / Lines of money, floors, quotas."
    ),
    months: str = typer.Option(..., metavar="YYYY-MM..YYYY-MM", help="Bulan rencana. / Months of the plan."),
    out: Path = typer.Option(..., metavar="DIR", help="Folder hasil. / Folder of the results."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON saja. / One JSON object only."),
) -> None:
    """Siapa dibayar sumber dana mana, bulan apa; dengan bukti. / Who is paid by which line in which month."""
    from payung.enrolment.folder import check_target, whole_folder
    from payung.planning.people_file import read_people
    from payung.planning.plan import make_plan
    from payung.planning.wishes import parse_months, read_wishes

    wishes = read_wishes(lines, parse_months(months))
    candidates = read_people(people, wishes.first_day)
    check_target(out, RESULTS, mark=MARK)
    made = make_plan(candidates, wishes)
    with whole_folder(out, RESULTS, mark=MARK) as folder:
        made.rows.write_parquet(folder / "plan.parquet")
        made.ranking.write_parquet(folder / "ranking.parquet")
        text = json.dumps(made.summary, ensure_ascii=False, indent=1) + "\n"
        (folder / MARK).write_text(text, encoding="utf-8")
    if as_json:
        sys.stdout.write(json.dumps(made.report, ensure_ascii=False) + "\n")
    else:
        _print(made, out)


def scenarios(
    people: Path = typer.Argument(
        ...,
        metavar="PEOPLE",
        help="Calon peserta, seperti payung plan. / The candidates, as for payung plan.",
    ),
    choices: Path = typer.Argument(
        ..., metavar="CHOICES.yaml", help="Pilihan: orang, bulan, dana. / The choices: people, months, money."
    ),
    out: Path | None = typer.Option(
        None, metavar="DIR", help="Folder daftar orang tiap pilihan. / Folder for who each choice covers."
    ),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON saja. / One JSON object only."),
) -> None:
    """Beberapa pilihan berdampingan: luas atau lama? / Several choices side by side: breadth or duration?"""
    from payung.enrolment.folder import check_target, whole_folder
    from payung.law.months import first_day
    from payung.planning.people_file import read_people
    from payung.planning.scenarios import compare, read_choices

    read = read_choices(choices)
    found = compare(read_people(people, first_day(min(one.months[0] for one in read))), read)
    if out is not None:
        files = frozenset({COMPARED, *(f"{number}.parquet" for number in range(1, 9))})
        check_target(out, files, mark=COMPARED)
        with whole_folder(out, files, mark=COMPARED) as folder:
            for number, one in enumerate(found, 1):
                one.rows.write_parquet(folder / f"{number}.parquet")
            text = json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1) + "\n"
            (folder / COMPARED).write_text(text, encoding="utf-8")
    if as_json:
        sys.stdout.write(json.dumps({"scenarios": [_plain(one) for one in found]}, ensure_ascii=False) + "\n")
    else:
        _beside(found)


def _plain(one: Compared) -> dict[str, Any]:
    choice = one.choice
    return {
        "name": choice.name,
        "months": f"{choice.months[0]}..{choice.months[-1]}",
        "source": choice.source,
        "after": choice.after,
        **one.figures,
        "left_out": one.left_out,
        "rp100_million_more_buys": one.more,
    }


def _beside(found: Sequence[Compared]) -> None:
    """Print the choices as columns."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from payung.planning.told import LINES, told

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("")
    for one in found:
        table.add_column(one.choice.name, justify="right")
    for line in LINES:
        table.add_row(line.label.read(), *(told(line, one).read() for one in found))
    Console().print(table)


def _print(made: Plan, out: Path) -> None:
    """Print the plan as a table, the greedy one beside it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from payung.cli.tables import number, rupiah
    from payung.text import Text

    console, report = Console(), made.report
    console.print(Text("Rencana", "Plan").read(), f"[bold]{report['status']}[/bold]", highlight=False)
    console.print(report["why"], highlight=False, markup=False)
    scenarios = made.summary.get("scenarios")
    if scenarios:
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("")
        table.add_column(Text("rencana", "plan").read(), justify="right")
        table.add_column(Text("urut saja", "greedy").read(), justify="right")
        for name, label, shown in (
            ("value", Text("Nilai", "Value"), number),
            ("people", Text("Orang", "People"), number),
            ("person_months", Text("Orang-bulan", "Person-months"), number),
            ("person_months_full_jkm", Text("  dengan JKM penuh", "  with full JKM"), number),
            ("clocks_broken", Text("Kepesertaan yang putus", "Memberships that break"), number),
            ("milestones_36_lost", Text("Tonggak 36 bulan hilang", "36-month milestones lost"), number),
            ("cost", Text("Iuran", "Cost"), rupiah),
        ):
            table.add_row(label.read(), *(shown(scenarios[one][name]) for one in ("plan", "greedy")))
        console.print(table)
        console.print(
            Text("Batas terbukti", "Proven bound").read(),
            number(report["bound"]),
            f"({100 * report['gap']:.4f} %)",
            highlight=False,
        )
    guard = made.summary.get("guard", {})
    if guard.get("must_be_answered"):
        many = guard["ends_cover_of"]
        told = Text(
            f"Rencana ini memutus kepesertaan {many} orang yang sedang berjalan: jawab dulu, siapa dan kapan ada di "
            f"{MARK} (guard).",
            f"This plan ends the running cover of {many} people: answer for it first; who and when is in {MARK} "
            "(guard).",
        )
        console.print(f"[bold red]{told.read()}[/bold red]", highlight=False)
    for line, cost in report["cost"].items():
        console.print(f"  {line}: {rupiah(cost)}", highlight=False, markup=False)
    console.print(Text("Hasil:", "Results:").read(), str(out), highlight=False, markup=False)
