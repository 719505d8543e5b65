"""Invented money for the demonstration: an agreement, lines, decrees, an answer, months paid on time, late and never,
a ladder of arrears with a letter, a change, a death with its case, a month that is closed.

Everything goes through the actions of the pages; days are reckoned from today, so each day shows the same story.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils import timezone

from payung.codes import Category, Segment, Source
from payung.codes.category import OFFICIALS, VULNERABLE
from payung.law import months
from payung.office.access.roles import RoleCode
from payung.office.access.scope import Area, Scope
from payung.office.accounts.models import User
from payung.office.arrears import actions as ladder
from payung.office.arrears.states import How
from payung.office.bills import actions as billing
from payung.office.bills.models import Bill
from payung.office.bills.statements import Arrived
from payung.office.bills.states import OPEN, Channel
from payung.office.cases.actions.reports import Told
from payung.office.cases.actions.reports import report as tell
from payung.office.cases.states import Happening
from payung.office.changes import actions as changes
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.donors import actions as donors
from payung.office.donors.queries import CERTIFICATE
from payung.office.donors.states import Scheme
from payung.office.exchange import actions as exchange
from payung.office.exchange.actions.answers import take_answer
from payung.office.exchange.models import Batch
from payung.office.letters import actions as letters
from payung.office.letters.kinds import kind_of
from payung.office.people.models import DEAD, Person, Standing
from payung.office.people.queries import covered_in
from payung.office.programme import actions as programme
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.states import AgreementKind
from payung.office.reconciliation import actions as reconciliation
from payung.office.reconciliation.states import Side
from payung.office.regions.queries import names

BEHIND = 5  # months of cover that lie behind
AHEAD = 6  # and ahead
MOST, RESERVE, OF_VILLAGE, OF_DONOR = 40, 6, 6, 12
OLDEST, YOUNGEST = 64, 18
WAGE = 3_500_000  # rupiah a month
REJECTED = 3  # every so manieth of an answer is rejected, as far as REJECTIONS
REJECTIONS = 2


def fill(*, district: str, villages: Sequence[str], work: Callable[[], None]) -> None:
    """Let the money of an office live that the demonstration has filled with people; ``work`` does what waits."""
    today = timezone.localdate()
    now = months.month_of(today)
    first, last = months.add(now, -BEHIND), months.add(now, AHEAD)
    workers = _workers(today)
    if len(workers) < MOST // 4:
        return
    pks = _agreement(district, first, last)
    late = villages[0]  # where the accounts without a number are: its treasurer has something to pay
    slow = next(code for code in sorted({one.village_code for one in workers}) if code != late)
    own = {slow: _candidates([one for one in workers if one.village_code == slow][:OF_VILLAGE])}
    own[late] = _officials(late)
    taken = {one.person.pk for found in own.values() for one in found}
    rest = [one for one in workers if one.pk not in taken]
    share = min(OF_DONOR, len(rest) // 3)  # of the donor, also where there are few
    given, rest = rest[:share], rest[share:]
    paid, waiting = rest[:MOST], rest[MOST : MOST + RESERVE]
    lines = {
        "apbd": _line(district, "Pekerja rentan (APBD)", Source.APBD, first, last, 500_000_000, agreement=pks)
    }
    lines["csr"] = _pledged(district, first, last)
    decrees = [_decree(lines["apbd"], _candidates(paid), waiting, first, last, "SK Bupati 96/Dinsos")]
    if given:
        decrees.append(_decree(lines["csr"], _candidates(given), [], first, last, "SK Bupati 97/Dinsos"))
    places = names(list(own))
    for code, people in own.items():
        if people:
            lines[code] = _line(
                code, f"APBDes {places.get(code, code)}", Source.APBDES, first, last, 20_000_000
            )
            title = f"SK Kades {places.get(code, code)}"
            decrees.append(_decree(lines[code], people, [], first, last, title))
    for decree in decrees:
        _enrol(decree, today, rejects=decree is decrees[0])
    _bills(lines, first, now, today, late, slow)
    _arrears(lines.get(late), late, today)
    _events(paid[REJECTED * REJECTIONS + 2 :], today)
    if given:
        _certificate(lines["csr"], today)
    work()
    _close(months.add(now, -2), months.add(now, -1))


def _workers(today: dt.date) -> list[Person]:
    """Return vulnerable workers of working age whom nobody insures, in the order of the register."""
    people = Person.objects.filter(
        ~covered_in(months.month_of(today)),
        pk__in=Standing.objects.filter(category__in=VULNERABLE).values("person"),
        nik_index__isnull=False,
        life_status__in=("", "hidup"),
        birth_date__gt=today.replace(year=today.year - OLDEST, day=1),
        birth_date__lte=today.replace(year=today.year - YOUNGEST, day=1),
    )
    return list(people.exclude(village_code="").order_by("pk"))


def _agreement(district: str, first: str, last: str) -> Agreement:
    starts, ends = months.first_day(first), months.last_day(last)
    made: Agreement | None = None
    for kind, number, before in (
        (AgreementKind.MOU, "119/MoU", 60),
        (AgreementKind.PKS, "560/PKS/Dinsos", 20),
    ):
        paper = programme.Paper(
            kind=kind,
            number=f"{number}/{starts.year}",
            signed_on=starts - dt.timedelta(days=before),
            starts=starts,
            ends=ends,
            region_code=district,
            parent=made,
            parties=("Pemerintah Kabupaten (rekaan)", "BPJS Ketenagakerjaan (rekaan)"),
        )
        made = programme.add_agreement(by="dinsos", paper=paper)
    assert made is not None
    return made


def _line(
    region: str,
    name: str,
    source: Source,
    first: str,
    last: str,
    amount: int,
    *,
    agreement: Agreement | None = None,
) -> Line:
    return programme.add_line(
        by="dinsos",
        source=source,
        name=name,
        amount=amount,
        region_code=region,
        from_month=first,
        until_month=last,
        account_code="5.1.02.02.02.0006" if source == Source.APBD else "",
        agreement=agreement,
    )


def _pledged(district: str, first: str, last: str) -> Line:
    """Let a company pledge money and the account of the donor look for it; make a line of a part of it."""
    donor = donors.add(by="dinsos", name="PT Sawit Rekaan", region_code=district)
    looker = User.objects.filter(grants__role=RoleCode.DONATUR).first()
    if looker is not None:
        donors.link(by="dinsos", donor=donor, user=looker)
    promise = donors.Promise(
        number="12/CSR/PTSR",
        scheme=Scheme.GN_LINGKARAN,
        source=Source.CSR,
        signed_on=months.first_day(first) - dt.timedelta(days=40),
        amount=15_000_000,
        from_month=first,
        until_month=last,
        people=60,
        months=12,
    )
    pledge = donors.pledge(by="dinsos", donor=donor, promise=promise)
    return donors.open_line(by="dinsos", pledge=pledge, name="CSR PT Sawit Rekaan", amount=12_000_000)


def _certificate(line: Line, today: dt.date) -> None:
    """Thank the donor with a certificate of what the money bought."""
    kind = kind_of(CERTIFICATE)
    material = kind.collect(Scope((Area(line.region_code),)), str(line.pk))
    assert material is not None
    letters.issue(
        by="dinsos",
        kind=kind.code,
        subject=line.subject,
        values=material.values,
        on=today,
        region_code=material.region_code,
        about=material.about,
    )


def _decree(
    line: Line,
    people: Sequence[programme.Candidate],
    reserve: Sequence[Person],
    first: str,
    last: str,
    title: str,
) -> Decree:
    decree = programme.begin(by="dinsos", line=line, from_month=first, until_month=last, title=title)
    programme.put_in(by="dinsos", decree=decree, candidates=people)
    if reserve:
        programme.put_in_reserve(by="dinsos", decree=decree, candidates=_candidates(reserve))
    programme.freeze(by="dinsos", decree=decree, despite="Peragaan: orang dan uang rekaan")
    on = months.first_day(first) - dt.timedelta(days=10)
    return programme.sign(by="dinsos", decree=decree, number=f"{title}/{on.year}", signed_on=on)


def _candidates(people: Sequence[Person]) -> list[programme.Candidate]:
    return [
        programme.Candidate(
            person=one,
            segment=Segment.BPU,
            category=Category.RENTAN,
            village_code=one.village_code,
            income=1_000_000,
            occupation=one.occupation,
            rank=place,
        )
        for place, one in enumerate(people, 1)
    ]


def _officials(code: str) -> list[programme.Candidate]:
    """Return holders of an office of a village with an invented wage: the village is their employer."""
    held = Standing.objects.filter(category__in=OFFICIALS, person__village_code=code).select_related("person")
    first = {one.person_id: one for one in held.exclude(person__life_status=DEAD).order_by("-pk")}
    return [
        programme.Candidate(
            person=one.person,
            segment=Segment.PU,
            category=one.category,
            village_code=code,
            income=WAGE,
            occupation=one.person.occupation,
        )
        for _, one in sorted(first.items())[:OF_VILLAGE]
    ]


def _enrol(decree: Decree, today: dt.date, *, rejects: bool) -> None:
    """Send the people of a decree and take the answer in: numbers, rejections, one row that nobody can place."""
    for batch in exchange.enrol(by="dinsos", decree=decree):
        exchange.send(by="dinsos", batch=batch, on=min(decree.signed_on or today, today))
        rows = ["Status (Y/T);Keterangan Status Data;Nomor Identitas (NIK);Nama Lengkap;No KPJ"]
        no = 0
        for place, line in enumerate(batch.lines.select_related("person").order_by("number"), 1):
            nik = line.person.nik or ""
            if rejects and place % REJECTED == 0 and no < REJECTIONS:
                no += 1
                rows.append(f"T;NIK tidak ditemukan;{nik};{line.name};")
            elif rejects and place == 1:  # a digit was mistyped by the branch: somebody has to say who it is
                rows.append(f"Y;;{nik[:12]}{9999 - int(nik[12:]):04d};{line.name};27{line.person_id:09d}")
            else:
                rows.append(f"Y;;{nik};{line.name};27{line.person_id:09d}")
        name = f"jawaban-bpjs-{batch.pk}.csv"
        take_answer(
            by="dinsos", batch=Batch.objects.get(pk=batch.pk), name=name, content="\n".join(rows).encode()
        )


def _bills(lines: dict[str, Line], first: str, now: str, today: dt.date, late: str, slow: str) -> None:
    """Bill every month up to this one. District and donor pay in time; one village pays late and once too much, one
    stopped paying after its second month; of this month only the donor has paid."""
    owed: list[Bill] = []
    for place, month in enumerate(months.between(first, now)):
        for key, line in lines.items():
            for draft in billing.draw_up(by="dinsos", month=month, line=line).bills:
                bill = billing.send(by="dpmd", bill=draft)
                if key == late and place > 1:
                    continue
                if month == now and key != "csr":
                    continue
                if key == slow and key != late:
                    owed.append(bill)
                    if place % 2:
                        _pay(owed, _day(month, 25, today), surplus=EXTRA if place == 1 else 0)
                        owed = []
                    continue
                _pay([bill], _day(month, 10, today))


EXTRA = 16_800  # rupiah that a village once paid too much


def _pay(bills: Sequence[Bill], on: dt.date, surplus: int = 0) -> None:
    amount = sum(bill.open for bill in bills) + surplus
    if not amount:
        return
    billing.receive(
        by="bkad",
        arrival=Arrived(
            Channel.TRANSFER,
            f"REKAAN-{bills[0].pk:06d}",
            on,
            amount,
            payer="Kas (rekaan)",
            bills=tuple(bill.code for bill in bills),
        ),
    )


def _day(month: str, day: int, today: dt.date) -> dt.date:
    return min(months.first_day(month).replace(day=day), today)


def _arrears(line: Line | None, code: str, today: dt.date) -> None:
    """Let the bills of the village that stopped paying climb, telephone its head, and send it a letter."""
    bills = Bill.objects.filter(line=line, state__in=OPEN).order_by("due_on") if line else Bill.objects.none()
    oldest = bills.first()
    if oldest is None or oldest.due_on >= today:
        return
    days = {oldest.due_on + dt.timedelta(days=ahead) for ahead in (8, 30, 50, 75)}
    for day in sorted(one for one in days if one < today):
        ladder.climb(on=day)
        if day == min(days):
            ladder.issue(by="dpmd", region_code=code, on=day)
            note = "Kades berjanji membayar setelah dana desa cair (rekaan)."
            ladder.speak(by="dpmd", region_code=code, how=How.PHONE, on=day, note=note)
    ladder.climb(on=today)


def _events(people: Sequence[Person], today: dt.date) -> None:
    """Somebody died (a case, and no bill from the next month on), somebody moved away, somebody had an accident."""
    if len(people) < REJECTED:
        return
    dead, moved, hurt = people[:3]
    died = today - dt.timedelta(days=40)
    tell(
        by="dinsos",
        told=Told(
            happening=Happening.DEATH,
            on=died,
            name=dead.name,
            place="rumah",
            village_code=dead.village_code,
            reporter="Ketua RT (rekaan)",
            person=dead,
            story="Meninggal karena sakit (rekaan).",
        ),
    )
    for change in Change.objects.filter(person=dead, state=ChangeState.REPORTED):
        changes.approve(by="dpmd", change=change)
    done = changes.report(
        by="dinsos",
        person=moved,
        kind=ChangeKind.PINDAH,
        on=today - dt.timedelta(days=20),
        evidence="SKPWNI 470/rekaan",
    )
    changes.approve(by="dpmd", change=done.change)
    tell(
        by="dinsos",
        told=Told(
            happening=Happening.ACCIDENT,
            on=today - dt.timedelta(days=3),
            name=hurt.name,
            place="kebun karet",
            village_code=hurt.village_code,
            reporter="Ketua kelompok tani (rekaan)",
            person=hurt,
            story="Terjatuh saat menyadap (rekaan).",
        ),
    )


def _close(closed: str, compared: str) -> None:
    """Close one month by both sides; of the next the district has signed and the branch has not."""
    reconciliation.sign(by="dinsos", month=closed, side=Side.DISTRICT)
    reconciliation.sign(by="bpjs", month=closed, side=Side.BRANCH)
    reconciliation.sign(by="dinsos", month=compared, side=Side.DISTRICT)
