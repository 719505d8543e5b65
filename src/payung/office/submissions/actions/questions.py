"""Answers of a village to what is asked about its files: a new version, people who passed already."""

from __future__ import annotations

from django.db import transaction

from payung.errors import InputError
from payung.office.history.actions import record
from payung.office.submissions.actions import twins
from payung.office.submissions.actions.rows import drop_many
from payung.office.submissions.actions.submissions import STILL_READ, entry_of, open_to_village, touch
from payung.office.submissions.actions.versions import ask_again, replace
from payung.office.submissions.models import Submission, Upload
from payung.office.submissions.queries import passed_before
from payung.office.submissions.states import Version
from payung.text import Text

PASSED_WHY = Text("Sudah lolos di usulan lain.", "Passed in another submission already.")
GONE = Text(
    "Berkas yang ditanyakan sudah tidak dihitung: muat ulang halamannya.",
    "The file that was asked about no longer counts: load the page again.",
)


def say_version(*, by: str, upload: Upload, version: Version, earlier: Upload | None = None) -> Upload:
    """Say that ``upload`` is a new version of ``earlier``, or another list beside it; what was said can be said anew.

    ``earlier`` is, where it is not given, the file that was asked about or that ``upload`` has replaced.

    Raises :class:`InputError` while a file is being read, or where ``earlier`` is none of this submission or was
    replaced by another file; :class:`StateError` where the submission is no longer open to the village.
    """
    with transaction.atomic():
        open_to_village(upload.submission)
        files = Upload.objects.select_for_update(of=("self",)).select_related("submission", "job")
        uploads = {one.pk: one for one in files.filter(submission=upload.submission_id).order_by("pk")}
        upload = uploads[upload.pk]
        if not upload.read or (upload.job and upload.job.open):
            raise InputError(STILL_READ)
        former = next((one for one in uploads.values() if one.replaced_by_id == upload.pk), None)
        key = earlier.pk if earlier else upload.compared_with_id or (former.pk if former else 0)
        old = uploads.get(key)
        before = {"file": upload.name, "version": upload.version}
        if version == Version.NEW and (
            old is None or old.pk >= upload.pk or not old.read or old.replaced_by_id not in (None, upload.pk)
        ):
            raise InputError(GONE)
        upload.replaces.update(replaced_by=None, left_behind=0)
        upload.version, upload.compared_with, upload.in_common = version, old, 0
        upload.save(update_fields=["version", "compared_with", "in_common"])
        if version == Version.NEW and old is not None:
            replace(old, upload)
        ask_again(upload.submission)
        twins.settle(by=by, submission=upload.submission)
        touch(upload.submission)
        after = {"file": upload.name, "version": version, **({"of_file": old.name} if old else {})}
        record(by=by, entries=[entry_of("submission.version", upload.submission, before=before, after=after)])
    return upload


def drop_passed(*, by: str, submission: Submission) -> int:
    """Leave out every row of ``submission`` whose person passed in another one already; return how many."""
    keys = list(passed_before(submission).values_list("pk", flat=True))
    return drop_many(by=by, submission=submission, keys=keys, reason=PASSED_WHY.id) if keys else 0
