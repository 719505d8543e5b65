"""What the machine says about this office: folders, database, addresses, secrets. Environment variables only.

A file ``.env`` in the working directory (or the one that ``PAYUNG_ENV`` names) is read first; a variable of the
process wins over it. Every variable is listed in ``.env.example``. Nothing is made here: see :mod:`.making`.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from payung.errors import InputError
from payung.office.service import values as given_values
from payung.office.service.addresses import Mail, database, mail
from payung.text import Text

SHORTEST_SECRET = 32  # characters
SHORTEST_TOKEN = 16  # characters
SECRET_FILE = "secret.key"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", "testserver"})
NAMES = (
    *(
        "PAYUNG_HOME",
        "PAYUNG_SECRET",
        "PAYUNG_DATABASE",
        "PAYUNG_DATABASE_POOL",
        "PAYUNG_DATABASE_POOLER",
        "PAYUNG_DATABASE_CONNECTIONS",
    ),
    *("PAYUNG_HOSTS", "PAYUNG_HTTPS", "PAYUNG_PROXIES", "PAYUNG_WORKERS", "PAYUNG_THREADS"),
    *("PAYUNG_TIMEZONE", "PAYUNG_LANG", "PAYUNG_SECOND_FACTOR", "PAYUNG_IDLE", "PAYUNG_DEBUG"),
    *("PAYUNG_LOG", "PAYUNG_ACCESS_LOG", "PAYUNG_METRICS_TOKEN"),
    *("PAYUNG_MAIL", "PAYUNG_MAIL_FROM", "PAYUNG_MAIL_TO"),
    *("PAYUNG_MAX_DECILE", "PAYUNG_RULES_OFF"),
    *("PAYUNG_KEEP_SIGN_INS", "PAYUNG_KEEP_JOBS", "PAYUNG_KEEP_FILES", "PAYUNG_KEEP_EXPORTS"),
)
# The rules that lists are held against before they end (payung.office.answers), each of which can be switched off.
RULES = ("minimum_age", "age_limit", "welfare_decile", "passed_before")
# Read elsewhere: where the settings stand, the demonstration, the tests.
OTHER_NAMES = frozenset(
    f"PAYUNG_{name}"
    for name in (
        "ENV",
        "PORT",
        "TEST_DATABASE",
        "SCREENSHOTS",
        "GOLDEN",
        "QUIET",
        "SLOW",
        "ATTACKS",
        "FIGURES",
    )
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one installation.

    Fields
        home: folder of everything this office writes: database, secret, uploads.
        secret: the one secret that all keys are derived from; kept in ``home`` or given.
        has_secret: whether the secret was given or lies in ``home``; else it is one of this process alone.
        database: Django's settings of the database.
        hosts: names under which the office answers.
        https: whether it stands behind HTTPS (cookies and redirects follow).
        proxies: how many proxies stand in front, each of which adds an address to X-Forwarded-For.
        workers, threads: server processes, and requests that each works on at the same time.
        timezone: name of the time zone of the pages ("Asia/Pontianak").
        language: ``id`` or ``en``: of what commands say.
        second_factor: whether roles that see names in bulk must have a second factor.
        idle: minutes without a page after which whoever sees names signs in again.
        debug: whether faults show their traceback. Refused where others reach this machine.
        log: ``text`` or ``json``.
        access_log: whether every request is a line of the log.
        metrics_token: what a collector of figures must show; empty: no figures are given.
        mail: the mail server, or ``None``.
        max_decile: the highest welfare decile that the district admits to lists of vulnerable workers; ``None`` where
            it set none. rules_off: which of :data:`RULES` lists are not held against.
        keep_sign_ins, keep_jobs, keep_files, keep_exports: days that records of signing in, finished work, withdrawn
            files and prepared exports are kept.
    """

    home: Path
    secret: str = field(repr=False)
    has_secret: bool
    database: dict[str, object] = field(repr=False)
    hosts: tuple[str, ...]
    https: bool
    proxies: int
    workers: int
    threads: int
    timezone: str
    language: str
    second_factor: bool
    idle: int
    debug: bool
    log: str
    access_log: bool
    metrics_token: str = field(repr=False)
    mail: Mail | None = field(repr=False)
    max_decile: int | None
    rules_off: tuple[str, ...]
    keep_sign_ins: int
    keep_jobs: int
    keep_files: int
    keep_exports: int

    @property
    def made(self) -> bool:
        """Whether home and secret are there; without them nothing is opened but by `payung setup`."""
        return self.has_secret and self.home.is_dir()

    def key(self, purpose: str) -> bytes:
        """Return 32 bytes derived from the secret for one ``purpose``; different purposes share nothing."""
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()


def read(values: Mapping[str, str] | None = None) -> Environment:
    """Return the settings that ``values`` (default: the settings file and the process) ask for.

    Makes nothing: where there is no office yet, ``made`` is false.
    Raises :class:`InputError` where a value cannot be used.
    """
    given = gathered() if values is None else dict(values)
    home = home_of(given)
    secret = _secret(given, home)
    hosts, https = given_values.hosts(given), given_values.switch(given, "PAYUNG_HTTPS", default=False)
    debug = given_values.switch(given, "PAYUNG_DEBUG", default=False)
    if debug:
        _refuse_open_debug(hosts, https=https)
    number, choice = given_values.number, given_values.choice
    return Environment(
        home=home,
        secret=secret or secrets.token_hex(32),
        has_secret=bool(secret),
        database=database(
            given.get("PAYUNG_DATABASE", "").strip(),
            home,
            pool=given_values.switch(given, "PAYUNG_DATABASE_POOL", default=True),
            pooler=given_values.switch(given, "PAYUNG_DATABASE_POOLER", default=False),
            connections=number(given, "PAYUNG_DATABASE_CONNECTIONS", default=8, least=2, most=500),
        ),
        hosts=hosts,
        https=https,
        proxies=number(given, "PAYUNG_PROXIES", default=0, least=0, most=9),
        workers=number(given, "PAYUNG_WORKERS", default=1, least=1, most=64),
        threads=number(given, "PAYUNG_THREADS", default=32, least=4, most=256),
        timezone=given_values.timezone(given),
        language="en" if given.get("PAYUNG_LANG", "").strip().lower().startswith("en") else "id",
        second_factor=given_values.switch(given, "PAYUNG_SECOND_FACTOR", default=True),
        idle=number(given, "PAYUNG_IDLE", default=60, least=5, most=720),
        debug=debug,
        log=choice(given, "PAYUNG_LOG", ("text", "json")),
        access_log=given_values.switch(given, "PAYUNG_ACCESS_LOG", default=False),
        metrics_token=_token(given.get("PAYUNG_METRICS_TOKEN", "").strip()),
        mail=mail(given),
        max_decile=number(given, "PAYUNG_MAX_DECILE", default=0, least=0, most=10) or None,
        rules_off=given_values.some_of(given, "PAYUNG_RULES_OFF", RULES),
        keep_sign_ins=number(given, "PAYUNG_KEEP_SIGN_INS", default=90, least=1, most=3650),
        keep_jobs=number(given, "PAYUNG_KEEP_JOBS", default=90, least=7, most=3650),
        keep_files=number(given, "PAYUNG_KEEP_FILES", default=30, least=1, most=3650),
        keep_exports=number(given, "PAYUNG_KEEP_EXPORTS", default=7, least=1, most=90),
    )


def gathered() -> dict[str, str]:
    """Return the variables of the settings file and of the process, the process winning."""
    named = os.environ.get("PAYUNG_ENV", "").strip()
    path = Path(named or ".env")
    if named and not path.is_file():
        raise InputError(
            Text(
                f"PAYUNG_ENV={named!r}: berkas itu tidak ada. Perbaiki letaknya.",
                f"PAYUNG_ENV={named!r}: there is no such file. Correct where it is.",
            )
        )
    return {**given_values.settings_file(path), **os.environ}


def home_of(given: Mapping[str, str]) -> Path:
    """Return the folder of the office: PAYUNG_HOME, or a folder of this user's data outside of any checkout."""
    named = given.get("PAYUNG_HOME", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    data = given.get("XDG_DATA_HOME", "").strip()
    try:
        return Path(data).absolute() / "payung" if data else Path.home() / ".local/share/payung"
    except RuntimeError:  # a user without a home folder
        return Path("/var/lib/payung")


def unknown(given: Mapping[str, str]) -> list[str]:
    """Return the names that begin like ours and mean nothing here: mistyped, or of another version."""
    known = {*NAMES, *OTHER_NAMES}
    return sorted(name for name in given if name.startswith("PAYUNG_") and name not in known)


def _secret(given: Mapping[str, str], home: Path) -> str:
    """Return the secret of this installation; empty where there is none yet."""
    where, found = "PAYUNG_SECRET", given.get("PAYUNG_SECRET", "").strip()
    if not found:
        path = home / SECRET_FILE
        where = str(path)
        try:
            found = path.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "?"
            raise InputError(
                Text(
                    f"{path} tidak dapat dibaca ({why}): jalankan sebagai pemiliknya, atau kembalikan dari cadangan.",
                    f"{path} cannot be read ({why}): run as its owner, or put it back from its backup.",
                )
            ) from None
    if len(found) < SHORTEST_SECRET:
        raise InputError(
            Text(
                f"Rahasia di {where} hanya {len(found)} tanda, paling sedikit {SHORTEST_SECRET}: kembalikan dari "
                "cadangan. Jangan membuat yang baru bila sudah ada data.",
                f"The secret in {where} has {len(found)} characters, it needs {SHORTEST_SECRET}: put it back from its "
                "backup. Do not make a new one where there are data.",
            )
        )
    return found


def _token(found: str) -> str:
    if found and len(found) < SHORTEST_TOKEN:
        raise InputError(
            Text(
                f"PAYUNG_METRICS_TOKEN hanya {len(found)} tanda, paling sedikit {SHORTEST_TOKEN}.",
                f"PAYUNG_METRICS_TOKEN has {len(found)} characters, it needs {SHORTEST_TOKEN}.",
            )
        )
    return found


def _refuse_open_debug(hosts: tuple[str, ...], *, https: bool) -> None:
    """Refuse to show tracebacks where anybody but this machine can look."""
    others = [host for host in hosts if host not in LOOPBACK]
    if https or others:
        why = "PAYUNG_HTTPS=1" if https else f"PAYUNG_HOSTS={','.join(others)}"
        raise InputError(
            Text(
                f"PAYUNG_DEBUG=1 bersama {why}: kesalahan akan terlihat orang lain. Tulis PAYUNG_DEBUG=0.",
                f"PAYUNG_DEBUG=1 together with {why}: others would see faults. Write PAYUNG_DEBUG=0.",
            )
        )
