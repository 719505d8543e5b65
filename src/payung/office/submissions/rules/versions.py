"""Finds the file that a later one is the new version of: by what stands in it, not by its name alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from payung.office.submissions.models import Upload
from payung.office.submissions.states import Version

LARGEST = 1 << 20  # bytes of the list of sheets that are looked at
MOST = 0.5  # of the people of one file stand in the other: then it is the same list
COPY = re.compile(r"^(?:perbaikan )+|(?: ?\(\d+\))+$", re.I)  # what our download and browsers add to a name
People = Sequence[tuple[str | None, str]]  # blind index of a valid NIK, name in plain letters
OfUploads = Mapping[int, list[tuple[str | None, str]]]  # key of an upload → its people


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many people two files have in common, of how many in each."""

    common: int
    earlier: int
    later: int

    def same_list(self, *, same_name: bool, repaired: bool) -> bool:
        """Tell whether the later file is a new version of the earlier one."""
        if not self.common or not (same_name or repaired):
            return False
        most = self.common >= MOST * self.earlier or self.common > MOST * self.later
        return most or (same_name and repaired)

    @property
    def doubtful(self) -> bool:
        """Whether the later file says again most of the people of the earlier one: somebody must say what it is."""
        return self.common > 0 and self.common >= MOST * self.earlier


def title(name: str) -> str:
    """Return the name of a file as the village knows it: without ending, and without what a download adds."""
    return COPY.sub("", Path(name).stem.strip())


def stem(name: str) -> str:
    """Return the name of a file for comparing it with others."""
    return title(name).lower()


def is_repaired(path: Path) -> bool:
    """Tell whether the workbook at ``path`` carries the sheet that our corrected copy adds."""
    from payung.rosters.model import REPAIRS

    try:
        with zipfile.ZipFile(path) as book, book.open("xl/workbook.xml") as part:
            return f'name="{REPAIRS}"'.encode() in part.read(LARGEST)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def likeness(earlier: People, later: People) -> Likeness:
    """Return what two files have in common: people with one NIK, or with one name where a number is missing."""
    niks = {nik for nik, _ in later if nik}
    names: dict[str, bool] = {}  # name → whether somebody of that name has no number
    for nik, name in later:
        names[name] = names.get(name, False) or nik is None
    common = sum(
        nik in niks if nik in niks or not name else name in names and (nik is None or names[name])
        for nik, name in earlier
    )
    return Likeness(common, len(earlier), len(later))


def said_of(later: Upload, uploads: Sequence[Upload]) -> Upload | None:
    """Return the one of ``uploads`` that somebody said ``later`` is the new version of, or what has replaced that."""
    by_key = {one.pk: one for one in uploads}
    found = by_key.get(later.compared_with_id or 0) if later.version == Version.NEW else None
    while found is not None and found.replaced_by_id in by_key:
        found = by_key[found.replaced_by_id]
    return found if found is not None and found.replaced_by_id in (None, later.pk) else None


def asked_of(later: Upload, uploads: Sequence[Upload], people: OfUploads) -> tuple[Upload, Likeness] | None:
    """Return the one of ``uploads`` that ``later`` looks like although it is called differently: that is asked."""
    found = [
        (one, alike)
        for one in uploads
        if one.replaced_by_id is None and (alike := likeness(people[one.pk], people[later.pk])).doubtful
    ]
    return max(found, key=lambda pair: (pair[1].common, pair[0].pk)) if found else None


def earlier_of(later: Upload, uploads: Sequence[Upload], people: OfUploads) -> tuple[Upload, Likeness] | None:
    """Return the one of ``uploads`` that ``later`` is a new version of: the one it has most in common with."""
    if later.version == Version.OTHER:
        return None
    if said := said_of(later, uploads):
        return said, likeness(people[said.pk], people[later.pk])
    repaired = later.repaired
    found = [
        (one, alike)
        for one in uploads
        if one.replaced_by_id is None
        and (alike := likeness(people[one.pk], people[later.pk])).same_list(
            same_name=stem(one.name) == stem(later.name), repaired=repaired
        )
    ]
    return max(found, key=lambda pair: (pair[1].common, pair[0].pk)) if found else None
