"""A sheet of a workbook at constant memory whose rows are written as whole lines, not cell by cell.

The bytes are those that xlsxwriter writes for the same cells; its own way takes some twenty times as long. Not taken
over is that a text between ``<r>`` and ``</r>`` would be markup: here every text stays text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767  # UTF-16 units of a text that a cell takes
EXACT = 10**15  # whole numbers below it are written as they are
LINES_AT_ONCE = 500
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s\Z")


class QuickSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter tells no types
    """A worksheet that takes whole rows; only for workbooks with ``constant_memory``."""

    def write_lines(
        self, first: int, rows: Iterable[Sequence[Any]], looks: Sequence[Format], texts: Sequence[bool]
    ) -> int:
        """Write ``rows`` from row ``first`` (from 0) on, below all that was written before; return how many.

        ``looks`` are the formats of the columns, ``texts`` whether their cells are text, else numbers. Nothing is
        written where a value is ``None``. Raises ``ValueError`` for a number that is none.
        """
        self._write_single_row(first)
        left = [f'<c r="{xl_col_to_name(place)}' for place in range(len(looks))]
        middle: list[str | None] = [None] * len(looks)
        lines: list[str] = []
        many, last = 0, None
        for number, values in enumerate(rows, first + 1):
            many += 1
            cells = []
            for place, value in enumerate(values):
                if value is None:
                    continue
                between = middle[place]
                if between is None:  # formats are numbered in the order in which cells come
                    kind = ' t="inlineStr"><is>' if texts[place] else "><v>"
                    between = middle[place] = f'" s="{looks[place]._get_xf_index()}"{kind}'
                shown = _text(str(value)) if texts[place] else _number(value)
                cells.append(f"{left[place]}{number}{between}{shown}</c>")
            if cells:
                last = number - 1
                lines.append(f'<row r="{number}">{"".join(cells)}</row>')
                if len(lines) == LINES_AT_ONCE:
                    self.fh.write("".join(lines))
                    lines.clear()
        self.fh.write("".join(lines))
        if last is not None:
            self.dim_rowmax = self.previous_row = last
        return many


def _text(text: str) -> str:
    if len(text) * 2 > LONGEST:
        text = text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    if _SPECIAL.search(text) is None:
        return f"<t>{text}</t></is>"
    text = Worksheet._escape_control_characters(text)
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t{space}>{text}</t></is>"


def _number(value: Any) -> str:
    if value.__class__ is int and -EXACT < value < EXACT:
        return f"{value}</v>"
    if not math.isfinite(value):
        raise ValueError(value)
    return f"{float(value):.16G}</v>"
