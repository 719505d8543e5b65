"""`payung accounts import`: the accounts of all villages from one list."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from payung.text import Text


def register(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help="Akun kantor. / Accounts of the office.", no_args_is_help=True)
    group.command("import")(import_)
    group.callback()(_group)
    app.add_typer(group, name="accounts")


def _group() -> None:
    """Akun kantor. / Accounts of the office."""


def import_(
    path: Annotated[Path, typer.Argument(help="CSV atau Excel. / CSV or Excel.")],
    slips: Annotated[
        Path, typer.Option(help="Berkas slip sandi untuk dicetak. / Page of slips with passwords, to print.")
    ] = Path("slip-sandi.html"),
    check: Annotated[
        bool, typer.Option("--check", help="Hanya periksa daftarnya. / Only judge the list.")
    ] = False,
) -> None:
    """Buat banyak akun sekaligus dari daftar. / Make many accounts at once from a list: all of them, or none."""
    from payung.errors import InputError
    from payung.office.service import start

    start.load()
    start.ready()

    from payung.office.accounts import bulk, intake
    from payung.office.accounts import slips as papers
    from payung.office.history.actions import BY_ITSELF

    accounts, faults = intake.judge(intake.read(path))
    for fault in faults:
        told = Text(f"Baris {fault.row}: {fault.sentence.id}", f"Row {fault.row}: {fault.sentence.en}")
        sys.stderr.write(told.read() + "\n")
    if faults:
        raise InputError(
            Text(
                f"{len(faults)} hal harus diperbaiki; belum ada akun yang dibuat.",
                f"{len(faults)} things must be corrected; no account was made.",
            )
        )
    if check:
        told = Text(f"{len(accounts)} akun dapat dibuat.", f"{len(accounts)} accounts can be made.")
        sys.stdout.write(told.read() + "\n")
        return
    try:
        page = os.fdopen(os.open(slips, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
    except OSError as error:
        raise InputError(
            Text(
                f"{slips} tidak dapat ditulis ({error.strerror}): pilih --slips lain; belum ada akun yang dibuat.",
                f"{slips} cannot be written ({error.strerror}): choose other --slips; no account was made.",
            )
        ) from None
    try:
        with page:
            page.write(papers.slips_page(bulk.make(by=BY_ITSELF, accounts=accounts).slips))
    except BaseException:
        slips.unlink()
        raise
    told = Text(
        f"{len(accounts)} akun dibuat. Cetak {slips}, bagikan tertutup, lalu hapus berkas itu.",
        f"{len(accounts)} accounts made. Print {slips}, hand the slips over closed, then delete that file.",
    )
    sys.stdout.write(told.read() + "\n")
