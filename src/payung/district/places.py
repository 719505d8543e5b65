"""Where the invented people live: the villages that send lists, and the offices in them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from payung.district.words import Office, offices
from payung.errors import InputError
from payung.regions import Gazetteer, Region, dotted
from payung.text import Text

#: People on the lists of one village: some fifty vulnerable workers and the holders of offices.
PEOPLE_A_VILLAGE = 75
#: At most this share of the people hold an office.
OFFICE_SHARE = 0.35
#: Customary offices exist in Central Kalimantan.
_CUSTOMARY = {"damang", "sekretaris_damang", "mantir_kecamatan", "mantir_desa"}
_CUSTOMARY_PROVINCE = "62"
_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """The district and its villages.

    Fields
        regency: the district (kabupaten or kota).
        province: the province above it.
        villages: the villages that send lists, in the order of their codes.
        subdistricts: name of every sub-district by dotted code.
        neighbours: dotted codes of other districts of the province that people moved in from.
    """

    regency: Region
    province: Region
    villages: list[Region]
    subdistricts: dict[str, str]
    neighbours: list[str]

    @property
    def registry(self) -> str:
        """Six digits that invented NIKs of the district start with: a sub-district number that does not exist."""
        return _registry(self.regency.code)

    @property
    def registries_elsewhere(self) -> list[str]:
        """The same six digits of other districts, for people who were registered there."""
        return [_registry(code) for code in self.neighbours] or [self.registry]


def choose(gazetteer: Gazetteer, code: str, people: int) -> Place:
    """Return the district ``code`` with as many of its villages, spread evenly, as ``people`` fill.

    Raises :class:`InputError` where there is no such district.
    """
    text = dotted(code) or code
    regency = gazetteer.regency(text)
    if regency is None:
        raise InputError(
            Text(
                f"--district {code}: tidak ada kabupaten/kota dengan kode ini. Contoh: 62.03 (Kapuas).",
                f"--district {code}: there is no district with this code. For example: 62.03 (Kapuas).",
            )
        )
    if gazetteer.subdistrict(text + ".99") is not None:
        raise InputError(
            Text(
                f"Kecamatan {text}.99 benar-benar ada, jadi NIK rekaan tidak dapat dibuat di sana.",
                f"Sub-district {text}.99 exists, so invented NIKs cannot be made there.",
            )
        )
    every = gazetteer.villages(text)
    number = max(1, min(len(every), round(people / PEOPLE_A_VILLAGE)))
    chosen = [every[(2 * step + 1) * len(every) // (2 * number)] for step in range(number)]
    return Place(
        regency,
        gazetteer.path(text)[0],
        chosen,
        {one.code: one.name for one in gazetteer.subdistricts(text)},
        [one.code for one in gazetteer.regencies(text[:2]) if one != regency][:_NEIGHBOURS],
    )


def office_slots(place: Place, people: int) -> pl.DataFrame:
    """Return one row per office holder: ``village`` (position in ``place.villages``), ``category``, ``title``,
    ``pay_low``, ``pay_high``; at most :data:`OFFICE_SHARE` of ``people``, spread evenly."""
    slots: list[tuple[int, str, str, int, int]] = []
    seen: set[str] = set()
    for number, village in enumerate(place.villages):
        above = village.code[:8]
        kinds = [str(village.kind)] + ([] if above in seen else ["kecamatan"])
        seen.add(above)
        for office in (one for kind in kinds for one in offices(kind) if _exists(one, place)):
            slots += [
                (number, office.category, office.titles[turn % len(office.titles)], *office.pay)
                for turn in range(office.number)
            ]
    limit = int(people * OFFICE_SHARE)
    if len(slots) > limit:
        slots = [slots[step * len(slots) // limit] for step in range(limit)]
    return pl.DataFrame(
        slots,
        schema={
            "village": pl.Int64,
            "category": pl.String,
            "title": pl.String,
            "pay_low": pl.Int64,
            "pay_high": pl.Int64,
        },
        orient="row",
    )


def _registry(regency: str) -> str:
    return regency.replace(".", "") + "99"


def _exists(office: Office, place: Place) -> bool:
    return office.category not in _CUSTOMARY or place.province.code == _CUSTOMARY_PROVINCE
