"""Names of invented people: the packaged words of the invented district, and rarer ones put together from parts."""

from __future__ import annotations

import numpy as np

from payung.district.words import family_names, given_names

from .draw import Array, Draw

CULTURES = ("dayak", "banjar", "jawa")
#: How people of a district are mixed, before each village has its own mixture.
SHARES = (0.40, 0.32, 0.28)
# Parts of rarer names: culture → sex → beginnings, endings.
_PARTS = {
    "dayak": {
        "L": (
            "Ber Det Ed Ger Han Jer Ken Len Mar Nor Rod Sal Sep Tar Vik Wel Yar Yos",
            "die do gusto her lian linus man melki nedy nius nus rianto rico ston ter tius win yadi",
        ),
        "P": (
            "Be De Eli Fri Han Jes Kar Lin Mar Mer Nia Opi Re Sel Tri Ver Wi Yo",
            "bina cia dia lani lensi lusia mina nata nelia niati resa rita sella siana tania tiana ventia vina",
        ),
    },
    "banjar": {
        "L": (
            "Akh Bas Dar Fak Had Ih Jam Kas Kur Mas Naf Pah Rus Sad Sar Syam Tar Yus",
            "diani fani hani iansyah madi mani ransyah riadi ridin riyan rullah sani sidi tani uddin wansyah yadi zali",
        ),
        "P": (
            "Ar Bah Has Ib Jar Kam Lat Mas Mur Naj Nor Rah Rus Sal Sam Sur War Zur",
            "aniah asiah bainah diah fiah hanah idah lawati liah miah milah nawati niah riyah tiah widah yani zanah",
        ),
    },
    "jawa": {
        "L": (
            "Bud Dar Dul Gim Har Kart Lam Mar Mis Nga Par Pon Ras Sar Sud Sug Tar Wag",
            "anto arjo diman dino giono imin ino irin iman jono kino mun nadi nardi santo soyo tono widi",
        ),
        "P": (
            "Bin Dal Dar Gin Jar Kam Kas Lam Mar Nga Par Pon Sar Sit Suk Tar Tum War",
            "ariyah asih atmi ijah ikem inah inem ingsih irah iyah iyem miati sini siyah tinah tini wati yanti",
        ),
    },
}
_HOMES = {
    "dayak": ("dayak_christian", "dayak_kaharingan"),
    "banjar": ("banjar",),
    "jawa": ("javanese",),
}
_YOUNG, _MIDDLE = 1987, 1965  # years of birth: names grow longer
# Share of names of one word (old, middle, young) and of three words.
_ONE_WORD = {"dayak": (0.33, 0.14, 0.05), "banjar": (0.50, 0.30, 0.13), "jawa": (0.55, 0.25, 0.08)}
_THREE_WORDS = (0.04, 0.13, 0.34)
_FAMILY_NAME = 0.48  # of Dayak names of two words or more
_BEFORE = {"L": ("Muhammad", "Ahmad", "Abdul"), "P": ("Siti", "Nur")}
_SHARE_BEFORE = {"L": (0.20, 0.07, 0.06), "P": (0.17, 0.03)}


def given(culture: str, sex: str) -> list[str]:
    """Return given names, the oftener ones first; one word each."""
    packaged = given_names()
    words = [word for home in _HOMES[culture] for name in packaged[home][sex] for word in name.split()]
    first, last = _PARTS[culture][sex]
    usual = sorted(set(words))
    rare = sorted({one + two for one in first.split() for two in last.split()} - set(usual))
    mixed = np.random.default_rng(5).permutation
    return [usual[at] for at in mixed(len(usual))] + [rare[at] for at in mixed(len(rare))]


def modern(sex: str) -> list[str]:
    """Return words that young names of every culture go on with."""
    words = given_names()["muslim_modern"][sex]
    return [words[at] for at in np.random.default_rng(6).permutation(len(words))]


def families() -> list[str]:
    """Return family names."""
    words = sorted({name for names in family_names().values() for name in names})
    first = ["Ba", "Da", "Ga", "Ka", "La", "Ma", "Na", "Pa", "Ra", "Sa", "Ta"]
    last = ["ban", "dang", "hit", "kir", "lai", "mbang", "ntar", "rung", "sit", "tas", "wing"]
    rare = sorted({one + two for one in first for two in last} - set(words))
    mixed = np.random.default_rng(7).permutation
    return [words[at] for at in mixed(len(words))] + [rare[at] for at in mixed(len(rare))]


def names(draw: Draw, culture: Array, woman: Array, year: Array, family: Array) -> Array:
    """Return the words of every name: four columns (before, first, second, third), ``None`` where there is none.

    ``culture`` is a position in :data:`CULTURES`; ``family`` the family name that may close the name.
    """
    words = np.full((culture.size, 4), None, dtype=object)
    for number, name in enumerate(CULTURES):
        for sex in "LP":
            at = np.flatnonzero((culture == number) & (woman == (sex == "P")))
            words[at] = _of(draw, name, sex, year[at], family[at])
    return words


def _of(draw: Draw, culture: str, sex: str, year: Array, family: Array) -> Array:
    count = year.size
    age = np.where(year >= _YOUNG, 2, np.where(year >= _MIDDLE, 1, 0))
    own, new = given(culture, sex), modern(sex)
    first, second, third = draw.falling(own, count), draw.falling(own, count), draw.falling(new, count)
    second = np.where((age == 2) & draw.chance(0.5, count), draw.falling(new, count), second)
    luck = draw.rng.random(count)
    one = np.array(_ONE_WORD[culture])[age]
    length = np.where(luck < one, 1, np.where(luck > 1 - np.array(_THREE_WORDS)[age], 3, 2))
    if culture == "dayak":
        last = draw.chance(_FAMILY_NAME, count) & (length >= 2)
        second = np.where(last & (length == 2), family, second)
        third = np.where(last & (length == 3), family, third)
    before = np.full(count, None, dtype=object)
    muslim = np.full(count, True) if culture != "dayak" else draw.chance(0.15, count)
    luck = draw.rng.random(count) / np.where((age == 2) & (sex == "L"), 1.6, 1.0)
    low = 0.0
    for word, share in zip(_BEFORE[sex], _SHARE_BEFORE[sex], strict=True):
        before[muslim & (luck >= low) & (luck < low + share)] = word
        low += share
    with_one = before != None  # noqa: E711 - element by element
    length = np.where(with_one & (length > 1) & draw.chance(0.6, count), length - 1, length)
    second = np.where((length >= 2) & (second != first), second, None)
    third = np.where((length >= 3) & (third != second) & (third != first), third, None)
    return np.stack([before, first, second, third], axis=1)
