"""Finds what one list of a sheet holds: its columns, its people rows, their cells as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from payung.people.values import tidy_cells
from payung.regions import Level
from payung.rosters import (
    areas,
    content,
    context,
    date_shift,
    joined,
    membership,
    row_marks,
    titles,
    values,
    whose,
)
from payung.rosters.book import Sheet
from payung.rosters.fields import JOINED, PERSON
from payung.rosters.fill_down import fill_areas, fill_families, fill_merged, repeat_dittos
from payung.rosters.layout import DATA, Block
from payung.rosters.mapping import Column, map_columns
from payung.rosters.model import Job, letter
from payung.rosters.offset import beside_their_data
from payung.rosters.parts import join_parts, spell_men
from payung.rosters.rows import sort_rows
from payung.rosters.straighten import straighten
from payung.rosters.swaps import settle
from payung.said import Said

TITLE_ROWS = 25
# where a field has no column of its own: the columns that hold it
_STANDS_FOR = {
    "name": ("household_head", "name_nik"),
    "nik": ("nik_or_kpj", "nik_or_kk", "nik_kk", "kk_nik", "name_nik"),
    "kk": ("nik_kk", "kk_nik"),
    "birth_date": ("birth_place_date",),
}
SAMPLES, LONGEST_SAMPLE = 3, 40  # cells of a column that are shown, and characters of each
LOOK_FOR_SAMPLES = 300  # the first cells of a column, which mostly have them


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
        notes: what else there is to know of its columns.
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
    notes: tuple[Said, ...]
    samples: dict[int, tuple[str, ...]]

    @property
    def letters(self) -> dict[str, str]:
        """The column letter of every field that findings point to."""
        letters = {column.field: letter(column.at) for column in reversed(self.columns)}
        for field, others in _STANDS_FOR.items():
            found = next((letters[other] for other in others if other in letters), None)
            if found and field not in letters:
                letters[field] = found
        return letters

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
    cells, of_digits = joined.join_digits(cells, named, block.left)
    cells, named, of_parts = join_parts(cells, named)
    if put_together := of_digits | of_parts:
        kinds = kinds.with_columns(pl.lit(ord("s"), dtype=pl.UInt8).alias(f"c{at}") for at in put_together)
    profiles = {at: content.profile(cells[name]) for at, name in enumerate(span, block.left)}
    cells, named = beside_their_data(cells, named, profiles)
    headings = [
        (at, f"{letter(at)}{sheet.first_row + block.top + 1}", named.get(at, ""))
        for at, seen in profiles.items()
        if at in named or seen.filled
    ]
    columns = map_columns(headings, profiles, job.asked.corrections)
    columns = tuple(
        column for column in columns if column.heading or column.field != "other" or not block.depth
    )
    columns, notes = settle(columns, profiles, cells, on=job.asked.as_of)
    notes = (*whose.notes(columns), *notes)
    columns = membership.choose(columns, cells, job.asked.kind)
    fields = {column.field for column in columns}
    if not fields & {*PERSON, "nik_or_kpj", "nik_or_kk", *JOINED}:
        return None
    straight = straighten(cells, columns, delimited=sheet.delimited)
    cells = spell_men(straight.cells, columns)
    cells = fill_merged(cells, columns, sheet.merges, sheet.first_row + block.first)
    sorted_rows = sort_rows(cells, columns)
    people = sorted_rows.kinds == "person"
    if not people.any():
        return None
    cells = fill_families(cells, columns, people)
    cells = repeat_dittos(cells, columns, people)
    cells, once = fill_areas(cells, columns, people)
    notes = (
        *notes,
        *(Said("rosters.written_once", {"cell": column.cell, "heading": column.heading}) for column in once),
        *(
            Said("rosters.taken_for_signer", {"row": str(sheet.first_row + block.first + row + 1)})
            for row in sorted_rows.officers
        ),
    )
    numbers = pl.Series(
        "row", range(sheet.first_row + block.first + 1, sheet.first_row + block.last + 1), dtype=pl.Int64
    ).filter(people)
    of_people = cells.filter(people)
    raw = joined.split(values.raw_columns(of_people, columns))
    places = values.places(columns)
    kind_of = kinds.filter(people).select(pl.col(at).alias(used) for used, at in places.items())
    if taken_apart := [field for field in raw.columns if field not in places]:
        kind_of = kind_of.with_columns(pl.lit(ord("s"), dtype=pl.UInt8).alias(field) for field in taken_apart)
    if sheet.from_1904:
        raw = date_shift.days_from_1904(raw, kind_of)
    lines, common = _title_lines(sheet, block)
    area = {
        **context.section([*lines[:3], sheet.name]),
        **areas.area([*lines, *common, sheet.name], _known(job)),
    }
    member = membership.read_title([*lines, *common], sheet.name) if job.asked.kind == "insured" else None
    said = values.around(
        sorted_rows.context.filter(people),
        area,
        titles.category([*lines, *common]),
        member,
        row_marks.of_rows(sheet, block, columns, straight, numbers),
    )
    others = Counter(kind for kind in sorted_rows.kinds.to_list() if kind != "person")
    return Gathered(
        sheet,
        block,
        job,
        columns,
        raw,
        kind_of,
        said,
        numbers,
        dict(sorted(others.items())),
        area,
        (
            *(Said("rosters.of_sheet", {"sheet": sheet.name, "what": note}) for note in notes),
            *_unused_money(sheet, columns, profiles),
        ),
        {column.at: _samples(of_people[f"c{column.at}"]) for column in columns},
    )


def _samples(cells: pl.Series) -> tuple[str, ...]:
    """Return the first different cells of a column, cut short: a person judges a meaning by them."""
    found = list(dict.fromkeys(cells[:LOOK_FOR_SAMPLES].to_list()))  # a table operation a column costs more
    found = [text for text in found if text is not None][:SAMPLES]
    if len(found) < SAMPLES and cells.len() > LOOK_FOR_SAMPLES:
        found = cells.drop_nulls().unique(maintain_order=True).head(SAMPLES).to_list()
    return tuple(text if len(text) <= LONGEST_SAMPLE else f"{text[: LONGEST_SAMPLE - 1]}…" for text in found)


def _unused_money(
    sheet: Sheet, columns: Sequence[Column], profiles: Mapping[int, content.Profile]
) -> Iterator[Said]:
    """Give a sentence on every column of amounts whose heading nobody understands."""
    for column in columns:
        seen = profiles[column.at]
        if column.field == "other" and column.confidence <= 0.3 and seen.filled and seen.money > 0.6:
            what = Said("rosters.unused_money", {"cell": column.cell, "heading": column.heading})
            yield Said("rosters.of_sheet", {"sheet": sheet.name, "what": what})


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
