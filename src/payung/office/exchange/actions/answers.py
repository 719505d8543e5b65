"""An answer of the insurer: read, matched line by line, once. What finds no line waits in the queue."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.answers.agencies import BPJS
from payung.office.answers.papers.sheets import Said, read
from payung.office.answers.rules import NO, YES, starting_code
from payung.office.answers.states import KINDS
from payung.office.exchange.models import Answer, AnswerRow, Batch, BatchLine
from payung.office.exchange.states import ENROLMENTS, QUEUE, BatchState, LineState, Outcome
from payung.office.history.actions import Entry, record
from payung.office.people import actions as register
from payung.office.people.models import Membership, Person
from payung.office.submissions.papers import files
from payung.office.vault.sealed import blind
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer: the answer, its counts, and whether the same file had come in before."""

    answer: Answer
    counts: dict[str, int]
    again: bool


def take_answer(*, by: str, batch: Batch, name: str, content: bytes) -> Taken:
    """Take in an answer file for ``batch``: sheets with ``Status (Y/T)`` and a text, or lists with a KPJ.

    Raises :class:`InputError` where the file is no answer, or answers another batch (which it names); nothing is
    kept of it then. The same file again changes nothing.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = Answer.objects.filter(batch=batch, sha256=sha256).first()
    if known is not None:
        return Taken(known, dict(known.counts), again=True)
    said = _read(name, content)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().select_related("decree").get(pk=batch.pk)
        lines = {line.nik_index: line for line in batch.lines.filter(nik_index__isnull=False)}
        _refuse_another(batch, said, lines, name)
        file = SimpleUploadedFile(name, content)
        kept = files.keep(file, name)
        answer, new = Answer.objects.get_or_create(
            batch=batch, sha256=sha256, defaults={"name": name[:200], "path": f"{kept}/{name}", "by": by}
        )
        if not new:  # the same file came in a moment ago
            return Taken(answer, dict(answer.counts), again=True)
        judged = _judged(answer, said, lines)
        rows = _not_yet_asked(batch, judged)
        AnswerRow.objects.bulk_create(rows, batch_size=500)
        said_ = [(row, row.line, verdict_of(row)) for row in rows if row.outcome == Outcome.MATCHED]
        changed = say(said_)
        counts: Counter[str] = Counter(str(row.outcome) for row in rows)
        counts.update(str(line.state) for line in changed)
        waiting = batch.lines.filter(state=LineState.WAITING).count()
        if len(rows) < len(judged):
            counts["known"] = len(judged) - len(rows)
        answer.counts = {"rows": len(judged), **counts, "waiting": waiting}
        answer.save(update_fields=["counts"])
        entry = Entry(
            "batch.answer",
            f"batch:{batch.pk}",
            letter=batch.decree.number,
            region_code=batch.region_code,
            after={"file": name, **answer.counts},
        )
        conclude(by=by, batch=batch, changed=changed, entries=[entry])
    return Taken(answer, dict(answer.counts), again=False)


def _read(name: str, content: bytes) -> Sequence[Said]:
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / (Path(name).name or "jawaban.xlsx")
        path.write_bytes(content)
        return read(path, agency=BPJS, on=timezone.localdate()).said


def _refuse_another(
    batch: Batch, said: Sequence[Said], lines: dict[str | None, BatchLine], name: str
) -> None:
    indexes = {blind(one.nik, "nik") for one in said if one.nik}
    if indexes & set(lines):
        return
    other = (
        BatchLine.objects.filter(nik_index__in=indexes).exclude(batch=batch).select_related("batch").first()
    )
    where = (
        Text(f" Orangnya ada di kiriman {other.batch}.", f" Its people are in the batch {other.batch}.")
        if other
        else Text("", "")
    )
    raise InputError(
        Text(
            f"{name}: tidak seorang pun ada dalam kiriman {batch}.{where.id} Unggah ke kiriman yang benar.",
            f"{name}: nobody of it is in the batch {batch}.{where.en} Upload it to the right batch.",
        ),
        at="file",
    )


def _judged(answer: Answer, said: Sequence[Said], lines: dict[str | None, BatchLine]) -> list[AnswerRow]:
    taken = _kpj_of_others(said, lines)
    meant: dict[int, AnswerRow] = {}
    rows = []
    for one in said:
        kpj = str(one.facts.get("kpj", "")) or None
        line = lines.get(blind(one.nik, "nik")) if one.nik else None
        row = AnswerRow(
            answer=answer,
            record=one.record,
            line=line,
            outcome=Outcome.MATCHED,
            name=one.name,
            nik=one.nik,
            status=one.status,
            text=one.text,
            kpj=kpj,
        )
        rows.append(row)
        if line is None:
            row.outcome = Outcome.UNKNOWN if one.nik and not one.fault else Outcome.UNUSABLE
        elif verdict_of(row) is None:
            row.outcome = Outcome.UNCLEAR
        elif kpj and taken.get(blind(kpj, "kpj") or "", line.person_id) != line.person_id:
            row.outcome = Outcome.KPJ_TAKEN
        elif (first := meant.setdefault(line.pk, row)) is not row:
            same = (first.status, first.text, first.kpj) == (row.status, row.text, row.kpj)
            row.outcome = Outcome.MATCHED if same else Outcome.CONTRARY
            if not same:
                first.outcome = Outcome.CONTRARY
    return rows


def _not_yet_asked(batch: Batch, rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Return ``rows`` without those for the queue that an earlier answer brought word for word: asked already."""
    doubtful = [row for row in rows if row.outcome in QUEUE]
    if not doubtful:
        return list(rows)
    asked = Q(outcome__in=[*QUEUE, Outcome.SETTLED]) | ~Q(settled_by="")
    known = {_words(row) for row in AnswerRow.objects.filter(asked, answer__batch=batch)}
    return [row for row in rows if row.outcome not in QUEUE or _words(row) not in known]


def _words(row: AnswerRow) -> tuple[str | None, ...]:
    return (row.name, row.nik, row.status, row.text, row.kpj)


def verdict_of(row: AnswerRow) -> LineState | None:
    """Return what a row says, or ``None`` where that is not clear and a person has to look."""
    if row.status == NO:
        return LineState.REJECTED
    known = KINDS.get(starting_code(BPJS, row.status, row.text))
    if row.status == YES or row.kpj:
        return LineState.ACCEPTED
    if known is None:
        return None
    return LineState.REJECTED if known.reason else LineState.ACCEPTED


def say(said: Iterable[tuple[AnswerRow, BatchLine | None, LineState | None]]) -> list[BatchLine]:
    """Let matched rows answer their lines, each with its verdict; save and return the lines that changed."""
    now, changed = timezone.now(), {}
    for row, line, verdict in said:
        if line is None or verdict is None or line.state == LineState.RESENT:
            continue
        known = KINDS.get(starting_code(BPJS, row.status, row.text))
        kpj = row.kpj or line.kpj
        values: dict[str, Any] = {
            "state": verdict,
            "code": known.reason if known and verdict == LineState.REJECTED else "",
            "text": row.text,
            "kpj": kpj,
            "kpj_index": blind(kpj, "kpj"),
        }
        if any(getattr(line, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(line, field, value)
            line.answered_at = now
            changed[line.pk] = line
    found = list(changed.values())
    BatchLine.objects.bulk_update(
        found, ["state", "code", "text", "kpj", "kpj_index", "answered_at"], batch_size=200
    )
    return found


def conclude(*, by: str, batch: Batch, changed: Sequence[BatchLine], entries: Sequence[Entry]) -> None:
    """Bring the batch up to date with its lines, give the numbers to their people, and record it all."""
    waiting = batch.lines.filter(state=LineState.WAITING).exists()
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.SENT if waiting else BatchState.ANSWERED,
        sent_on=batch.sent_on or timezone.localdate(),
    )
    record(by=by, entries=[*entries, *_of_people(batch, changed)])
    _give_numbers(by, changed)


def _give_numbers(by: str, lines: Sequence[BatchLine]) -> None:
    """Write the KPJ of accepted lines to their people. It is a number and no cover: its last month is before its first,
    as months begin with payment (PP 44/2015 art. 11(4))."""
    found = {line.pk: line for line in lines if line.state == LineState.ACCEPTED and line.kpj}
    rows = BatchLine.objects.filter(pk__in=found, batch__kind__in=ENROLMENTS).select_related(
        "person", "row__line"
    )
    groups: dict[tuple[str, str, str], list[tuple[Person, str]]] = defaultdict(list)
    for one in rows:
        group = (str(one.row.segment), str(one.row.line.source), one.row.from_month)
        groups[group].append((one.person, str(found[one.pk].kpj)))
    for (segment, source, month), people in sorted(groups.items()):
        register.enrol(
            by=by,
            people=people,
            segment=segment,
            source=source,
            from_month=month,
            until_month=months.add(month, -1),
        )


def _kpj_of_others(said: Sequence[Said], lines: dict[str | None, BatchLine]) -> dict[str, int]:
    """Return blind index of a KPJ → key of the person who has it already, of those that the answer names."""
    indexes = {blind(str(one.facts["kpj"]), "kpj") for one in said if one.facts.get("kpj")}
    members = Membership.objects.filter(kpj_index__in=indexes).values_list("kpj_index", "person_id")
    sent = BatchLine.objects.filter(kpj_index__in=indexes).values_list("kpj_index", "person_id")
    found = {index: person for index, person in (*members, *sent) if index}
    first: dict[str, int] = {}
    for one in said:
        line = lines.get(blind(one.nik, "nik")) if one.nik else None
        index = blind(str(one.facts.get("kpj", "")), "kpj")
        if index and line is not None:
            first.setdefault(index, line.person_id)
    return {**first, **found}


def has_another(kpj: str, person: int) -> bool:
    """Return whether somebody else than ``person`` has the number ``kpj``."""
    index = blind(kpj, "kpj")
    members = Membership.objects.filter(kpj_index=index).exclude(person=person)
    return members.exists() or BatchLine.objects.filter(kpj_index=index).exclude(person=person).exists()


def _of_people(batch: Batch, changed: Sequence[BatchLine]) -> list[Entry]:
    return [
        Entry(
            "batch.reject",
            f"batch:{batch.pk}",
            person=line.person_id,
            letter=batch.decree.number,
            region_code=line.village_code,
            reason=line.text,
            after={"code": line.code},
        )
        for line in changed
        if line.state == LineState.REJECTED
    ]
