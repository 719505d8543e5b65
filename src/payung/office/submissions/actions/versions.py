"""Notes that a file is a new version of an earlier one, and asks where it may be; the rules are in
``rules/versions.py``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from payung.office.people.queries import name_key
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.rules.versions import OfUploads, asked_of, earlier_of, likeness
from payung.office.submissions.states import Version

FIELDS = ["replaced_by", "left_behind", "version", "compared_with", "in_common"]


def replace_earlier(upload: Upload) -> str:
    """Note which earlier file of the submission ``upload`` is a new version of, and which later one is one of it.

    Where that is only likely, it is asked. Returns the name of the earlier one, or ``""``. Whose rows count then is
    settled in :mod:`payung.office.submissions.actions.twins`.
    """
    uploads = list(Upload.objects.filter(submission=upload.submission_id).order_by("pk"))
    people = _people(upload.submission_id)
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
    Upload.objects.bulk_update({*changed, *_ask(uploads, people)}, FIELDS)
    former = next((old for old in changed if old.replaced_by_id == upload.pk), None)
    if former is None:
        return ""
    keep_dropped(former, upload)
    return former.name


def replace(old: Upload, new: Upload) -> None:
    """Note that ``new`` is a new version of ``old``, as somebody said."""
    people = _people(new.submission_id)
    alike = likeness(people[old.pk], people[new.pk])
    old.replaced_by, old.left_behind = new, alike.earlier - alike.common
    old.save(update_fields=["replaced_by", "left_behind"])
    keep_dropped(old, new)


def ask_again(submission: Submission) -> None:
    """Ask of every file of ``submission`` that nobody spoke of whether it is a new version of an earlier one."""
    uploads = list(Upload.objects.filter(submission=submission).order_by("pk"))
    people = _people(submission.pk) if len(uploads) > 1 else {}
    Upload.objects.bulk_update(_ask(uploads, people), FIELDS)


def _ask(uploads: Sequence[Upload], people: OfUploads) -> list[Upload]:
    """Mark those of ``uploads`` that look like an earlier one, and that neither rules nor anybody settled.

    Returns those that are other than before.
    """
    changed = []
    replacing = {old.replaced_by_id for old in uploads}
    for later in uploads:
        if later.version not in ("", Version.ASKED):
            continue
        open_ = later.read and later.replaced_by_id is None and later.pk not in replacing
        earlier = [one for one in uploads if one.pk < later.pk and one.read]
        found = asked_of(later, earlier, people) if open_ else None
        before = (later.version, later.compared_with_id, later.in_common)
        later.version = Version.ASKED if found else ""
        later.compared_with, later.in_common = (found[0], found[1].common) if found else (None, 0)
        if before != (later.version, later.compared_with_id, later.in_common):
            changed.append(later)
    return changed


def _people(submission: int) -> OfUploads:
    """Return the people of every file of a submission, without those that somebody left out."""
    people: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    lines = Row.objects.filter(submission=submission, dropped="")
    for key, nik, name in lines.values_list("upload", "nik_index", "name"):
        if nik or name:
            people[key].append((nik, name_key(name)))
    return people


def keep_dropped(old: Upload, new: Upload) -> None:
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
