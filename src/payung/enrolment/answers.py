"""Answers that an officer wrote into `perlu-ditinjau.xlsx`: read back, they decide the pairs for good.

The sheet of pairs carries a code for each pair, made of what its two rows say (not of where they stand), so that an
answer holds for next month's lists as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from payung.errors import InputError
from payung.linkage.decisions import Decisions, Verdict
from payung.papers.review_list import ANSWER_HEADING, CODE_HEADING, DECIDED_SHEET, PAIR_SHEET
from payung.rosters.book import open_book
from payung.text import Text

_WORDS: dict[str, Verdict] = {
    "sama": "same",
    "same": "same",
    "beda": "different",
    "berbeda": "different",
    "different": "different",
}


def read_answers(files: Sequence[Path]) -> Decisions | None:
    """Return the decisions written in ``files``, later files over earlier ones; ``None`` where there are no files.

    Raises ``InputError`` that names file, sheet and row for a word other than sama or beda.
    """
    if not files:
        return None
    decisions = Decisions()
    for file in files:
        for left, right, verdict in _answers_of(file):
            decisions.decide(left, right, verdict, by=file.name)
    return decisions


def check_kept(earlier: Path, given: Decisions | None) -> None:
    """Refuse to replace the review list ``earlier`` where it holds answers of somebody that ``given`` does not hold."""
    if not earlier.is_file():
        return
    known = {(one.left, one.right) for one in given or ()}
    for left, right, _ in _answers_of(earlier):
        if tuple(sorted((left, right))) not in known:
            raise InputError(
                Text(
                    f"'{earlier}' berisi jawaban yang akan hilang: tambahkan --answers '{earlier}', atau pilih folder "
                    "lain untuk --out.",
                    f"'{earlier}' holds answers that would be lost: add --answers '{earlier}', or choose another "
                    "folder for --out.",
                )
            )


def _answers_of(file: Path) -> Iterator[tuple[str, str, Verdict]]:
    """Yield the answers of a file: first those that an earlier run was given, then the new ones over them."""
    sheets = {sheet.name: [list(row) for row in sheet.cells.iter_rows()] for sheet in open_book(file).sheets}
    if _head(sheets.get(PAIR_SHEET, [])) is None:
        raise InputError(
            Text(
                f"{file.name} bukan perlu-ditinjau.xlsx dari Payung: lembar '{PAIR_SHEET}' dengan kolom "
                f"'{ANSWER_HEADING}' dan '{CODE_HEADING}' tidak ada.",
                f"{file.name} is no perlu-ditinjau.xlsx of Payung: there is no sheet '{PAIR_SHEET}' with the columns "
                f"'{ANSWER_HEADING}' and '{CODE_HEADING}'.",
            )
        )
    for name in (DECIDED_SHEET, PAIR_SHEET):
        rows = sheets.get(name, [])
        if (head := _head(rows)) is not None:
            yield from _answers_below(head, rows, file.name, name)


def _head(rows: Sequence[Sequence[str | None]]) -> int | None:
    """Return where the heading of a sheet of pairs is, or ``None`` where there is none."""
    return next((at for at, row in enumerate(rows) if CODE_HEADING in row and ANSWER_HEADING in row), None)


def _answers_below(
    head: int, rows: Sequence[Sequence[str | None]], file: str, sheet: str
) -> Iterator[tuple[str, str, Verdict]]:
    code_at, answer_at = rows[head].index(CODE_HEADING), rows[head].index(ANSWER_HEADING)
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        word, code = (row[answer_at] or "").strip().lower(), row[code_at] or ""
        if not word:
            continue
        left, dash, right = code.partition("-")
        if word not in _WORDS or not dash:
            raise InputError(
                Text(
                    f"{file} lembar {sheet} baris {number}: jawaban '{word}' tidak dikenal; tulis sama "
                    f"atau beda, dan biarkan kolom '{CODE_HEADING}' seperti semula.",
                    f"{file} sheet {sheet} row {number}: the answer '{word}' is not known; write sama or "
                    f"beda, and leave the column '{CODE_HEADING}' as it was.",
                )
            )
        yield left, right, _WORDS[word]
