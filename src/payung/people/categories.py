"""Which office or kind of vulnerability a text names: the categories of the programme."""

from __future__ import annotations

import re

# in this order: the narrower word first
_CATEGORIES: tuple[tuple[str, str], ...] = (
    ("sekretaris_damang", r"sekretaris\s+(ke)?damang|sek\.?\s+damang"),
    ("damang", r"\b(ke)?damang\b"),
    ("mantir_kecamatan", r"mantir\b.*\bkec"),
    ("mantir_desa", r"\bmantir\b"),
    ("bpd", r"\bbpd\b|badan\s+permusyawaratan"),
    ("pppk_paruh_waktu", r"paruh\s+waktu|pppk\s*-?\s*pw"),
    ("non_asn_kecamatan", r"(non\s*-?\s*asn|honorer|thl|tenaga\s+kontrak)\b.*\bkec"),
    ("non_asn_kelurahan", r"(non\s*-?\s*asn|honorer|thl|tenaga\s+kontrak)\b.*\bkel"),
    ("non_asn_desa", r"\bnon\s*-?\s*asn\b|\bstaf\s+(non\s*asn\s+)?desa\b|operator\s+desa"),
    ("kepala_desa", r"^(pj\.?|pjs\.?|plt\.?|penjabat)?\s*(kepala\s+desa|kades)\b"),
    (
        "perangkat_desa",
        (
            r"perangkat\s+desa|aparat(ur)?\s+desa|sekretaris\s+desa|\bsekdes\b|\bkaur\b|\bkasi\b|kepala\s+(urusan|seksi|dusun)"
            r"|\bkadus\b|bendahara\s+desa|kepala\s+kewilayahan"
        ),
    ),
    ("ketua_rw", r"^(ketua|kepala|pengurus)?\s*\.?\s*rw\b|rukun\s+warga"),
    ("ketua_rt", r"^(ketua|kepala|pengurus)?\s*\.?\s*rt\b|rukun\s+tetangga"),
    ("rentan_sawit", r"rentan.*sawit|dbh\s*sawit"),
    ("rentan_desa", r"rentan.*\b(apbdes|dana\s+desa)\b|^(pekerja\s+)?rentan\s+desa$"),
    ("rentan_donatur", r"sertakan|gn\s*lingkaran|donatur|\bcsr\b"),
    ("rentan_apbd", r"rentan.*\bapbd\b"),
    ("rentan", r"rentan|miskin|lansia|disabilitas|difabel|janda|ppks|pmks|dtks|dtsen|bpu\s+mandiri"),
    ("mandiri", r"^mandiri$"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _CATEGORIES)

_OFFICES = (
    "kepala_desa perangkat_desa bpd ketua_rt ketua_rw damang sekretaris_damang mantir_kecamatan mantir_desa"
    " non_asn_kecamatan non_asn_kelurahan non_asn_desa pppk_paruh_waktu"
)
OFFICES = frozenset(_OFFICES.split())


def read(text: str) -> str | None:
    """Return the code of the category that ``text`` names, or ``None``.

    >>> read("Kaur Keuangan"), read("KETUA RT 05"), read("Pekerja Rentan (APBD)")
    ('perangkat_desa', 'ketua_rt', 'rentan_apbd')
    """
    words = " ".join(text.lower().replace("_", " ").split())
    if words in (code.replace("_", " ") for code, _ in _CATEGORIES):
        return words.replace(" ", "_")
    return next((code for code, pattern in _COMPILED if pattern.search(words)), None)


_STAFF = re.compile(r"^(tenaga|staf|staff|petugas|honorer|penjaga|operator|sopir|satpam|cleaning|pramu)\b")


def is_staff(position: str) -> bool:
    """Return whether a position is one of contract staff, who serve an office without holding one."""
    return _STAFF.search(position.lower().strip()) is not None
