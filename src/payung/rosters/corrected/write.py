"""Chooses how to write the corrected copy of a file."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from lxml import etree

from payung.rosters.book import open_book
from payung.rosters.corrected import rewrite, xlsx
from payung.rosters.corrected.marks import Values, collect
from payung.rosters.model import Reading


def write_corrected(reading: Reading, out: Path, values: Values | None = None) -> Path:
    """Write the corrected copy of the file behind ``reading`` and return where it is.

    The copy is always an .xlsx: ``out`` gets that ending where it has another. An .xlsx or .xlsm keeps
    everything but macros, links to other books and formulas that reach outside (their values stay); other files
    keep their values, an .xls its looks as well.
    ``values`` are new texts of cells, in place of what stands there. The file appears whole or not at all.
    """
    place = out if out.suffix == ".xlsx" else out.with_name(out.name + ".xlsx")
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    marks, lines = collect(reading, values)
    try:
        if reading.kind == "xlsx":
            try:
                xlsx.write(reading.path, draft, marks, lines)
            except (KeyError, ValueError, StopIteration, etree.XMLSyntaxError, zipfile.BadZipFile):
                rewrite.write(open_book(reading.path), draft, marks, lines)
        else:
            rewrite.write(open_book(reading.path), draft, marks, lines)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return place
