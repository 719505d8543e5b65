"""What the insurer's own list says of a membership: whether it runs, and until when.

Statuses are ``active``, ``inactive`` (ended, or not begun), ``dead`` and ``rejected`` (the insurer did not take the
row). A row that was not taken because the person is a member already is ``active``. Nothing said is nothing known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from payung.people import dates
from payung.people.values import by_distinct, segment
from payung.rosters.columns import Column
from payung.rosters.remarks import read_member
from payung.said import Said

SAMPLE = 400  # rows of a column that show what it says
AHEAD = dt.timedelta(days=365 * 50)  # an end of membership may lie in the future

_DEAD = re.compile(r"\b(meninggal|wafat|almarhum(ah)?|mati)\b")
_INACTIVE = re.compile(
    r"\b(non|tidak|tdk|tak|blm|belum|bukan)\W*(lagi\s+)?(ter)?(aktif|daftar|peserta)|\b(di)?non\W?aktif(kan)?\b|\binactive\b"
    r"|\b(keluar|berhenti|resign|phk|mengundurkan|mundur|berakhir|expired|kadaluwarsa)\b"
)
_REJECTED = re.compile(
    r"\b(di)?tolak\b|\bgagal\b|\breject(ed)?\b|\binvalid\b|\b(tidak|tdk)\s+(valid|lolos|padan|sesuai|ditemukan|dikenal)"
)
_ACTIVE = re.compile(
    r"\baktif\b|\bactive\b|\b(masa )?tenggang\b|\bterdaftar\b|\bditerima\b|\bvalid\b|\bberhasil\b"
)
_MEMBER = re.compile(r"\b(sudah|telah|masih)\b.*\b(daftar|terdaftar|peserta|aktif|menjadi)\b")
_ABOUT_MEMBERS = re.compile(r"(?i)kepesertaan|\bpeserta\b|keanggotaan|bpjs|jamsostek")
_FLAGS = {"y": "active", "ya": "active", "yes": "active", "t": "rejected", "tidak": "rejected", "tdk": "rejected",
          "n": "rejected", "no": "rejected"}  # fmt: skip
_LIST = re.compile(r"\b(daftar|data|peserta|tenaga kerja|anggota|tk|rekap|lampiran)\b")
_UNTIL = re.compile(r"\b(s\W?d|sampai|hingga|berakhir|habis)\b")


def choose(columns: Sequence[Column], cells: pl.DataFrame, kind: str) -> tuple[Column, ...]:
    """Return ``columns`` with what says of a membership where it is heard, in the insurer's list and in a village's.

    The insurer's "Status BPJS Ketenagakerjaan" is the status of its list. A village's column "Kepesertaan" or "Status
    Kepesertaan" whose words are yes and no, or active and not, says who is insured already.
    """
    fields = {column.field for column in columns}
    if kind == "insured":
        at = next((at for at, column in enumerate(columns) if column.field == "bpjstk_flag"), None)
        if at is None or "status" in fields:
            return tuple(columns)
        return (*columns[:at], replace(columns[at], field="status"), *columns[at + 1 :])
    if "bpjstk_flag" in fields:
        return tuple(columns)
    return tuple(
        replace(column, field="bpjstk_flag", why=Said("rosters.says_member_or_not"))
        if column.field in ("status", "segment")
        and _ABOUT_MEMBERS.search(column.heading)
        and _answers(cells[f"c{column.at}"])
        else column
        for column in columns
    )


def _answers(texts: pl.Series) -> bool:
    """Return whether most texts of a column say who is a member and who is not, and none names a segment."""
    said = texts.drop_nulls().head(SAMPLE)
    if not said.len():
        return False
    known = sum(read_member(text) is not None for text in said)
    named = sum(segment(text) is not None for text in said)
    return known * 2 > said.len() and not named


def read_status(text: str) -> str | None:
    """Return what a text says of a membership, or ``None``; a bare yes or no is :func:`read_flag`'s.

    >>> read_status("NON AKTIF"), read_status("Sudah terdaftar sebagai PU"), read_status("NIK tidak ditemukan")
    ('inactive', 'active', 'rejected')
    """
    words = " ".join(text.lower().replace("_", " ").split())
    if _DEAD.search(words):
        return "dead"
    if _INACTIVE.search(words):
        return "inactive"
    if _MEMBER.search(words):
        return "active"
    if _REJECTED.search(words):
        return "rejected"
    return "active" if _ACTIVE.search(words) else None


def read_flag(text: str) -> str | None:
    """Return what ``Y`` or ``T`` in a column of statuses says, or ``None``."""
    return _FLAGS.get(text.lower().strip(" ."))


def read_title(lines: Iterable[str], sheet: str) -> str | None:
    """Return the one status that the title lines of a list and its sheet's name give to all of it, or ``None``."""
    named = [sheet, *(line for line in lines if _LIST.search(line.lower()))]
    said = {read_status(part) for line in named for part in re.split(r"(?i)\bdan\b|[&,;/]", line)} - {None}
    return said.pop() if len(said) == 1 else None


def read_until(text: str, *, on: dt.date) -> dt.date | None:
    """Return the date in a status that says when the membership ended or will end, or ``None``.

    >>> read_until("NON AKTIF 30-09-2025", on=dt.date(2026, 12, 1))
    datetime.date(2025, 9, 30)
    """
    if read_status(text) not in ("inactive", "dead") and not _UNTIL.search(text.lower()):
        return None
    written = dates.split_place(text)[1]
    return dates.read(written, on=on + AHEAD) if written else None


def add(clean: pl.DataFrame, written: pl.DataFrame, titles: pl.Series, *, on: dt.date) -> pl.DataFrame:
    """Return ``clean`` with ``member_status`` and ``member_until``, and the segment that a remark names.

    ``written`` are the texts by field, ``titles`` what the title of each row's list says (:func:`read_title`).
    A remark counts before a bare yes or no, a status in words before a remark; death counts before all.
    """

    def of(field: str) -> pl.Series:
        return (
            written[field] if field in written.columns else pl.Series([None] * clean.height, dtype=pl.String)
        )

    word, remark = (by_distinct(of(field), read_status, pl.String) for field in ("status", "note"))
    flag = by_distinct(of("status"), read_flag, pl.String)
    ends = by_distinct(of("end_date"), lambda text: dates.read(text, on=on + AHEAD), pl.Date)
    named = [
        by_distinct(of(field), lambda text: read_until(text, on=on), pl.Date) for field in ("status", "note")
    ]
    dead = ((clean["life"] == "meninggal") | (word == "dead") | (remark == "dead")).fill_null(False)
    said = pl.coalesce(word, remark, flag, titles)
    found = pl.select(
        pl.when(dead).then(pl.lit("dead")).otherwise(said).alias("s"),
        pl.coalesce(ends, *named).alias("u"),
        pl.coalesce(clean["segment"], by_distinct(of("note"), segment, pl.String)).alias("b"),
    )
    return clean.with_columns(
        found["s"].alias("member_status"), found["u"].alias("member_until"), found["b"].alias("segment")
    )
