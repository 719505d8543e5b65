"""The reading process: takes one request a line on its input, answers with a header line and the cells.

A request is ``{"path": …}``. The answer's header is ``{"refused": why, "detail": …}`` or ``{"kind": …,
"sheets": [...]}``; the bytes of the columns follow it in the order of the header.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from pathlib import Path
from typing import Any

from payung.rosters.cells import archive, delimited, formats, workbook
from payung.rosters.cells.encoding import RawSheet
from payung.rosters.cells.refusal import RefusalError

SPARE_MEMORY = 160 << 20  # bytes that any file may use
MEMORY_PER_BYTE = 14  # and for every byte that it unfolds to
MOST_MEMORY = 2 << 30  # bytes that no file may go beyond: a machine of 4 GB holds the office as well
SPARE_SECONDS = 10
BYTES_PER_SECOND = 4 << 20


def limit(size: int) -> None:
    """Allow this process memory and processor time for a file that unfolds to ``size`` bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + min(MOST_MEMORY, SPARE_MEMORY + MEMORY_PER_BYTE * size)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + SPARE_SECONDS + size // BYTES_PER_SECOND
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, seconds)


def _lower(what: int, to: int) -> None:
    """Set a limit of this process below the one that container, service or `ulimit` gave it, which stays."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (to if hard == resource.RLIM_INFINITY else min(to, hard), hard))


def read(path: Path) -> tuple[dict[str, Any], list[RawSheet]]:
    """Return what the file is, and its sheets. Raises :class:`RefusalError`."""
    kind = formats.kind_of(path)
    size = path.stat().st_size
    if kind == "zip":
        limit(size)
        found = archive.inspect(path)
        limit(found.unpacked)
        if found.kind == "docx":
            from payung.rosters.cells import docx  # lxml is loaded only where it is needed

            return {"kind": "docx"}, docx.read(path)
        sheets = workbook.read(path, found)
        told = {"macros": found.macros, "links": found.links, "from_1904": found.from_1904}
        return {"kind": found.kind, **told}, sheets
    limit(size)
    if kind == "ole":
        return {"kind": "xls"}, workbook.read(path, None)
    if kind == "html":
        from payung.rosters.cells import html  # lxml is loaded only where there is HTML

        return {"kind": "html"}, html.read(path)
    return {"kind": "text"}, delimited.read(path)


def answer(path: Path) -> tuple[dict[str, Any], list[RawSheet]]:
    """Return the header and the sheets for one request."""
    try:
        return read(path)
    except RefusalError as refusal:
        return {"refused": refusal.why, "detail": refusal.detail}, []
    except MemoryError:
        return {"refused": "memory", "detail": {}}, []
    except RecursionError:
        return {"refused": "not_workbook", "detail": {}}, []


def main() -> None:
    """Answer requests until the input ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        header, sheets = answer(Path(json.loads(line)["path"]))
        header["sheets"] = [
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "rows": sheet.rows,
                "first_row": sheet.first_row,
                "first_column": sheet.first_column,
                "kinds": [len(part) for part in sheet.kinds],
                "texts": [len(part) for part in sheet.texts],
                "merges": sheet.merges,
                "hidden_rows": sheet.hidden_rows,
                "struck": sheet.struck,
            }
            for sheet in sheets
        ]
        out.write(json.dumps(header).encode() + b"\n")
        for sheet in sheets:
            out.writelines(sheet.kinds)
            out.writelines(sheet.texts)
        out.flush()
        del sheets


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
