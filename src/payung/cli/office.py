"""`payung serve`, `setup`, `worker`, `assets`, `demo-office`, `verify-history`: the web office from a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from payung.office.history.chain import Noted

HOST = Annotated[str, typer.Option(help="Alamat. / Address to listen on.")]
PORT = Annotated[int, typer.Option(help="Pintu. / Port to listen on.", min=1, max=65535)]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for name, command in (
        ("serve", serve),
        ("setup", setup),
        ("worker", worker),
        ("assets", assets),
        ("demo-office", demo_office),
        ("verify-history", verify_history),
    ):
        app.command(name)(command)


def serve(
    host: HOST = "127.0.0.1",
    port: PORT = 8000,
    workers: Annotated[
        int | None, typer.Option(help="Proses server (bawaan PAYUNG_WORKERS). / Server processes.", min=1)
    ] = None,
) -> None:
    """Jalankan kantor web dan pekerjanya. / Run the web office and its worker."""
    from payung.errors import InputError
    from payung.office.service import processes, start
    from payung.text import Text

    start.load()
    from django.conf import settings

    environment = settings.ENVIRONMENT
    if environment.debug and host not in ("127.0.0.1", "localhost", "::1"):
        raise InputError(
            Text(
                f"PAYUNG_DEBUG=1 dengan --host {host}: orang lain akan melihat kesalahan. Tulis PAYUNG_DEBUG=0.",
                f"PAYUNG_DEBUG=1 with --host {host}: others would see faults. Write PAYUNG_DEBUG=0.",
            )
        )
    start.free(host, port)
    start.ready(current=False)
    start.prepare()
    address = f"http://{start.shown(host, port)}/"
    sys.stdout.write(Text(f"Kantor buka di {address}", f"Office open at {address}").read() + "\n")
    sys.stdout.flush()
    raise typer.Exit(
        processes.serve(
            host=host, port=port, workers=workers or environment.workers, threads=environment.threads
        )
    )


def setup(
    district: Annotated[
        str, typer.Option(prompt="Kode kabupaten / Code of the district", help="Mis. 62.03. / E.g. 62.03.")
    ],
    admin: Annotated[
        str,
        typer.Option(
            prompt="Nama pengguna admin / User name of the admin", help="Untuk masuk. / To sign in."
        ),
    ],
    name: Annotated[
        str, typer.Option(prompt="Nama lengkap admin / Full name of the admin", help="Nama. / Full name.")
    ],
    another: Annotated[
        bool,
        typer.Option(
            "--another-district",
            help="Kabupaten kedua dalam kantor yang sama. / A second district, on purpose.",
        ),
    ] = False,
) -> None:
    """Siapkan kantor dan admin pertama. / Set up the office and its first administrator."""
    from payung.office.service import start
    from payung.text import Text

    start.load(make=True)
    start.prepare()

    from django.db import transaction
    from django.utils import timezone

    from payung.office.accounts import actions
    from payung.office.accounts.confirmation import ONE_ADMIN, administrators
    from payung.office.history import marks
    from payung.office.history.actions import BY_ITSELF
    from payung.office.regions import actions as regions

    if not another:
        regions.refuse_another(district)
    password = actions.make_password()
    with transaction.atomic():  # all of it or nothing: a mistyped name is asked for again
        places = regions.load(by=BY_ITSELF, district=district)
        user = actions.create_user(by=BY_ITSELF, username=admin, name=name, password=password)
        actions.give_role(
            by=BY_ITSELF, user=user, role="admin", region_code=district, starts=timezone.localdate()
        )
    marks.write("setup")
    told = Text(
        f"{places} wilayah dimuat. Masuk sebagai {user.username} dengan sandi sementara {password} (payung serve).",
        f"{places} regions loaded. Sign in as {user.username} with the temporary password {password} (payung serve).",
    )
    sys.stdout.write(told.read() + "\n")
    if administrators().count() == 1:
        sys.stdout.write(ONE_ADMIN.read() + "\n")


def worker() -> None:
    """Jalankan pekerja latar saja. / Run the background worker alone."""
    from payung.office.service import start

    start.load()
    start.ready()

    from payung.office.jobs.worker import run_for_ever
    from payung.office.service import installation, leftovers

    installation.refuse_other_uploads()
    leftovers.register()
    run_for_ever()


def assets(
    packages: Annotated[Path, typer.Option(help="Folder paket npm. / Folder of the npm packages.")] = Path(
        "node_modules"
    ),
) -> None:
    """Siapkan gaya dan skrip dari paket npm. / Make styles and scripts ready from the npm packages."""
    import os
    import secrets
    import tempfile

    from payung.office.service import assets, start

    assets.copy(packages)
    with tempfile.TemporaryDirectory() as home:
        # Only the settings are needed; no office is touched, and the settings of one are not asked.
        os.environ.update(PAYUNG_HOME=home, PAYUNG_SECRET=secrets.token_hex(32), PAYUNG_DATABASE="")
        start.load()
        assets.collect()

        from django.conf import settings

        sys.stdout.write(f"{settings.STATIC_ROOT}\n")


def demo_office(
    folder: Annotated[Path, typer.Argument(help="Kabupaten rekaan. / The invented district.")] = Path(
        "var/demo/kapuas"
    ),
    district: Annotated[str, typer.Option(help="Kode kabupaten. / Code of the district.")] = "62.03",
    villages: Annotated[int, typer.Option(help="Desa yang ikut. / Villages that take part.")] = 8,
    reset: Annotated[
        bool, typer.Option("--reset", help="Kembalikan ke keadaan awal. / Put it back to its first state.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")] = False,
) -> None:
    """Isi kantor kosong dengan kabupaten rekaan. / Fill an empty office with the invented district."""
    import json
    from dataclasses import asdict

    from payung.office.service import start

    start.load(make=not reset)
    if reset:
        start.ready(current=False)

        from payung.office.history.actions import BY_ITSELF
        from payung.office.service import pristine

        start.prepare()
        pristine.reset(by=BY_ITSELF, older=True)
    start.prepare()
    if reset:
        pristine.keep()  # as this program has it, for the button

    from payung.office import demonstration

    def says(sentence: str) -> None:
        sys.stderr.write(f"· {sentence}\n")

    accounts = demonstration.fill(folder=folder, district=district, villages=villages, says=says)
    if as_json:
        found = {"password": demonstration.PASSWORD, "accounts": [asdict(account) for account in accounts]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    from payung.text import Text

    lines = [f"  {account.username:<22}{account.role:<32}{account.place}" for account in accounts]
    title = Text("Akun peragaan", "Accounts of the demonstration").read()
    password = Text(
        f"Sandi untuk semuanya: {demonstration.PASSWORD}", f"The password of all: {demonstration.PASSWORD}"
    )
    sys.stdout.write("\n".join([title, *lines, password.read(), ""]))


def verify_history(
    since: Annotated[
        tuple[int, str],
        typer.Option(
            metavar="NUMBER LINK",
            help="Catatan dan mata rantai dari kertas atau cadangan. / An event and its link, from paper or a backup.",
        ),
    ] = (0, ""),
    as_json: Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")] = False,
) -> None:
    """Periksa rantai riwayat dan penjaganya. / Check the chain of the history and what guards it."""
    import json
    from dataclasses import asdict

    from payung.office.service import start

    start.load()
    start.ready()

    from payung.office.history import verdicts
    from payung.office.service import proofs

    verdict = proofs.verify(noted_by_hand(*since))
    findings = [*proofs.of_guards(), *proofs.of_emptied()]
    faults = [finding for finding in findings if finding.fault]
    if as_json:
        found = [{"code": one.code, "where": one.where, "sentence": one.what.read()} for one in findings]
        sys.stdout.write(json.dumps({**asdict(verdict), "findings": found}, ensure_ascii=False) + "\n")
    else:
        lines = [verdicts.sentence(verdict), *(one.what for one in findings)]
        sys.stdout.write("".join(f"{line.read()}\n" for line in lines))
    raise typer.Exit(0 if verdict.broken_at is None and not faults else 1)


def noted_by_hand(number: int, link: str) -> list[Noted]:
    """Return what somebody typed from paper; empty where nothing was. Refuse what is no link."""
    from payung.errors import InputError
    from payung.office.history.chain import LEAST, Noted
    from payung.text import Text

    if not link and not number:
        return []
    digits = link.strip().lower()
    if number < 1 or len(digits) < LEAST or not set(digits) <= set("0123456789abcdef"):
        raise InputError(
            Text(
                f"--since {number} {link}: sebutkan nomor catatan dan {LEAST} angka pertama mata rantainya.",
                f"--since {number} {link}: name the event's number and the first {LEAST} digits of its link.",
            )
        )
    return [Noted(number, digits, "--since")]
