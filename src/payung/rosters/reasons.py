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
