"""Backing an office up while it is open, looking whether a backup can be restored, restoring it, moving to another
database. A backup always holds its database as one SQLite file, whatever the office runs on.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from payung import __version__
from payung.errors import InputError
from payung.office import renamed
from payung.office.face import Finding
from payung.office.history import marks, watch
from payung.office.jobs.models import Installation
from payung.office.service import archives, checks, condition, installation, tables
from payung.office.service.addresses import SQLITE_OPTIONS, database
from payung.text import Text

ENDING = ".payung"
LOOKED_AT = ("secret", "migrations", "history", "emptied", "files")  # checks that a copy must pass
Says = Callable[[Text], None]


def backup(target: Path, *, files: bool = True, says: Says) -> Path:
    """Write a backup into the folder, or as the file, ``target``; return where it is.

    The database is one moment of the office; files come after it, so that every file it names is there.
    """
    with tempfile.TemporaryDirectory(prefix="backup-") as folder:
        copied = Path(folder) / archives.DATABASE
        _copy_to_file(copied)
        described = _description(copied, files=files)
        path = target / _name(described) if target.is_dir() else target
        uploads = Path(settings.MEDIA_ROOT) if files else None
        size = archives.write(path, described, copied, uploads)
    if "jobs_installation" in connection.introspection.table_names():
        Installation.objects.filter(pk=1).update(backed_up=timezone.now())
    if watch.NOTED in connection.introspection.table_names() and described["history"]["number"]:
        marks.note("backup", number=described["history"]["number"], link=described["history"]["chain"])
        marks.write("backup")
    says(
        Text(
            f"{path}: {size / 1e6:.1f} MB, riwayat sampai catatan {described['history']['number']} "
            f"({described['history']['chain']}).",
            f"{path}: {size / 1e6:.1f} MB, history up to event {described['history']['number']} "
            f"({described['history']['chain']}).",
        )
    )
    return path


def keep_newest(folder: Path, many: int) -> list[Path]:
    """Remove all but the ``many`` newest backups in ``folder``; return those that went."""
    found = sorted(folder.glob(f"payung-*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[many:]:
        path.unlink()
    return found[many:]


def _name(described: dict[str, Any]) -> str:
    moment = dt.datetime.fromisoformat(described["made"]).astimezone(timezone.get_default_timezone())
    return f"payung-{described['district'] or 'kosong'}-{moment:%Y%m%d-%H%M%S}{ENDING}"


def _copy_to_file(path: Path) -> None:
    """Write the database of this office as the SQLite file ``path``: one moment of it; nobody waits meanwhile."""
    if connection.vendor == "sqlite":
        source = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=60)
        try:
            source.execute("VACUUM INTO ?", (str(path),))
        finally:
            source.close()
        return
    if installation.pending():
        raise InputError(
            Text(
                "Basis data ini dari versi yang lebih lama: cadangkan dengan versi itu, atau dengan pg_dump.",
                "This database is of an older version: back it up with that version, or with pg_dump.",
            )
        )
    _connect_file("copy", path)
    call_command("migrate", database="copy", interactive=False, verbosity=0)
    tables.copy("default", "copy")
    connections["copy"].close()
    _leave_wal(path)


def _connect_file(alias: str, path: Path) -> None:
    found: dict[str, object] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": dict(SQLITE_OPTIONS),
    }
    tables.connect(alias, found)


def _leave_wal(path: Path) -> None:
    """Put everything into the one file."""
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    file.close()


def _description(path: Path, *, files: bool) -> dict[str, Any]:
    file = sqlite3.connect(path)
    try:
        head = file.execute("SELECT number, chain FROM history_head").fetchone() or (0, "")
        place = file.execute(
            "SELECT code FROM regions_region WHERE level = 'regency' ORDER BY code"
        ).fetchone()
        names = [
            row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        ]
        rows = {name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        file.close()
    return {
        "made": timezone.now().isoformat(),
        "version": __version__,
        "district": place[0] if place else "",
        "history": {"number": head[0], "chain": head[1]},
        "rows": rows,
        "files": files,
    }


def look_at(source: Path, *, says: Says) -> list[tuple[str, Finding]]:
    """Unpack a backup in a folder of its own and return what is wrong with it: nothing, where it can be restored."""
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        described = archives.read(source, Path(folder))
        says(_told(source, described))
        found = _of_unpacked(Path(folder), described)
        connections["default"].close()
    return found


def _of_unpacked(folder: Path, described: dict[str, Any]) -> list[tuple[str, Finding]]:
    path = folder / archives.DATABASE
    _whole(path, described)
    _connect_file("default", path)
    settings.MEDIA_ROOT = folder / archives.UPLOADS
    settings.CHAIN_FILE = (
        folder / "rantai.txt"
    )  # later links of the office that is here are not missing in a copy
    installation.refuse_newer()
    renamed.rename()
    call_command("migrate", interactive=False, verbosity=0)  # the copy, as a restored office would be
    condition.register()
    wanted = [name for name in LOOKED_AT if described["files"] or name != "files"]
    return list(checks.walk(wanted))


def _sound(file: sqlite3.Connection) -> bool:
    """Tell whether SQLite finds nothing wrong.

    SQLite 3.40 tells of empty values in tables without row numbers that have none: those are looked for, by their
    kind, since what a column says of itself is believed otherwise.
    """
    columns: set[tuple[str, str]] = set()
    for (line,) in file.execute("PRAGMA integrity_check(2000000000)"):
        empty = re.fullmatch(r"NULL value in (\w+)\.(\w+)", line)
        if empty:
            columns.add((empty[1], empty[2]))
        elif line != "ok":
            return False
    return not any(
        file.execute(f'''SELECT 1 FROM "{table}" WHERE typeof("{column}") = 'null' LIMIT 1''').fetchone()
        for table, column in sorted(columns)
    )


def _whole(path: Path, described: dict[str, Any]) -> None:
    """Refuse a file that SQLite finds damaged or that has other rows than when it was made."""
    file = sqlite3.connect(path)
    try:
        sound = _sound(file)
        many = {
            name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in described["rows"]
        }
    except sqlite3.DatabaseError:
        sound, many = False, {}
    finally:
        file.close()
    if not sound or many != described["rows"]:
        raise InputError(
            Text(
                "Basis data dalam cadangan ini rusak: ambil cadangan yang lain.",
                "The database in this backup is damaged: take another backup.",
            )
        )


def _told(source: Path, described: dict[str, Any]) -> Text:
    head = described["history"]
    return Text(
        f"{source}: dibuat {described['made'][:16]}Z oleh versi {described['version']}, kabupaten "
        f"{described['district']}, riwayat sampai catatan {head['number']}, mata rantai {head['chain']}.",
        f"{source}: made {described['made'][:16]}Z by version {described['version']}, district "
        f"{described['district']}, history up to event {head['number']}, link {head['chain']}.",
    )


def restore(source: Path, *, says: Says) -> None:
    """Put a backup in the place of an office that is not there yet: its database, its uploads.

    Raises :class:`InputError` where there is an office already, or where the backup does not pass its checks.
    Everybody has to sign in again.
    """
    target, uploads = settings.DATABASES["default"], Path(settings.MEDIA_ROOT)
    links = settings.CHAIN_FILE
    refuse_office(uploads)
    with tempfile.TemporaryDirectory(prefix="restore-") as name:
        folder = Path(name)
        described = archives.read(source, folder)
        says(_told(source, described))
        faults = [finding for _, finding in _of_unpacked(folder, described) if finding.fault]
        if faults:
            raise InputError(faults[0].what)
        connections["default"].cursor().execute("DELETE FROM django_session")
        connections["default"].close()
        path = folder / archives.DATABASE
        _leave_wal(path)
        if str(target["ENGINE"]).endswith("sqlite3"):
            path.replace(str(target["NAME"]))
            tables.connect("default", target)
        else:
            _connect_file("copy", path)
            tables.connect("default", target)
            call_command("migrate", interactive=False, verbosity=0)
            tables.copy("copy", "default")
            connections["copy"].close()
        settings.MEDIA_ROOT, settings.CHAIN_FILE = uploads, links
        if described["files"] and (folder / archives.UPLOADS).is_dir():
            uploads.rmdir() if uploads.is_dir() else None
            (folder / archives.UPLOADS).replace(uploads)
    marks.put_aside()  # what another state of this office noted
    watch.note()
    _record("office.restore", {"made": described["made"], "number": described["history"]["number"]})


def refuse_office(uploads: Path) -> None:
    """Raise :class:`InputError` where there is an office already, or its uploads."""
    path = Path(str(connection.settings_dict["NAME"]))
    there = path.exists() if connection.vendor == "sqlite" else not tables.is_empty("default")
    if there or (uploads.is_dir() and any(uploads.iterdir())):
        raise InputError(
            Text(
                f"Di {settings.HOME} (atau PAYUNG_DATABASE) sudah ada kantor: pulihkan ke folder dan "
                "basis data yang kosong.",
                f"There is an office in {settings.HOME} (or PAYUNG_DATABASE): restore into an empty "
                "folder and database.",
            )
        )


def move(address: str, *, says: Says) -> None:
    """Copy the office to the empty database ``address`` (``postgresql://...``, or empty for SQLite in its home).

    The former database stays as it is. Raises :class:`InputError` where the office is open, where the target holds
    something, and where the copy does not pass the checks; then the target is of no use and nothing is lost.
    """
    from payung.office.jobs import health

    given = database(address, settings.HOME, pool=False, connections=2)
    if health.worker_lives(timezone.now()):
        raise InputError(
            Text(
                "Kantor masih buka: tutup dulu payung serve dan payung worker (tunggu satu menit "
                "bila dimatikan paksa).",
                "The office is open: end payung serve and payung worker first (wait a minute where they were killed).",
            )
        )
    if Path(str(given["NAME"])).exists() and given["ENGINE"] == "django.db.backends.sqlite3":
        raise _not_empty()
    tables.connect("target", given)
    if not tables.is_empty("target"):
        raise _not_empty()
    before = tables.counts("default")
    call_command("migrate", database="target", interactive=False, verbosity=0)
    tables.copy(
        "default", "target", says=lambda table, many: says(Text(f"{table}: {many}", f"{table}: {many}"))
    )
    if tables.counts("target") != before:
        raise InputError(
            Text(
                "Jumlah baris berbeda sesudah disalin (kantor masih dipakai?): ulangi ke basis data kosong.",
                "The numbers of rows differ after copying (was the office in use?): repeat into an empty database.",
            )
        )
    connections["target"].close()
    tables.connect("default", given)
    condition.register()
    faults = [finding for _, finding in checks.walk(LOOKED_AT) if finding.fault]
    if faults:
        raise InputError(faults[0].what)
    watch.note()
    _record("office.move", {"database": "postgresql" if address else "sqlite"})


def _not_empty() -> InputError:
    return InputError(
        Text(
            "Basis data tujuan sudah berisi: sebutkan yang kosong.",
            "The target holds something: name an empty one.",
        )
    )


def _record(action: str, after: dict[str, Any]) -> None:
    from payung.office.history.actions import BY_ITSELF, Entry, record

    with transaction.atomic():
        record(by=BY_ITSELF, entries=[Entry(action, "office", after=after)])
