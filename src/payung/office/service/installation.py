"""What an office knows about itself: whether the secret, the program and the folder of uploads belong to it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from payung import __version__
from payung.errors import InputError, MissingDataError
from payung.office.renamed import LAST
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.jobs.models import Installation

NEXT_SECRET = "secret.next"  # beside the secret while it is changed
MARK = ".office"  # file in the folder of uploads
# Apps of earlier versions that are no more; others took over what their migrations made.
RETIRED = frozenset(LAST)
ANOTHER_SECRET = Text(
    "Kantor ini ditulis dengan rahasia lain.", "This office was written with another secret."
)


def print_of_secret() -> str:
    """Return what shows that a secret is the same, and nothing else about it."""
    return str(settings.ENVIRONMENT.key("fingerprint").hex())


def newer_than_program(alias: str = "default") -> list[str]:
    """Return the changes of the database that this program does not know: it was written by a newer one."""
    loader = MigrationLoader(connections[alias])
    known = {*loader.disk_migrations}
    for migration in loader.disk_migrations.values():
        known |= {(app, name) for app, name in migration.replaces}
    found = [key for key in loader.applied_migrations if key not in known and key[0] not in RETIRED]
    return sorted(f"{app}.{name}" for app, name in found)


def pending(alias: str = "default") -> list[str]:
    """Return the changes of this program that the database does not have yet."""
    loader = MigrationLoader(connections[alias])
    return sorted(
        f"{app}.{name}"
        for app, name in loader.disk_migrations
        if (app, name) not in loader.applied_migrations
    )


def refuse_newer(alias: str = "default") -> None:
    """Raise :class:`InputError` where the database is that of a newer program: it would be written wrongly."""
    unknown = newer_than_program(alias)
    if unknown:
        raise InputError(
            Text(
                f"Basis data ini milik versi yang lebih baru ({unknown[-1]}), program ini "
                f"{__version__}: pasang lagi versi "
                "itu, atau pulihkan cadangan dari sebelum pembaruan (payung restore).",
                f"This database is that of a newer version ({unknown[-1]}), this program is "
                f"{__version__}: install that "
                "version again, or restore the backup of before the upgrade (payung restore).",
            )
        )


def refuse_another_secret() -> None:
    """Raise :class:`InputError` where the office was written with another secret.

    What another one sealed could never be matched with what is there.
    """
    if (settings.HOME / NEXT_SECRET).exists():
        raise InputError(
            Text(
                "Rahasia kantor sedang diganti dan belum selesai: jalankan lagi payung rotate-secret.",
                "The secret of this office is being changed and that has not ended: run payung rotate-secret again.",
            )
        )
    found = installation()
    if found is not None:
        if found.secret != print_of_secret():
            raise InputError(
                Text(
                    f"{ANOTHER_SECRET.id} Kembalikan secret.key (atau PAYUNG_SECRET) yang lama.",
                    f"{ANOTHER_SECRET.en} Put the former secret.key (or PAYUNG_SECRET) back.",
                )
            )
        return
    try_to_open_something()


def try_to_open_something() -> None:
    """Raise :class:`InputError` where a sealed value does not open: all there is in an office without a print."""
    from payung.office.people.models import Person
    from payung.office.submissions.models import Row

    try:
        Person.everybody.filter(nik__isnull=False).order_by("pk").first()
        Row.objects.filter(nik__isnull=False).order_by("pk").first()
    except MissingDataError as error:
        raise InputError(
            Text(f"{ANOTHER_SECRET.id} {error.message.id}", f"{ANOTHER_SECRET.en} {error.message.en}")
        ) from None


def installation() -> Installation | None:
    """Return what the office knows about itself, or ``None`` in one of before that was noted."""
    from payung.office.jobs.models import Installation

    return Installation.objects.filter(pk=1).first()


def note() -> None:
    """Note secret, program and folder of uploads in the database; quick where they are noted already."""
    from payung.office.jobs.models import Installation

    found, made = Installation.objects.get_or_create(
        pk=1, defaults={"secret": print_of_secret(), "mark": secrets.token_hex(16), "version": __version__}
    )
    if not made and found.version != __version__:
        Installation.objects.filter(pk=1).update(version=__version__)
    uploads = Path(settings.MEDIA_ROOT)
    if not (uploads / MARK).exists():
        uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
        (uploads / MARK).write_text(f"{found.mark}\n", encoding="ascii")


def shares_uploads() -> bool:
    """Tell whether the folder of uploads here is that of this office; a second machine needs the same one."""
    found = installation()
    try:
        mark = (Path(settings.MEDIA_ROOT) / MARK).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        mark = ""
    return found is None or found.mark == mark


def refuse_other_uploads() -> None:
    """Raise :class:`InputError` for a worker that would not find the files it is to read."""
    if not shares_uploads():
        raise InputError(
            Text(
                f"Folder {settings.MEDIA_ROOT} bukan folder unggahan kantor ini: pekerja di mesin "
                "kedua memerlukan folder "
                "yang sama (mis. lewat NFS).",
                f"The folder {settings.MEDIA_ROOT} is not the folder of uploads of this office: a worker on a second "
                "machine needs the same one (e.g. over NFS).",
            )
        )
