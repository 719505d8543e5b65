"""Reads an answer sheet in the background, then lets it speak; killed at any point and run again, it ends the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from payung.office.access.scope import Area, Scope
from payung.office.answers.actions.results import apply
from payung.office.answers.actions.texts import catch_up_all
from payung.office.answers.models import Answer, Line, Phrase
from payung.office.answers.papers import sheets as lines
from payung.office.answers.papers.sheets import Said
from payung.office.answers.rules import key_of, starting_code, table
from payung.office.answers.states import READ, Fault
from payung.office.desk.numbers import key_of as number_of
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.jobs.queue import Ticket
from payung.office.people.actions.merges import meant
from payung.office.people.models import Person
from payung.office.people.queries import name_key
from payung.office.submissions.papers import files
from payung.office.vault.sealed import blind

KIND = READ
CHUNK = 500


def work(ticket: Ticket) -> None:
    """Put the rows of the answer of ``ticket`` in place, then enter what they say, each once.

    Rows are written in short transactions, each of which first makes sure that this worker still has the job; an
    answer whose rows are in place goes on with those that have not spoken yet.
    """
    answer = Answer.objects.get(pk=ticket.arguments["answer"])
    if not answer.read:
        _read(ticket, answer)
    waiting = answer.lines.filter(outcome=Line.MATCHED, applied=False)
    total = answer.lines.filter(outcome=Line.MATCHED).count()
    while True:
        with transaction.atomic():
            chunk = list(waiting.select_related("phrase", "person").order_by("pk")[:CHUNK])
            ticket.report(total - waiting.count(), total)
            if not chunk:
                break
            apply(by=ticket.asked_by, answer=answer, spoken=chunk)
    catch_up_all(by=ticket.asked_by, answer=answer.pk)
    with transaction.atomic():
        ticket.report(total, total)
        if Answer.objects.filter(pk=answer.pk, applied=False).update(applied=True):
            entry = _entry("answer.apply", answer, {"people": total})
            record(by=ticket.asked_by, entries=[entry])


def reach_of(answer: Answer) -> Scope:
    """Return whom ``answer`` reaches, as on the day it came."""
    return Scope(tuple(Area(code, frozenset(categories)) for code, categories, *_ in answer.areas))


def _read(ticket: Ticket, answer: Answer) -> None:
    with files.opened(answer.path) as path:
        sheets = lines.read(path, agency=answer.agency, on=timezone.localdate(answer.at))
    with transaction.atomic():
        ticket.hold()
        answer.lines.all().delete()
        phrases = remember(answer.agency, sheets.said)
    for start in range(0, len(sheets.said), CHUNK):
        chunk = sheets.said[start : start + CHUNK]
        with transaction.atomic():
            ticket.report(start, len(sheets.said))
            Line.objects.bulk_create(_lines(answer, chunk, phrases))
    with transaction.atomic():
        ticket.report(len(sheets.said), len(sheets.said))
        answer.read, answer.others, answer.notes = True, sheets.others, [note.plain for note in sheets.notes]
        answer.save(update_fields=["read", "others", "notes"])
        after = {"file": answer.name, "rows": len(sheets.said), **counts(answer)}
        record(by=ticket.asked_by, entries=[_entry("answer.read", answer, after)])


def counts(answer: Answer) -> dict[str, int]:
    """Return how many rows of ``answer`` are matched, unknown and unusable."""
    found = dict(answer.lines.order_by().values_list("outcome").annotate(Count("pk")))
    return {outcome: found.get(outcome, 0) for outcome in (Line.MATCHED, Line.UNKNOWN, Line.UNUSABLE)}


def remember(agency: str, said: Iterable[Said]) -> dict[tuple[str, str], Phrase]:
    """Return the phrase of every text by status and key; new ones get the code of the starting table, or none.

    A phrase that nobody has mapped takes the code of a newer starting table. A few queries for any number.
    """
    spoken = {(status, key): text for status, key, text in lines.phrases_of(said)}
    version = f"{BY_ITSELF} {table().version}"
    known = {(one.status, one.key): one for one in Phrase.objects.filter(agency=agency)}
    fresh = []
    for (status, key), text in spoken.items():
        one = known.get((status, key)) or Phrase(agency=agency, status=status, key=key, text=text)
        if not one.code and (code := starting_code(agency, status, text)):
            one.code, one.origin, one.mapped_at = code, version, timezone.now()
            if one.pk:
                one.save(update_fields=["code", "origin", "mapped_at"])
        if not one.pk:
            fresh.append(one)
    Phrase.objects.bulk_create(fresh, ignore_conflicts=True)
    found = {(one.status, one.key): one for one in Phrase.objects.filter(agency=agency)}
    return {place: found[place] for place in spoken}


def _lines(answer: Answer, said: Sequence[Said], phrases: Mapping[tuple[str, str], Phrase]) -> list[Line]:
    indexes = [blind(one.nik, "nik") if not one.fault else None for one in said]
    people = meant(indexes)
    ids = {number_of(one.facts["line"]) or 0 for one in said if _damaged(one)}
    reach = reach_of(answer).of(Person)
    within = {person.pk: person for person in reach.filter(pk__in=[p.pk for p in people.values()])}
    by_line = {person.pk: person for person in reach.filter(pk__in=ids)} if ids else {}
    made = []
    for one, index in zip(said, indexes, strict=True):
        found = people.get(index) if index else None
        person = within.get(found.pk) if found else None
        if person is None and _damaged(one):
            person = _by_line(one, by_line)
        fault = "" if person else one.fault or Fault.TIDAK_DIKENAL
        outcome = Line.MATCHED if person else Line.UNUSABLE if one.fault else Line.UNKNOWN
        made.append(
            Line(
                answer=answer,
                record=one.record,
                sheet=one.sheet,
                row=one.row,
                region_code=person.village_code if person else answer.region_code,
                outcome=outcome,
                fault=fault,
                name=one.name,
                nik=one.nik,
                nik_index=index,
                phrase=phrases.get((one.status, key_of(one.text))),
                person=person,
                content=lines.content_of(one),
            )
        )
    return made


def _damaged(one: Said) -> bool:
    """Tell whether a row lost its NIK but says which line of our own request it answers."""
    says = bool(one.status or key_of(one.text) or one.facts.keys() & {"decile", "kpj"})
    number = str(one.facts.get("line", ""))
    return (
        one.fault in {Fault.NIK_RUSAK, Fault.NIK_FORMAT, Fault.NIK_KOSONG}
        and says
        and number_of(number) is not None
    )


def _by_line(one: Said, people: Mapping[int, Person]) -> Person | None:
    """Return the person whose line number of the request stands beside a damaged NIK, where the name is theirs."""
    person = people.get(number_of(one.facts["line"]) or 0)
    return person if person and name_key(one.name) == person.name_key else None


def _entry(action: str, answer: Answer, after: Mapping[str, object]) -> Entry:
    agency = {"agency": answer.agency}
    return Entry(action, f"answer:{answer.pk}", region_code=answer.region_code, after={**agency, **after})
