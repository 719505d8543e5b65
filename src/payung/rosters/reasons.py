"""Why a cell or a row needs attention: the entries of ``reasons.yaml``, and how heavy each is.

How heavy a code is can be set per district: a mapping of code to ``note``, ``return`` or ``off``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

import yaml

from payung.errors import InputError
from payung.said import text_of
from payung.text import Text

Severity = Literal["note", "return"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    Fields
        severity: ``return`` (the row cannot be used) or ``note`` (it can, and somebody should look).
        code: the programme's reason code that the row carries.
        message: what and where, with ``{cell}``, ``{value}`` and ``{other}`` for what the check names.
        remedy: what to do.
        no_column: what is said instead where the list has no column for it at all.
    """

    severity: Severity
    code: str
    message: Text
    remedy: Text
    no_column: Text | None = None

    @property
    def of_row(self) -> Text:
        """The message where the list has no column for it: ``{row}`` in the place of ``{cell}``."""
        return _placed(self.no_column or self.message, _ROW)

    def told(self, *, cell: str = "", row: int | None = None, value: str = "", other: str = "") -> Text:
        """Return the message about a ``cell``, or about a ``row``, or about an entry of a form where neither is given.

        ``other`` is what the check names, as :data:`payung.rosters.FINDINGS` has it.
        """
        message = self.message if cell else self.of_row if row is not None else _placed(self.message, _FORM)
        named = text_of(other)
        value = value[:LONGEST]
        return Text(
            message.id.format(cell=cell, row=row, value=value, other=named.id),
            message.en.format(cell=cell, row=row, value=value, other=named.en),
        )


LONGEST = 60  # characters of a value that a message shows
# What stands in the place of a cell: where there is only a row, and where there is only a form.
_ROW: Final = (
    Text("sel {cell}", "cell {cell}"), Text("baris {row}", "row {row}"),
    Text("Sel {cell}", "Cell {cell}"), Text("Baris {row}", "Row {row}"),
    Text("{cell}", "{cell}"), Text("baris {row}", "row {row}"),
)  # fmt: skip
_FORM: Final = (
    Text(" di sel {cell}", " in cell {cell}"), Text("", ""),
    Text(" di sel {cell}", " at cell {cell}"), Text("", ""),
    Text("Sel {cell}", "Cell {cell}"), Text("Isian ini", "This entry"),
    Text(" ({cell})", " ({cell})"), Text("", ""),
    Text(" {cell}", " {cell}"), Text("", ""),
)  # fmt: skip


def _placed(message: Text, places: tuple[Text, ...]) -> Text:
    """Return ``message`` with each second of ``places`` in the place of the one before it."""
    id_, en = message.id, message.en
    for old, new in zip(places[::2], places[1::2], strict=True):
        id_, en = id_.replace(old.id, new.id), en.replace(old.en, new.en)
    return Text(id_, en)


def _load() -> dict[str, Reason]:
    entries = yaml.load(files(__package__).joinpath("reasons.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return {
        name: Reason(
            entry["severity"],
            entry.get("code", name),
            Text(entry["what"]["id"], entry["what"]["en"]),
            Text(entry["do"]["id"], entry["do"]["en"]),
            Text(**entry["no_column"]) if "no_column" in entry else None,
        )
        for name, entry in entries.items()
    }


REASONS: Final[dict[str, Reason]] = _load()
PROGRAMME_CODE: Final[dict[str, str]] = {
    name: reason.code for name, reason in REASONS.items() if reason.code != name
}


def severities(changes: Mapping[str, str] | None) -> dict[str, str]:
    """Return how heavy every code is, after a district's own ``changes`` (``note``, ``return`` or ``off``).

    Raises :class:`payung.errors.InputError` for an unknown code or weight.
    """
    weights: dict[str, str] = {code: reason.severity for code, reason in REASONS.items()}
    for code, weight in (changes or {}).items():
        if code not in weights or weight not in ("note", "return", "off"):
            raise InputError(
                Text(
                    f"Bobot {weight!r} untuk kode {code!r} tidak dikenal: pakai note, return atau off.",
                    f"Weight {weight!r} for code {code!r} is not known: use note, return or off.",
                )
            )
        weights[code] = weight
    return weights
