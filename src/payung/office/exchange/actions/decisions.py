"""Who is this? A row of an answer that found no line, or cannot be believed, is decided by a person, once."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from django.db import transaction

from payung.errors import InputError
from payung.office.desk.who import named
from payung.office.exchange.actions.answers import conclude, has_another, say, verdict_of
from payung.office.exchange.models import AnswerRow, Batch, BatchLine
from payung.office.exchange.states import QUEUE, LineState, Outcome
from payung.office.history.actions import Entry, record
from payung.office.regions.queries import names
from payung.people.names import sounds
from payung.text import Text

MOST = 6  # lines that are offered


def offered(row: AnswerRow) -> list[BatchLine]:
    """Return the lines that ``row`` may be about: the one that it found, else those of like names, the likeliest
    first; nothing where no name is near."""
    if row.line_id is not None and row.line is not None:
        return [row.line]
    wanted = " ".join(sorted(sounds(row.name)))
    if not wanted:
        return []
    lines = BatchLine.objects.filter(batch=row.answer.batch_id).exclude(state=LineState.RESENT)
    spelled = {key: " ".join(sorted(sounds(name))) for key, name in lines.values_list("pk", "name")}
    near = set(difflib.get_close_matches(wanted, set(spelled.values()), n=MOST, cutoff=0.7))
    likeness = {
        key: difflib.SequenceMatcher(None, wanted, name).ratio()
        for key, name in spelled.items()
        if name in near
    }
    found = lines.filter(pk__in=likeness)
    return sorted(found, key=lambda one: (-likeness[one.pk], one.number))[:MOST]


@transaction.atomic
def decide(*, by: str, row: AnswerRow, line: BatchLine, verdict: LineState, note: str = "") -> BatchLine:
    """Say that ``row`` is about ``line`` and means ``verdict`` (accepted or rejected); the line is answered by it.

    Raises :class:`InputError` where the row is decided already, the line is of another batch or sent again, or the
    KPJ belongs to somebody else.
    """
    held = _held(row)
    batch = Batch.objects.select_for_update().select_related("decree").get(pk=held.answer.batch_id)
    found = BatchLine.objects.select_for_update().filter(pk=line.pk, batch=batch).first()
    if (
        found is None
        or found.state == LineState.RESENT
        or verdict not in (LineState.ACCEPTED, LineState.REJECTED)
    ):
        raise InputError(
            Text(
                "Pilih orang dari kiriman ini yang belum dikirim ulang, dan diterima atau ditolak.",
                "Choose somebody of this batch who was not sent again, and accepted or rejected.",
            ),
            at="line",
        )
    if held.kpj and verdict == LineState.ACCEPTED and has_another(held.kpj, found.person_id):
        raise InputError(
            Text(
                "KPJ itu milik orang lain: tanyakan ke cabang nomor yang benar.",
                "That KPJ belongs to somebody else: ask the branch for the right number.",
            ),
            at="line",
        )
    held.line, held.outcome = found, Outcome.MATCHED
    held.settled_by, held.note = by, note.strip()[:300]
    held.save(update_fields=["line", "outcome", "settled_by", "note"])
    changed = say([(held, found, verdict)])
    reason = note.strip() or verdict.text.id
    entry = _entry("answer.decide", held, {"row": held.record, "line": found.number}, reason, found.person_id)
    conclude(by=by, batch=batch, changed=changed, entries=[entry])
    return found


@transaction.atomic
def settle(*, by: str, row: AnswerRow, note: str) -> None:
    """Take a row out of the queue that is about nobody of the batch, with what was found out about it.

    Raises :class:`InputError` where nothing is said, or the row is decided already.
    """
    if not note.strip():
        raise InputError(Text("Tulis apa hasilnya.", "Write what came of it."), at="note")
    held = _held(row)
    held.outcome, held.settled_by, held.note = Outcome.SETTLED, by, note.strip()[:300]
    held.save(update_fields=["outcome", "settled_by", "note"])
    record(by=by, entries=[_entry("answer.settle", held, {"row": held.record}, note.strip())])


def likely(row: AnswerRow) -> str:
    """Return what the row itself says (``accepted`` or ``rejected``), empty where that is not clear."""
    return str(verdict_of(row) or "")


def _held(row: AnswerRow) -> AnswerRow:
    held = AnswerRow.objects.select_for_update(of=("self",)).select_related("answer__batch").get(pk=row.pk)
    if held.outcome not in QUEUE:
        raise InputError(
            Text(
                f"Baris ini sudah diputuskan oleh {named(held.settled_by)}: muat ulang halamannya.",
                f"This row was decided by {named(held.settled_by)} already: load the page again.",
            )
        )
    return held


def _entry(
    action: str, row: AnswerRow, after: dict[str, str | int], reason: str, person: int | None = None
) -> Entry:
    batch = row.answer.batch
    return Entry(
        action,
        f"batch:{batch.pk}",
        person=person,
        letter=batch.decree.number,
        region_code=batch.region_code,
        reason=reason,
        after=after,
    )


def choices(lines: Sequence[BatchLine]) -> list[tuple[str, str]]:
    """Return what a person chooses among: key of line, and number, name and village."""
    places = names({one.village_code for one in lines})
    return [
        (str(one.pk), f"{one.number} · {one.name} · {places.get(one.village_code, one.village_code)}")
        for one in lines
    ]
