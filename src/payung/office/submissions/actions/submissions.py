"""Beginning a submission, its files and rows, moving it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from payung.codes import Verdict
from payung.errors import InputError, PayungError
from payung.office.access.apart import keep_apart
from payung.office.history import queries as history
from payung.office.history.actions import Entry, record
from payung.office.jobs import queue
from payung.office.regions.actions import hold
from payung.office.submissions.actions import twins
from payung.office.submissions.actions.versions import ask_again
from payung.office.submissions.models import Meaning, Row, Submission, Upload
from payung.office.submissions.papers import corrected as handing
from payung.office.submissions.papers import files
from payung.office.submissions.queries import asked_about, meanings_of
from payung.office.submissions.rules import mended as mending
from payung.office.submissions.rules.columns import refuse_twice
from payung.office.submissions.rules.versions import title
from payung.office.submissions.states import (
    ACCEPTED,
    DRAFT,
    KINDS,
    LAND,
    OPEN_TO_VILLAGE,
    READ,
    STEPS,
    Step,
    Version,
)
from payung.text import Text

# What puts something into a list or takes it out: whoever did it does not decide on the list.
TOUCHES = frozenset(
    f"submission.{deed}"
    for deed in ("create", "upload", "withdraw", "columns", "version", "mend", "drop", "put_back")
)
LONGEST_HEADING = 200  # characters of a heading that are kept
STILL_READ = Text("Berkas masih dibaca: tunggu sampai selesai.", "A file is still being read: wait for it.")

NO_EARLIER = Text(
    "Pilih berkas usulan ini yang digantikan.", "Choose the file of this list whose place it takes."
)


class StateError(PayungError):
    """The submission is no longer where the step starts from."""


def begin(*, by: str, village_code: str, kind: str) -> Submission:
    """Start a submission; where the village has one open of this kind, return that one."""
    if kind not in KINDS:
        raise InputError(
            Text(f"Jenis usulan {kind!r} tidak ada.", f"There is no kind of submission {kind!r}.")
        )
    with transaction.atomic():
        # Of two clicks the second one waits here, and then finds the draft of the first.
        hold(village_code)
        for found in Submission.objects.filter(village_code=village_code, kind=kind):
            if found.open_to_village:
                return found
        submission = Submission.objects.create(village_code=village_code, kind=kind, created_by=by)
        record(by=by, entries=[entry_of("submission.create", submission, after={"kind": kind})])
    return submission


def upload(
    *,
    by: str,
    submission: Submission,
    file: UploadedFile[bytes],
    version: Version | None = None,
    earlier: Upload | None = None,
) -> Upload:
    """Keep ``file`` and ask the worker to read it. The same file again returns the upload that is there.

    Where reading it had failed, it is read again. ``version`` is what the village says that it is: another list, or a
    new version of ``earlier``; left out, its content is judged, and asked about where that leaves a doubt.

    Raises :class:`InputError` where the file is too large or no workbook, or ``earlier`` is no file of this list,
    :class:`StateError` where the submission is no longer open to the village.
    """
    name = files.name_of(file)
    if not submission.open_to_village:  # nothing is kept of what will be refused
        with transaction.atomic():
            open_to_village(submission)
    if version == Version.NEW and (earlier is None or earlier.submission_id != submission.pk):
        raise InputError(NO_EARLIER)
    digest = files.keep(file, name)
    with transaction.atomic():
        open_to_village(submission)
        found, new = Upload.objects.get_or_create(
            submission=submission,
            sha256=digest,
            defaults={
                "name": name,
                "path": f"{digest}/{name}",
                "size": file.size or 0,
                "by": by,
                "corrections": meanings_of(submission.village_code),
                "version": version or "",
                "compared_with": earlier,
            },
        )
        if new or (not found.read and queue.given_up(found.job)):
            found.job = queue.ask(by=by, kind=READ, subject=f"upload:{found.pk}", upload=found.pk)
            found.save(update_fields=["job"])
            touch(submission)
            after = {"file": name, "bytes": found.size, "sha256": digest[:12]}
            record(by=by, entries=[entry_of("submission.upload", submission, after=after)])
    return found


def withdraw(*, by: str, upload: Upload) -> None:
    """Take ``upload`` and its rows out of its submission; what earlier files say of the same people counts again.

    The sealed file stays where it is. Raises :class:`InputError` while it is being read, :class:`StateError` where
    the submission is no longer open to the village.
    """
    with transaction.atomic():
        open_to_village(upload.submission)
        upload = (
            Upload.objects.select_for_update(of=("self",))
            .select_related("submission", "job")
            .get(pk=upload.pk)
        )
        if upload.job and upload.job.open:
            raise InputError(STILL_READ)
        submission = upload.submission
        after = {"file": upload.name, "rows": upload.rows.count(), "sha256": upload.sha256[:12]}
        # What it had replaced is replaced by what has replaced it, or counts again.
        upload.replaces.update(replaced_by=upload.replaced_by)
        upload.delete()
        ask_again(submission)
        twins.settle(by=by, submission=submission)
        touch(submission)
        record(by=by, entries=[entry_of("submission.withdraw", submission, before=after, after={})])


def correct_columns(*, by: str, upload: Upload, corrections: Mapping[str, str]) -> None:
    """Say what columns mean (heading → field) and have the file read again; what was mended in it starts over.

    The village's next files begin with these meanings.

    Raises :class:`InputError` where two columns of a list would mean the same, :class:`StateError` where the
    submission is no longer open to the village.
    """
    refuse_twice(upload, corrections)
    with transaction.atomic():
        open_to_village(upload.submission)
        before = dict(upload.corrections)
        upload.corrections = {**before, **corrections}
        upload.read = False
        upload.job = queue.ask(by=by, kind=READ, subject=f"upload:{upload.pk}", upload=upload.pk)
        upload.save(update_fields=["corrections", "read", "job"])
        _remember(upload.submission.village_code, corrections)
        touch(upload.submission)
        entry = entry_of(
            "submission.columns", upload.submission, before=before, after=dict(upload.corrections)
        )
        record(by=by, entries=[entry])


def _remember(village_code: str, corrections: Mapping[str, str]) -> None:
    """Keep what the village means by its headings, for its next files."""
    Meaning.objects.bulk_create(
        [
            Meaning(village_code=village_code, heading=heading, field=field)
            for heading, field in corrections.items()
            if len(heading) <= LONGEST_HEADING
        ],
        update_conflicts=True,
        unique_fields=["village_code", "heading"],
        update_fields=["field"],
    )


def corrected(*, by: str, upload: Upload) -> tuple[str, bytes]:
    """Return name and bytes of the village's own workbook with its faulty cells marked and commented.

    What was mended in the office since stands in its cells.
    """
    content = handing.workbook(upload)
    with transaction.atomic():
        after = {"file": upload.name, **handing.counts(upload)}
        record(by=by, entries=[entry_of("submission.corrected", upload.submission, after=after)])
    return f"perbaikan {title(upload.name)}.xlsx", content


def mend(*, by: str, row: Row, values: Mapping[str, str]) -> Row:
    """Replace cells of ``row`` by ``values`` (field → text), judge it again by the same rules, and save it."""
    submission = row.submission
    written = mending.cells_of(row)
    judged = mending.judge(row, values)
    with transaction.atomic():
        open_to_village(submission)
        before = {**_cells(written, values), "verdict": row.verdict}
        for field in ("verdict", "reasons", "name", "nik", "nik_index", "category", "content"):
            setattr(row, field, getattr(judged, field))
        row.mended = True
        row.save()
        twins.settle(by=by, submission=submission)
        row.refresh_from_db()
        touch(submission)
        after = {"row": row.row, **_cells(values, values), "verdict": row.verdict}
        record(by=by, entries=[entry_of("submission.mend", submission, before=before, after=after)])
    return row


def discard(*, by: str, submission: Submission) -> None:
    """Take away a draft that was begun by mistake; its history stays.

    Raises :class:`StateError` where it is no draft any more, :class:`InputError` where it holds files.
    """
    with transaction.atomic():
        found = Submission.objects.select_for_update().filter(pk=submission.pk, state=DRAFT).first()
        if found is None:
            raise StateError(
                Text("Hanya draf yang dapat dibuang.", "Only a draft can be discarded."),
            )
        if found.uploads.exists() or found.rows.exists():
            raise InputError(
                Text(
                    "Draf ini sudah berisi: tarik berkasnya dahulu.",
                    "This draft holds files: withdraw them first.",
                )
            )
        record(by=by, entries=[entry_of("submission.discard", found, before={"kind": found.kind}, after={})])
        found.delete()


def _cells(cells: Mapping[str, str], fields: Iterable[str]) -> dict[str, str]:
    """Return those ``fields`` of ``cells`` as the history keeps them; long numbers masked."""
    return {field: mending.without_numbers(cells[field]) for field in fields if field in cells}


def step_for(submission: Submission, name: str) -> Step | None:
    """Return the step called ``name`` that leads away from the present state, if there is one."""
    return next((step for step in STEPS if step.name == name and submission.state in step.sources), None)


def move(*, by: str, submission: Submission, name: str, reason: str = "") -> Submission:
    """Take the step ``name``: submit, endorse, accept, return, or recall what nobody has acted on since.

    Raises :class:`StateError` where somebody moved it first, :class:`InputError` where a reason or rows are
    missing, :class:`SamePersonError` where one person would take two steps.
    """
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        step = step_for(submission, name)
        if step is None:
            raise StateError(
                Text(
                    f"Usulan ini sudah “{submission.state.text.id}”: muat ulang halamannya.",
                    f"This submission is now “{submission.state.text.en}”: load the page again.",
                )
            )
        if step.reason and not reason.strip():
            raise InputError(Text("Tulis alasan mengembalikan.", "Write why it is returned."))
        if name != "return":
            _apart(by, submission, name)
        before = {"state": submission.state}
        _check(submission, name)
        submission.state, submission.since, submission.touched = step.target, timezone.now(), timezone.now()
        _sign(by, submission, name, reason)
        submission.save()
        entry = entry_of(
            f"submission.{name}", submission, reason=reason, before=before, after={"state": submission.state}
        )
        record(by=by, entries=[entry])
        if submission.state == ACCEPTED:
            enter(by=by, submission=submission)
    return submission


def enter(*, by: str, submission: Submission) -> None:
    """Ask the worker to enter the rows of an accepted submission; asking again helps where it was given up."""
    queue.ask(by=by, kind=LAND, subject=f"submission:{submission.pk}", submission=submission.pk)


def _apart(by: str, submission: Submission, name: str) -> None:
    """Keep who decides apart from who submitted, who endorsed, and who touched the list since its last return.

    A file that still counts was sent by whoever sent it, before or after the return.
    """
    earlier = {}
    if name in {"endorse", "accept"}:
        subject = f"submission:{submission.pk}"
        touched = history.actors_of(subject, TOUCHES, since="submission.return")
        touched |= set(submission.uploads.filter(replaced_by=None).values_list("by", flat=True))
        if by in touched:
            earlier[Text("mengisi atau mengubah daftar ini", "filled or changed")] = by
        earlier[Text("mengajukan usulan ini", "submitted")] = submission.submitted_by
    if name == "accept":
        earlier[Text("menyetujui usulan ini", "endorsed")] = submission.endorsed_by
    keep_apart(by, earlier=earlier)


def _check(submission: Submission, name: str) -> None:
    if name != "submit":
        return
    if submission.uploads.filter(read=False, job__state__in=["queued", "running"]).exists():
        raise InputError(STILL_READ)
    if asked := asked_about(submission).first():
        raise InputError(
            Text(
                f"Jawab dahulu pada halaman usulan ini apakah {asked.name} versi baru dari berkas sebelumnya.",
                f"Answer first on the page of this list whether {asked.name} is a new version of the file before.",
            )
        )
    if not submission.rows.filter(replaced=False).exclude(verdict=Verdict.RETURNED).exists():
        raise InputError(
            Text(
                "Belum ada baris yang dapat diajukan: unggah daftar atau perbaiki barisnya.",
                "There is no row to submit yet: upload a list or mend its rows.",
            )
        )


def _sign(by: str, submission: Submission, name: str, reason: str) -> None:
    if name == "submit":
        submission.submitted_by, submission.endorsed_by, submission.return_reason = by, "", ""
    elif name == "endorse":
        submission.endorsed_by = by
    elif name == "accept":
        submission.accepted_by = by
    elif name == "recall":
        if submission.state == DRAFT:
            submission.submitted_by = ""
        submission.endorsed_by = ""
    else:
        submission.return_reason = reason.strip()


def open_to_village(submission: Submission) -> None:
    """Refuse where the submission was sent on, and keep anybody from sending it on before the commit."""
    state = Submission.objects.select_for_update().values_list("state", flat=True).get(pk=submission.pk)
    if state not in OPEN_TO_VILLAGE:
        raise StateError(
            Text(
                "Usulan ini sudah diajukan; minta camat mengembalikannya sebelum mengubah.",
                "This submission was sent on; ask the camat to return it before changing it.",
            )
        )


def touch(submission: Submission) -> None:
    """Remember that something was done to ``submission`` now."""
    submission.touched = timezone.now()
    submission.save(update_fields=["touched"])


def entry_of(action: str, submission: Submission, **values: Any) -> Entry:
    """Return an event of ``submission``."""
    return Entry(action, f"submission:{submission.pk}", region_code=submission.village_code, **values)
