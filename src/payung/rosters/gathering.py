"""Finds what one list of a sheet holds: its columns, its people rows, their cells as written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from payung.people.values import tidy_cells
from payung.regions import Level
from payung.rosters import areas, content, context, membership, titles, values
from payung.rosters.book import Sheet
from payung.rosters.fields import PERSON
from payung.rosters.filling import fill_families, fill_merged
from payung.rosters.layout import DATA, Block
from payung.rosters.mapping import Column, map_columns
from payung.rosters.model import Job, letter
from payung.rosters.rows import sort_rows

TITLE_ROWS = 25


@dataclass(frozen=True, slots=True)
class Gathered:
    """One list, not judged yet.

    Fields
        columns: what every column was taken for.
        raw, kinds: texts and kinds of the cells of the people rows by field.
        context: what the rows around the people say (:func:`payung.rosters.values.around`).
        numbers: the row numbers of the people.
        others: what the other rows are -> how many.
        area: village, district, regency as the rows above name them.
    """

    sheet: Sheet
    block: Block
    job: Job
    columns: tuple[Column, ...]
    raw: pl.DataFrame
    kinds: pl.DataFrame
    context: pl.DataFrame
    numbers: pl.Series
    others: dict[str, int]
    area: dict[str, str]

    @property
    def letters(self) -> dict[str, str]:
        """The column letter of every field that findings point to."""
        letters = {column.field: letter(column.at) for column in reversed(self.columns)}
        name = letters.get("name") or letters.get("household_head")
        nik = letters.get("nik") or letters.get("nik_or_kpj")
        return letters | ({"name": name} if name else {}) | ({"nik": nik} if nik else {})

    @property
    def suffix(self) -> str:
        """What tells the records of a list beside another one apart."""
        return f":{letter(self.block.left)}" if self.block.beside else ""


def gather(sheet: Sheet, block: Block, job: Job) -> Gathered | None:
    """Return what the list at ``block`` holds, or ``None`` where it holds no people."""
    span = sheet.cells.columns[block.left : block.right]
    cells = tidy_cells(sheet.cells[block.first : block.last].select(span))
    kinds = sheet.kinds[block.first : block.last]
    named = dict(block.headings)
    profiles = {at: content.profile(cells[name]) for at, name in enumerate(span, block.left)}
    headings = [
        (at, f"{letter(at)}{sheet.first_row + block.top + 1}", named.get(at, ""))
        for at, seen in profiles.items()
        if at in named or seen.filled
    ]
    columns = map_columns(headings, profiles, job.asked.corrections)
    columns = tuple(
        column for column in columns if column.heading or column.field != "other" or not block.depth
    )
    fields = {column.field for column in columns}
    if not fields & {*PERSON, "nik_or_kpj", "nik_or_kk"}:
        return None
    cells = fill_merged(cells, columns, sheet.merges, sheet.first_row + block.first)
    sorted_rows = sort_rows(cells, columns)
    people = sorted_rows.kinds == "person"
    if not people.any():
        return None
    cells = fill_families(cells, columns, people)
    numbers = pl.Series(
        "row", range(sheet.first_row + block.first + 1, sheet.first_row + block.last + 1), dtype=pl.Int64
    ).filter(people)
    raw = values.raw_columns(cells, columns).filter(people)
    kind_of = kinds.filter(people).select(
        pl.col(at).alias(used) for used, at in values.places(columns).items()
    )
    lines, common = _title_lines(sheet, block)
    area = {
        **context.section([*lines[:3], sheet.name]),
        **areas.area([*lines, *common, sheet.name], _known(job)),
    }
    member = membership.read_title([*lines, *common], sheet.name) if job.asked.kind == "insured" else None
    said = values.around(sorted_rows.context.filter(people), area, titles.category([*lines, *common]), member)
    others = Counter(kind for kind in sorted_rows.kinds.to_list() if kind != "person")
    return Gathered(
        sheet, block, job, columns, raw, kind_of, said, numbers, dict(sorted(others.items())), area
    )


def _title_lines(sheet: Sheet, block: Block) -> tuple[list[str], list[str]]:
    """Return the lines above a list, the nearest first, without the people of a list above it; and those beside it.

    What stands alone in its row beside the columns of the list is a title over all lists of the sheet.
    """
    above = sheet.cells[max(0, block.top - TITLE_ROWS) : block.top]
    rows = [[text or "" for text in row] for row in above.iter_rows()]
    rows.reverse()
    own = [row[block.left : block.right] for row in rows]
    near = [row for row in own if not any(DATA.search(text) for text in row)]
    alone = [
        row
        for row, inside in zip(rows, own, strict=True)
        if not any(inside) and sum(1 for text in row if text) == 1 and not any(map(DATA.search, row))
    ]
    return context.title_lines(near), context.title_lines(alone)


def _known(job: Job) -> areas.Known | None:
    """Return what tells the names of regions, within the area that the list must lie in."""
    regions = job.asked.regions
    if regions is None:
        return None
    within = job.asked.village[:5] if job.asked.village else job.asked.within
    levels: dict[str, Level] = {"village": "village", "district": "subdistrict", "regency": "regency"}
    return lambda name, field: field in levels and bool(regions.named(name, levels[field], within=within))
