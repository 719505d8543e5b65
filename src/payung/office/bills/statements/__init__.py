"""Files of money that arrived, of any of the kinds that banks and treasurers write, read into arrivals.

``read`` looks at the content, not at the name: MT940, CAMT.053, a settlement file (rows joined by ``|``), or a table
(CSV or workbook) whose columns are found by their headings. A row that cannot be used becomes a :class:`Fault` with its
reason; only a file of which nothing can be understood is refused.
"""

from __future__ import annotations

import hashlib

from payung.errors import InputError
from payung.office.bills.statements import banks, tables
from payung.office.bills.statements.rows import Arrived, Fault, Statement
from payung.office.bills.states import Channel, FileKind
from payung.text import Text

__all__ = ["Arrived", "Fault", "Statement", "read"]


def read(name: str, content: bytes, channel: Channel = Channel.TRANSFER) -> Statement:
    """Return the rows of a file. Raises :class:`InputError` that names the file where nothing can be understood."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.strip():
        raise InputError(Text(f"{name} kosong.", f"{name} is empty."))
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        return Statement(FileKind.XLSX, sha256, tables.workbook(name, content, channel))
    text = _decoded(content)
    if text.lstrip().startswith("<"):
        return Statement(FileKind.CAMT, sha256, banks.camt(name, content))
    if ":60F:" in text or ":60M:" in text:
        return Statement(FileKind.MT940, sha256, banks.mt940(name, text))
    return Statement(*tables.text(name, text, channel, sha256))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
