"""The writes of matching: answers, texts, staff lists, requests. Keyword only, with history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.scope import Scope
from payung.office.answers.actions import texts as remapping
from payung.office.answers.agencies import NAMES
from payung.office.answers.models import Answer, Inquiry, Phrase, StaffList
from payung.office.answers.states import KINDS, READ, READ_STAFF, Employer
from payung.office.history.actions import Entry, record
from payung.office.jobs import queue
from payung.office.people.models import Person
from payung.office.regions.tree import contains
from payung.office.submissions.papers import files
from payung.text import Text

SETTINGS = ("version", "segment", "source")  # what is said of a whole answer where its sheet does not say it


def upload(
    *,
    by: str,
    agency: str,
    region_code: str,
    reach: Scope,
    file: UploadedFile[bytes],
    answered_on: dt.date,
    told: Mapping[str, str] | None = None,
) -> Answer:
    """Keep an answer sheet and ask the worker to read it; it can speak of whomever ``reach`` holds in the region.

    ``told`` may hold :data:`SETTINGS` for the whole sheet. The same file again, told the same, returns the answer
    that is there, read again where that was given up.

    Raises :class:`InputError` where the file is no workbook or the answer lies in the future.
    """
    if agency not in NAMES:
        raise InputError(Text(f"Instansi {agency!r} tidak ada.", f"There is no agency {agency!r}."))
    if answered_on > timezone.localdate():
        raise InputError(
            Text("Tanggal jawaban ada di masa depan.", "The date of the answer lies in the future.")
        )
    inside = [
        area for area in reach.areas if contains(region_code, area.code) or contains(area.code, region_code)
    ]
    if not inside:
        raise InputError(Text("Anda tidak bertugas di wilayah ini.", "You have no part in this region."))
    limited = [
        (
            area.code if contains(region_code, area.code) else region_code,
            sorted(area.categories),
            area.sent,
        )
        for area in inside
    ]
    categories = set() if any(not of for _, of, _ in limited) else {one for _, of, _ in limited for one in of}
    name = files.name_of(file)
    digest = files.keep(file, name)
    values = {key: (told or {}).get(key, "") for key in SETTINGS}
    with transaction.atomic():
        found, new = Answer.objects.get_or_create(
            agency=agency,
            region_code=region_code,
            categories=f" {' '.join(sorted(categories))} " if categories else "",
            sha256=digest,
            **values,
            defaults={
                "areas": limited,
                "name": name,
                "path": f"{digest}/{name}",
                "size": file.size or 0,
                "by": by,
                "answered_on": answered_on,
            },
        )
        if new or queue.given_up(found.job):
            found.job = queue.ask(by=by, kind=READ, subject=f"answer:{found.pk}", answer=found.pk)
            found.save(update_fields=["job"])
            after = {"agency": agency, "file": name, "bytes": found.size, "sha256": digest[:12], **values}
            record(
                by=by,
                entries=[Entry("answer.upload", f"answer:{found.pk}", region_code=region_code, after=after)],
            )
    return found


@dataclass(frozen=True, slots=True)
class Mapped:
    """How many results follow a text at once, and how many more the worker lets follow."""

    now: int
    later: int


def map_text(*, by: str, phrase: Phrase, code: str, reason: str = "") -> Mapped:
    """Say which class of result ``phrase`` is; its rows follow, many of them in the background.

    It is remembered for the next answers, and can be changed again. Raises :class:`InputError` for an unknown class.
    """
    if code not in KINDS:
        raise InputError(Text(f"Hasil {code!r} tidak ada.", f"There is no result {code!r}."))
    with transaction.atomic():
        phrase = Phrase.objects.select_for_update().get(pk=phrase.pk)
        if phrase.code != code:
            before = {"result": phrase.code}
            phrase.code, phrase.origin, phrase.mapped_at = code, by, timezone.now()
            phrase.save(update_fields=["code", "origin", "mapped_at"])
            rows = remapping.behind().filter(line__phrase=phrase).count()
            after = {"agency": phrase.agency, "text": str(phrase), "result": code, "rows": rows}
            entry = Entry(
                "match.text", f"phrase:{phrase.pk}", reason=reason.strip(), before=before, after=after
            )
            record(by=by, entries=[entry])
        now = remapping.catch_up(by=by, phrase=phrase)
        later = remapping.behind().filter(line__phrase=phrase).count()
        if later:
            remapping.ask(by=by, phrase=phrase)
    return Mapped(now, later)


def upload_staff(
    *, by: str, source: str, employer: str, version_on: dt.date, region_code: str, file: UploadedFile[bytes]
) -> StaffList:
    """Take a staff list; of it only blind indexes are kept. The same file again returns the list that is there."""
    if employer not in set(Employer):
        raise InputError(
            Text(f"Jenis pegawai {employer!r} tidak ada.", f"There is no employer {employer!r}.")
        )
    name = files.name_of(file)
    digest, path = files.keep_apart(file, name)
    with transaction.atomic():
        found, new = StaffList.objects.get_or_create(
            region_code=region_code,
            source=" ".join(source.split()),
            sha256=digest,
            defaults={
                "employer": employer,
                "version_on": version_on,
                "name": name,
                "path": path,
                "by": by,
            },
        )
        if again := new or (not found.read and queue.given_up(found.job)):
            before, found.path = found.path, path
            found.job = queue.ask(by=by, kind=READ_STAFF, subject=f"staff:{found.pk}", staff=found.pk)
            found.save(update_fields=["job", "path"])
            after = {"source": found.label, "file": name, "sha256": digest[:12]}
            record(
                by=by,
                entries=[Entry("staff.upload", f"staff:{found.pk}", region_code=region_code, after=after)],
            )
    if not again:
        files.remove_apart(path)
    elif before != path:
        files.remove_apart(before)
    return found


def note_request(
    *,
    by: str,
    agency: str,
    region_code: str,
    reason: str,
    values: Mapping[str, Any],
    people: Iterable[Person],
) -> None:
    """Put down that whole NIKs of ``people`` left the house for ``agency``: who asked, why, how many and of whom."""
    with transaction.atomic():
        asked = [Inquiry(person=person, agency=agency) for person in people]
        Inquiry.objects.bulk_create(asked, batch_size=300, ignore_conflicts=True)
        entry = Entry(
            "match.request",
            f"agency:{agency}",
            region_code=region_code,
            reason=reason,
            after={"agency": agency, **values},
        )
        record(by=by, entries=[entry])
