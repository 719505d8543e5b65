"""The annex of a decree on paper, from its page: the letter `decree_annex` (one template, one content) with the code of
the decree's hash instead of a number of its own, so that it is there before anybody issues a letter.

It is made when somebody asks for it; no decision waits for one.
"""

from __future__ import annotations

import datetime as dt

from payung.errors import InputError
from payung.office.letters import papers
from payung.office.letters.kinds import kind_of
from payung.office.letters.queries import frame, issuer
from payung.office.programme.letter_kinds import annex_values
from payung.office.programme.models import Decree
from payung.office.programme.states import IN_FORCE
from payung.text import Text

KIND = "decree_annex"
CODE = 16  # digits of the hash that stand in the code


def code_of(decree: Decree) -> str:
    """Return the code of the annex as it stands on paper: four groups of four."""
    short = decree.hash[:CODE].upper()
    return "-".join(short[at : at + 4] for at in range(0, CODE, 4))


def on_file(code: str) -> bool:
    """Tell whether a signed annex with this code is on file."""
    plain = "".join(sign for sign in code.lower() if sign in "0123456789abcdef")
    return len(plain) == CODE and Decree.objects.filter(hash__startswith=plain, state__in=IN_FORCE).exists()


def annex_pdf(decree: Decree, *, check: str, on: dt.date) -> bytes:
    """Return the annex as a PDF; NIKs masked, the hash is over the whole ones. ``check``: address of the check.
    ``on``: the day on paper of a decree that is not signed yet.

    Raises :class:`InputError` for a draft, :class:`payung.office.letters.papers.SettingError` where the template
    cannot be set.
    """
    if not decree.hash:
        raise InputError(Text("Bekukan dahulu lampirannya.", "Freeze the annex first."))
    kind, day = kind_of(KIND), decree.signed_on or on
    place, office = issuer(kind, decree.region_code)
    head = {**frame(place, office), "number": decree.number or "(belum bernomor)", "on": f"{day}"}
    data = papers.data_of(kind, kind.checked(annex_values(decree)), head, code=code_of(decree))
    return papers.pdf(kind, {**data, "check": check}, day)
