"""The checks of the installation itself: settings, clock, rights, disk, secret, migrations, history, files, work."""

from __future__ import annotations

import datetime as dt
import functools
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from payung.office.face import Finding
from payung.office.face.read import with_face
from payung.office.service import checks, environment, installation, leftovers
from payung.office.service.proofs import of_emptied, of_guards, of_history, of_sealed
from payung.text import Text

AHEAD = dt.timedelta(minutes=2)  # what a clock may differ from the last event
APART = dt.timedelta(seconds=30)  # what the clocks of database and server may differ
OLD_BACKUP = dt.timedelta(days=2)
FEW = 20  # findings of one kind that are listed


def register() -> None:
    """Add them all, and those that apps have in their faces (under ``app-<label>``)."""
    for name, function in (
        ("settings", of_settings),
        ("rights", of_rights),
        ("disk", of_disk),
        ("clock", of_clock),
        ("secret", of_secret),
        ("migrations", of_migrations),
        ("history", of_history),
        ("guards", of_guards),
        ("emptied", of_emptied),
        ("sealed", of_sealed),
        ("files", of_files),
        ("work", of_work),
        ("backup", of_backup),
    ):
        checks.add(name, function)
    for app, face in with_face():
        if face.checks:
            checks.add(f"app-{app.label}", functools.partial(of_face, face.checks))


def of_face(of_app: Iterable[Callable[[], Iterable[Finding]]]) -> Iterator[Finding]:
    """Walk the checks that an app has in its face."""
    for check in of_app:
        yield from check()


def of_settings() -> Iterator[Finding]:
    """Look at settings that work and are wrong for a real office."""
    given = settings.ENVIRONMENT
    reached = any(host not in environment.LOOPBACK for host in given.hosts)
    for name in environment.unknown(environment.gathered()):
        yield Finding(
            "settings.unknown", name, Text(f"{name} tidak dikenal.", f"{name} is not known."), fault=False
        )
    if given.debug:
        yield Finding("settings.debug", "PAYUNG_DEBUG", Text("PAYUNG_DEBUG=1.", "PAYUNG_DEBUG=1."))
    if not given.second_factor:
        told = Text(
            "Peran yang melihat banyak nama bekerja tanpa kode kedua: tulis PAYUNG_SECOND_FACTOR=1.",
            "Roles that see many names work without a second factor: write PAYUNG_SECOND_FACTOR=1.",
        )
        yield Finding("settings.second_factor", "PAYUNG_SECOND_FACTOR", told)
    if reached and not given.https:
        told = Text(
            "Kantor ini dijangkau orang lain tanpa HTTPS: pasang nginx dengan TLS dan tulis PAYUNG_HTTPS=1.",
            "Others reach this office without HTTPS: put nginx with TLS in front and write PAYUNG_HTTPS=1.",
        )
        yield Finding("settings.https", "PAYUNG_HTTPS", told)
    if given.https and not given.proxies:
        told = Text(
            "Di belakang proxy semua orang beralamat sama dan terkunci bersama: tulis PAYUNG_PROXIES=1.",
            "Behind a proxy everybody has one address and is locked out together: write PAYUNG_PROXIES=1.",
        )
        yield Finding("settings.proxies", "PAYUNG_PROXIES", told)


def of_rights() -> Iterator[Finding]:
    """Look whether other users of this machine may read what the office writes."""
    home, me = Path(settings.HOME), os.geteuid()
    paths = [home, home / environment.SECRET_FILE, Path(settings.MEDIA_ROOT), *home.glob("office.sqlite3*")]
    file = Path(os.environ.get("PAYUNG_ENV") or ".env")
    if given_secrets(file):
        paths.append(file)
    for path in paths:
        if not path.exists():
            continue
        found = path.stat()
        if stat.S_IMODE(found.st_mode) & 0o077 and (
            path == home or not _closed(home) or home not in path.parents
        ):
            mode = oct(stat.S_IMODE(found.st_mode))[2:]
            told = Text(
                f"{path} dapat dibuka pengguna lain ({mode}): chmod go= {path}",
                f"{path} can be opened by other users ({mode}): chmod go= {path}",
            )
            yield Finding("rights.open", str(path), told)
        if found.st_uid != me:
            told = Text(
                f"{path} milik pengguna lain: jalankan sebagai pemiliknya, atau chown.",
                f"{path} belongs to another user: run as its owner, or chown it.",
            )
            yield Finding("rights.owner", str(path), told)


def given_secrets(file: Path) -> bool:
    """Tell whether a settings file holds a secret or a password."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    names = ("PAYUNG_SECRET=", "PAYUNG_DATABASE=postgres", "PAYUNG_METRICS_TOKEN=", "PAYUNG_MAIL=")
    return any(
        line.removeprefix("export ").startswith(names) and not line.rstrip().endswith("=")
        for line in text.splitlines()
    )


def _closed(home: Path) -> bool:
    return not stat.S_IMODE(home.stat().st_mode) & 0o077


def of_disk() -> Iterator[Finding]:
    """Look at the room that is left."""
    from payung.office.jobs.health import ROOM, has_room

    if not has_room():
        told = Text(
            f"Disk {settings.HOME} hampir penuh (kurang dari {ROOM // 2**20} MB): kosongkan tempat.",
            f"The disk of {settings.HOME} is almost full (less than {ROOM // 2**20} MB): make room.",
        )
        yield Finding("disk.room", str(settings.HOME), told)


def of_clock() -> Iterator[Finding]:
    """Look whether the clock of this machine can be right: codes of the second factor and the history need it."""
    from payung.office.history.models import Event

    now = timezone.now()
    last = Event.objects.order_by("-number").values_list("at", flat=True).first()
    if last is not None and last > now + AHEAD:
        told = Text(
            f"Jam mesin ini ({now:%Y-%m-%d %H:%M} UTC) lebih lambat dari catatan terakhir "
            f"({last:%Y-%m-%d %H:%M} UTC): setel "
            "dengan timedatectl set-ntp true.",
            f"The clock of this machine ({now:%Y-%m-%d %H:%M} UTC) is behind the last event "
            f"({last:%Y-%m-%d %H:%M} UTC): "
            "set it with timedatectl set-ntp true.",
        )
        yield Finding("clock.behind", "clock", told)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            there = cursor.fetchone()[0]
        if abs(there - timezone.now()) > APART:
            told = Text(
                "Jam mesin basis data dan mesin ini berbeda lebih dari 30 detik: setel keduanya.",
                "The clocks of the database's machine and of this one differ by more than 30 seconds: set both.",
            )
            yield Finding("clock.apart", "clock", told)


def of_secret() -> Iterator[Finding]:
    """Look whether the secret is that of the office and opens what was sealed."""
    from payung.errors import PayungError

    if installation.installation() is None:
        told = Text(
            "Sidik rahasia belum dicatat: jalankan payung serve sekali.",
            "The print of the secret is not noted yet: run payung serve once.",
        )
        yield Finding("secret.unnoted", "secret", told, fault=False)
    try:
        installation.refuse_another_secret()
        installation.try_to_open_something()
    except PayungError as error:
        yield Finding("secret.another", "secret", error.message)


def of_migrations() -> Iterator[Finding]:
    """Look whether program and database are of the same version."""
    for name in installation.newer_than_program():
        told = Text(
            f"Basis data mengenal {name}, program ini tidak: pasang versi yang lebih baru.",
            f"The database knows {name}, this program does not: install the newer version.",
        )
        yield Finding("migrations.newer", name, told)
    for name in installation.pending():
        told = Text(
            f"Basis data belum memuat {name}: buat cadangan, lalu payung serve.",
            f"The database lacks {name}: make a backup, then payung serve.",
        )
        yield Finding("migrations.pending", name, told)


def of_files() -> Iterator[Finding]:
    """Look whether every file that a row names is there."""
    root = Path(settings.MEDIA_ROOT)
    if not installation.shares_uploads():
        told = Text(
            f"{root} bukan folder unggahan kantor ini.",
            f"{root} is not the folder of uploads of this office.",
        )
        yield Finding("files.folder", str(root), told)
    missing = [path for path in leftovers.referred() if not (root / path).is_file()]
    for path in missing[:FEW]:
        told = Text(
            f"Berkas {path} hilang ({len(missing)} berkas): pulihkan folder uploads dari cadangan.",
            f"The file {path} is missing ({len(missing)} files): restore the folder uploads from its backup.",
        )
        yield Finding("files.missing", path, told)


def of_work() -> Iterator[Finding]:
    """Look at work that nobody does, and at work that broke."""
    from payung.office.jobs import health

    now = timezone.now()
    if health.stuck(now).exists():
        told = Text(
            "Ada pekerjaan yang menunggu lebih dari lima menit: apakah payung serve atau payung worker berjalan?",
            "Work waits for more than five minutes: does payung serve or payung worker run?",
        )
        yield Finding("work.stuck", "jobs", told)
    for job in health.broken(now)[:FEW]:
        told = Text(
            f"Pekerjaan {job.pk} ({job.kind} {job.subject}) gagal: {job.fault_id} Ulangi: payung jobs --again {job.pk}",
            f"Job {job.pk} ({job.kind} {job.subject}) failed: {job.fault_en} Again: payung jobs --again {job.pk}",
        )
        yield Finding("work.broken", f"job:{job.pk}", told)


def of_backup() -> Iterator[Finding]:
    """Look when the last backup was made."""
    found = installation.installation()
    if found is None:
        return
    if found.backed_up is None or found.backed_up < timezone.now() - OLD_BACKUP:
        when = f"{found.backed_up:%Y-%m-%d}" if found.backed_up else "-"
        told = Text(
            f"Cadangan terakhir: {when}. Jalankan payung backup setiap hari.",
            f"Last backup: {when}. Run payung backup every day.",
        )
        yield Finding("backup.old", "backup", told, fault=False)
