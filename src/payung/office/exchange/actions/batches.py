"""Batches are made from a decree, answers are matched line by line; the same answer twice changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import QuerySet

from payung.codes import Segment
from payung.errors import InputError
from payung.office.exchange import layouts, papers, queries
from payung.office.exchange.models import Batch, BatchLine, Template
from payung.office.exchange.states import ENROLMENTS, BatchKind, BatchState, LineState
from payung.office.exchange.values import Cause, cell
from payung.office.history.actions import Entry, record
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.office.people.models import DEAD
from payung.office.programme.models import Decree, DecreePerson
from payung.office.programme.queries import cost_by_line, difference
from payung.office.programme.states import IN_FORCE, Exit
from payung.office.regions.models import Region
from payung.office.submissions.papers import files
from payung.office.vault.sealed import blind
from payung.text import Text

ENROL = "exchange.enrol"  # the job
MANY = 1_000  # people above whom the worker makes the batches
Group = tuple[BatchKind, str]  # a layout and the employer or payer


def enrol(*, by: str, decree: Decree, report: Callable[[int, int], None] | None = None) -> list[Batch]:
    """Make the batches of a signed decree: who comes in, and who leaves; return all of them.

    Each batch is one transaction, and ``report`` hears how many of how many people are in one: stopped halfway and
    called again, it goes on; called once more, it makes nothing and returns the same. The dead are never among the
    leavers: they go on the list of claims; nor is who never was accepted. Raises :class:`InputError` for a decree that
    is not signed.
    """
    if decree.state not in IN_FORCE:
        raise InputError(
            Text(
                f"{decree} belum ditetapkan: yang dikirim ke BPJS hanya SK bernomor dan bertanggal.",
                f"{decree} is not signed: only a decree with number and date goes to the insurer.",
            )
        )
    parts = _parts(decree)
    done, total = 0, sum(len(rows) for _, _, rows in parts)
    for kind, region, rows in parts:
        for members in _chunks(rows, layouts.layout(kind).most):
            with transaction.atomic():
                Decree.objects.select_for_update().get(pk=decree.pk)
                if missing := _not_in(decree, kind, members):
                    _make(by, decree, kind, region, missing)
            done += len(members)
            if report is not None:
                report(done, total)
    return list(Batch.objects.filter(decree=decree).order_by("pk"))


def ask_to_enrol(*, by: str, decree: Decree) -> Job:
    """Ask the worker for the batches of a decree; asking again while it is at it returns the same job."""
    with transaction.atomic():
        return queue.ask(by=by, kind=ENROL, subject=decree.subject)


def _parts(decree: Decree) -> list[tuple[BatchKind, str, list[DecreePerson]]]:
    """Return what is to be sent for a decree: layout, employer or payer, and the rows; always in the same order."""
    changes = difference(decree)
    comes = _once(changes.comes.exclude(person__life_status=DEAD))
    known = changes.leaves.exclude(exit__in=[Exit.MENINGGAL, Exit.DITOLAK_BPJS])
    leaves = _once(known.exclude(person__life_status=DEAD))
    both = comes.keys() & leaves.keys()  # handed over to another line: to the insurer they stay
    parts = []
    for rows, leaving in ((comes, False), (leaves, True)):
        members = [row for key, row in rows.items() if key not in both]
        groups = _groups(decree, members, leaving=leaving)
        parts += [(kind, region, found) for (kind, region), found in groups.items()]
    wages = [row for key, row in comes.items() if key in both and _wage_changed(row, leaves[key])]
    for region in sorted({row.village_code for row in wages}):
        parts.append((BatchKind.PU_WAGE, region, [row for row in wages if row.village_code == region]))
    return parts


def _not_in(decree: Decree, kind: BatchKind, rows: Sequence[DecreePerson]) -> list[DecreePerson]:
    """Return those of ``rows`` that stand in no batch of the decree for the same end (coming in, leaving, wage)."""
    same = ENROLMENTS if kind in ENROLMENTS else (kind,)
    lines = BatchLine.objects.filter(batch__decree=decree, batch__kind__in=same, cause="").order_by()
    sent = set(lines.values_list("row", flat=True))
    return [row for row in rows if row.pk not in sent]


@transaction.atomic
def send_changes(
    *, by: str, rows: Mapping[BatchKind, Sequence[DecreePerson]], causes: Mapping[int, Cause]
) -> list[Batch]:
    """Make the batches of ``rows`` by layout, each sent for the change in ``causes`` (key of row → cause); return them.

    BPU go by their payer, PU by their employer. Whoever calls sees to it that no change is sent twice and nobody dead
    is sent.
    """
    made: list[Batch] = []
    for kind, members in sorted(rows.items()):
        groups: dict[tuple[int, str], list[DecreePerson]] = defaultdict(list)
        for row in members:
            region = row.decree.region_code if row.segment == Segment.BPU else row.village_code
            groups[row.decree_id, region].append(row)
        for (_, region), mine in sorted(groups.items()):
            made += _make(by, mine[0].decree, kind, region, mine, causes)
    return made


def send_again(*, by: str, lines: Sequence[int], reason: str) -> list[Batch]:
    """Send rejected lines (keys) once more, after they were mended, in batches of their own; return these."""
    made = []
    with transaction.atomic():
        found = list(
            BatchLine.objects.select_for_update()
            .filter(pk__in=lines, state=LineState.REJECTED)
            .select_related("batch")
        )
        if not found:
            raise InputError(
                Text("Pilih baris yang ditolak BPJS.", "Choose lines that the insurer rejected."), at="lines"
            )
        by_batch: dict[int, list[BatchLine]] = defaultdict(list)
        for line in found:
            by_batch[line.batch_id].append(line)
        for members in by_batch.values():
            old = members[0].batch
            rows = DecreePerson.objects.filter(pk__in=[line.row_id for line in members])
            made += _make(by, old.decree, old.kind, old.region_code, _fetched(rows))
        BatchLine.objects.filter(pk__in=[line.pk for line in found]).update(state=LineState.RESENT)
        entries = [_entry("batch.again", batch, {"people": batch.people}, reason) for batch in made]
        record(by=by, entries=entries)
    return made


def send(*, by: str, batch: Batch, on: dt.date) -> None:
    """Record that the file of ``batch`` was handed to the insurer on a day."""
    with transaction.atomic():
        if Batch.objects.filter(pk=batch.pk, state=BatchState.MADE).update(state=BatchState.SENT, sent_on=on):
            record(by=by, entries=[_entry("batch.send", batch, {"on": on.isoformat()})])


def edit_template(*, by: str, kind: BatchKind, text: str) -> Template:
    """Let the columns of a layout be those of ``text`` from now on (see layouts.parse)."""
    columns = [[one.heading, one.value, one.required] for one in layouts.parse(text)]
    with transaction.atomic():
        made = Template.objects.create(kind=kind, columns=columns, by=by)
        after = {"layout": str(kind), "columns": len(columns)}
        record(by=by, entries=[Entry("template.edit", f"template:{made.pk}", after=after)])
    return made


def _once(rows: QuerySet[DecreePerson]) -> dict[tuple[int, str], DecreePerson]:
    """Return person and segment → their first row: who passes from line to line is one person to the insurer."""
    found: dict[tuple[int, str], DecreePerson] = {}
    for row in _fetched(rows):
        key = (row.person_id, str(row.segment))
        if key not in found or row.from_month < found[key].from_month:
            found[key] = row
    return found


def _groups(
    decree: Decree, members: Sequence[DecreePerson], *, leaving: bool
) -> dict[Group, list[DecreePerson]]:
    """Return rows by layout and by who sends them: BPU by the payer, PU by the employer, which is the place of work."""
    found: dict[Group, list[DecreePerson]] = defaultdict(list)
    numbers = queries.kpj_of({row.person_id for row in members if row.segment == Segment.PU}, Segment.PU)
    for row in members:
        if row.segment == Segment.BPU:
            found[BatchKind.BPU_LEAVE if leaving else BatchKind.BPU, decree.region_code].append(row)
        elif leaving:
            found[BatchKind.PU_LEAVE, row.village_code].append(row)
        else:
            kind = BatchKind.PU_KNOWN if row.person_id in numbers else BatchKind.PU_NEW
            found[kind, row.village_code].append(row)
    return dict(sorted(found.items()))


def _fetched(rows: QuerySet[DecreePerson]) -> list[DecreePerson]:
    return list(rows.select_related("person", "line").order_by("decree_id", "number"))


def _wage_changed(now: DecreePerson, former: DecreePerson) -> bool:
    return bool(now.segment == Segment.PU and now.income != former.income)


def _make(
    by: str,
    decree: Decree,
    kind: BatchKind,
    region: str,
    rows: Sequence[DecreePerson],
    causes: Mapping[int, Cause] | None = None,
) -> list[Batch]:
    """Make as many batches as the layout needs for ``rows``; the totals are declared first and held against it."""
    layout = layouts.layout(kind)
    segment = rows[0].segment
    villages = {row.village_code for row in rows}
    known = queries.known({row.person_id for row in rows}, villages, segment, causes or {})
    regencies = {place.code.replace(".", ""): place.name for place in Region.objects.filter(level="regency")}
    part = Batch.objects.filter(decree=decree, kind=kind, region_code=region).count()
    made = []
    for members in _chunks(rows, layout.most):
        part += 1
        declared = len(members)
        priced = DecreePerson.objects.filter(  # with the months on other lines of whoever is handed over
            decree__in={row.decree_id for row in members},
            segment=segment,
            person__in=[row.person_id for row in members],
        )
        cells = [
            {column.heading: cell(column.value, row, number, known) for column in layout.columns}
            for number, row in enumerate(members, 1)
        ]
        missing = Counter(
            column.heading
            for column in layout.columns
            if column.required
            for row in cells
            if not row[column.heading]
        )
        content = papers.workbook(layout, cells, regencies)
        file = SimpleUploadedFile(layout.file, content)
        sha256 = files.keep(file, layout.file)
        batch = Batch.objects.create(
            decree=decree,
            kind=kind,
            region_code=region,
            part=part,
            people=declared,
            amount=sum(cost_by_line(priced).values()),
            file_name=layout.file,
            path=f"{sha256}/{layout.file}",
            sha256=sha256,
            missing=dict(missing),
            by=by,
        )
        BatchLine.objects.bulk_create(
            [
                BatchLine(
                    batch=batch,
                    number=number,
                    row=row,
                    person=row.person,
                    name=row.name,
                    nik_index=blind(row.nik, "nik"),
                    village_code=row.village_code,
                    category=row.category,
                    payload=json.dumps(sent, ensure_ascii=False),
                    cause=causes[row.pk].subject if causes else "",
                )
                for number, (row, sent) in enumerate(zip(members, cells, strict=True), 1)
            ],
            batch_size=1000,
        )
        if batch.lines.count() != declared:
            raise RuntimeError(f"batch {batch.pk}: {declared} people declared, another number written")
        after = {"file": layout.file, "people": declared, "amount": batch.amount}
        record(by=by, entries=[_entry("batch.make", batch, after)])
        made.append(batch)
    return made


def _chunks(rows: Sequence[DecreePerson], most: int) -> Iterator[Sequence[DecreePerson]]:
    for start in range(0, len(rows), most):
        yield rows[start : start + most]


def _entry(action: str, batch: Batch, after: dict[str, Any], reason: str = "") -> Entry:
    return Entry(
        action,
        f"batch:{batch.pk}",
        letter=batch.decree.number,
        region_code=batch.region_code,
        reason=reason,
        after=after,
    )
