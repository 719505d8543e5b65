"""A report of an accident or a death: recorded always, late or not, in the register or not, twice is one incident."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Segment
from payung.errors import InputError
from payung.office.cases.models import Case, Incident, Report, Step
from payung.office.cases.queries.rights import rights
from payung.office.cases.states import DECIDED, FATAL, KINDS, CaseState, Channel, Happening, StepKind
from payung.office.changes import actions as changes
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.history.actions import Entry, changed, record
from payung.office.history.again import looks_again
from payung.office.people.actions.merges import meant
from payung.office.people.models import Person
from payung.office.people.queries import name_key
from payung.office.regions.models import Region
from payung.office.vault.sealed import blind
from payung.text import Text

NEAR = dt.timedelta(days=3)  # two reports of a death of one name in one village so close are one


def nowhere_else(village_code: str) -> bool:
    """Reach no other village than the one that is told."""
    return False


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells.

    Fields
        happening, on, hour, place: what, when (local; no hour where nobody knows it) and where. name, nik, person:
        who; a person of the register where one was chosen. village_code: where they live. reporter, phone: who tells
        it. story: how it came about. key: what the phone called it: the same report sent twice under it is one.
        reaches: whether who tells it sees the people of another village, by its code; others stay unknown.
    """

    happening: Happening
    on: dt.date
    name: str
    place: str
    village_code: str
    reporter: str
    phone: str = ""
    hour: dt.time | None = None
    nik: str = ""
    person: Person | None = None
    story: str = ""
    channel: Channel = Channel.OFFICE
    key: str = ""
    reaches: Callable[[str], bool] = nowhere_else


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report: the incident, its cases, and whether the incident was known before."""

    incident: Incident
    cases: tuple[Case, ...]
    joined: bool


@looks_again
@transaction.atomic
def report(*, by: str, told: Told) -> Reported:
    """Record a report; one of an incident that is known joins it. A death also asks to stop the person's bills.

    A NIK of somebody whom the reporter does not reach is kept and stays without a person: neither their page nor their
    bills follow from it. Who reaches them reports the same once more, and it goes to the village where they live.

    Raises :class:`InputError` where it lies in the future, before the birth of the person, or says too little.
    """
    if (sent := sent_before(told)) is not None:
        return Reported(sent.incident, tuple(sent.incident.cases.all()), joined=True)
    digits = _check(told)
    person = _person(told, digits)
    known = _known(told, person, digits)
    incident = known or _begin(told, person, digits)
    linked = known is not None and person is not None and _link(known, person)
    Report.objects.create(
        incident=incident,
        reporter=told.reporter.strip()[:150],
        phone=told.phone or None,
        channel=told.channel,
        on=told.on,
        said=told.story[:4000] if known else "",
        by=by,
        key=_mark(told),
    )
    opened = _open(by, incident)
    after = {"happening": str(told.happening), "on": told.on, "channel": str(told.channel)}
    action = "incident.join" if known else "incident.report"
    entry = Entry(
        action,
        incident.subject,
        person=incident.person_id,
        letter=incident.number,
        region_code=incident.village_code,
        after=after,
    )
    record(by=by, entries=[entry])
    if incident.fatal and person is not None and (known is None or linked):
        stop_bills(by, incident, person, incident.on)
    return Reported(incident, tuple(opened), joined=known is not None)


def sent_before(told: Told) -> Report | None:
    """Return the report that the same phone sent before under the same key, where it says the same."""
    mark = _mark(told)
    return Report.objects.filter(key=mark).select_related("incident").first() if mark else None


def _mark(told: Told) -> str | None:
    """Return what stands for the key of a phone and everything that was told under it: a page that lies on the phone
    may give one key to two reports, and neither is lost."""
    if not told.key:
        return None
    facts = (
        told.key[:36],
        told.happening,
        told.on,
        told.hour,
        told.name,
        told.nik,
        told.place,
        told.village_code,
    )
    return blind(
        "\x1f".join(str(one) for one in (*facts, told.reporter, told.phone, told.story)), "cases.report"
    )


@transaction.atomic
def correct(*, by: str, incident: Incident, reason: str, **facts: object) -> Incident:
    """Correct facts of an incident (``on``, ``hour``, ``place``, ``story``, ``diagnosis``), with a reason.

    Raises :class:`InputError` where the insurer decided on them already: such a case is opened again first.
    """
    held = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    known = {"on", "hour", "place", "story", "diagnosis"}
    assert set(facts) <= known, facts
    if held.cases.filter(state__in=DECIDED).exists() and set(facts) - {"diagnosis"}:
        raise InputError(
            Text(
                f"{held.number} sudah diputus: faktanya tidak diubah. Buka kembali klaimnya (diperiksa) dengan alasan, "
                "lalu betulkan.",
                f"{held.number} is decided: its facts stay. Open the case again with a reason, then correct them.",
            )
        )
    on = facts.get("on")
    if isinstance(on, dt.date):
        _check_day(on, held.person)
    before = {name: getattr(held, name) for name in facts}
    for name, value in facts.items():
        setattr(held, name, value)
    held.save(update_fields=list(facts))
    secret = {"diagnosis", "story"}  # what happened to a body does not go into the history
    shown = changed(
        {name: "…" if name in secret else str(value) for name, value in before.items()},
        {name: "(diubah)" if name in secret else str(value) for name, value in facts.items()},
    )
    if shown:
        entry = Entry(
            "incident.correct",
            held.subject,
            person=held.person_id,
            letter=held.number,
            region_code=held.village_code,
            reason=reason,
            before=shown[0],
            after=shown[1],
        )
        record(by=by, entries=[entry])
    return held


def _check(told: Told) -> str:
    """Refuse what cannot be; return the digits of the NIK."""
    for field, value, id_, en in (
        ("name", told.name or (told.person and told.person.name), "siapa", "who it is"),
        ("place", told.place, "di mana", "where it was"),
        ("reporter", told.reporter, "siapa yang melapor", "who reports it"),
    ):
        if not str(value or "").strip():
            raise InputError(Text(f"Tulis {id_}.", f"Write {en}."), at=field)
    _check_day(told.on, told.person)
    now = timezone.localtime()
    if told.hour and told.on == now.date() and told.hour > now.time():
        raise InputError(Text("Jam itu belum tiba.", "That hour has not come yet."), at="hour")
    if not Region.objects.filter(code=told.village_code, level="village").exists():
        raise InputError(Text("Pilih desanya.", "Choose the village."), at="village_code")
    digits = re.sub(r"[\s.\-]", "", told.nik)
    if digits and not re.fullmatch(r"[0-9]{16}", digits):
        raise InputError(
            Text(
                "NIK terdiri dari 16 angka; kosongkan bila tidak tahu.",
                "A NIK has 16 digits; leave it empty where you do not know it.",
            ),
            at="nik",
        )
    if told.channel is Channel.LINK and len(re.sub(r"\D", "", told.phone)) < 9:
        raise InputError(Text("Tulis nomor HP yang dapat dihubungi.", "Write a phone number."), at="phone")
    return digits


def _check_day(on: dt.date, person: Person | None) -> None:
    if on > timezone.localdate():
        raise InputError(
            Text(
                f"{on:%d-%m-%Y} belum tiba: tulis hari kejadiannya.",
                f"{on:%Y-%m-%d} has not come yet: write the day it happened.",
            ),
            at="on",
        )
    if person is not None and person.birth_date and on < person.birth_date:
        raise InputError(
            Text(
                f"{on:%d-%m-%Y} sebelum {person.name} lahir ({person.birth_date:%d-%m-%Y}): betulkan salah satunya.",
                f"{on:%Y-%m-%d} is before {person.name} was born ({person.birth_date:%Y-%m-%d}): correct one of them.",
            ),
            at="on",
        )


def _person(told: Told, digits: str) -> Person | None:
    """Return whom the report means, of those whom its reporter reaches. Without an account nobody learns whether a NIK
    is known here, or its birth date."""
    if told.person is not None or not digits:
        return told.person
    index = blind(digits, "nik")
    person = meant({index}).get(index)
    if person is None or not _reaches(told, person.village_code):
        return None
    if told.channel is Channel.LINK:
        return person if not person.birth_date or person.birth_date <= told.on else None
    _check_day(told.on, person)
    return person


def _reaches(told: Told, village_code: str) -> bool:
    return village_code == told.village_code or (
        told.channel is not Channel.LINK and told.reaches(village_code)
    )


def _known(told: Told, person: Person | None, digits: str) -> Incident | None:
    """Return the incident that is reported once more, locked, or ``None``; never one that the reporter does not reach,
    and first one of which it is known who it was."""
    fatal = told.happening in FATAL
    rows = Incident.objects.select_for_update(of=("self",)).filter(void=False, fatal=fatal)
    if not fatal:
        rows = rows.filter(on=told.on, happening=told.happening)
    by_name = Q(
        name_key=name_key(told.name),
        village_code=told.village_code,
        on__gte=told.on - NEAR,
        on__lte=told.on + NEAR,
    )
    if person is not None:
        same = Q(person=person) | (Q(person__isnull=True) & Q(nik_index__isnull=True) & by_name)
        if digits:
            same |= Q(person__isnull=True, nik_index=blind(digits, "nik"))
    elif digits:
        same = Q(nik_index=blind(digits, "nik")) | (Q(nik_index__isnull=True, person__isnull=True) & by_name)
    else:
        same = by_name
    found = rows.filter(same).order_by(F("person").asc(nulls_last=True), "pk")
    return next((one for one in found if _reaches(told, one.village_code)), None)


def _begin(told: Told, person: Person | None, digits: str) -> Incident:
    year = timezone.localdate().year
    last = (
        Incident.objects.filter(number__startswith=f"K-{year}-")
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    following = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    index, fatal = blind(digits, "nik"), told.happening in FATAL
    unknown = Incident.objects.filter(fatal=True, void=False, person__isnull=True, nik_index=index)
    if fatal and person is None and index and unknown.exists():
        index = None  # told in another village before: who reaches both sees the NIK on both
    name = (told.name or (person.name if person else "")).strip()[:150]
    return Incident.objects.create(
        number=f"K-{year}-{following:05d}",
        happening=told.happening,
        fatal=fatal,
        person=person,
        name=name,
        name_key=name_key(name),
        nik=digits or None,
        nik_index=index,
        village_code=person.village_code if person else told.village_code,
        on=told.on,
        hour=told.hour,
        place=told.place.strip()[:200],
        story=told.story.strip()[:4000],
    )


def _link(incident: Incident, person: Person) -> bool:
    """Say who it was, now that a report knows it; tell whether that is new. The incident goes to the village where they
    live; what the insurer decided on stays where it is."""
    if incident.person is not None:
        return False
    elsewhere = incident.village_code != person.village_code
    if elsewhere and incident.cases.filter(state__in=DECIDED).exists():
        return False
    incident.person, incident.village_code = person, person.village_code
    incident.save(update_fields=["person", "village_code"] if elsewhere else ["person"])
    return True


def _open(by: str, incident: Incident) -> list[Case]:
    """Return the cases of an incident, one a membership, opening what is not there; one where none is known: the
    report stands all the same."""
    opened = list(incident.cases.all())
    held = {str(case.segment) for case in opened}
    segments = [right.segment.value for right in rights(incident.person, incident.on)]
    missing = [segment for segment in segments if segment not in held]
    if missing and "" in held:  # it was reported before anybody knew whose membership it is
        unnamed = [case for case in opened if not case.segment and case.state not in DECIDED]
        for case, segment in zip(unnamed, list(missing), strict=False):
            case.segment = Segment.member(segment)
            case.save(update_fields=["segment"])
            missing.remove(segment)
    if not segments and not opened:
        missing = [""]
    kind = KINDS[incident.happening][0]
    for segment in missing:
        case = Case.objects.create(incident=incident, kind=kind, segment=segment)
        Step.objects.create(
            case=case,
            number=1,
            kind=StepKind.MOVE,
            before=CaseState.REPORTED,
            state=CaseState.REPORTED,
            on=timezone.localdate(),
            hour=timezone.localtime().time().replace(microsecond=0),
            by=by,
        )
        opened.append(case)
    return opened


def stop_bills(by: str, incident: Incident, person: Person, died: dt.date) -> None:
    """Ask for the bills of a person who died on the day ``died`` to stop; somebody else approves it."""
    open_ = [ChangeState.REPORTED, ChangeState.APPROVED]
    if not Change.objects.filter(person=person, kind=ChangeKind.MENINGGAL, state__in=open_).exists():
        changes.report(
            by=by,
            person=person,
            kind=ChangeKind.MENINGGAL,
            on=died,
            evidence=f"laporan kejadian {incident.number}",
        )
