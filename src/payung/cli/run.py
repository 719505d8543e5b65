"""`payung run`: the main job, from village spreadsheets to an enrolment file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from payung.cli.law_options import source_of

SHOWN_FILES = 10

if TYPE_CHECKING:
    from payung.enrolment.job import Result


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(name="run")(run)


def run(
    rosters: list[Path] = typer.Argument(
        ..., help="Berkas atau folder daftar desa (.xlsx .xls .ods .csv). / Roster files or folders."
    ),
    insured: Path = typer.Option(
        ..., help="Daftar peserta dari BPJS. / The insurer's list of insured people."
    ),
    as_of: str = typer.Option(
        ..., "--as-of", metavar="YYYY-MM", help="Bulan pertama perlindungan. / First month of cover."
    ),
    source: str = typer.Option(
        ...,
        metavar="CODE",
        help="Kode sumber dana, misalnya apbd. / Funding source code.",
        callback=source_of,
    ),
    budget: str = typer.Option(
        ..., metavar="RUPIAH", help="Anggaran seluruh periode. / Money for the whole period."
    ),
    months: int = typer.Option(..., help="Jumlah bulan. / How many months."),
    out: Path = typer.Option(..., metavar="DIR", help="Folder hasil. / Folder of the results."),
    floor: int = typer.Option(
        1, help="Jatah minimal orang per desa. / People of every village who go first."
    ),
    officials: str = typer.Option(
        "first", metavar="first|last", help="Urutan pemegang jabatan. / Place of office-holders."
    ),
    max_decile: int | None = typer.Option(
        None, help="Desil tertinggi yang diterima. / Highest welfare decile admitted."
    ),
    without: list[str] = typer.Option(
        [], metavar="RULE", help="Matikan satu aturan kelayakan. / Switch one rule of eligibility off."
    ),
    pay: list[str] = typer.Option(
        [],
        metavar="CATEGORY=RUPIAH",
        help="Upah sebulan menurut kabupaten bila daftar tidak menyebutnya. / The district's own pay table.",
    ),
    district: str = typer.Option(
        "",
        metavar="CODE",
        help="Kode kabupaten (atau provinsi) yang membayar; kosong: kabupaten dari lebih tiga perempat baris. / "
        "Code of the district (or province) that pays; without: that of more than three quarters of the rows.",
    ),
    answers: list[Path] = typer.Option(
        [],
        metavar="FILE",
        help="perlu-ditinjau.xlsx yang kolom KEPUTUSAN-nya sudah diisi. / A filled-in review list.",
    ),
    skip_unreadable: bool = typer.Option(
        False,
        "--skip-unreadable",
        help="Lanjut tanpa berkas yang tidak dapat dibaca. / Go on without files that cannot be read.",
    ),
    as_json: bool = typer.Option(False, "--json", help="Cetak ringkasan sebagai JSON. / Print JSON."),
) -> None:
    """Dari daftar desa sampai berkas usulan. / From village spreadsheets to an enrolment file."""
    from payung.cli.progress import on_terminal
    from payung.enrolment.job import run as do_the_job
    from payung.enrolment.request import (
        Request,
        check_apart,
        check_count,
        collect_rosters,
        foreign_files,
        parse_area,
        parse_month,
        parse_pay,
    )
    from payung.errors import InputError
    from payung.law.rupiah import parse_rupiah
    from payung.planning.legal import office_categories
    from payung.text import Text

    if officials not in ("first", "last"):
        raise InputError(
            Text(
                f"--officials harus first atau last, bukan '{officials}'.",
                f"--officials must be first or last, not '{officials}'.",
            )
        )
    if max_decile is not None:
        check_count(max_decile, "--max-decile", least=1, most=10)
    if not insured.is_file():
        raise InputError(
            Text(
                f"Daftar peserta BPJS '{insured}' tidak ada: periksa nama berkas pada --insured.",
                f"The insured list '{insured}' does not exist: check the file name after --insured.",
            )
        )
    check_apart(rosters, out)
    request = Request(
        rosters=collect_rosters(rosters, leave_out=[insured, *answers]),
        insured=insured,
        first_month=parse_month(as_of),
        months=check_count(months, "--months", least=1, most=60),
        source=source,
        budget=parse_rupiah(budget),
        out=out,
        floor=check_count(floor, "--floor", least=0, most=100_000),
        officials="first" if officials == "first" else "last",
        max_decile=max_decile,
        without=tuple(without),
        pay=parse_pay(pay, office_categories(parse_month(as_of))),
        answers=tuple(answers),
        area=parse_area(district),
        skip_unreadable=skip_unreadable,
        foreign=foreign_files(rosters, leave_out=[insured, *answers]),
    )
    with on_terminal() as listener:
        result = do_the_job(request, listener)
    if as_json:
        sys.stdout.write(json.dumps(result.report, ensure_ascii=False) + "\n")
    else:
        _print(result, out)


def _print(result: Result, out: Path) -> None:
    """Print the run as two tables: the whole and the villages with most people unprotected."""
    import polars as pl
    from rich.console import Console

    from payung.cli.tables import figures_table, villages_table
    from payung.text import Text, current_language

    console = Console()
    console.print(figures_table(result.report))
    console.print(villages_table(result.villages, result.report["request"], console.width))
    english = current_language() == "en"
    if not result.report["insured_list"]:
        nobody = Text(
            "Daftar peserta BPJS hanya berisi judul: tidak seorang pun dianggap sudah terlindungi. Bila keliru, minta "
            "daftar yang lengkap sebelum memakai hasil ini.",
            "The insured list holds headings only: nobody was taken to be protected. If that is wrong, ask for "
            "the whole list before using these results.",
        )
        console.print(nobody.read(), highlight=False)
    if outside := result.people.filter(pl.col("refused_by").list.contains("own_area")).height:
        area = result.report["request"]["district"]
        told = Text(
            f"{outside} orang tidak dipilih karena desanya di luar {area}. Bila {area} keliru, sebutkan --district.",
            f"{outside} people were not chosen: their village lies outside {area}. If that is wrong, give --district.",
        )
        console.print(told.read(), highlight=False)
    passed_over = result.report["passed_over"]
    if passed_over:
        console.print(f"[bold]{'Not read' if english else 'Tidak dibaca'}[/bold] ({len(passed_over)}):")
    for one in passed_over[:SHOWN_FILES]:
        console.print(f"  {one['why']}", highlight=False, markup=False)
    if len(passed_over) > SHOWN_FILES:
        console.print("  … ringkasan.xlsx")
    console.print("Files in" if english else "Berkas ada di", f"[bold]{out}[/bold]:")
    for name in _files(out):
        console.print(f"  {name}", highlight=False)


def _files(out: Path) -> list[str]:
    files = sorted(path.name for path in out.iterdir() if path.is_file())
    folders = [
        f"{path.name}/ ({sum(1 for _ in path.rglob('*.xlsx'))})"
        for path in sorted(out.iterdir())
        if path.is_dir()
    ]
    return files + folders
