"""Region names as people write them, brought to one key.

A key has only lower-case letters and digits: case, spaces, dots, hyphens and apostrophes fall away. A name
has several keys where it can be read in several ways (``Sei Pinang`` is also ``Sungai Pinang``); two names
may be the same where they share one. Which one is meant is for the gazetteer to say, never for this module.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

from payung.regions.codes import Kind, Level

# Apostrophes, including what is left of a curly one after a file was read in the wrong encoding.
_APOSTROPHES = re.compile("['`\"‘’‛“”´ʹʻʼʽʾʿ′\u0091\u0092\ufffd]")
_WORDS = re.compile(r"[a-z0-9]+")

# Words in front of a name that say only what kind of place it is.
_PREFIXES: dict[Level, dict[str, Kind | None]] = {
    "village": {"desa": "desa", "ds": "desa", "kel": "kelurahan", "kelurahan": "kelurahan"},
    "subdistrict": {"kecamatan": None, "kec": None},
    "regency": {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "kotamadya": "kota"},
    "province": {"provinsi": None, "prov": None, "propinsi": None, "prop": None},
}

# Short forms of whole words, with every reading they can have.
_READINGS: dict[str, tuple[str, ...]] = {
    "sei": ("sungai",),
    "sui": ("sungai",),
    "sungei": ("sungai",),
    "tb": ("tumbang", "tebing"),
    "tbg": ("tumbang",),
    "tbng": ("tumbang",),
    "tumb": ("tumbang",),
    "kl": ("kuala",),
    "kla": ("kuala",),
    "tj": ("tanjung",),
    "tjg": ("tanjung",),
    "tg": ("tanjung",),
    "tlk": ("teluk",),
    "gn": ("gunung",),
    "gng": ("gunung",),
    "bkt": ("bukit",),
    "pkl": ("pangkalan",),
    "plk": ("palangka",),
    "plangka": ("palangka",),
    "kps": ("kapuas",),
}


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name)).lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORDS.findall(plain))


def _strip(words: tuple[str, ...], level: Level) -> tuple[str, ...]:
    prefixes = _PREFIXES[level]
    start = 0
    while start < len(words) - 1 and words[start] in prefixes:
        start += 1
    return words[start:]


def key(name: str) -> str:
    """Return the plain key of ``name``: lower-case letters and digits, nothing expanded or taken off."""
    return "".join(_words(name))


def keys(name: str, level: Level) -> tuple[str, ...]:
    """Return every key that ``name`` can be read as, the plain one first, without repeats.

    The name is read with its kind of place in front ("Desa Baru" may be the whole name) and without it;
    short forms are read as written and in every expansion. Empty where the name has no letter or digit.
    """
    words = _words(name)
    found: dict[str, None] = {}
    for form in (words, _strip(words, level)):
        choices = [(word, *_READINGS.get(word, ())) for word in form]
        for reading in product(*choices):
            found["".join(reading)] = None
    found.pop("", None)
    return tuple(found)


def stated_kind(name: str, level: Level = "village") -> Kind | None:
    """Return the kind in front of a name ("KEL. Tewah", "Kab. Bandung"), or ``None`` where none or two stand."""
    words = _words(name)
    front = words[: len(words) - len(_strip(words, level))]
    kinds = {_PREFIXES[level][word] for word in front}
    return kinds.pop() if len(kinds) == 1 else None
