"""Making what an office needs on the disk: its folder and its secret. Only `payung setup` and what restores do."""

from __future__ import annotations

import os
import pwd
import secrets
from contextlib import suppress
from pathlib import Path

from payung.errors import InputError
from payung.office.service.environment import SECRET_FILE, Environment
from payung.text import Text


def make(environment: Environment) -> None:
    """Make the home folder (0700) and the secret where they do not exist yet.

    Raises :class:`InputError` where the folder cannot be made or written.
    """
    home = environment.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        tighten(home)
        if not environment.has_secret and not (home / SECRET_FILE).exists():
            write_whole(home / SECRET_FILE, secrets.token_hex(32) + "\n")
    except OSError as error:
        raise InputError(
            Text(
                f"PAYUNG_HOME={str(home)!r} tidak dapat dibuat atau ditulisi ({error.strerror}): "
                "pilih folder yang boleh "
                "ditulisi.",
                f"PAYUNG_HOME={str(home)!r} cannot be made or written ({error.strerror}): choose a folder that can be "
                "written to.",
            )
        ) from None


def refuse_foreign(home: Path) -> None:
    """Refuse the home folder of another user: files that root makes there stop the office of its owner.

    SQLite's side files and the temporary folder would be root's, and the office "read-only" from then on.
    """
    try:
        owner = home.stat().st_uid
    except OSError:
        return
    if owner != os.geteuid():
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = f"#{owner}"
        raise InputError(
            Text(
                f"{home} milik pengguna {name}: jalankan sebagai pengguna itu (sudo -u {name} payung ...).",
                f"{home} belongs to the user {name}: run as that user (sudo -u {name} payung ...).",
            )
        )


def tighten(home: Path) -> None:
    """Let nobody but its owner into the folder; where it belongs to another user it stays (`payung check` tells)."""
    found = home.stat()
    if found.st_mode & 0o077 and found.st_uid == os.geteuid():
        home.chmod(0o700)
    for path in (
        home / SECRET_FILE,
        home / "uploads",
        *home.glob("office.sqlite3*"),
    ):  # of before that was asked
        with suppress(FileNotFoundError):
            mode = path.stat()
            if mode.st_mode & 0o077 and mode.st_uid == os.geteuid():
                path.chmod(mode.st_mode & 0o700)


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` so that ``path`` is whole or not there, whatever happens; of two writers the first one wins."""
    part = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # refuses to take the place of another, which a rename would not
        except FileExistsError:
            return
        except OSError:  # a disk without links
            part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        part.unlink(missing_ok=True)
