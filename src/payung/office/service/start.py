"""Starting the office: its settings looked at, Django in this process, the database up to date, the address free."""

from __future__ import annotations

import difflib
import errno
import os
import socket
import sqlite3
import sys
from pathlib import Path

from payung.errors import InputError
from payung.text import Text

OLD_HOME = Path("var/office")  # where an office of 0.1.0 lay that was told nothing


def load(*, make: bool = False, empty: bool = False) -> None:
    """Set Django up in this process; with ``make``, make the home folder and the secret where they are missing.

    With ``empty`` there need be no office yet, but its secret must be there: for restoring one. Nobody but the owner
    may read what this process writes. Raises :class:`InputError` where a setting cannot be used, and where there is
    no office.
    """
    os.umask(0o077)
    from payung.office.service import environment, foundation, temporary

    given = environment.gathered()
    if given.get("PAYUNG_LANG"):
        os.environ.setdefault("PAYUNG_LANG", given["PAYUNG_LANG"])
    found = environment.read(given)
    _tell_unknown(environment.unknown(given), environment.NAMES)
    foundation.refuse_foreign(found.home)
    if make or (empty and found.has_secret):
        foundation.make(found)
    elif empty:
        raise InputError(
            Text(
                f"Rahasia kantor belum ada: simpan secret.key dari cadangannya sebagai {found.home}/secret.key dahulu.",
                "The secret of the office is not here: put secret.key from its backup at "
                f"{found.home}/secret.key first.",
            )
        )
    elif not found.made:
        raise _no_office(found.home)
    temporary.use(found.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
    import django

    django.setup()
    if found.debug:
        _tell(
            Text(
                "PAYUNG_DEBUG=1: kesalahan ditampilkan di halaman. Hanya untuk pengembang di mesin ini.",
                "PAYUNG_DEBUG=1: faults are shown on the page. Only for a developer on this machine.",
            )
        )


def prepare() -> None:
    """Bring the database and the served files up to date; quick where they are. Needs :func:`load`.

    Raises :class:`InputError` where the database cannot be reached, is that of a newer program, or was written
    with another secret.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from payung.office import renamed
    from payung.office.history import demonstration, marks, watch
    from payung.office.service import assets, foundation, installation, pristine

    reach()
    renamed.rename()
    foundation.tighten(settings.HOME)
    tables = connection.introspection.table_names()
    if "django_migrations" in tables:
        installation.refuse_newer()
    if "jobs_installation" in tables:
        installation.refuse_another_secret()
    sound = not watch.is_noted() or not any(watch.differing())
    pending = bool(installation.pending())
    call_command("migrate", interactive=False, verbosity=0)
    installation.refuse_another_secret()
    if pending and sound:  # guards that somebody took off before are not taken for granted
        watch.note()
    installation.note()
    pristine.go_on()
    marks.write("start")
    demonstration.look()
    assets.collect()


def there() -> set[str]:
    """Return the tables of the office. Refuse one that was never set up or cannot be reached; make nothing."""
    from django.conf import settings
    from django.db import connection

    file = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and "memory" not in file.name and not file.exists():
        raise _no_office(settings.HOME)
    reach()
    tables = set(connection.introspection.table_names())
    if "history_event" not in tables:
        raise _no_office(settings.HOME)
    return tables


def ready(*, current: bool = True) -> None:
    """Refuse an office that was never set up, cannot be reached, or has another secret. Needs :func:`load`.

    With ``current``, also one whose database is older than this program.
    """
    from payung.office.history import demonstration
    from payung.office.service import installation

    tables = there()
    demonstration.look()
    installation.refuse_newer()
    if "jobs_installation" in tables:
        installation.refuse_another_secret()
    if current and installation.pending():
        raise InputError(
            Text(
                "Basis data ini dari versi yang lebih lama: buat cadangan (payung backup), lalu payung serve "
                "memperbaruinya.",
                "This database is of an older version: make a backup (payung backup), then payung "
                "serve brings it up to "
                "date.",
            )
        )


def _no_office(home: Path) -> InputError:
    """Return the sentence for a place where nothing was set up; what lies in the old place is named."""
    old = OLD_HOME.absolute()
    if (old / "secret.key").exists() and old != home:
        return InputError(
            Text(
                f"Di {home} belum ada kantor, tetapi di {old} ada: tulis PAYUNG_HOME={old}.",
                f"There is no office in {home}, but there is one in {old}: write PAYUNG_HOME={old}.",
            )
        )
    return InputError(
        Text(
            f"Di {home} belum ada kantor: periksa PAYUNG_HOME dan PAYUNG_DATABASE (juga letak .env), "
            "atau payung setup.",
            f"There is no office in {home}: check PAYUNG_HOME and PAYUNG_DATABASE (and where .env "
            "is), or run payung setup.",
        )
    )


def reach() -> None:
    """Refuse a database that does not answer, with its own words and its address."""
    from django.db import connection

    if connection.vendor != "postgresql":
        _reach_file()
        return
    import psycopg

    values = connection.settings_dict
    options = {name: value for name, value in values["OPTIONS"].items() if name != "pool"}
    given = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parts = {name: values[key] for name, key in given.items() if values[key]}
    where = f"{values['HOST'] or 'localhost'}:{values['PORT'] or 5432}/{values['NAME']}"
    try:
        psycopg.connect(**{"connect_timeout": 10, **parts, **options}).close()
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or ["?"])[0]
        if "startup parameter" in str(error):
            raise InputError(
                Text(
                    f"Di {where} menjawab sebuah pooler (pgbouncer): tulis PAYUNG_DATABASE_POOLER=1.",
                    f"A pooler answers at {where} (pgbouncer): write PAYUNG_DATABASE_POOLER=1.",
                )
            ) from None
        raise InputError(
            Text(
                f"Basis data PAYUNG_DATABASE tidak dapat dibuka ({where}: {why}): periksa alamat, nama, dan sandinya "
                "(tanda khusus dalam sandi ditulis dengan %).",
                f"The database PAYUNG_DATABASE cannot be opened ({where}: {why}): check its address, name and password "
                "(special signs in the password are written with %).",
            )
        ) from None


def _reach_file() -> None:
    """Refuse a file that SQLite cannot open or write, before anything stumbles over it."""
    from django.db import OperationalError, connection

    path = Path(connection.settings_dict["NAME"])
    try:
        if path.exists():  # else looking at it would make it
            connection.ensure_connection()
        if path.exists() and not os.access(path, os.W_OK):
            raise OperationalError("readonly")
        if path.parent.is_dir() and not os.access(path.parent, os.W_OK) and path.is_absolute():
            raise OperationalError("the folder is readonly")
    except (OperationalError, sqlite3.OperationalError) as error:
        raise InputError(
            Text(
                f"Basis data {path} tidak dapat dibuka untuk ditulis ({error}): periksa pemilik dan "
                "hak folder itu, dan "
                "apakah disknya hanya-baca atau penuh.",
                f"The database {path} cannot be opened for writing ({error}): check owner and rights "
                "of that folder, and "
                "whether its disk is read-only or full.",
            )
        ) from None


def free(host: str, port: int) -> None:
    """Refuse an address that is taken: the server itself would share it without a word."""
    try:
        for family, kind, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[:1]:
            with socket.socket(family, kind) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
                tried.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                Text(
                    f"Pintu {shown(host, port)} sudah dipakai: hentikan yang lain, atau pilih --port lain.",
                    f"{shown(host, port)} is in use: stop the other one, or choose another --port.",
                )
            ) from None
        if error.errno == errno.EACCES:
            raise InputError(
                Text(
                    f"Pintu {port} hanya untuk root: pilih --port di atas 1023, dengan nginx di depannya.",
                    f"Port {port} is for root only: choose a --port above 1023, with nginx in front.",
                )
            ) from None
        raise InputError(
            Text(
                f"{shown(host, port)} tidak dapat dibuka ({error.strerror}): periksa --host dan --port.",
                f"{shown(host, port)} cannot be opened ({error.strerror}): check --host and --port.",
            )
        ) from None


def shown(host: str, port: int) -> str:
    """Return host and port as an address has them: a number of IPv6 in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _tell_unknown(names: list[str], known: tuple[str, ...]) -> None:
    for name in names:
        near = difflib.get_close_matches(name, known, n=1)
        hint = (f" Maksudnya {near[0]}?", f" Is {near[0]} meant?") if near else ("", "")
        _tell(
            Text(
                f"{name} tidak dikenal dan diabaikan.{hint[0]}",
                f"{name} is not known and is ignored.{hint[1]}",
            )
        )


def _tell(sentence: Text) -> None:
    """Say something that stops nothing, once: children of this process know it already."""
    if not os.environ.get("PAYUNG_QUIET"):
        sys.stderr.write(f"! {sentence.read()}\n")
