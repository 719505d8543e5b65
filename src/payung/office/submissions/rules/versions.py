"""Finds the file that a later one is the new version of: by what stands in it, not by its name alone."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payung.office.people.queries import name_key
from payung.office.submissions.models import Row, Upload

LARGEST = 1 << 20  # bytes of the list of sheets that are looked at
MOST = 0.5  # of the people of one file stand in the other: then it is the same list
COPY = re.compile(r"^(?:perbaikan )+|(?: ?\(\d+\))+$", re.I)  # what our download and browsers add to a name
People = Sequence[tuple[str | None, str]]  # blind index of a valid NIK, name in plain letters


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


def replace_earlier(upload: Upload) -> str:
    """Note which earlier file of the submission ``upload`` is a new version of, and which later one is one of it.

    Returns the name of the earlier one, or ``""``. Whose rows count then is settled in
    :mod:`payung.office.submissions.rules.twins`.
    """
    uploads = list(Upload.objects.filter(submission=upload.submission_id).order_by("pk"))
    people: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    lines = Row.objects.filter(submission=upload.submission_id, dropped="")
    for key, nik, name in lines.values_list("upload", "nik_index", "name"):
        if nik or name:
            people[key].append((nik, name_key(name)))
    changed = []
    for old in uploads:
        if old.replaced_by_id == upload.pk:  # it is read again
            old.replaced_by, old.left_behind = None, 0
            changed.append(old)
    replacing = {old.replaced_by_id for old in uploads}
    for later in uploads:
        mine = later.pk == upload.pk
        if later.pk < upload.pk or later.pk in replacing or not later.read:
            continue
        found = _earlier(later, [one for one in uploads if one.pk < later.pk and one.read], people)
        if found and (mine or found[0] == upload):
            found[0].replaced_by, found[0].left_behind = later, found[1].earlier - found[1].common
            changed.append(found[0])
    Upload.objects.bulk_update(set(changed), ["replaced_by", "left_behind"])
    former = next((old for old in changed if old.replaced_by_id == upload.pk), None)
    if former is None:
        return ""
    _keep_dropped(former, upload)
    return former.name


def _keep_dropped(old: Upload, new: Upload) -> None:
    """Leave those rows out of ``new`` too that were left out of ``old`` and stand in the same place, unchanged."""
    place = ("sheet", "row", "nik_index", "name")
    dropped = {tuple(line): why for *line, why in old.rows.exclude(dropped="").values_list(*place, "dropped")}
    if not dropped:
        return
    same = [
        row
        for row in new.rows.defer("content", "nik")
        if (row.sheet, row.row, row.nik_index, row.name) in dropped
    ]
    for row in same:
        row.dropped = dropped[row.sheet, row.row, row.nik_index, row.name]
    Row.objects.bulk_update(same, ["dropped"], batch_size=500)


def _earlier(
    later: Upload, uploads: Sequence[Upload], people: dict[int, list[tuple[str | None, str]]]
) -> tuple[Upload, Likeness] | None:
    """Return the one of ``uploads`` that ``later`` is a new version of: the one it has most in common with."""
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
