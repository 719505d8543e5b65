"""What the machine says about this office: folders, database, addresses, secrets. Environment variables only.

A file ``.env`` in the working directory is read first; a variable of the process wins over it. Every variable
is listed in ``.env.example``.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from payung.errors import InputError
from payung.text import Text

SQLITE_OPTIONS: dict[str, object] = {
    # A write transaction takes the write lock at once, so that two readers never both wait to become writers.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=268435456;"
        "PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;"
        # REPLACE goes round the guards against deletion without this.
        "PRAGMA recursive_triggers=ON;"
    ),
}


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one installation.

    Fields
        home: folder of everything this office writes: database, secret, uploads, served styles.
        secret: the one secret that all keys are derived from; made once and kept in ``home``.
        database: Django's settings of the database.
        hosts: names under which the office answers.
        https: whether it stands behind HTTPS (cookies and redirects follow).
        debug: whether faults show their traceback. Never on a machine that others reach.
        second_factor: whether roles that see names in bulk must have a second factor.
    """

    home: Path
    secret: str
    database: dict[str, object]
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    second_factor: bool

    def key(self, purpose: str) -> bytes:
        """Return 32 bytes derived from the secret for one ``purpose``; different purposes share nothing."""
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()


def read(values: Mapping[str, str] | None = None) -> Environment:
    """Return the settings that ``values`` (default: ``.env`` and the process) ask for.

    Makes the home folder and the secret where they do not exist yet. Raises :class:`InputError` where a value
    cannot be used.
    """
    given = {**_dotenv(Path(".env")), **os.environ} if values is None else dict(values)
    home = Path(given.get("PAYUNG_HOME", "var/office")).absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            Text(
                f"PAYUNG_HOME={str(home)!r} tidak dapat dibuat ({error.strerror}): pilih folder yang boleh ditulisi.",
                f"PAYUNG_HOME={str(home)!r} cannot be made ({error.strerror}): choose a folder that can be written to.",
            )
        ) from None
    hosts = given.get("PAYUNG_HOSTS", "localhost,127.0.0.1,[::1]")
    return Environment(
        home=home,
        secret=given.get("PAYUNG_SECRET") or _secret(home / "secret.key"),
        database=_database(
            given.get("PAYUNG_DATABASE", ""), home, pool=_switch(given, "PAYUNG_DATABASE_POOL", default=True)
        ),
        hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        https=_switch(given, "PAYUNG_HTTPS", default=False),
        debug=_switch(given, "PAYUNG_DEBUG", default=False),
        second_factor=_switch(given, "PAYUNG_SECOND_FACTOR", default=True),
    )


def _dotenv(path: Path) -> dict[str, str]:
    """Return the ``NAME=value`` lines of ``path``; empty where there is no such file."""
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            Text(
                f"{path.absolute()} bukan teks UTF-8: simpan ulang sebagai UTF-8.",
                f"{path.absolute()} is not UTF-8 text: save it again as UTF-8.",
            )
        ) from None
    found = {}
    for line in text.splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            found[name.strip()] = value.strip().strip("\"'")
    return found


def _secret(path: Path) -> str:
    """Return the secret of this installation; made once, readable by its owner only."""
    try:
        # Exclusive: of two processes that start together only one makes the secret.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    made = secrets.token_hex(32)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made + "\n")
    return made


def _switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = given.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "ya", "on"}:
        return True
    if text in {"0", "false", "no", "tidak", "off"}:
        return False
    raise InputError(
        Text(
            f"{name}={text!r} bukan 1 atau 0: tulis 1 atau 0.",
            f"{name}={text!r} is not 1 or 0: write 1 or 0.",
        )
    )


def _has_port(parts: SplitResult) -> bool:
    """Tell whether the port of an address is a number, or left out."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _database(address: str, home: Path, *, pool: bool) -> dict[str, object]:
    """Return Django's settings for ``address``: empty for SQLite in ``home``, or ``postgresql://...``."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "office.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or not _has_port(parts):
        raise InputError(
            Text(
                "PAYUNG_DATABASE tidak dikenali: kosongkan untuk SQLite, atau tulis "
                "postgresql://pengguna:sandi@tuan-rumah:5432/nama.",
                "PAYUNG_DATABASE is not understood: leave it empty for SQLite, or write "
                "postgresql://user:password@host:5432/name.",
            )
        )
    options: dict[str, object] = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections
        "OPTIONS": options,
    }
