"""Reads an uploaded file in the background; killed and started again, it ends with the same rows, each once."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from payung.office.history.actions import Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.submissions.models import Row, Submission, Upload
from payung.office.submissions.papers.files import opened
from payung.office.submissions.rules import twins
from payung.office.submissions.rules.versions import is_repaired, replace_earlier
from payung.office.submissions.states import DEFAULT_CATEGORY, KINDS, Kind
from payung.office.vault.sealed import blind

if TYPE_CHECKING:
    from pathlib import Path

    from payung.rosters import Reading

# One number for several people is judged over all files of a submission, and again after every mending.
LEFT_TO_TWINS = {"NIK_BERSAMA": "off"}
KIND = "submissions.read"
CHUNK = 500


def work(ticket: Ticket) -> None:
    """Read the upload of ``ticket`` and put its rows in place.

    The rows are written in short transactions, each of which first makes sure that this worker still has the
    job; what an earlier attempt left is taken out first. The last transaction marks the upload as read.
    """
    upload = Upload.objects.select_related("submission").get(pk=ticket.arguments["upload"])
    if upload.read:
        return
    with opened(upload.path) as path:
        reading = read(upload, path)
        upload.repaired = is_repaired(path)
    rows = list(rows_of(reading, upload))
    with transaction.atomic():
        ticket.hold()
        upload.rows.all().delete()
    for start in range(0, len(rows), CHUNK):
        with transaction.atomic():
            ticket.report(start, len(rows))
            Row.objects.bulk_create(rows[start : start + CHUNK])
    with transaction.atomic():
        ticket.report(len(rows), len(rows))
        upload.read = True
        upload.tables = [_table(table) for table in reading.tables]
        upload.notes = list(reading.notes)
        upload.save(update_fields=["read", "tables", "notes", "repaired"])
        replaced = replace_earlier(upload)
        Submission.objects.filter(pk=upload.submission_id).update(touched=timezone.now())
        entry = Entry(
            "submission.read",
            f"submission:{upload.submission_id}",
            region_code=upload.submission.village_code,
            after={"file": upload.name, **reading.counts, **({"replaced": replaced} if replaced else {})},
        )
        record(by=ticket.asked_by, entries=[entry])
        twins.settle(by=ticket.asked_by, submission=upload.submission)


def read(upload: Upload, path: Path) -> Reading:
    """Return what the file says, as the village that sent it and on the day it was sent; it lies open at ``path``."""
    from payung.regions import Gazetteer
    from payung.rosters import read as read_roster

    village = upload.submission.village_code
    return read_roster(
        path,
        as_of=timezone.localdate(upload.at),
        regions=Gazetteer.load(),
        corrections=upload.corrections,
        village=village,
        within=village.rpartition(".")[0].rpartition(".")[0],
        severity=LEFT_TO_TWINS,
    )


def rows_of(reading: Reading, upload: Upload) -> Iterable[Row]:
    """Return an unsaved row for every row of ``reading``."""
    findings: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for finding in reading.findings.iter_rows(named=True):
        findings[finding["sheet"], finding["row"]].append(finding)
    raw = {line["record"]: line for line in reading.raw.iter_rows(named=True)}
    for listing in reading.rows.iter_rows(named=True):
        yield row_of(
            listing,
            raw.get(listing["record"], {}),
            findings[listing["sheet"], listing["row"]],
            upload,
        )


def row_of(
    listing: dict[str, Any], raw: Mapping[str, Any], findings: list[dict[str, Any]], upload: Upload
) -> Row:
    """Return an unsaved row."""
    content = {
        "listing": {name: _plain(value) for name, value in listing.items() if value is not None},
        "raw": {name: value for name, value in raw.items() if value is not None and name != "record"},
        "findings": [
            {name: finding[name] for name in ("column", "field", "value", "code", "severity")}
            | {"message": finding["message"], "remedy": finding["remedy"]}
            for finding in findings
        ],
    }
    nik = listing["nik"] if listing["nik_state"] == "valid" else None
    return Row(
        submission_id=upload.submission_id,
        upload=upload,
        record=listing["record"][:300],
        sheet=(listing["sheet"] or "")[:80],
        row=listing["row"],
        verdict=listing["verdict"],
        reasons=" ".join(["", *(listing["reasons"] or []), ""])[:200] if listing["reasons"] else "",
        name=(listing["name"] or "")[:150],
        nik=listing["nik"],
        nik_index=blind(nik, "nik"),
        category=category_of(listing["category"], upload.submission.kind),
        content=json.dumps(content, ensure_ascii=False),
    )


def category_of(written: str | None, kind: str) -> str:
    """Return the category of a row: as written where this kind of submission brings it, else the kind's own."""
    brought = Kind.member(kind)
    return written if written in KINDS[brought] else DEFAULT_CATEGORY[brought]


def listing_of(row: Row) -> dict[str, Any]:
    """Return the listing of ``row`` with its dates as dates."""
    listing: dict[str, Any] = {**row.facts["listing"]}
    if listing.get("birth_date"):
        listing["birth_date"] = dt.date.fromisoformat(listing["birth_date"])
    return listing


def _table(table: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(table), default=str))
    return plain


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
