"""Single values as lists write them: sex, yes and no, neighbourhood numbers, money, life status, welfare.

Each reader takes one text and returns the clean value, or ``None`` where the text does not say it. Columns go
through :func:`by_distinct`, so that a text that occurs a thousand times is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import polars as pl

LONGEST = 200  # characters of a cell that are looked at: no value is longer, and patterns stay fast
_BLANK = (
    "|-|--|---|null|none|nan|n/a|na|#n/a|.|..|–|—|_|?|0|0.0|tdk th|tidak ada|tdk ada|belum ada|tidak tahu|kosong|nihil"
    "|(kosong)|#ref!|#value!|#name?|#div/0!|#num!|#null!|#spill!|#calc!|#nama?|#nilai!|#bagi/0!|err:502|err:504|err:508"
    "|err:509|err:522"
)
LEAST_PAY = 10_000  # rupiah a month; less is a slip of the pen, such as thousands written as ones
BLANK = frozenset(_BLANK.split("|"))

_SEX = {
    "L": {
        "l",
        "lk",
        "laki",
        "lakilaki",
        "laki2",
        "m",
        "male",
        "pria",
        "1",
        "1.0",
        "cowok",
        "lk2",
        "lelaki",
        "laki laki",
    },
    "P": {
        "p",
        "pr",
        "perempuan",
        "f",
        "female",
        "wanita",
        "w",
        "2",
        "2.0",
        "prp",
        "prmpuan",
        "perempuam",
        "prempuan",
    },
}
_SEX_WORDS = {word: sex for sex, words in _SEX.items() for word in words}
_YES = {
    "ya",
    "y",
    "yes",
    "iya",
    "ada",
    "v",
    "√",
    "✓",
    "x",
    "benar",
    "true",
    "disabilitas",
    "difabel",
    "cacat",
    "penyandang",
}
_NO = {
    "tidak",
    "t",
    "tdk",
    "no",
    "n",
    "bukan",
    "false",
    "tidak cacat",
    "normal",
    "non disabilitas",
    "bukan disabilitas",
}
_LIFE = {
    "hidup": {"hidup", "1", "ada", "aktif", "tetap", "warga tetap", "penduduk tetap", "domisili", "warga"},
    "meninggal": {
        "mati",
        "meninggal",
        "2",
        "meninggal dunia",
        "wafat",
        "alm",
        "almarhum",
        "almarhumah",
        "md",
    },
    "pindah": {"pindah", "3", "pindah keluar", "pergi", "6", "pindah domisili", "keluar"},
    "hilang": {"hilang", "4"},
    "tidak valid": {"tidak valid", "9", "invalid", "tdk valid", "nonaktif"},
}
_LIFE_WORDS = {word: status for status, words in _LIFE.items() for word in words}
_WELFARE = (
    ("miskin_ekstrem", r"ekstr[ie]m"),
    ("sangat_miskin", r"sangat\s+miskin"),
    ("rentan_miskin", r"^rentan$|rentan\s+miskin|hampir\s+miskin"),
    ("miskin", r"miskin"),
)
_MONEY_UNITS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def by_distinct(column: pl.Series, read: Callable[[str], Any], dtype: Any) -> pl.Series:
    """Return ``read`` of every text of ``column`` (its first :data:`LONGEST` characters) as a column of ``dtype``.

    Null stays null.
    """
    if column.null_count() == column.len():
        return pl.Series(column.name, [None] * column.len(), dtype=dtype)
    texts = column.to_list()
    found = {text: None if text is None else read(text[:LONGEST]) for text in dict.fromkeys(texts)}
    values = [found[text] for text in texts]
    return pl.Series(column.name, values, dtype=dtype, strict=False)


def _cleaned(text: pl.Expr) -> pl.Expr:
    return (
        text.str.replace_all(
            r"[\u{00AD}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}\u{FEFF}\u{FFFE}\x00-\x08\x0B\x0C\x0E-\x1F\x7F]",
            "",
        )
        .str.replace_all(r"[\s\u{00A0}]+", " ")
        .str.strip_chars(" ")
        .str.strip_chars_start("'`‘’")
        .str.strip_chars(" ")
    )


_ALL_CLEANED = _cleaned(pl.all())
_ALL_FILLED = pl.when(pl.all() != "").then(pl.all())


def tidy(text: pl.Expr) -> pl.Expr:
    """Return the text without invisible characters, leading apostrophes, line breaks and double spaces; "" is null."""
    clean = _cleaned(text)
    return pl.when(clean != "").then(clean)


def tidy_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """Return all texts of ``cells`` as :func:`tidy` does, each cleaned once."""
    return cells.select(_ALL_CLEANED).select(_ALL_FILLED)


def present(text: pl.Expr) -> pl.Expr:
    """Return the tidied text, null where it is one of the ways to write that nothing is known, or a formula."""
    return pl.when(is_value(text)).then(text)


def is_value(text: pl.Expr) -> pl.Expr:
    """Return whether a text says something: it is no word for nothing, no error of a spreadsheet, no bare formula."""
    return ~text.str.to_lowercase().is_in(sorted(BLANK)) & ~text.str.starts_with("=")


def sex(text: str) -> str | None:
    """Return ``L`` or ``P``.

    >>> sex("Laki - Laki"), sex("Pr."), sex("2.0"), sex("tdk tahu")
    ('L', 'P', 'P', None)
    """
    word = re.sub(r"[^a-z0-9.]", "", text.lower())
    return _SEX_WORDS.get(word) or _SEX_WORDS.get(word.rstrip(".")) or _SEX_WORDS.get(word.replace(".", ""))


def yes_no(text: str) -> bool | None:
    """Return whether the text says yes or no, ``None`` where it says neither."""
    word = " ".join(text.lower().replace(".", " ").split())
    return True if word in _YES else False if word in _NO else None


def disability(text: str) -> bool | None:
    """Return whether the text says that the person has a disability.

    A named kind ("tuna netra", "cacat fisik", codes 1 to 6 of OpenSID) is a yes; code 7 and "tidak cacat" a no.
    """
    word = " ".join(text.lower().replace(".0", "").split())
    if word in ("7", "tidak cacat", "tidak", "tdk"):
        return False
    if word in ("1", "2", "3", "4", "5", "6"):
        return True
    said = yes_no(text)
    if said is not None:
        return said
    return (
        True
        if re.search(
            r"tuna|cacat|disabilitas|difabel|fisik|netra|rungu|wicara|daksa|grahita|mental|ganda|autis", word
        )
        else None
    )


def life_status(text: str) -> str | None:
    """Return ``hidup``, ``meninggal``, ``pindah``, ``hilang`` or ``tidak valid``; codes are those of OpenSID."""
    word = " ".join(text.lower().strip(" .").replace(".0", "").split())
    if word in _LIFE_WORDS:
        return _LIFE_WORDS[word]
    for start, status in (
        ("mati", "meninggal"),
        ("meninggal", "meninggal"),
        ("pindah", "pindah"),
        ("hidup", "hidup"),
    ):
        if word.startswith(start):
            return status
    return None


def neighbourhood(text: str) -> str | None:
    """Return an RT or RW number as three digits.

    >>> neighbourhood("1"), neighbourhood("RT. 07"), neighbourhood("8.0"), neighbourhood("-")
    ('001', '007', '008', None)
    """
    match = re.fullmatch(r"(?:r[tw])?\s*[.:]?\s*0*(\d{1,3})(?:\.0+)?", text.strip().lower())
    return f"{int(match[1]):03d}" if match and int(match[1]) > 0 else None


_RT = re.compile(r"(?<![a-z])r\.?\s?t\.?\s*[:./ ]?\s*0*(\d{1,3})(?!\d)", re.I)
_RW = re.compile(r"(?<![a-z])r\.?\s?w\.?\s*[:./ ]?\s*0*(\d{1,3})(?!\d)", re.I)
_PAIR = re.compile(
    r"(?:^|\br\.?t\.?\s*/\s*r\.?w\.?\s*[:.]?\s*)0*(\d{1,3})\s*[/\\\-|]\s*0*(\d{1,3})\s*$", re.I
)


def rt_and_rw(text: str) -> tuple[str | None, str | None]:
    """Return RT and RW, three digits each, from a text that may hold both.

    >>> rt_and_rw("RT 07 RW 03"), rt_and_rw("001/002"), rt_and_rw("Jl. Patih RT.5/RW.-")
    (('007', '003'), ('001', '002'), ('005', None))
    """
    pair = _PAIR.search(text.strip())
    if pair:
        return _three(pair[1]), _three(pair[2])
    rt, rw = _RT.search(text), _RW.search(text)
    return (_three(rt[1]) if rt else None), (_three(rw[1]) if rw else None)


def _three(digits: str) -> str | None:
    return f"{int(digits):03d}" if int(digits) else None


def money(text: str) -> int | None:
    """Return whole rupiah.

    >>> money("Rp. 1.500.000,-"), money("2,5 juta"), money("750rb"), money("1000000.0")
    (1500000, 2500000, 750000, 1000000)
    """
    word = text.lower().replace("rp", "").replace("idr", "").strip(" .:,-")
    word = re.sub(r"(,-|,00|(?<=^\d)\.00|(?<=,\d{3})\.00)$", "", word).strip()
    match = re.fullmatch(r"(\d+(?:[.,]\d+)*)\s*(rb|ribu|k|jt|juta)?", word)
    if not match:
        return None
    number, unit = match[1], match[2]
    if unit:
        whole, _, part = number.replace(",", ".").partition(".")
        if not part.isdecimal() and part:
            return None
        scale = _MONEY_UNITS[unit]
        return int(whole) * scale + (int(part) * scale // 10 ** len(part) if part else 0)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", number):
        return int(re.sub(r"[.,]", "", number))
    if re.fullmatch(r"\d+([.,]0{1,2})?", number):
        return int(re.split(r"[.,]", number)[0])
    return None


def decile(text: str) -> int | None:
    """Return 1 to 10."""
    match = re.fullmatch(r"(?:desil)?\s*(\d{1,2})(?:\.0+)?", text.strip().lower())
    return int(match[1]) if match and 1 <= int(match[1]) <= 10 else None


def welfare(text: str) -> str | None:
    """Return ``miskin_ekstrem``, ``sangat_miskin``, ``miskin`` or ``rentan_miskin``."""
    word = text.lower().replace("_", " ")
    if re.search(r"\b(tidak|bukan|non)\b", word):
        return None
    return next((name for name, pattern in _WELFARE if re.search(pattern, word)), None)


def segment(text: str) -> str | None:
    """Return ``pu`` or ``bpu``."""
    word = re.sub(r"[^a-z ]", " ", text.lower())
    if re.search(r"\b(bpu|pbpu)\b|bukan penerima upah", word):
        return "bpu"
    return "pu" if re.search(r"\b(pu|ppu)\b|penerima upah", word) else None
