"""Answers that an officer wrote into `perlu-ditinjau.xlsx`: read back, they decide the pairs for good.

The sheet of pairs carries a code for each pair, made of what its two rows say (not of where they stand), so that an
answer holds for next month's lists as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from payung.errors import InputError
from payung.linkage.decisions import Decisions
from payung.papers.review_list import ANSWER_HEADING, CODE_HEADING, PAIR_SHEET
from payung.rosters.book import open_book
from payung.text import Text

_WORDS: dict[str, Literal["same", "different"]] = {
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


def _answers_of(file: Path) -> list[tuple[str, str, Literal["same", "different"]]]:
    sheets = [sheet for sheet in open_book(file).sheets if sheet.name == PAIR_SHEET]
    rows = [list(row) for sheet in sheets for row in sheet.cells.iter_rows()]
    heads = [at for at, row in enumerate(rows) if CODE_HEADING in row and ANSWER_HEADING in row]
    if not heads:
        raise InputError(
            Text(
                f"{file.name} bukan perlu-ditinjau.xlsx dari Payung: lembar '{PAIR_SHEET}' dengan kolom "
                f"'{ANSWER_HEADING}' dan '{CODE_HEADING}' tidak ada.",
                f"{file.name} is no perlu-ditinjau.xlsx of Payung: there is no sheet '{PAIR_SHEET}' with the columns "
                f"'{ANSWER_HEADING}' and '{CODE_HEADING}'.",
            )
        )
    head = rows[heads[0]]
    code_at, answer_at = head.index(CODE_HEADING), head.index(ANSWER_HEADING)
    found = []
    for number, row in enumerate(rows[heads[0] + 1 :], start=heads[0] + 2):
        word, code = (row[answer_at] or "").strip().lower(), row[code_at] or ""
        if not word:
            continue
        left, dash, right = code.partition("-")
        if word not in _WORDS or not dash:
            raise InputError(
                Text(
                    f"{file.name} lembar {PAIR_SHEET} baris {number}: jawaban '{word}' tidak dikenal; tulis sama "
                    f"atau beda, dan biarkan kolom '{CODE_HEADING}' seperti semula.",
                    f"{file.name} sheet {PAIR_SHEET} row {number}: the answer '{word}' is not known; write sama or "
                    f"beda, and leave the column '{CODE_HEADING}' as it was.",
                )
            )
        found.append((left, right, _WORDS[word]))
    return found
