"""From the text of a heading to the fields that it may mean."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from payung.rosters.fields import ASIDE, OTHER, PARTS, PHRASES
from payung.rosters.letters import Letters
from payung.said import Said

_WORDS = {
    "nomor": "no",
    "nomer": "no",
    "nmr": "no",
    "nmor": "no",
    "num": "no",
    "number": "no",
    "nomr": "no",
    "tanggal": "tgl",
    "tgal": "tgl",
    "tggl": "tgl",
    "tg": "tgl",
    "tanggl": "tgl",
    "tangal": "tgl",
    "tnggal": "tgl",
    "tggal": "tgl",
    "tanngal": "tgl",
    "tmpt": "tempat",
    "tmp": "tempat",
    "tpt": "tempat",
    "tempt": "tempat",
    "th": "thn",
    "tahun": "thn",
    "bulan": "bln",
    "tttt": "thn",
    "jns": "jenis",
    "almt": "alamat",
    "alamt": "alamat",
    "nm": "nama",
    "lhr": "lahir",
    "lair": "lahir",
    "lhir": "lahir",
    "pekerjan": "pekerjaan",
    "pkerjaan": "pekerjaan",
    "pekrjaan": "pekerjaan",
    "pek": "pekerjaan",
    "kerjaan": "pekerjaan",
    "propinsi": "provinsi",
    "prop": "prov",
    "kecmatan": "kecamatan",
    "klrhn": "kelurahan",
    "kelurhan": "kelurahan",
    "dlm": "dalam",
    "dgn": "dengan",
    "sts": "status",
    "stts": "status",
    "ibukandung": "ibu kandung",
    "tempatlahir": "tempat lahir",
    "tanggallahir": "tgl lahir",
    "tgllahir": "tgl lahir",
    "tglahir": "tgl lahir",
    "tanggalperkawinan": "tgl perkawinan",
    "tanggalperceraian": "tgl perceraian",
    "namalengkap": "nama lengkap",
    "jeniskelamin": "jenis kelamin",
    "nohp": "no hp",
    "notelp": "no telp",
    "nokk": "no kk",
    "nonik": "no nik",
    "telpon": "telepon",
    "telephone": "telepon",
    "hape": "hp",
    "phone": "hp",
    "seluler": "hp",
    "kab.": "kab",
    "kdes": "kode desa",
    "desa/kel": "desa kel",
    "lk": "lk",
    "laki": "laki",
}
_NUMBERED = re.compile(r"\s*\(\s*\d{1,3}\s*\)\s*$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_SPACED = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a heading may mean.

    Fields
        field: a name of :data:`payung.rosters.fields.PHRASES`, or ``other``.
        score: 0 to 1; how sure the words alone are.
        why: what the words matched.
    """

    field: str
    score: float
    why: Said


def plain(heading: str) -> str:
    """Return the heading in lower case without punctuation, its words in one spelling."""
    text = _NUMBERED.sub("", heading.strip())
    text = _CAMEL.sub(" ", text) if not text.isupper() else text
    text = re.sub(r"[^a-z0-9#]+", " ", text.lower().replace("`", "'")).strip()
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    return " ".join(_WORDS.get(word, word) for word in text.split())


def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for field, phrases in PHRASES.items():
        for phrase in phrases:
            index.setdefault(plain(phrase), field)
    return index


_INDEX = _index()
_PARTS = tuple((field, re.compile(pattern)) for field, pattern in PARTS)
# over names it is a name, over numbers how many there are: what is below decides
_PEOPLE = frozenset({"pekerja", "anggota", "warga", "penerima", "karyawan", "penduduk"})
_LIKE = Letters(phrase for phrase in _INDEX if len(phrase) >= 5)


@lru_cache(maxsize=20_000)
def meaning(heading: str) -> Meaning | None:
    """Return what a heading most likely means, or ``None`` where its words say nothing.

    >>> meaning("Tempat/Tgl. Lahir").field
    'birth_place_date'
    """
    words = plain(heading)
    if not words or len(words) > 120:
        return None
    last = words.rsplit(" / ", 1)[-1]
    field = _INDEX.get(words) or _INDEX.get(last)
    if field:
        return Meaning(field, 1.0, Said("rosters.heading_known", {"words": words}))
    if OTHER.search(words):
        return Meaning("other", 0.9, Said("rosters.heading_not_used", {"words": words}))
    bare = re.sub(r"\b(tujuan|peserta|warga|penduduk|sesuai ktp|wajib|diisi|id|mt1|rp)\b", " ", words)
    bare = " ".join(bare.split())
    if bare != words and len(bare) > 2 and (field := _INDEX.get(bare)):
        return Meaning(field, 0.9, Said("rosters.heading_like", {"words": words, "other": bare}))
    for field, pattern in _PARTS:
        if found := pattern.search(words):
            why = Said("rosters.heading_holds", {"words": found[0]})
            return Meaning(field, 0.5 if ASIDE.search(words) else 0.75, why)
    if words in _PEOPLE:
        return None
    if len(words) >= 5 and len(words) <= 40:
        close = difflib.get_close_matches(words, _LIKE.near(words, 0.86), n=1, cutoff=0.86)
        if close:
            why = Said("rosters.heading_like", {"words": words, "other": close[0]})
            return Meaning(_INDEX[close[0]], 0.65, why)
    return None


def is_known(heading: str) -> bool:
    """Return whether the whole heading is one of the known phrases."""
    return plain(heading) in _INDEX
