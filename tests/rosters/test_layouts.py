"""Every collected layout: which heading is which field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.errors import InputError
from payung.rosters import Reading, read

CORE = {
    "name",
    "nik",
    "kk",
    "birth_date",
    "birth_place",
    "sex",
    "address",
    "rt",
    "rw",
    "village",
    "job",
    "phone",
    "mother",
}
AGGREGATES = {"L49", "L50"}  # totals per area: no list of people
WITHOUT_PERSON = {"L48", "L18"}  # no column by which a person could be known; no heading at all


def _mapped(reading: Reading) -> dict[int, str]:
    assert len(reading.tables) == 1
    return {column.at: column.field for column in reading.tables[0].columns}


def test_headings_core_fields_right(
    layouts: list[dict[str, Any]], layout_book: Callable[..., Path], as_of: dt.date
) -> None:
    """At least 99 % of the headings of the thirteen fields get their field, and no other heading gets one of them."""
    right = total = false = everything = all_right = 0
    wrong = []
    for layout in layouts:
        if layout["id"] in AGGREGATES | WITHOUT_PERSON:
            continue
        fields = _mapped(read(layout_book(layout), as_of=as_of))
        for at, (heading, truth) in enumerate(zip(layout["headers"], layout["truth"], strict=True)):
            given = fields.get(at, "other")
            everything += 1
            all_right += given == truth
            if truth in CORE:
                total += 1
                right += given == truth
            elif given in CORE:
                false += 1
            if given != truth:
                wrong.append((layout["id"], heading, truth, given))
    assert total >= 149
    assert right / total >= 0.99, wrong
    assert false == 0, wrong
    assert all_right / everything >= 0.99, wrong


def test_rows_all_layouts_are_people(
    layouts: list[dict[str, Any]], layout_book: Callable[..., Path], as_of: dt.date
) -> None:
    for layout in layouts:
        if layout["id"] in AGGREGATES | WITHOUT_PERSON:
            continue
        assert read(layout_book(layout), as_of=as_of).rows.height == 24, layout["id"]


@pytest.mark.parametrize("name", sorted(AGGREGATES))
def test_aggregate_table_is_refused(
    name: str, layouts: list[dict[str, Any]], layout_book: Callable[..., Path], as_of: dt.date
) -> None:
    layout = next(one for one in layouts if one["id"] == name)
    with pytest.raises(InputError, match="rekapitulasi per wilayah"):
        read(layout_book(layout), as_of=as_of)
