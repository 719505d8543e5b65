"""Two districts in one office: the places of the second, something of everything in both, and traces of either."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from officeworld import PLACES, VILLAGE, listing
from thingsworld import things_of

from payung.office.people.models import Person
from payung.office.regions.models import Region

FIRST, SECOND = "62.03", "62.04"
OTHER = {
    "62.04": ("Bariton", "regency"),
    "62.04.01": ("Jenamas", "subdistrict"),
    "62.04.01.2001": ("Rantau Kujang", "village"),
}
OTHER_VILLAGE = "62.04.01.2001"
HOMES = {
    FIRST: {"regency": FIRST, "subdistrict": "62.03.01", "village": VILLAGE},
    SECOND: {"regency": SECOND, "subdistrict": "62.04.01", "village": OTHER_VILLAGE},
}
NAMES = {FIRST: ("Melati", "Kenanga"), SECOND: ("Seroja", "Cempaka")}  # words that stand nowhere else


@dataclass(frozen=True, slots=True)
class District:
    """One of the two: its code, the keys of its things, and what would tell of it elsewhere."""

    code: str
    things: dict[str, Any]
    people: tuple[Person, Person]

    def traces(self, text: str) -> list[str]:
        """Return what stands in ``text`` of this district: names of people and places, codes of places."""
        places = [name for code, (name, _) in {**PLACES, **OTHER}.items() if code.startswith(self.code)]
        words = [*NAMES[self.code], *places]
        found = [word for word in words if re.search(rf"\b{re.escape(word)}\b", text)]
        codes = re.findall(rf"(?<![\d.]){re.escape(self.code)}(?:\.\d+)*(?![\d])", text)
        return sorted({*found, *codes})


def second_district() -> None:
    """Put the places of the second district beside those of the first."""
    Region.objects.bulk_create(
        [Region(code=code, name=name, level=level) for code, (name, level) in OTHER.items()]
    )


def fill(make_people: Callable[..., list[Person]]) -> dict[str, District]:
    """Make one of everything in a village of each district; return the districts by code."""
    found = {}
    for place, (code, home) in enumerate(HOMES.items()):
        number = 7000 + 100 * place
        one, two = NAMES[code]
        person, holder = make_people(
            listing(number, name=one, kk=f"620399010110700{place}"),
            listing(number + 1, name=two, category="kepala_desa"),
            village=home["village"],
        )
        things = things_of(home["village"], person, holder)
        found[code] = District(code, things, (person, holder))
    return found
