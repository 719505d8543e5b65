"""A workbook as cells: what every cell says and what kind it is, and where it stands."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import polars as pl

from payung.rosters import mojibake
from payung.rosters.cells.encoding import SEPARATOR
from payung.rosters.refusals import refusal
from payung.said import Said

WAIT_SECONDS = 900.0  # the reader has its own limit of processor time; this one ends a reader that hangs
LARGE_ANSWER = 32 << 20  # bytes of cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (or one table of an HTML page).

    Fields
        cells: one text column a column of the sheet, named ``c0`` (column A), ``c1`` …; an empty cell is null.
        kinds: the same shape, one byte a cell: the code of ``e``, ``s``, ``n``, ``d`` or ``b``.
        first_row: row number from 0 of the first row of ``cells``.
        merges: (top, left, bottom, right), row and column numbers from 0, inclusive.
        hidden_rows: row numbers from 0.
        struck: (row, column) numbers from 0 of the cells whose text is crossed out.
        from_1904: whether numbers that are days count from 1 January 1904 (cells with a date format are dates anyway).
        delimited: whether the file is text with a delimiter.
        mended: how many cells held text in the wrong table of letters and were put right.
    """

    name: str
    hidden: bool
    first_row: int
    cells: pl.DataFrame
    kinds: pl.DataFrame
    merges: tuple[tuple[int, int, int, int], ...]
    hidden_rows: frozenset[int]
    struck: frozenset[tuple[int, int]] = frozenset()
    from_1904: bool = False
    mended: int = 0
    delimited: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of one file.

    Fields
        kind: ``xlsx``, ``xls``, ``ods``, ``html`` or ``text``.
        macros, links: whether it carries a macro project or links to other books (never run, never followed).
        notes: what was done with its sheets before they were read.
    """

    path: Path
    kind: str
    sheets: tuple[Sheet, ...]
    macros: bool = False
    links: bool = False
    notes: tuple[Said, ...] = ()


def open_book(path: Path, *, shown_as: str | None = None) -> Book:
    """Return the cells of the file at ``path``.

    Raises :class:`payung.errors.InputError` with one sentence where the file cannot be read; ``shown_as`` is
    the name that the sentence uses (default: the file's own name).
    """
    name = shown_as or path.name
    if not path.is_file():
        raise refusal("missing", name)
    header, columns = _READER.ask(path, name)
    if "refused" in header:
        raise refusal(header["refused"], name, **header["detail"])
    sheets = []
    for sheet in header["sheets"]:
        count = len(sheet["kinds"])
        sheets.append(
            _sheet(
                sheet,
                columns[: 2 * count],
                from_1904=header.get("from_1904", False),
                delimited=header["kind"] == "text",
            )
        )
        del columns[: 2 * count]
    return Book(path, header["kind"], tuple(sheets), header.get("macros", False), header.get("links", False))


def _sheet(header: dict[str, Any], columns: list[bytes], *, from_1904: bool, delimited: bool) -> Sheet:
    count, rows, left = len(columns) // 2, header["rows"], header["first_column"]
    empty = pl.Series([], dtype=pl.String)
    cells: dict[str, pl.Series] = {}
    kinds: dict[str, pl.Series] = {}
    mended = 0
    for at in range(left):
        cells[f"c{at}"] = pl.repeat(None, rows, dtype=pl.String, eager=True)
        kinds[f"c{at}"] = pl.repeat(ord("e"), rows, dtype=pl.UInt8, eager=True)
    for at in range(count):
        name = f"c{left + at}"
        kinds[name] = pl.Series(name, list(columns[at]), dtype=pl.UInt8)
        texts = columns[count + at]
        cells[name] = pl.Series(name, texts.decode().split(SEPARATOR)) if rows else empty
        if rows and any(sign in texts for sign in mojibake.SIGNS):
            cells[name], changed = mojibake.repair_column(cells[name])
            mended += changed
    frame = pl.DataFrame(cells, schema_overrides=dict.fromkeys(cells, pl.String))
    return Sheet(
        header["name"],
        header["hidden"],
        header["first_row"],
        frame.with_columns(pl.when(pl.all() != "").then(pl.all())),
        pl.DataFrame(kinds),
        tuple(tuple(area) for area in header["merges"]),
        frozenset(header["hidden_rows"]),
        frozenset((row, column) for row, column in header["struck"]),
        from_1904,
        mended,
        delimited,
    )


class _Reader:
    """The reading process of this process: started when first needed, started again when a file kills it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def ask(self, path: Path, name: str) -> tuple[dict[str, Any], list[bytes]]:
        """Return header and columns for one file. Raises ``InputError`` where the process dies of it."""
        with self._lock:
            process = self._started()
            timer = threading.Timer(WAIT_SECONDS, process.kill)
            timer.daemon = (
                True  # Ctrl-C may come before it can be cancelled: the program must end all the same
            )
            timer.start()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(json.dumps({"path": str(path.resolve())}).encode() + b"\n")
                process.stdin.flush()
                header, columns = _receive(process.stdout)
                if sum(map(len, columns)) > LARGE_ANSWER:
                    self.stop()  # it would keep that memory for the next file
                return header, columns
            except (EOFError, BrokenPipeError, ValueError):
                self.stop()
                raise refusal("memory", name) from None
            finally:
                timer.cancel()

    def stop(self) -> None:
        """End the reading process."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.kill()
            process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        alive = self._process is not None and self._owner == os.getpid() and self._process.poll() is None
        if not alive:
            if self._owner == os.getpid():
                self.stop()
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "payung.rosters.cells"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self._process is not None
        return self._process


def _receive(pipe: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header = json.loads(line)
    columns = []
    for sheet in header["sheets"]:
        for size in (*sheet["kinds"], *sheet["texts"]):
            data = pipe.read(size)
            if len(data) < size:
                raise EOFError
            columns.append(data)
    return header, columns


_READER = _Reader()
