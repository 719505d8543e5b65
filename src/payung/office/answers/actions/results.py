"""Lets answers speak: results, and what follows for the register. Set-based, in the caller's transaction.

The latest answer of an agency counts: the one with the later day, then the one that came later. What a result puts
into the register it takes back when a person maps its text otherwise; older results are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from payung.codes import Segment
from payung.office.access.scope import sent
from payung.office.answers.agencies import BPJS, DTSEN, DUKCAPIL
from payung.office.answers.models import Answer, Line, Result
from payung.office.answers.states import DEAD, MOVED, PADAN, UNKNOWN, Fault
from payung.office.history.actions import Entry, record
from payung.office.people import actions as register
from payung.office.people.actions.merges import corrected_away
from payung.office.people.models import Membership, Person
from payung.office.vault.sealed import blind

# What a result of the civil registry says of somebody's life. That a NIK matches does not say that its holder lives:
# a village knows of a death before the registry does.
LIFE = {DEAD: "meninggal", MOVED: "pindah"}
FIELDS = ("life_status", "decile", "decile_version")
UNKNOWN_WORD = "belum_dikenal"  # in the history, for a text without a code
assert UNKNOWN == ""


def apply(*, by: str, answer: Answer, spoken: Sequence[Line]) -> None:
    """Enter what the matched rows ``spoken`` of ``answer`` say (with their phrase and person); marks them applied.

    Of two rows about one person the later one counts, and none that speaks of a NIK which was corrected since. Must
    be called inside a transaction; a constant number of queries for any number of rows up to a few hundred.
    """
    people = [line.person_id for line in spoken]
    current: dict[int | None, Result] = {
        result.person_id: result
        for result in Result.objects.filter(
            person__in=people, agency=answer.agency, latest=True
        ).select_related("line")
    }
    gone = corrected_away([line.nik_index for line in spoken])
    outdated = {line.pk for line in spoken if (line.person_id, line.nik_index) in gone}
    last = {line.person_id: line for line in spoken if line.pk not in outdated}
    made, entries, retired, touched = [], [], [], []
    known: dict[int | None, Person] = {line.person_id: line.person for line in spoken if line.person}
    for line in spoken:
        person = known[line.person_id]
        facts = line.facts
        former = current.get(line.person_id)
        counts = last.get(line.person_id) is line and (
            former is None or _order(former) <= (answer.answered_on, line.pk)
        )
        result = Result(
            person=person,
            agency=answer.agency,
            code=code_of(line),
            detail=_detail(line, facts),
            line=line,
            answered_on=answer.answered_on,
            latest=counts,
        )
        if counts:
            if former:
                retired.append(former.pk)
            before = _picture(person)
            settle(person, result, _effect(result, answer, facts), former)
            touched.append(person)
            entries += _entries(f"answer:{answer.pk}", person, result, former, before)
        made.append(result)
    Result.objects.filter(pk__in=retired).update(latest=False)
    Result.objects.bulk_create(made)
    Person.objects.bulk_update(touched, FIELDS, batch_size=200)
    record(by=by, entries=entries)
    if answer.agency == BPJS:
        _enrol(by, answer, [result for result in made if result.latest])
    Line.objects.filter(pk__in=[line.pk for line in spoken]).update(applied=True)


def remap(*, by: str, results: Sequence[Result], code: str, subject: str) -> None:
    """Give ``results`` (with person, line and its answer) the class ``code`` and let it speak where it counts.

    Must be called inside a transaction.
    """
    entries, touched = [], []
    for result in results:
        before, was = _picture(result.person), Result(code=result.code, former=result.former)
        result.code = code
        if result.latest and result.line:
            effect = _effect(result, result.line.answer, result.line.facts)
            settle(result.person, result, effect, was, again=True)
            touched.append(result.person)
            entries += _entries(subject, result.person, result, was, before)
    Result.objects.bulk_update(results, ["code", "former"], batch_size=300)
    Person.objects.bulk_update(touched, FIELDS, batch_size=200)
    record(by=by, entries=entries)
    by_answer: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        if result.latest and result.line and result.agency == BPJS:
            by_answer[result.line.answer_id].append(result)
    for found in by_answer.values():
        assert found[0].line
        _enrol(by, found[0].line.answer, found)


def code_of(line: Line) -> str:
    """Return the class of a row: that of its phrase; a row with a bare decile or KPJ and no words was found."""
    return line.phrase.code if line.phrase else PADAN


def settle(
    person: Person,
    result: Result,
    effect: Mapping[str, Any],
    former: Result | None,
    *,
    again: bool = False,
) -> None:
    """Put ``effect`` (field → value) on ``person`` and note in ``result.former`` what stood there before.

    What the ``former`` result put there goes back where this one says the person is matched, or where it is the
    same row mapped ``again``; else it stays, and the note with it. A value that somebody changed since stays.
    """
    standing = dict(former.former) if former else {}
    kept: dict[str, Any] = {}
    for field, (was, put) in standing.items():
        mine = getattr(person, field) == put
        if field in effect:
            if mine:
                kept[field] = [was, effect[field]]
        elif (again or result.code == PADAN) and field == "life_status":
            if mine:
                setattr(person, field, was)
        elif mine:
            kept[field] = [was, put]
    for field, value in effect.items():
        kept.setdefault(field, [getattr(person, field), value])
        setattr(person, field, value)
    result.former = kept


def _effect(result: Result, answer: Answer, facts: Mapping[str, Any]) -> dict[str, Any]:
    if answer.agency == DUKCAPIL and result.code in LIFE:
        return {"life_status": LIFE[result.code]}
    if answer.agency == DTSEN and facts.get("decile"):
        return {"decile": facts["decile"], "decile_version": facts.get("version") or answer.version}
    return {}


def _enrol(by: str, answer: Answer, results: Iterable[Result]) -> None:
    """Record the memberships of those whom the insurer accepted with KPJ, month, segment and source of money.

    A KPJ that somebody else has is not recorded twice, and nothing is recorded where month, segment or source of
    money are not told: the row says which (:class:`Fault`).
    """
    results = list(results)
    claimed = _claimed(answer, [result.person_id for result in results])
    groups: dict[tuple[str, str, str], list[tuple[Person, str]]] = defaultdict(list)
    asked, faulty = [], []
    for result in results:
        assert result.line
        facts = result.line.facts
        segment = facts.get("segment") or answer.segment
        source, month = facts.get("source") or answer.source, facts.get("month")
        if result.code != PADAN or not facts.get("kpj"):
            continue
        if month and segment in tuple(Segment) and source:
            asked.append((result.line, result.person, (segment, source, month), facts["kpj"]))
        else:
            result.line.fault = Fault.KPJ_TANPA_MASA
            faulty.append(result.line)
    indexes = {blind(kpj, "kpj") for *_, kpj in asked}
    holders = dict(Membership.objects.filter(kpj_index__in=indexes).values_list("kpj_index", "person_id"))
    for line, person, group, kpj in asked:
        if holders.setdefault(blind(kpj, "kpj"), person.pk) == person.pk:
            groups[group].append((person, kpj))
        else:
            line.fault = Fault.KPJ_DIPAKAI
            faulty.append(line)
    Line.objects.bulk_update(faulty, ["fault"], batch_size=300)
    for (segment, source, month), people in sorted(groups.items(), key=lambda item: item[0]):
        register.enrol(
            by=by, people=people, segment=segment, source=source, from_month=month, claimed=claimed
        )


def _claimed(answer: Answer, people: Sequence[int]) -> set[int]:
    """Return those of ``people`` whom the insurer's officer named without having been sent them."""
    if not any(of[2] for of in answer.areas if len(of) > 2):
        return set()
    known = Person.everybody.filter(sent("pk"), pk__in=people).values_list("pk", flat=True)
    return set(people) - set(known)


def _order(result: Result) -> tuple[Any, int]:
    return result.answered_on, result.line_id or 0


def _detail(line: Line, facts: Mapping[str, Any]) -> str:
    words = line.phrase.text if line.phrase else ""
    day = f"{words} ({facts['date']})" if facts.get("date") else words
    return day[:200]


def _picture(person: Person) -> dict[str, Any]:
    return {field: getattr(person, field) for field in FIELDS}


def _entries(
    subject: str, person: Person, result: Result, former: Result | None, before: Mapping[str, Any]
) -> list[Entry]:
    """Return the event of a result, and of what it changed in the register."""
    place: dict[str, Any] = {"person": person.pk, "region_code": person.village_code}
    after = {"agency": result.agency, "result": result.code or UNKNOWN_WORD, "text": result.detail}
    was = {"result": former.code or UNKNOWN_WORD} if former else None
    entries = [Entry("match.result", subject, before=was, after=after, **place)]
    changed = {field: getattr(person, field) for field in FIELDS if before[field] != getattr(person, field)}
    if changed:
        old = {field: before[field] for field in changed}
        entries.append(Entry("person.change", subject, before=old, after=changed, **place))
    return entries
