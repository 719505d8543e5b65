"""What the commands on an office share: who acts and whether they may, files that are read, how an outcome is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.scope import Scope
    from payung.office.accounts.models import User
    from payung.office.people.models import Person

BY = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="USER",
        help="Nama pengguna kantor; tanpa ini kantor sendiri. / User of the office; without one the office itself.",
    ),
]
DISTRICT = Annotated[
    str,
    typer.Option(
        "--district",
        metavar="CODE",
        help="Kabupaten yang dimaksud; perlu bila kantor punya beberapa. / The district, where the office has several.",
    ),
]
AS_JSON = Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")]


def open_office() -> None:
    """Load an office that is set up. Raises :class:`InputError` where there is none."""
    from payung.office.service import start

    start.load()
    start.ready()


def opened(by: str, *permissions: str) -> str:
    """Open the office and return who acts, after asking whether they may; see :func:`allowed`."""
    open_office()
    return allowed(by, *permissions)


def user_named(by: str) -> User | None:
    """Return the active account of a user name, or ``None`` where there is none of that name."""
    from payung.office.accounts.models import User

    return User.objects.filter(username=by.strip().lower(), is_active=True).first()


def allowed(by: str, *permissions: str, region_code: str = "") -> str:
    """Return who acts, after asking whether one of ``permissions`` is theirs, in ``region_code`` where it is given.

    Where no user is named, the office itself acts: whoever runs the machine has all that is on it. So has an
    administrator of the installation, by name. Raises :class:`InputError` for an unknown user, a role that may not,
    and a place that is not theirs.
    """
    from payung.office.access.permissions import Permission
    from payung.office.history.actions import BY_ITSELF

    if not by:
        return BY_ITSELF
    user = user_named(by)
    if user is None:
        raise InputError(
            Text(
                f"Tidak ada akun aktif {by!r} di kantor ini: pakai nama pengguna yang ada (--by).",
                f"This office has no active account {by!r}: use the name of one that it has (--by).",
            )
        )
    manages = user.may(Permission.ACCOUNT_MANAGE)
    if manages and (not region_code or user.scope(Permission.ACCOUNT_MANAGE).covers(region_code)):
        return user.get_username()
    theirs = [Permission(one) for one in permissions if user.may(Permission(one))]
    if not theirs:
        wanted = " / ".join(permissions)
        raise InputError(
            Text(
                f"--by {by}: perannya tidak boleh ({wanted}). Pakai pengguna yang berwenang.",
                f"--by {by}: their role may not ({wanted}). Use a user who may.",
            )
        )
    if region_code and not any(user.scope(one).covers(region_code) for one in theirs):
        raise InputError(
            Text(
                f"--by {by}: bukan wilayahnya ({region_code}).",
                f"--by {by}: not their region ({region_code}).",
            )
        )
    return user.get_username()


def scope_of(by: str, *permissions: str) -> Scope:
    """Return what the first of ``permissions`` that ``by`` has reaches, after :func:`allowed`; for the office itself
    everything."""
    from payung.office.access.permissions import Permission
    from payung.office.access.scope import Area, Scope
    from payung.office.regions.models import Region

    allowed(by, *permissions)
    user = user_named(by)
    if user is None:
        codes = Region.objects.filter(level="regency").values_list("code", flat=True)
        return Scope(tuple(Area(code) for code in codes))
    # Whoever administers the installation acts for the offices at its terminal; medical details stay shut.
    reach = user.reach(*(Permission(one) for one in permissions))
    return reach if reach is not None else user.scope(Permission.ACCOUNT_MANAGE)


def home(by: str = "", asked: str = "", *permissions: str, whole: bool = True) -> str:
    """Return the code of the district that a command is about: ``asked`` (``--district``), else the only one that
    ``by`` reaches with one of ``permissions``, else the only one of the office.

    Raises :class:`InputError` where that is none or several, or ``asked`` is not theirs (:func:`allowed`): all of it,
    or without ``whole`` any part.
    """
    from payung.office.regions.queries import meant

    theirs = scope_of(by, *permissions).districts if by and permissions else ()
    found = theirs[0] if len(theirs) == 1 and not asked else meant(asked)
    if permissions and (whole or found not in theirs):
        allowed(by, *permissions, region_code=found)
    return found


def registered(nik: str) -> Person | None:
    """Return whom the register has under a NIK (also a former one), or ``None``."""
    from payung.office.people.actions.merges import meant
    from payung.office.vault.sealed import blind

    index = blind(nik.strip(), "nik") if nik.strip() else None
    return meant({index}).get(index) if index else None


def content_of(file: Path) -> bytes:
    """Return what a file holds; refuse one that cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            Text(
                f"{file} tidak dapat dibuka ({error.strerror}).",
                f"{file} cannot be opened ({error.strerror}).",
            )
        ) from None


def rupiah(amount: int) -> str:
    """Return an amount as people here write it."""
    return "Rp" + f"{amount:,}".replace(",", ".")


def show(as_json: bool, found: Any, lines: list[str]) -> None:
    """Print ``found`` as JSON, or ``lines`` for a reader."""
    text = json.dumps(found, ensure_ascii=False, default=str) if as_json else "\n".join(lines)
    sys.stdout.write(text + "\n")
