"""`payung district`: an invented district on disk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("district")(district)


def district(
    out: Annotated[Path, typer.Argument(help="Folder tujuan. / Folder to write.")],
    code: Annotated[
        str, typer.Option("--district", help="Kode kabupaten/kota. / Code of the district.")
    ] = "62.03",
    people: Annotated[int, typer.Option(help="Orang di daftar desa. / People on the rosters.")] = 5000,
    seed: Annotated[int, typer.Option(help="Benih acak. / Random seed.")] = 1,
    as_of: Annotated[
        str, typer.Option(help="Bulan hitung umur, YYYY-MM. / Month that ages are counted in.")
    ] = "2027-01",
) -> None:
    """Buat kabupaten rekaan sebagai berkas nyata. / Write an invented district as real workbooks."""
    import datetime as dt

    from rich.console import Console
    from rich.progress import Progress

    from payung.district import make
    from payung.errors import InputError
    from payung.text import Text

    try:
        on = dt.date.fromisoformat(f"{as_of}-01")
    except ValueError:
        raise InputError(
            Text(
                f"--as-of {as_of}: tulis bulan sebagai YYYY-MM, misalnya 2027-01.",
                f"--as-of {as_of}: write the month as YYYY-MM, for example 2027-01.",
            )
        ) from None
    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(Text("Menulis daftar", "Writing lists").read(), total=None)
        made = make(
            out,
            district=code,
            people=people,
            seed=seed,
            on=on,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    told = Text(
        f"{made.regency} (rekaan): {made.people} orang, {made.rows} baris dalam {made.files} berkas dari "
        f"{made.villages} desa/kelurahan, {made.insured} peserta terdaftar -> {made.folder}",
        f"{made.regency} (invented): {made.people} people, {made.rows} rows in {made.files} files from "
        f"{made.villages} villages, {made.insured} people on the insurer's list -> {made.folder}",
    )
    sys.stdout.write(told.read() + "\n")
