"""The packaged words and figures that invented people are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Occupation:
    """What a vulnerable worker does.

    Fields
        code: key of this occupation in ``work.json``.
        weight: share among 100 workers.
        transport: whether it counts as transport for PP 50/2025.
        registry, registry_code: how the civil registry words and numbers it.
        written: how village lists write it.
    """

    code: str
    weight: int
    transport: bool
    registry: str
    registry_code: int
    written: list[str]


@dataclass(frozen=True, slots=True)
class Office:
    """An office in one village, kelurahan or sub-district.

    Fields
        category: code of domain category (``kepala_desa``, ``bpd`` ...).
        titles: what the holders are called, in turn.
        number: holders in one village, kelurahan or sub-district.
        pay: lowest and highest pay, rupiah a month.
    """

    category: str
    titles: list[str]
    number: int
    pay: tuple[int, int]


# The culture whose names are written as pairs of words in words.json.
_MODERN = "muslim_modern"


@cache
def _load(name: str) -> dict[str, Any]:
    text = resources.files("payung.district").joinpath(name).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def _nearest(table: dict[str, Any], regency: str) -> Any:
    """Return the entry for this district, else for its province, else for the country."""
    return table.get(regency) or table.get(regency[:2]) or table[""]


def given_names() -> dict[str, dict[str, list[str]]]:
    """Return given names by culture and sex (L, P); modern names are single words that combine freely."""
    names: dict[str, dict[str, list[str]]] = _load("words.json")["given"]
    modern = {
        sex: sorted({word for name in full for word in name.split()}) for sex, full in names[_MODERN].items()
    }
    return {**names, _MODERN: modern}


def family_names() -> dict[str, list[str]]:
    """Return family names of the cultures that have them."""
    names: dict[str, list[str]] = _load("words.json")["family"]
    return names


def culture_weights(regency: str) -> dict[str, float]:
    """Return the share of each culture in a district (dotted code), adding up to one."""
    weights: dict[str, float] = _nearest(_load("words.json")["weights"], regency)
    return weights


def birth_places(regency: str) -> list[str]:
    """Return towns that people of a district (dotted code) are born in."""
    places: list[str] = _nearest(_load("words.json")["places"], regency)
    return places


def spellings() -> list[list[str]]:
    """Return groups of words that are spellings of one name."""
    groups: list[list[str]] = _load("words.json")["spellings"]
    return groups


def occupations() -> list[Occupation]:
    """Return the occupations of vulnerable workers."""
    return [Occupation(**entry) for entry in _load("work.json")["occupations"]]


def incomes() -> tuple[float, list[int], list[int]]:
    """Return the share of workers who declare an income, the amounts (rupiah a month) and their weights."""
    table = _load("work.json")["incomes"]
    return table["declared"], table["values"], table["weights"]


def offices(place: str) -> list[Office]:
    """Return the offices of a ``desa``, ``kelurahan`` or ``kecamatan``."""
    return [
        Office(one["category"], one["titles"], one["number"], (one["pay"][0], one["pay"][1]))
        for one in _load("work.json")["offices"][place]
    ]
