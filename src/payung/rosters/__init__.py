"""A workbook in; rows with verdicts out; a corrected workbook back.

``read`` and ``write_corrected`` are loaded when first used, so that the reading process stays small.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from payung.rosters.corrected import write_corrected
    from payung.rosters.reader import FINDINGS, Reading, Table, read, read_many
    from payung.rosters.refusals import EmptyListError

_HOMES = {
    "read": "reader",
    "read_many": "reader",
    "Reading": "reader",
    "Table": "reader",
    "FINDINGS": "reader",
    "EmptyListError": "refusals",
    "write_corrected": "corrected",
}

__all__ = ["FINDINGS", "EmptyListError", "Reading", "Table", "read", "read_many", "write_corrected"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
