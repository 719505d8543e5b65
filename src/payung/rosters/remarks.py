"""What a free remark beside a person says: has died, has moved away, a public servant in the family, and the like.

A remark about somebody else ("istri meninggal 2019") says nothing about the life of this person; somebody who moved
in ("pindahan dari Sampit") lives here.
"""

from __future__ import annotations

import re

from payung.people import occupations
from payung.people.names import PATRONYMS
from payung.people.values import life_status

_RELATIVE = (
    r"(?:suami|istri|isteri|bini|bojo|anak|ayah|ibu|bapak?|abah|apang|papah?|mamah?|emak|umak|indang|orang\s*tua|ortu|mertua"
    r"|menantu|cucu|kakek|nenek|saudara|pasangan|kepala\s+keluarga|kakak|kaka|adik|ading|abang|ipar|paman|bibi|keponakan)"
)
_OF_RELATIVE = re.compile(
    rf"^\W*(?:\w+\s+)?{_RELATIVE}(?:nya)?\b|\b(?:janda|duda)\b.*\b(?:mati|suami|istri|cerai)\b|\bditinggal\b"
)
_INSTEAD_OF = re.compile(
    r"^\W*(?:sebagai|sbg|utk|untuk)?\s*(?:pengganti|menggantikan|mengganti|ganti\s+dari|ahli\s*waris|rumah|lahan|milik)\b"
)
_NOT = r"\b(?:belum|blm|tidak|tdk|bukan|batal|rencana|akan|mau|calon|non|tanpa|ingin)"
_NOT_YET = re.compile(_NOT + r"\s+(?:\w+\s+)?(?:meninggal|wafat|mati|pindah)\b")
_NOT_SERVANT = re.compile(_NOT + r"\b")
_DEAD = re.compile(
    r"\b(?:meninggal|wafat|almarhum(?:ah)?|almh?|tutup\s+usia)\b|^(?:sudah|telah|ybs|yang bersangkutan)?\s*mati\b"
)
_MOVED = re.compile(
    r"\bpindah\b(?!\s+(?:masuk|datang|kk\b|r[tw]\b|ke\s+r[tw]\b|(?:ke\s+)?dusun|(?:ke\s+)?rumah|kerja|pekerjaan|tugas))"
    r"|\bkeluar\s+(?:desa|daerah)\b"
)
_MOVED_IN = re.compile(
    r"\bpindah\s+(?:ke\s*)?(?:sini|(?:desa|kampung|kelurahan|wilayah|alamat)\s+(?:ini|kami|kita)|kemari)\b|\bpindah(?:an)?\s+(?:\w+\s+)?dari\b(?!.*\bke\b)|\bpindahan\b|\bpendatang\b"
)
_LATE = re.compile(r"^(?:almh?|almarhum(?:ah)?)\b|\((?:almh?|almarhum(?:ah)?|wafat)[.\s]*\w{0,2}\)?\s*$")
_SERVANT = re.compile(
    r"\b(?:asn|pns|tni|polri|bumn|bumd|pppk|p3k|polisi|tentara|pegawai\s+negeri)\b(?!\s+paruh)"
)
_NO_LONGER = re.compile(r"\b(?:bukan|tidak|tdk|tak|non|tanpa|pernah|mantan|eks|ex|bekas)\b")
_FORMER = re.compile(r"\b(?:mantan|eks|bekas|pensiun\w*|purna\w*)\b")
_SHORT = 60  # characters: what is longer tells a story

_OF_WORKERS = (
    r"bpjs\W*(?:tk|tenaga\s*kerja|ketenaga\s*kerjaan|naker|jamsostek)|bpjstk|bp\s?jamsostek|jamsostek"
    r"|jamsos\W*(?:tk|naker|ketenagakerjaan)|jkk|jkm"
)
_LABOUR = re.compile(rf"\b(?:{_OF_WORKERS}|ketenagakerjaan|jht)\b")
_IS_IN = (
    r"sudah|sdh|udah|telah|punya|memiliki|ada|ikut|terdaftar|tercatat|tercover|terlindungi|peserta|anggota"
    r"|dibayar(?:kan|i)?"
)
_HEALTH = re.compile(r"\b(?:kes|kesehatan|kis|jkn|pbi|askes|jamkesmas|jamkesda)\b")
_NO_MEMBER = re.compile(
    r"^(?:t|n|x?no|0|2|2\.0|false)$|\b(?:belum|blm|tidak|tdk|tak|bukan|tanpa|non|nihil|kosong)\b|\bnon\W?aktif|\binactive\b"
    r"|\b(?:berhenti|keluar|berakhir|expired|kadaluwarsa|habis|mantan|pernah|eks)\b|^[\W_]*$(?<![v√✓✔☑xX])"
)
_MEMBER = re.compile(
    r"^(?:y|ya|yes|iya|v+|x|1|1\.0|true|ok)$|^[√✓✔☑]+$|\b(?:sudah|sdh|udah|telah|ada|punya|memiliki|ikut|aktif|active|terdaftar|peserta|anggota"
    r"|member|bpu|pbpu|pu|ppu|mandiri|jkk|jkm|jht|bpjs\W*(?:tk|ketenagakerjaan)|bpjstk|bpjamsostek|jamsostek)\b|^\d{2}\W?\d{9}$|^\d{11}$"
)

# code of a note -> what the remark says
_NOTES = (
    (
        "KET_PESERTA",
        re.compile(
            rf"\b(?:{_IS_IN})\b.*\b(?:{_OF_WORKERS})\b|\b(?:{_OF_WORKERS})\b\W*(?:nya\s+)?(?:{_IS_IN}|aktif)\b"
        ),
    ),
    (
        "KET_MUNDUR",
        re.compile(
            r"\b(?:mundur|mengundurkan)\b|\b(?:tidak|tdk|tak)\s+(?:bersedia|mau|ikut|setuju)\b|\bmenolak\b"
        ),
    ),
    ("KET_MERANTAU", re.compile(r"\bmerantau|\brantau\b|\bluar\s+negeri\b|\bmalaysia\b|\btk[iw]\b|\bpmi\b")),
    ("KET_GANDA", re.compile(r"\b(?:ganda|dobel|double|dua\s+kali)\b")),
)


def read_life(text: str) -> str | None:
    """Return ``meninggal`` or ``pindah`` where a remark says it of the person, else ``None``.

    >>> read_life("Sudah pindah ke Banjarmasin"), read_life("pindahan dari Sampit 2020"), read_life("wafat 2025")
    ('pindah', None, 'meninggal')
    """
    words = _words(text)
    if _OF_RELATIVE.search(words) or _INSTEAD_OF.search(words) or _NOT_YET.search(words):
        return None
    if _DEAD.search(words):
        return "meninggal"
    if _MOVED_IN.search(words):
        return None
    if _MOVED.search(words):
        return "pindah"
    exact = life_status(text)
    return exact if exact in ("meninggal", "pindah") and words in ("md", "pergi", "keluar") else None


def read_late(name: str) -> str | None:
    """Return ``meninggal`` where a name carries "alm." for the person himself: not for a father after bin or binti."""
    words = _words(name)
    titled = not re.search(r"[a-z]", _LATE.sub("", words))
    if titled or not _LATE.search(words) or set(re.findall(r"[a-z]+", words)[1:]) & PATRONYMS:
        return None
    return "meninggal"


def read_official(text: str) -> bool | None:
    """Return whether a remark names a public servant in the family (or the person as one), ``None`` where it does not.

    >>> read_official("Suami PNS"), read_official("pensiunan PNS"), read_official("bukan PNS")
    (True, None, None)
    """
    words = _words(text)
    if len(words) > _SHORT or _NOT_SERVANT.search(words) or _FORMER.search(words):
        return None
    return True if _SERVANT.search(words) else None


def read_note(text: str) -> str | None:
    """Return the code of the note that a remark calls for, or ``None``.

    >>> read_note("Sudah punya BPJS TK"), read_note("merantau ke Malaysia"), read_note("petani karet")
    ('KET_PESERTA', 'KET_MERANTAU', None)
    """
    words = _words(text)
    if re.match(rf"^\W*{_RELATIVE}\b", words) or re.search(r"\b(?:belum|blm)\b", words):
        return None
    found = next((code for code, pattern in _NOTES if pattern.search(words)), None)
    return None if found in ("KET_PESERTA", "KET_MERANTAU") and _NO_LONGER.search(words) else found


def read_member(text: str) -> bool | None:
    """Return what a cell of a column "BPJS Ketenagakerjaan" says: a member already, none (or no longer), or neither.

    A tick and a card number say yes; the health insurance is another one.

    >>> read_member("Aktif"), read_member("Belum"), read_member("Nonaktif"), read_member("BPJS Kesehatan")
    (True, False, False, None)
    """
    words = _words(text).strip(" .!")
    if _NO_MEMBER.search(words):
        return False
    if _HEALTH.search(words) and not _LABOUR.search(words):
        return None
    return True if _MEMBER.search(words) else None


def read_labour_insurance(text: str) -> bool | None:
    """Return true where a cell that names somebody's insurances names the one of workers, else ``None``.

    >>> read_labour_insurance("BPJS Kesehatan + BPJS TK"), read_labour_insurance("KIS"), read_labour_insurance("2")
    (True, None, None)
    """
    words = _words(text)
    return True if _LABOUR.search(words) and not _NO_MEMBER.search(words) else None


def read_household(text: str) -> bool | None:
    """Return what a cell under "ada ASN dalam KK" says: yes, no, or who it is."""
    words = _words(text)
    if re.match(r"^(?:tidak|tdk|bukan|non|tanpa|nihil|blm|belum)\b", words):
        return False
    return True if occupations.read(words) in occupations.PUBLIC_SERVANTS else None


def _words(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").split())
