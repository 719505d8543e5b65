"""Whole lists as files: CSV and Parquet with the columns of the list, at a memory that does not grow."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.exceptions import FieldError
from django.http import Http404, HttpRequest

from payung.office.api.problems import Problem
from payung.office.api.resources import Resource, item
from payung.office.desk.lists import ListPage
from payung.text import Text

KINDS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
CHUNK = 2000
WRONG = Text("Saringannya salah.", "A filter is wrong.")


def schema(page: type[ListPage[Any]] | ListPage[Any]) -> pa.Schema:
    """Return the columns of a list as Parquet has them: whole numbers, and text for everything else."""
    whole = [
        pa.field(column.key, pa.int64() if column.kind in ("number", "money") else pa.string())
        for column in page.columns
    ]
    return pa.schema([pa.field("_key", pa.string()), *whole])


def whole(resource: Resource, request: HttpRequest, key: int | None, kind: str) -> tuple[IO[bytes], int]:
    """Return every row of a list as an open file of ``kind`` (it removes itself), and how many there are.

    The rows are those that the pages of the list have, in the same order, each value the same. Raises
    :class:`Problem` for a filter that is none.
    """
    page = resource.page()
    page.kwargs = {} if key is None else {"key": key}
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / f"list.{kind}"
        try:
            many = _written(page, request, path, kind)
        except Http404:
            raise Problem("not-found") from None
        except (ValueError, TypeError, FieldError):
            raise Problem("validation", WRONG) from None
        return path.open("rb"), many


def _written(page: ListPage[Any], request: HttpRequest, path: Path, kind: str) -> int:
    columns = schema(page)
    many = 0
    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.names, lineterminator="\n")
            writer.writeheader()
            for lines in _chunks(page, request):
                writer.writerows(lines)
                many += len(lines)
        return many
    with pq.ParquetWriter(path, columns) as parquet:
        for lines in _chunks(page, request):
            parquet.write_table(pa.Table.from_pylist(lines, schema=columns))
            many += len(lines)
    return many


def _chunks(page: ListPage[Any], request: HttpRequest) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a list, some at a time; each time those after the last key, so that nothing is skipped."""
    rows, after = page.narrowed(request).order_by("pk"), None
    while True:
        found = list((rows if after is None else rows.filter(pk__gt=after))[:CHUNK])
        if not found:
            return
        yield [item(page, row.pk, line) for row, line in zip(found, page.shown(found), strict=True)]
        if len(found) < CHUNK:
            return
        after = found[-1].pk
