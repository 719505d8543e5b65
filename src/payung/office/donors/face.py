"""What donors say of themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from payung.codes import Source
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.donors import actions, proofs
from payung.office.donors.states import Scheme
from payung.office.face import Entry, Face, Noun
from payung.text import Text


def _home(user: User) -> str | None:
    """Return the page of a donor's own money for whoever may read nothing else."""
    return "donor_own" if user.may(Permission.PLEDGE_READ) else None


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    code, by = world["village"], world["by"]
    donor = actions.add(by=by, name=f"Donatur {code}", region_code=code)
    promise = actions.Promise(
        number=f"1/{code}",
        scheme=Scheme.GN_LINGKARAN,
        source=Source.CSR,
        signed_on=dt.date(2026, 12, 1),
        amount=5_000_000,
        from_month="2027-01",
        until_month="2027-12",
    )
    pledge = actions.pledge(by=by, donor=donor, promise=promise)
    return {"donor_": donor.pk, "pledge_": pledge.pk, "certificate": 0}


FACE = Face(
    menu=(
        Entry(10, "donor_own", Text("Dukungan saya", "My support"), "umbrella", (Permission.PLEDGE_READ,)),
        Entry(425, "donor_list", Text("Donatur", "Donors"), "people", (Permission.QUOTA_VIEW,)),
    ),
    home=_home,
    nouns={
        "donor": Noun(Text("donatur", "donor"), "donor_show"),
        "pledge": Noun(Text("janji", "pledge"), "pledge_show"),
    },
    deeds={
        "donor.add": Text("Donatur dicatat", "Donor recorded"),
        "donor.link": Text("Akun dihubungkan dengan donatur", "Account looks for a donor"),
        "donor.unlink": Text("Akun dilepas dari donatur", "Account taken off a donor"),
        "pledge.add": Text("Janji donatur dicatat", "Pledge of a donor recorded"),
        "pledge.line": Text("Janji menjadi baris dana", "Pledge made into a line of money"),
        "pledge.withdraw": Text("Janji ditarik", "Pledge withdrawn"),
    },
    names={
        "donor": Text("Donatur", "Donor"),
        "account": Text("Akun", "Account"),
    },
    follows={"money.book": actions.keep_within},
    checks=proofs.CHECKS,
    sample=_sample,
)
