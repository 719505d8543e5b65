"""What the commands that change an office share: the office made ready, who acts, how the outcome is printed."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

BY = Annotated[
    str, typer.Option("--by", metavar="USER", help="Nama pengguna kantor. / User name of the office.")
]
AS_JSON = Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")]


def open_office() -> None:
    """Load an office that is set up. Raises :class:`InputError` where there is none."""
    from payung.office.service import start

    start.load()
    start.ready()


def acting(by: str) -> str:
    """Return the user name of the account ``by``. Raises :class:`InputError` where the office has none of that name."""
    from payung.errors import InputError
    from payung.office.accounts.models import User
    from payung.text import Text

    user = User.objects.filter(username=by.strip().lower(), is_active=True).first()
    if user is None:
        raise InputError(
            Text(
                f"Tidak ada akun aktif {by!r} di kantor ini: pakai nama pengguna yang ada (--by).",
                f"This office has no active account {by!r}: use the name of one that it has (--by).",
            )
        )
    return user.get_username()


def home() -> str:
    """Return the code of the district that the office serves."""
    from payung.errors import MissingDataError
    from payung.office.regions.queries import district
    from payung.text import Text

    found = district()
    if found is None:
        raise MissingDataError(
            Text("Kantor ini belum disiapkan: payung setup.", "This office is not set up: payung setup.")
        )
    return found.code


def show(as_json: bool, found: Any, lines: list[str]) -> None:
    """Print ``found`` as JSON, or ``lines`` for a reader."""
    text = json.dumps(found, ensure_ascii=False) if as_json else "\n".join(lines)
    sys.stdout.write(text + "\n")
