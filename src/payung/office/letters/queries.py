"""Named reads of letters; what belongs to a place starts from a scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.accounts.models import User
from payung.office.letters.kinds import Kind, kinds
from payung.office.letters.models import Letter, Letterhead, Order
from payung.office.letters.rules import plain
from payung.office.letters.states import DISTRICT, Office, OrderState
from payung.office.posts.models import Holding
from payung.office.regions.queries import names
from payung.office.regions.tree import district_of

KINDS_OF_DISTRICT = ("Kabupaten", "Kota")  # as names of districts begin


def readable(user: User) -> list[str]:
    """Return the codes of the kinds that ``user`` may read somewhere."""
    return [
        kind.code
        for kind in kinds().values()
        if user.may(kind.reads) and (not kind.medical or user.may(Permission.MEDICAL_VIEW))
    ]


def letters(scope: Scope, user: User) -> QuerySet[Letter]:
    """Return the letters within ``scope`` of kinds that ``user`` may read."""
    return scope.of(Letter).filter(kind__in=readable(user)).select_related("replaces", "replaced_by")


def orders(scope: Scope, user: User) -> QuerySet[Order]:
    """Return what was asked for within ``scope``, of kinds that ``user`` may read."""
    return scope.of(Order).filter(kind__in=readable(user))


def about(scope: Scope, user: User, subject: str) -> QuerySet[Order]:
    """Return what was asked for about one thing, the newest first, with its letters."""
    return orders(scope, user).filter(subject=subject).select_related("letter__replaced_by")


def unmade(scope: Scope, user: User) -> QuerySet[Order]:
    """Return the orders within ``scope`` whose letter could not be made."""
    return orders(scope, user).filter(state=OrderState.FAILED)


def on_file(code: str) -> Letter | None:
    """Return the letter that has the code somebody typed, or ``None``; the same work whatever was typed."""
    return Letter.objects.select_related("replaced_by").filter(code=plain(code) or "-").first()


def next_serial(place: str, office: str, year: int, kind: str) -> int:
    """Return the number that the next letter of a register would have."""
    last = Letter.objects.filter(place=place, office=office, year=year, kind=kind)
    return int(last.aggregate(last=Max("serial"))["last"] or 0) + 1


def issuer(kind: Kind, region_code: str, office: str = "") -> tuple[str, Office]:
    """Return the place and the office that issue a letter of ``kind`` about something at ``region_code``."""
    chosen = Office.member(office) if office else kind.office
    parts = region_code.split(".")
    if chosen in DISTRICT:
        return district_of(region_code), chosen
    return ".".join(parts[: 3 if chosen is Office.CAMAT else 4]), chosen


def frame(region_code: str, office: Office) -> dict[str, Any]:
    """Return letterhead and signer of an office as they are now; what nobody wrote down is empty (a line to write on).

    A constant number of queries.
    """
    head = Letterhead.objects.filter(region_code=region_code, office=office).first()
    known = names([region_code])
    own = known.get(region_code, region_code)
    parts = region_code.split(".")
    regency = known.get(".".join(parts[:2]), "")
    government = (
        f"Pemerintah {regency if regency.startswith(KINDS_OF_DISTRICT) else f'Kabupaten {regency}'.strip()}"
    )
    if head is None:
        over, name = government, office.text.id
        title = f"Kepala {office.text.id}"
        signer = ""
        if office is Office.BUPATI:
            name, title = "Bupati", "Bupati"
        elif office is Office.CAMAT:
            name, title = f"Kecamatan {own}", "Camat"
        elif office is Office.DESA:
            above = known.get(".".join(parts[:3]), "")
            over = f"{government} · Kecamatan {above}"
            village = "Kelurahan" if parts[-1].startswith("1") else "Desa"
            name, title = f"{village} {own}", "Lurah" if village == "Kelurahan" else "Kepala Desa"
            signer = _head_of(region_code)
        return {
            "letterhead": {"over": over, "name": name, "address": "", "contact": ""},
            "city": own if office in (Office.DESA, Office.CAMAT) else "",
            "signer": {"title": title, "name": signer, "rank": "", "nip": ""},
        }
    return {
        "letterhead": {
            "over": head.over,
            "name": head.name,
            "address": head.address,
            "contact": head.contact,
        },
        "city": head.city,
        "signer": {
            "title": head.signer_title,
            "name": head.signer_name,
            "rank": head.signer_rank,
            "nip": head.signer_nip,
        },
    }


def _head_of(region_code: str) -> str:
    """Return who holds the post of village head now, empty where nobody is known."""
    from django.utils import timezone

    from payung.office.posts.queries import holding_on

    held: Holding | None = (
        holding_on(timezone.localdate())
        .filter(post__region_code=region_code, post__category="kepala_desa")
        .select_related("person")
        .first()
    )
    return held.person.name if held else ""
