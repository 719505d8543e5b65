"""Addresses of servers in settings: the database, and the mail server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from payung.errors import InputError
from payung.text import Text

SQLITE_OPTIONS: dict[str, object] = {
    # A write transaction takes the write lock at once, so that two readers never both wait to become writers.
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,  # seconds; then whoever waits is told that the office is busy
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=268435456;"
        "PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;"
        # REPLACE goes round the guards against deletion without this.
        "PRAGMA recursive_triggers=ON;"
    ),
}
NOT_UNDERSTOOD = Text(
    "PAYUNG_DATABASE tidak dikenali: kosongkan untuk SQLite, atau tulis "
    "postgresql://pengguna:sandi@tuan-rumah:5432/nama. Tanda seperti @ : / # % dalam sandi ditulis sebagai %40 %3A "
    "%2F %23 %25.",
    "PAYUNG_DATABASE is not understood: leave it empty for SQLite, or write "
    "postgresql://user:password@host:5432/name. Signs like @ : / # % in the password are written as %40 %3A %2F %23 "
    "%25.",
)


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server that notices to the administrator go through.

    Fields
        host, port, user, password: of the server.
        encryption: ``smtps``, ``starttls`` or ``none``.
        sender: address in the From line.
        receivers: whom findings are sent to.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    encryption: str
    sender: str
    receivers: tuple[str, ...]


# What every session on PostgreSQL begins with; where the address says otherwise, that holds. Compiling a statement
# takes longer than any page needs; who waits longer for a lock is told that the office is busy, and asks again.
SESSION = "-c jit=off -c lock_timeout=30s"


def database(
    address: str, home: Path, *, pool: bool, connections: int, pooler: bool = False
) -> dict[str, object]:
    """Return Django's settings for ``address``: empty for SQLite in ``home``, or ``postgresql://...``.

    ``pooler`` says that a pooler in transaction mode answers there (pgbouncer): it takes no options of a session, and
    a cursor kept on the server would be looked for on another connection.
    """
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "office.sqlite3"),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    try:
        parts = urlsplit(address)
    except ValueError:
        raise InputError(NOT_UNDERSTOOD) from None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or not _has_port(parts):
        raise InputError(NOT_UNDERSTOOD)
    options: dict[str, object] = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if not pooler:
        options["options"] = f"{SESSION} {options.get('options', '')}".strip()
    if pool:
        options["pool"] = {"min_size": 1, "max_size": connections, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections,
        "DISABLE_SERVER_SIDE_CURSORS": pooler,
        "CONN_HEALTH_CHECKS": True,  # and asks each whether it still lives: a server may have started anew
        "OPTIONS": options,
    }


def mail(given: Mapping[str, str]) -> Mail | None:
    """Return the mail server of PAYUNG_MAIL: ``smtp://user:password@host:587`` (STARTTLS), ``smtps://...``."""
    address = given.get("PAYUNG_MAIL", "").strip()
    receivers = tuple(part.strip() for part in given.get("PAYUNG_MAIL_TO", "").split(",") if part.strip())
    if not address:
        return None
    fault = InputError(
        Text(
            "PAYUNG_MAIL tidak dikenali: tulis smtp://pengguna:sandi@tuan-rumah:587 (STARTTLS), smtps://...:465, atau "
            "smtp+open://... tanpa sandi untuk server di mesin ini; PAYUNG_MAIL_TO berisi alamat tujuan.",
            "PAYUNG_MAIL is not understood: write smtp://user:password@host:587 (STARTTLS), smtps://...:465, or "
            "smtp+open://... without encryption for a server on this machine; PAYUNG_MAIL_TO holds who receives.",
        )
    )
    try:
        parts = urlsplit(address)
    except ValueError:
        raise fault from None
    ways = {"smtp": ("starttls", 587), "smtps": ("smtps", 465), "smtp+open": ("none", 25)}
    known = parts.scheme in ways and parts.hostname and _has_port(parts)
    if not known or not receivers or any("@" not in one for one in receivers):
        raise fault
    encryption, port = ways[parts.scheme]
    return Mail(
        host=parts.hostname or "",
        port=parts.port or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encryption=encryption,
        sender=given.get("PAYUNG_MAIL_FROM", "").strip() or receivers[0],
        receivers=receivers,
    )


def _has_port(parts: SplitResult) -> bool:
    """Tell whether the port of an address is a number, or left out."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False
