"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import polars as pl

SAMPLE = 160
FEW = 1_000  # cells that a loop goes through sooner than a table operation begins
LONGEST = 100  # characters of a cell that are looked at
REMEMBERED = 1 << 14  # texts
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")

_BLANK = {
    "",
    "-",
    "--",
    "---",
    "null",
    "none",
    "nan",
    "n/a",
    "#n/a",
    ".",
    "–",
    "—",
    "tidak ada",
    "tdk ada",
    "0",
}
_SCIENTIFIC = re.compile(r"^\d[.,]\d+E\+?1[4-7]$", re.I)
_MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*"
_DATE = re.compile(
    rf"^\d{{1,2}}[-/. ]+(?:\d{{1,2}}|{_MONTH})[-/., ]+\d{{2,4}}\b|^\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|^{_MONTH} \d{{1,2}},",
    re.I,
)
_PLACE_DATE = re.compile(
    rf"[a-z]{{3,}}.*?[ ,/]\s*\d{{1,2}}\s*[-/. ]+\s*(?:\d{{1,2}}|{_MONTH})\s*[-/. ]+\s*\d{{2,4}}\s*$", re.I
)
_PHONE = re.compile(r"^(?:\+?62|0(?!0(?!62))|8)[\d\s\-.()]{7,16}$")
_NAME = re.compile(r"^[^\W\d_][^\d_@#:;=?!*\\]{1,60}$")
_SEX = {
    "laki_laki",
    "laki2",
    "w",
    "l",
    "p",
    "lk",
    "pr",
    "laki-laki",
    "laki laki",
    "perempuan",
    "m",
    "f",
    "pria",
    "wanita",
    "lk.",
    "pr.",
    "laki",
    "male",
    "female",
    "laki - laki",
}
_LIFE = {
    "hidup",
    "mati",
    "meninggal",
    "pindah",
    "tidak valid",
    "hilang",
    "pergi",
    "meninggal dunia",
    "hidup ",
}
# in lower case: a pattern that minds no case looks ten times as long
_JOBS = re.compile(
    r"petani|tani|buruh|wiraswasta|swasta|pedagang|sopir|nelayan|tukang|penyadap|ojek|guru|perangkat|kepala desa"
    r"|rumah tangga|pelajar|karyawan|honorer|kebun|sawit|penambang|supir|kelotok|pns|kurir|jasa"
)
_MARITAL = {"kawin", "belum kawin", "cerai hidup", "cerai mati", "k", "tk", "bk", "ch", "cm", "d", "c"}
_ADDRESS = re.compile(
    r"\b(jl|jln|jalan|gg|gang|rt|rw|dusun|dsn|desa|ds|handel|kampung|kp|blok|lingkungan|perum)\b"
)
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_WORDS = re.compile(r"\b(?!(?:nik|ktp|nomor)\b)[^\W\d_]{3,}", re.I)
_MONEY = re.compile(
    r"^(?:rp\W*\d[\d.,]*|\d{1,3}(?:[.,]000|[.,]\d{3}[.,]\d{3})|\d{1,2}[.,]\d{3}[.,]\d{3}|[1-9]\d{2,4}(?:00|50)0?)(?:,-|,00|\.0+)?$",
    re.I,
)
_DOTTED = re.compile(r"^\d\d\.\d\d(?:\.\d\d(?:\.\d{4})?)?$")


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of the filled cells of a column that look like something.

    Fields
        filled: how many cells of the sample hold something.
        distinct: share of different texts.
        length: the usual number of characters.
    """

    filled: int = 0
    distinct: float = 0.0
    length: float = 0.0
    d16: float = 0.0  # sixteen digits
    nik: float = 0.0  # sixteen digits with a day and month in the middle
    woman_day: float = 0.0  # sixteen digits with 40 added to the day
    long_digits: float = 0.0  # fourteen digits and more, or the scientific form of such a number
    longer_digits: float = 0.0  # seventeen digits and more
    digits: float = 0.0
    small: float = 0.0  # up to three digits
    date: float = 0.0
    serial: float = 0.0  # a number that Excel would show as a birth date
    place_date: float = 0.0
    phone: float = 0.0
    name: float = 0.0
    sex: float = 0.0
    one_two: float = 0.0
    life: float = 0.0
    job: float = 0.0
    marital: float = 0.0
    dotted: float = 0.0
    place: float = 0.0  # a street, hamlet or neighbourhood
    kpj: float = 0.0  # eleven digits
    rising: float = 0.0  # each number one more than the last
    two_numbers: float = 0.0  # two numbers of sixteen digits
    second_woman: float = (
        0.0  # two numbers of sixteen digits, the second with 40 added to the day: no family's
    )
    name_number: float = 0.0  # words and one number of sixteen digits
    money: float = 0.0  # an amount of rupiah as a month's pay may be


def profile(column: pl.Series) -> Profile:
    """Return the profile of a text column from an even sample of its filled cells."""
    if column.len() > FEW:
        column = column.drop_nulls()
    filled = [text for text in column.to_list() if text is not None]
    if len(filled) > SAMPLE:
        filled = filled[:: len(filled) // SAMPLE]
    values = [" ".join(text[:LONGEST].strip().strip("'`").split()) for text in filled]
    values = [text for text in values if text.lower() not in _BLANK]
    if not values:
        return Profile()
    compact = [text.replace(" ", "").replace(".", "").replace("-", "") for text in values]
    whole = [text[:-2] if text.endswith(".0") else text for text in values]
    sixteen = [text for text in compact if len(text) == 16 and _digits(text)]
    total = len(values)
    # Every different text is looked at once, and most look like one another.
    as_written = Counter(values)
    looks: Counter[Looks] = Counter()
    for text, count in as_written.items():
        looks[_looks(text)] += count
    shares = [
        sum(count for seen, count in looks.items() if seen[at]) / total for at in range(len(Looks._fields))
    ]
    numbers = [int(text) for text in whole if _digits(text) and len(text) < 7]
    steps = sum(1 for left, right in pairwise(numbers) if right - left == 1)
    share = Looks(*shares)
    return Profile(
        filled=total,
        distinct=len(as_written) / total,
        length=sorted(len(text) for text in values)[total // 2],
        d16=len(sixteen) / total,
        nik=sum(1 for text in sixteen if _nik_date(text)) / total,
        woman_day=sum(1 for text in sixteen if 41 <= int(text[6:8]) <= 71) / total,
        long_digits=share.long_joined or share.scientific,
        longer_digits=share.longer_digits,
        digits=share.digits,
        small=share.small,
        date=share.date,
        serial=share.serial,
        place_date=share.place_date,
        phone=share.phone,
        name=share.name,
        sex=share.sex,
        one_two=share.one_two,
        life=share.life,
        job=share.job,
        marital=share.marital,
        dotted=share.dotted,
        place=share.place,
        kpj=share.kpj,
        rising=steps / max(1, len(numbers) - 1) if len(numbers) > 2 else 0.0,
        two_numbers=share.two_numbers,
        second_woman=share.second_woman,
        name_number=share.name_number,
        money=share.money,
    )


class Looks(NamedTuple):
    """What one text looks like (see :class:`Profile`); or the shares of the texts of a column that do."""

    scientific: float = False
    long_joined: float = False
    longer_digits: float = False
    digits: float = False
    small: float = False
    date: float = False
    serial: float = False
    place_date: float = False
    phone: float = False
    name: float = False
    sex: float = False
    one_two: float = False
    life: float = False
    job: float = False
    marital: float = False
    dotted: float = False
    place: float = False
    kpj: float = False
    two_numbers: float = False
    second_woman: float = False
    name_number: float = False
    money: float = False


@lru_cache(maxsize=REMEMBERED)
def _looks(text: str) -> Looks:
    """Return what ``text`` looks like. Lists repeat one another: villages, jobs, numbers of neighbourhoods."""
    lettered = _LETTER.search(text) is not None
    low = text.lower()
    name = lettered and _NAME.match(text) is not None
    sex, life, marital = low in _SEX, low in _LIFE, low in _MARITAL
    job = lettered and _JOBS.search(low) is not None
    place = lettered and _ADDRESS.search(low) is not None
    if _DIGIT.search(text) is None:
        return Looks(name=name, sex=sex, life=life, job=job, marital=marital, place=place)
    joined = text.replace(" ", "").replace(".", "").replace("-", "")
    number = text[:-2] if text.endswith(".0") else text
    only, bare, length = _digits(number), _digits(joined), len(joined)
    numbers = len(_SIXTEEN.findall(text)) if length >= 16 else 0
    return Looks(
        lettered and _SCIENTIFIC.match(text) is not None,
        (lettered and _SCIENTIFIC.match(joined) is not None) or (length >= 14 and bare),
        length >= 17 and bare,
        only,
        only and len(number) <= 3,
        _DATE.match(text) is not None,
        only and len(number) == 5 and 3_000 < int(number) < 60_000,
        lettered and _PLACE_DATE.search(text) is not None,
        _PHONE.match(text) is not None,
        name,
        sex,
        text in ("1", "2", "1.0", "2.0"),
        life,
        job,
        marital,
        _DOTTED.match(text) is not None,
        place,
        length == 11 and bare and joined[0] != "0",
        numbers == 2,
        numbers == 2 and _second_woman(text),
        numbers == 1 and _WORDS.search(text) is not None,
        _MONEY.match(text) is not None,
    )


def _digits(text: str) -> bool:
    """Return whether the text is digits 0 to 9 only (``str.isdigit`` takes ``³`` for one)."""
    return text.isascii() and text.isdigit()


def _second_woman(text: str) -> bool:
    numbers = _SIXTEEN.findall(text)
    return len(numbers) == 2 and 41 <= int(re.sub(r"\D", "", numbers[1])[6:8]) <= 71


def _nik_date(text: str) -> bool:
    day, month = int(text[6:8]), int(text[8:10])
    return (
        1 <= (day - 40 if day > 40 else day) <= 31
        and 1 <= month <= 12
        and text[0] != "0"
        and text[12:] != "0000"
    )


def fit(field: str, seen: Profile) -> float:
    """Return how well a column's cells suit a field: 1 certainly, 0.5 nothing against it, 0 not at all."""
    if seen.filled < 3:
        return 0.6
    rule = _FITS.get(field)
    return min(1.0, max(0.0, rule(seen))) if rule else 0.7


_FITS: dict[str, Callable[[Profile], float]] = {
    "nik": lambda p: max(
        p.nik,
        p.d16 * 0.8,
        p.long_digits * 0.75 - p.longer_digits,
        0.9 * (p.digits > 0.5 and 13 <= p.length <= 17),
    ),
    "kk": lambda p: max(
        p.d16, p.long_digits - p.longer_digits, 0.7 * (p.digits > 0.5 and 13 <= p.length <= 17)
    ),
    "name": lambda p: p.name * (1 - 0.9 * max(p.sex, p.life)),
    "household_head": lambda p: p.name,
    "mother": lambda p: p.name,
    "father": lambda p: p.name,
    "birth_date": lambda p: max(
        p.date, p.serial, p.place_date * 0.9, 0.5 * (p.digits > 0.8 and p.length in (4, 6, 8))
    ),
    "birth_place": lambda p: max(0.0, p.name - p.place_date),
    "birth_place_date": lambda p: max(p.place_date, p.date * 0.7),
    "sex": lambda p: max(p.sex, p.one_two),
    "rt": lambda p: 1.0 if p.length <= 6 else 0.3,
    "rw": lambda p: 1.0 if p.length <= 6 else 0.3,
    "phone": lambda p: max(p.phone, 0.8 * (p.digits > 0.5 and 8 <= p.length <= 15)),
    "phone_alt": lambda p: max(p.phone, 0.6),
    "seq": lambda p: max(p.small, p.rising, 0.6 * (p.length <= 5)),
    "kpj": lambda p: max(p.kpj, 0.7 * (p.digits > 0.5 and 9 <= p.length <= 13)),
    "life_status": lambda p: max(p.life, 0.7 * p.small, 0.5),
}
