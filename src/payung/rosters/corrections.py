"""What people said a heading means, remembered per village in a small JSON file.

``{"62.03.09.2008": {"no induk": "nik"}, "*": {"wil": "village"}}``: village code, or ``*`` for all villages, to
plain heading to field.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from payung.errors import InputError
from payung.rosters.fields import JOINED, PHRASES
from payung.rosters.headings import plain
from payung.text import Text

ALL = "*"
FIELDS = frozenset(PHRASES) | frozenset(JOINED) | {"other"}


def load(path: Path, village: str | None) -> dict[str, str]:
    """Return plain heading -> field for a village: what was said for all, and over it what was said for this one.

    Raises :class:`payung.errors.InputError` where the file is no such file. A file that is not there is empty.
    """
    said = _read(path)
    return {**said.get(ALL, {}), **(said.get(village, {}) if village else {})}


def remember(path: Path, village: str | None, heading: str, field: str) -> None:
    """Add to the file that ``heading`` means ``field`` in the lists of ``village`` (``None``: of all villages)."""
    _known(field, path)
    said = _read(path)
    said.setdefault(village or ALL, {})[plain(heading)] = field
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
    draft.replace(path)


def _read(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _fault(path, str(error)) from None
    if not isinstance(said, Mapping):
        raise _fault(path, "{village: {heading: field}}")
    for meanings in said.values():
        if not isinstance(meanings, Mapping):
            raise _fault(path, "{village: {heading: field}}")
        for field in meanings.values():
            _known(field, path)
    return {village: {plain(heading): field for heading, field in of.items()} for village, of in said.items()}


def _known(field: object, path: Path) -> None:
    if field not in FIELDS:
        names = ", ".join(sorted(FIELDS))
        raise InputError(
            Text(
                f"Di {path.name}: arti {field!r} tidak dikenal. Pilih salah satu: {names}.",
                f"In {path.name}: meaning {field!r} is not known. Choose one of: {names}.",
            )
        )


def _fault(path: Path, why: str) -> InputError:
    return InputError(
        Text(
            f"Berkas koreksi {path.name} tidak dapat dibaca ({why}). Betulkan atau hapus berkasnya.",
            f"The corrections file {path.name} cannot be read ({why}). Mend or delete it.",
        )
    )
