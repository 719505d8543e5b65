"""Notes that a file is a new version of an earlier one; the rules are in ``rules/versions.py``."""

from __future__ import annotations

from collections import defaultdict

from payung.office.people.queries import name_key
from payung.office.submissions.models import Row, Upload
from payung.office.submissions.rules.versions import earlier_of


def replace_earlier(upload: Upload) -> str:
    """Note which earlier file of the submission ``upload`` is a new version of, and which later one is one of it.

    Returns the name of the earlier one, or ``""``. Whose rows count then is settled in
    :mod:`payung.office.submissions.actions.twins`.
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
        found = earlier_of(later, [one for one in uploads if one.pk < later.pk and one.read], people)
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
