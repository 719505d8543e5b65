"""Was this person covered on that day, what may the family receive, and who are the heirs: as the law answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.codes import Segment
from payung.errors import InputError
from payung.law import Benefit, Cover, benefit, default_income, heirs
from payung.law import Case as Facts
from payung.office.cases.models import Case
from payung.office.cases.rules.difference import Part, explained
from payung.office.cases.states import TOTAL, CaseKind
from payung.office.months.queries import EMPLOYER, Paid, cover_on
from payung.office.people.models import Heir, Person
from payung.office.programme.models import DecreePerson, Line
from payung.text import Text

ESTIMATE = Text("Perkiraan: BPJS yang memutuskan.", "An estimate: the insurer decides.")
LAST = 9  # the rank of an heir of whom the law says none
EVENTS: dict[CaseKind, str] = {
    CaseKind.JKM: "death",
    CaseKind.JKK_DEATH: "work-death",
    CaseKind.JKK_DISABILITY: "disability",
}


@dataclass(frozen=True, slots=True)
class Right:
    """How one membership of a person stood on the day.

    Fields
        segment: of the membership. cover: the law's answer. line: the line of money that paid the latest month that
        counts, empty where none did. months: every month that was paid. income: rupiah a month that the contribution
        goes by; ``None`` where it is not known (of a BPU the lowest is taken then). source: who pays.
    """

    segment: Segment
    cover: Cover
    line: str
    months: tuple[Paid, ...]
    income: int | None
    source: str

    @property
    def answer(self) -> str:
        """``yes``, ``no``, ``conditional`` or ``periksa``."""
        return self.cover.covered


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a family may receive, or why that cannot be said yet."""

    benefit: Benefit | None
    missing: Text | None = None

    @property
    def lines(self) -> list[Text]:
        """What is due now and what after the arrears are settled, a sentence each."""
        return self.benefit.due.lines() if self.benefit and self.benefit.due else []


def rights(person: Person | None, on: dt.date) -> list[Right]:
    """Return how each membership of ``person`` stood on the day ``on``; nothing where no month was ever paid, and where
    no law of that day is held here.

    A constant number of queries.
    """
    if person is None:
        return []
    try:
        answers = cover_on(person.pk, on)
    except InputError:  # no law of that day is held here: nothing is said, and the report stands all the same
        return []
    if not answers:
        return []
    lines = {line.pk: line for line in Line.objects.filter(pk__in={answer.line for answer in answers})}
    incomes: dict[str, int | None] = {}
    for segment, income in (
        DecreePerson.objects.filter(person=person, decree__state__in=("signed", "replaced"))
        .order_by("from_month", "pk")
        .values_list("segment", "income")
    ):
        incomes[str(segment)] = income
    found = []
    for answer in answers:
        segment, line = answer.segment, lines.get(answer.line)
        income = incomes.get(segment.value) or (person.income if segment is Segment.PU else None)
        source = str(line.source) if line else ""
        found.append(Right(segment, answer.cover, line.name if line else "", answer.months, income, source))
    return found


def estimate(case: Case, right: Right | None) -> Estimate:
    """Return what ``case`` may be worth by the law of the day of the event; never more than an estimate."""
    on = case.incident.on
    if right is None or right.cover.standing == "never":
        return Estimate(None, _no_months(on))
    event = EVENTS.get(case.kind, "incapacity")
    if event == "disability" and case.loss == TOTAL:
        event = "total-disability"
    segment = right.segment
    income = right.income
    if segment is Segment.BPU and income is None:
        try:
            income = int(default_income(on).value)
        except InputError as error:  # no law of that day is held here
            return Estimate(None, error.message)
    if income is None and event != "death":
        return Estimate(
            None, Text("Upah yang dilaporkan belum diketahui.", "The reported wage is not known.")
        )
    if event == "incapacity" and case.months_off is None:
        return Estimate(
            None,
            Text(
                "Perawatan sesuai kebutuhan medis. Isi bulan tidak mampu bekerja untuk perkiraan STMB.",
                "Treatment as medically needed. Fill in the months without work for the estimate of STMB.",
            ),
        )
    if event == "disability" and not case.loss:
        return Estimate(None, Text("Isi kode cacat menurut dokter.", "Fill in the code of the loss."))
    settled = right.cover.standing == "grace" and right.cover.settled_on is not None
    unpaid = () if settled else (*right.cover.unpaid, *right.cover.not_due)
    facts = Facts(
        segment=segment.value,
        income=income if segment is Segment.BPU else None,
        wage=income if segment is Segment.PU else None,
        member_since=right.cover.since,
        paid_months=right.cover.paid_months if event == "death" else None,
        children=tuple(case.children) if event in ("death", "work-death", "total-disability") else 0,
        loss=case.loss or None if event == "disability" else None,
        months=case.months_off if event == "incapacity" else None,
        unpaid=unpaid or 0,
        employer=EMPLOYER[segment],
    )
    try:
        return Estimate(benefit(event, facts, on))
    except InputError as error:
        return Estimate(None, error.message)


def told(estimate: Estimate, case: Case, *, medical: bool) -> bool:
    """Whether the steps and notes of ``estimate`` may be shown: those of a disability name what a doctor wrote."""
    return estimate.benefit is not None and (medical or not case.loss)


def compared(estimate: Estimate, paid: int, fine: int = 0) -> list[Text]:
    """Return in sentences how ``paid`` rupiah differ from ``estimate`` and why; nothing where there is none."""
    if estimate.benefit is None or estimate.benefit.due is None:
        return []
    parts = [
        Part(one.title, one.rupiah, when == "now")
        for when, amounts in estimate.benefit.due.when.items()
        for one in amounts
    ]
    return explained(parts, paid, fine)


@dataclass(frozen=True, slots=True)
class Named:
    """An heir in the order of the law: its rank, whether that rank comes first, and what is missing."""

    heir: Heir
    rank: int
    first: bool
    missing: tuple[Text, ...]


def heirs_of(person: Person | None, died: dt.date) -> list[Named]:
    """Return the heirs that ``person`` named, in the order of the law of the day ``died``, and what each lacks."""
    if person is None:
        return []
    named = list(person.heirs.all())
    ranks = {heir.pk: _rank(heir, died) for heir in named}
    first = min((rank for rank in ranks.values() if rank < LAST), default=0)
    return [
        Named(heir, ranks[heir.pk], ranks[heir.pk] == first, tuple(_lacks(heir)))
        for heir in sorted(named, key=lambda heir: (ranks[heir.pk], heir.pk))
    ]


def _rank(heir: Heir, died: dt.date) -> int:
    """Return the rank by the law of the day, :data:`LAST` where that law is not held here."""
    try:
        return heirs([heir.relation.value], died).rank or LAST
    except InputError:
        return LAST


def _lacks(heir: Heir) -> list[Text]:
    found = []
    if not heir.nik:
        found.append(Text("NIK belum ada", "no NIK yet"))
    if not heir.phone:
        found.append(Text("nomor HP belum ada", "no phone number yet"))
    if not heir.has_account:
        found.append(Text("rekening belum ada", "no bank account yet"))
    return found


def _no_months(on: dt.date) -> Text:
    return Text(
        f"Tidak ada bulan yang dibayar sampai {on:%d-%m-%Y}: menurut catatan kantor ini belum terlindungi. Tanyakan "
        "juga ke kantor cabang, mungkin ia peserta lewat tempat lain.",
        f"No month was paid up to {on:%Y-%m-%d}: not covered by what this office knows. Ask the branch as well: "
        "somebody else may have enrolled the person.",
    )
