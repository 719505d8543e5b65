"""Text that was decoded with the wrong table of letters: ``LÃ‰NNY`` is LÉNNY, ``MARIAâ€™NA`` is MARIA’NA.

UTF-8 read as another table leaves runs of signs that are valid UTF-8 again when written back in that table: such runs
are put right. So are the entities of web pages (``&#39;``) and of Excel (``_x0027_``). What is left over is a finding.
"""

from __future__ import annotations

import html
import re
from typing import Final

import polars as pl

ROUNDS = 3  # text may have gone through the wrong table more than once
LONGEST = 500  # characters of a cell that are looked at

# what a column must hold for a closer look, in UTF-8: most columns are done with this
_LEADS = ("Â", "Ã", "â", "Ä", "Å", "ï", "ð", "├", "┬", "ÔÇ", "ΓÇ", "√", "¬", "‚Ä")
_ESCAPES = ("&#", "&amp;", "&quot;", "&apos;", "&nbsp;", "_x00")
SIGNS: Final = tuple(sign.encode() for sign in (*_LEADS, *_ESCAPES))
LEFT_OVER: Final = "�|Ã|Â|â€|ï¿½|├|┬"
_ENTITY = re.compile(r"&(?:#\d{1,5}|#x[0-9a-f]{1,4}|amp|quot|apos|nbsp|lt|gt);", re.I)
_EXCEL = re.compile(r"_x(00[0-9A-Fa-f]{2})_")
_LOST_SPACE = re.compile(r"Â(?=\s|$)")  # a fixed space whose second half became a common one


def _western(data: bytes) -> str:
    """Return bytes as Windows shows them; the five that it has no letter for as the signs of the same number."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte) for byte in data
    )


def _tables() -> tuple[tuple[re.Pattern[str], dict[str, int]], ...]:
    """Return, for each table that UTF-8 is wrongly read with, the pattern of such runs and the byte of each sign."""
    found = []
    for begins, decode in (
        ("├┬Ô", lambda data: data.decode("cp850")),
        ("├┬Γ", lambda data: data.decode("cp437")),
        ("√¬‚", lambda data: data.decode("mac_roman")),
        ("ÂÃÄÅâïð", _western),
        ("ÂÃÄÅâïð", lambda data: data.decode("latin-1")),
    ):
        signs = decode(bytes(range(128, 256)))
        byte_of = {sign: 128 + at for at, sign in enumerate(signs)}
        inner = "[" + re.escape(signs[:64]) + "]"

        def lead(first: int, last: int, signs: str = signs, begins: str = begins) -> str:
            leads = [sign for sign in signs[first - 128 : last - 127] if sign in begins]
            return "[" + re.escape("".join(leads)) + "]" if leads else r"(?!)"

        run = f"(?:{lead(0xC2, 0xDF)}{inner}|{lead(0xE0, 0xEF)}{inner}{{2}}|{lead(0xF0, 0xF4)}{inner}{{3}})+"
        found.append((re.compile(run), byte_of))
    return tuple(found)


_TABLES: Final = _tables()


def repair(text: str) -> str:
    """Return ``text`` with its wrongly decoded runs put right; what is not certain stays as it is.

    >>> repair("LÃ‰NNY"), repair("MARIAâ€™NA"), repair("D&#39;ARC"), repair("José")
    ('LÉNNY', 'MARIA’NA', "D'ARC", 'José')
    """
    if len(text) > LONGEST:
        return text
    for _ in range(ROUNDS):
        before = text
        for run, byte_of in _TABLES:
            text = run.sub(lambda match, byte_of=byte_of: _decoded(match[0], byte_of), text)  # type: ignore[misc]
        text = _LOST_SPACE.sub("", _ENTITY.sub(lambda match: html.unescape(match[0]), text))
        text = _EXCEL.sub(lambda match: chr(int(match[1], 16)), text)
        if text == before:
            break
    return text


def _decoded(run: str, byte_of: dict[str, int]) -> str:
    try:
        return bytes(byte_of[sign] for sign in run).decode()
    except UnicodeDecodeError:
        return run


def repair_column(texts: pl.Series) -> tuple[pl.Series, int]:
    """Return a column with its texts put right, and how many cells that were."""
    distinct = texts.drop_nulls().unique().to_list()
    changed = {text: mended for text in distinct if (mended := repair(text)) != text}
    if not changed:
        return texts, 0
    many = int(texts.is_in(list(changed)).sum())
    return texts.replace(changed), many
