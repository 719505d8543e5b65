"""The layouts in which people go to the insurer: ours, or as this office edited them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from payung.errors import InputError
from payung.office.exchange.models import Template
from payung.office.exchange.states import BatchKind
from payung.office.exchange.values import VALUES
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds (a name of values.VALUES, or ``=text``), whether it must be filled."""

    heading: str
    value: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: the file's name as the insurer wants it, its sheet, the most rows, its columns.

    ``places``: name of a sheet that lists the places of work, or empty.
    """

    file: str
    sheet: str
    most: int
    columns: tuple[Column, ...]
    places: str = ""


def layout(kind: BatchKind) -> Layout:
    """Return the layout of ``kind`` as it is in use here."""
    ours = _ours()[kind]
    edited = Template.objects.filter(kind=kind).first()
    if edited is None:
        return ours
    columns = tuple(Column(heading, value, bool(must)) for heading, value, must in edited.columns)
    return Layout(ours.file, ours.sheet, ours.most, columns, ours.places)


def written(columns: tuple[Column, ...]) -> str:
    """Return columns as a person edits them: one a line, ``HEADING | value`` and ``!`` where it must be filled."""
    return "\n".join(f"{one.heading} | {one.value}{' !' if one.required else ''}" for one in columns)


def parse(text: str) -> tuple[Column, ...]:
    """Return the columns of :func:`written`. Raises :class:`InputError` that names the line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        heading, bar, rest = (part.strip() for part in line.partition("|"))
        required = rest.endswith("!")
        value = rest.removesuffix("!").strip()
        if not bar or not heading or not (value.startswith("=") or value in VALUES):
            allowed = ", ".join(sorted(VALUES))
            raise InputError(
                Text(
                    f"Baris {number}: tulis JUDUL | isian. Isian yang dikenal: {allowed}, atau =teks tetap.",
                    f"Line {number}: write HEADING | value. Known values: {allowed}, or =a fixed text.",
                ),
                at="columns",
            )
        found.append(Column(heading[:80], value, required))
    if not found or len({one.heading for one in found}) != len(found):
        raise InputError(
            Text("Judul kolom harus ada dan berbeda-beda.", "Headings must be there and differ."),
            at="columns",
        )
    return tuple(found)


@cache
def _ours() -> dict[BatchKind, Layout]:
    text = files(__package__).joinpath("data/layouts.yaml").read_text("utf-8")
    entries: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)  # NO is a heading, no truth value
    found = {}
    for name, entry in entries.items():
        columns = tuple(
            Column(str(heading), str(value), bool(must)) for heading, value, *must in entry["columns"]
        )
        unknown = [one.value for one in columns if not one.value.startswith("=") and one.value not in VALUES]
        if unknown:
            raise ValueError(f"layouts.yaml: {name} names the values {unknown}, which do not exist")
        found[BatchKind.member(name)] = Layout(
            entry["file"], entry["sheet"], int(entry["most"]), columns, entry.get("places", "")
        )
    return found
