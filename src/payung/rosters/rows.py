"""Which rows below a heading are people, and what the other rows are. No row is lost: every one gets a word.

Words: ``person``; ``blank``; ``numbering`` (a row that numbers the columns); ``heading`` (the heading again, or
the questions of a form below it, or an example of how to fill it in); ``context`` (a family or area that holds
for the rows below); ``total``; ``footer`` (place, date, signatures, remarks); ``end`` (below an end mark).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import polars as pl

from payung.rosters.context import FIELDS as CONTEXT_FIELDS
from payung.rosters.context import marker
from payung.rosters.layout import is_numbering
from payung.rosters.mapping import Column

LONGEST = 300  # characters of a cell that are looked at
KINDS = ("person", "blank", "numbering", "heading", "context", "total", "footer", "end")

SEPARATOR = "\x1f"  # between the joined cells of a row
_TOTAL = r"(?i-u)(^|\x1f) *(sub *-? *|grand *)?(jumlah|total|jml)\b"
_NUMBER = r"\(?-?[0-9]{1,3}(\.0)?( *=[0-9 +*x:/()-]+)?\)?"
_LETTERED = (
    "(?i)^" + SEPARATOR.join(rf"\(?{letter}[.)]?" for letter in "abc") + rf"({SEPARATOR}\(?[a-z][.)]?)*$"
)
_RULED = rf"^(?:[0-9]{{1,4}}\.?{SEPARATOR})?[^\pL\pN]*$"
_NUMBER_OR_WORD = rf"({_NUMBER}|KOLOM|kolom|Kolom)"
_FOOTER = re.compile(
    r"mengetahui|menyetujui|^\W*(ketua\s+tim|camat|lurah|kepala\s+(desa|seksi|dinas|bidang|puskesmas)|pj\.?\s+kepala|sekretaris\s+desa)\W*$"
    r"|^nip\b|\btertanda\b|\bttd\b|^\(?[.\s…_]{5,}\)?$|^(catatan|keterangan|ket|nb|note)\b\s*[:.]|^\W*$"
    r"|petugas pendata|yang mendata"
    r"|dibuat\s+(oleh|di)|^sumber\s*:|^dicetak|^hal(aman)?\.?\s*\d|,\s*\d*\s*(januari|februari|maret|april|mei|juni|juli|agustus"
    r"|september|oktober|november|desember)\s+\d{4}\s*$|^\(\s*\S.*\)$|a\.?n\.?\s+bupati|dokumen ini",
    re.I,
)
_AND_SO_ON = rf"(?i)^(?:{_NUMBER}\.?{SEPARATOR})?\W*(?:dst|dll|dan seterusnya|dan lain-? ?lain)\W*$"
_PAGE = r"(?i)\W*(?:hal(?:aman)?|page|lembar)\W*\d{0,3}(?:\W+(?:dari|of|/)?\W*\d{1,3})?\W*"
_IDENTITY = ("nik", "birth_date", "birth_place_date", "sex", "kk", "kpj")
_NUMBERED = ("nik", "nik_or_kpj", "nik_or_kk", "nik_kk", "kk_nik", "name_nik")
_EXAMPLE = r"(?i)^\W*(contoh|misal|misalnya)\W*(\x1f|$)"
_EXAMPLE_NAME = r"(?i)^\W*(contoh(\W+(nama|pengisian|isian|data)\b.*|\W*:.*|\W*)|nama\W+contoh|\(contoh\).*)$"
_OFFICER_NUMBER = r"(?i)^\W*(nip|nrp|nipd|nrpd|niap|nbm)\b"  # under a signature
FEW = 4  # cells of the row of somebody who signs
SIGNATURE_ROWS = 8
_SIGNS = re.compile(
    r"(?i)\b(?:mengetahui|menyetujui|disetujui|mengesahkan|kepala\s+(?:desa|dusun|seksi|dinas|bidang|puskesmas|sekolah)|kades|lurah"
    r"|camat|sekretaris|sekdes|bendahara|ketua(?:\s+r[tw])?|petugas|pendata|operator|verifikator|tertanda|ttd"
    r"|dibuat\s+oleh|yang\s+membuat|hormat\s+kami|damang|tanda\s+tangan)\b"
)
# an office that stands alone in its row: nobody's name
_OFFICE = re.compile(
    r"(?i)\W*(?:mengetahui|menyetujui|kepala\s+(?:desa|dusun|seksi|dinas)|camat|lurah|sekretaris\s+desa|petugas|ketua\s+r[tw])\b"
)
_OTHER_EVIDENCE = (
    "birth_place",
    "job",
    "position",
    "mother",
    "phone",
    "address",
    "rt",
    "wage",
    "income",
    "relation",
    "age",
    "village",
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of one list, sorted.

    Fields
        kinds: one word a row, see the module.
        context: columns of :data:`payung.rosters.context.FIELDS` with what the nearest context row above says.
        officers: the rows (from 0) of those who sign, with a number of theirs.
    """

    kinds: pl.Series
    context: pl.DataFrame
    officers: tuple[int, ...] = ()


def sort_rows(body: pl.DataFrame, columns: Sequence[Column]) -> Sorted:
    """Return what every row of ``body`` is. ``body`` holds the trimmed cells of the columns below the heading."""
    place = {column.field: f"c{column.at}" for column in columns}
    name = place.get("name") or place.get("household_head") or place.get("name_nik")
    facts, kind = _facts(
        tuple(body.columns), tuple((one.field, one.at, one.heading) for one in columns), name
    )
    frame = (
        body.lazy()
        .with_row_index("row")
        .with_columns(facts)
        .with_columns(kind.alias("kind"))
        .select("row", "filled", "kind", (pl.col("kind") == "person").alias("strong"))
        .collect()
    )
    officers = _officers(frame, body, place)
    if officers:
        signs = pl.col("row").is_in(officers)
        frame = frame.with_columns(
            pl.when(signs).then(pl.lit("footer")).otherwise("kind").alias("kind"),
            (pl.col("strong") & ~signs).alias("strong"),
        )
    kinds = frame["kind"].to_list()
    strong = frame["strong"].to_list()
    last_strong = max((at for at, is_strong in enumerate(strong) if is_strong), default=-1)
    if "weak" not in kinds:
        nothing = pl.DataFrame(schema=dict.fromkeys(CONTEXT_FIELDS, pl.String)).clear(body.height)
        return Sorted(frame["kind"], nothing, tuple(officers))
    held: dict[str, list[str | None]] = {field: [None] * body.height for field in CONTEXT_FIELDS}
    below_footer = False
    counts = "seq" in place and _counts(body[place["seq"]], frame["strong"])
    weak = [row for row, kind_of_row in enumerate(kinds) if kind_of_row == "weak"]
    for row, cells in zip(weak, body[weak].iter_rows(), strict=True):
        texts = [text[:LONGEST] for text in cells if text]
        said = marker(texts)
        named = body[row, name] if name else None
        if said:
            kinds[row] = "context"
            for field, value in said.items():
                held[field][row] = value
        elif is_numbering(texts):
            kinds[row] = "numbering"
        elif not any(letter.isalnum() for text in texts for letter in text):
            kinds[row] = "footer" if row > last_strong else "blank"
        elif re.fullmatch(_PAGE, " ".join(texts)) or (counts and _is_group(texts, named)):
            kinds[row] = "context"
            for field, value in (marker(texts[1:]) or {}).items():
                held[field][row] = value
        elif row > last_strong and (below_footer or any(_FOOTER.search(text.strip()) for text in texts)):
            kinds[row] = "footer"
            below_footer = True
        elif len(texts) == 1 and _OFFICE.match(texts[0]):
            kinds[row] = "context"
        elif (
            (len(texts) > 1 and not any(text.rstrip().endswith(":") for text in texts))
            or (named and not _only_title(named, texts, row, body, place))
            or (
                _has_digits(texts, 14)
                and ("nik" in place or "kk" in place)
                and not re.match(_OFFICER_NUMBER, texts[-1])
            )
        ):
            kinds[row] = "person"
        else:
            kinds[row] = "footer" if row > last_strong else "context"
    filled = pl.DataFrame(held, schema=dict.fromkeys(held, pl.String))
    said_fields = [field for field, values in held.items() if any(value is not None for value in values)]
    if said_fields:
        forward = pl.col(said_fields).fill_null(strategy="forward")
        filled = filled.with_columns(forward).with_columns(
            pl.when(pl.col(said_fields) != "").then(pl.col(said_fields))
        )
    return Sorted(pl.Series("kind", kinds, dtype=pl.String), filled, tuple(officers))


def _officers(frame: pl.DataFrame, body: pl.DataFrame, place: dict[str, str]) -> list[int]:
    """Return the rows of those who sign the list: little in them, no running number, by the words of a signature."""
    strong = [row for row, is_strong in enumerate(frame["strong"].to_list()) if is_strong]
    if not strong:
        return []
    filled = frame["filled"].to_list()
    usual = median(filled[row] for row in strong)
    rows = [row for row in strong if filled[row] <= FEW and filled[row] < usual]
    if not rows:
        return []
    numbers = body[place["seq"]].to_list() if "seq" in place else []
    if numbers and sum(numbers[row] is not None for row in strong) > 0.5 * len(strong):
        rows = [row for row in rows if numbers[row] is None]
    else:
        rows = [row for row in rows if filled[row] * 2 <= usual]
    people = set(strong) - set(rows)
    found = []
    for row in rows:
        above = row - 1
        words: list[str] = []
        while above >= 0 and row - above <= SIGNATURE_ROWS and above not in people:
            words += [text[:LONGEST] for text in body.row(above) if text]
            above -= 1
        below = [text for line in body[row + 1 : row + 3].rows() for text in line if text]
        signed = any(_SIGNS.search(text) for text in words)
        if signed or any(re.match(_OFFICER_NUMBER, text) for text in below if row + 1 not in people):
            found.append(row)
    return found


@lru_cache(maxsize=64)
def _facts(
    names: tuple[str, ...], columns: tuple[tuple[str, int, str], ...], name: str | None
) -> tuple[list[pl.Expr], pl.Expr]:
    """Return counts to be added to every row, and its kind out of them (``weak`` where a closer look is needed).

    ``names`` are the columns of the sheet, ``columns`` the field, place and heading of each that has one. Lists of one
    layout share their expressions. Counts that the kind uses several times are columns of their own: an expression is
    computed where it stands.
    """
    place = {field: f"c{at}" for field, at, _ in columns}
    used = [f"c{at}" for _, at, _ in columns if f"c{at}" in names]
    counts = [
        pl.sum_horizontal(pl.col(column).is_not_null().cast(pl.UInt16) for column in names).alias("filled")
    ]
    repeated = pl.sum_horizontal(
        pl.col(f"c{at}").is_in([heading, *heading.split(" / ")]).fill_null(False).cast(pl.UInt16)
        for _, at, heading in columns
        if f"c{at}" in names
    )
    # One pattern over the joined cells of a row: compiling it for every column takes longer than a list does.
    begin = pl.concat_str([pl.col(column) for column in names[:4]], separator=SEPARATOR, ignore_nulls=True)
    after_end = begin.str.contains(f"(^|{SEPARATOR})###").fill_null(False).cum_max()
    nik = next((place[field] for field in _NUMBERED if field in place), None)
    length = pl.col(nik).str.replace_all(r"[^0-9]", "").str.len_bytes().fill_null(0) if nik else pl.lit(0)
    if nik:
        signed = pl.col(nik).str.contains(_OFFICER_NUMBER).fill_null(False)
        length = pl.when(signed).then(pl.lit(0)).otherwise(length)
    counts += [length.alias("digits"), repeated.alias("repeats")]
    filled, digits, repeats = pl.col("filled"), pl.col("digits"), pl.col("repeats")
    total = begin.str.contains(_TOTAL).fill_null(False) & (digits < 12)
    whole = pl.concat_str([pl.col(column) for column in names], separator=SEPARATOR, ignore_nulls=True)
    some = pl.concat_str([pl.col(column) for column in used[:3]], separator=SEPARATOR, ignore_nulls=True)
    all_numbers = (
        whole.str.contains(f"^{_NUMBER_OR_WORD}({SEPARATOR}{_NUMBER_OR_WORD})*$").fill_null(False)
        & (filled >= 3)
        & (filled * 2 >= len(used))
        & some.str.contains(f"(^|{SEPARATOR}){_NUMBER}($|{SEPARATOR})").fill_null(False)
    )
    lettered = whole.str.contains(_LETTERED).fill_null(False)
    # a line of dashes, and a running number before nothing but dashes
    ruled = (whole.str.contains(_RULED) & ((filled > 2) | ~begin.str.contains(r"[0-9]"))).fill_null(False)
    has = {
        field: pl.col(place[field]).is_not_null()
        for field in (*_IDENTITY, *_OTHER_EVIDENCE, "seq")
        if field in place
    }
    named = pl.col(name).is_not_null() if name else pl.lit(False)
    identity = (
        pl.any_horizontal(has[field] for field in _IDENTITY if field in has and field != "nik")
        if any(field in has for field in _IDENTITY if field != "nik")
        else pl.lit(False)
    )
    counted = (
        pl.col(place["seq"]).str.contains(r"^[0-9]{1,6}(\.0)?\.?$").fill_null(False)
        if "seq" in place
        else pl.lit(False)
    )
    evidence = pl.sum_horizontal(
        [expr.cast(pl.UInt16) for field, expr in has.items() if field != "seq"] or [pl.lit(0)]
    )
    strong = (digits >= 10) | (named & (identity | counted | (evidence >= 3))) | (counted & (evidence >= 2))
    and_so_on = begin.str.contains(_AND_SO_ON).fill_null(False) & (filled <= 2) & (digits == 0)
    example = begin.str.contains(_EXAMPLE).fill_null(False)
    if name:
        example = example | pl.col(name).str.contains(_EXAMPLE_NAME).fill_null(False)
    kind = (
        pl.when(after_end).then(pl.lit("end"))
        .when(filled == 0).then(pl.lit("blank"))
        .when((repeats >= 2) & (repeats * 2 >= filled) & (digits < 10)).then(pl.lit("heading"))
        .when(example).then(pl.lit("heading"))
        .when(all_numbers | lettered).then(pl.lit("numbering"))
        .when(total).then(pl.lit("total"))
        .when(and_so_on).then(pl.lit("footer"))
        .when(ruled & begin.str.contains(r"^[0-9]")).then(pl.lit("blank"))
        .when(strong & ~ruled).then(pl.lit("person"))
        .otherwise(pl.lit("weak"))
    )  # fmt: skip
    return counts, kind


def _counts(numbers: pl.Series, people: pl.Series) -> bool:
    """Return whether the people of a list are counted 1, 2, 3, so that I, II or A, B count something else."""
    said = [text for text in numbers.filter(people).to_list() if text is not None]
    return sum(re.fullmatch(r"[0-9]+\.?(\.0)?", text) is not None for text in said) > 0.8 * len(said)


def _is_group(texts: list[str], named: str | None) -> bool:
    """Return whether a row is the title of a group of people: "II", "KELOMPOK TANI MAJU"."""
    return len(texts) == 2 and texts[1] == named and bool(re.fullmatch(r"(?:[IVX]+|[A-Z])[.)]?", texts[0]))


def _only_title(named: str, texts: list[str], row: int, body: pl.DataFrame, place: dict[str, str]) -> bool:
    """Return whether a row with little in it is a title between the people rather than a person."""
    if len(texts) > 1:
        return False
    return bool(
        re.search(r"\d|:|^(dusun|desa|kelompok|poktan|kategori|bagian|divisi|data|daftar)\b", named, re.I)
    ) or (row == 0 and len(place) > 4)


def _has_digits(texts: list[str], least: int) -> bool:
    return any(len(re.sub(r"\D", "", text)) >= least for text in texts)
