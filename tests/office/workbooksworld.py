"""A workbook as a village would send it."""

from __future__ import annotations

import io

import openpyxl


def workbook(*rows: tuple[str, ...]) -> bytes:
    """Return an .xlsx with plain headings."""
    book = openpyxl.Workbook()
    for line in (("NIK", "NAMA", "TANGGAL LAHIR"), *rows):
        book.active.append(line)  # type: ignore[union-attr]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
