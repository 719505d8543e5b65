"""What a family or a member may receive. Always an estimate: BPJS Ketenagakerjaan decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts, scholarships, waits
from payung.law.arrears import Payer
from payung.law.bill import parse_segment
from payung.law.case import EVENTS, Case, check_membership, check_used, missing
from payung.law.costs import costs, in_kind
from payung.law.due import Amount, Due, due, part_of
from payung.law.explanation import Step, explain, total_step
from payung.law.heirs import Heirs, order_of_heirs
from payung.law.loader import load
from payung.law.losses import check_assessed, check_count, find_loss
from payung.law.months import check_date
from payung.law.parameter import Book, Law
from payung.law.policy import look_up
from payung.law.rules import benefit as rules
from payung.law.rules import membership, tariff
from payung.text import Text

ESTIMATE = Text(
    "Ini perkiraan; yang memutuskan BPJS Ketenagakerjaan, dengan syarat peserta aktif saat kejadian.",
    "This is an estimate; BPJS Ketenagakerjaan decides, provided the member was active at the event.",
)
TARIFF = Text(
    "Ini perkiraan iuran, bukan santunan; tagihannya ditetapkan BPJS Ketenagakerjaan.",
    "This is an estimate of a contribution, not a benefit; BPJS Ketenagakerjaan sets the bill.",
)
_TOTAL = Text("Jumlah", "Total")
Call = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Benefit:
    """An estimate in whole rupiah.

    Fields
        event: a code of :data:`EVENTS`. date: whose law was used. parts: by name. total: their sum.
        schedule: a scholarship by level, for one child. heirs: who receives it after a death, in order.
        due: what of it is paid at once and what after settling, where arrears are said; else ``None``.
        steps: how it came about; the last one is the total.
        notes: conditions and what is open. law: version.
    """

    event: str
    date: dt.date
    parts: dict[str, int]
    total: int
    schedule: tuple[scholarships.Level, ...]
    heirs: tuple[Heirs, ...]
    due: Due | None
    steps: tuple[Step, ...]
    notes: tuple[Text, ...]
    law: str

    def plain(self) -> dict[str, Any]:
        """Return the benefit as JSON takes it, with notes in the language of this process."""
        return {
            "total": self.total,
            "parts": self.parts,
            "estimate": True,
            "date": self.date.isoformat(),
            "schedule": [level.plain() for level in self.schedule],
            "heirs": [each.plain() for each in self.heirs],
            **({"due": self.due.plain()} if self.due else {}),
            "notes": [note.read() for note in self.notes],
            "law": self.law,
            "steps": [step.plain() for step in self.steps],
        }


def benefit(event: str, case: Case, date: dt.date | None, *, book: Book | None = None) -> Benefit:
    """Return what ``event`` is worth for ``case`` under the law on ``date``.

    Without a date the last law held here is used, and the notes say so. Raises :class:`InputError` where the event
    is unknown, or a fact is missing, cannot be used, contradicts another or is not what this event goes by.
    """
    if event not in EVENTS:
        raise InputError(
            Text(
                f"Kejadian {event!r} tidak dikenal. Yang ada: {', '.join(EVENTS)}.",
                f"Event {event!r} is not known. There are: {', '.join(EVENTS)}.",
            )
        )
    base = book or load()
    law, notes = _law(base, date)
    check_membership(case, date)
    calls, more = _PARTS[event](law, case, date)
    check_used(event, case)
    if event in _WITH_COSTS:
        calls |= costs(law, case)
        more = [*more, *in_kind(law)]
    amounts = {name: rule(law, *given) for name, (rule, *given) in calls.items()}
    owed, asked = _due(event, case, calls, amounts, date or base.changes[-1], law)
    steps = explain(law, *_clocks(event, law, case, date), *calls.values(), *asked)
    if owed:
        amounts |= {part.name: 0 for part in owed.when.get("none", ())}
        more = [*more, *owed.notes]
    schedule = scholarships.schedule(law) if case.children else ()
    return Benefit(
        event=event,
        date=date or law.date,
        parts=amounts,
        total=sum(amounts.values()),
        schedule=schedule,
        heirs=order_of_heirs(law.date, book=base) if event in ("death", "work-death") else (),
        due=owed,
        steps=(*steps, total_step(_TOTAL, steps, amounts)),
        notes=(TARIFF if event in ("migrant", "project") else ESTIMATE, *notes, *more),
        law=law.version,
    )


def _due(
    event: str, case: Case, calls: dict[str, Call], amounts: dict[str, int], date: dt.date, law: Law
) -> tuple[Due | None, list[Call]]:
    """Return how the benefit is paid where arrears are said, and the calls that say so."""
    if case.unpaid is None:
        return None, []
    segment = _segment(case)
    income = case.income if segment == "bpu" else case.wage
    payer = Payer(segment, case.employer, income, case.source or "mandiri")
    parts = [
        Amount(
            name, calls[name][0].title, amount, part_of(event, name, out_of_jkm=case.paid_months is not None)
        )
        for name, amount in amounts.items()
    ]
    return due(parts, case.unpaid, date, payer, dead=event in ("death", "work-death"), law=law)


def _law(book: Book, date: dt.date | None) -> tuple[Law, list[Text]]:
    if date is None:
        last = book.changes[-1]
        return book.on(last), [
            Text(
                f"Tanggal kejadian tidak disebut: dipakai aturan terbaru yang ada di sini, yang berlaku mulai {last}. "
                "Untuk kejadian yang sudah terjadi sebutkan --date.",
                f"No day of the event was given: the newest law held here was used, in force from {last}. For an "
                "event that has happened give --date.",
            )
        ]
    return book.on(check_date(date)), []


def _segment(case: Case) -> str:
    """Return the segment; where it is not given, an income is that of a BPU and a wage that of a PU."""
    if case.segment is None and (case.income is None) != (case.wage is None):
        return "bpu" if case.wage is None else "pu"
    if case.segment is None:
        raise missing("--segment bpu|pu", "segmen", "the segment")
    return parse_segment(case.segment)


def _pay(case: Case) -> tuple[str, int]:
    """Return the segment and the money that the benefit follows from; a wage is not an income."""
    segment = _segment(case)
    if segment == "bpu" and case.wage is not None:
        raise InputError(
            Text(
                "BPU tidak berupah: sebutkan penghasilan yang dilaporkan dengan --income, bukan --wage.",
                "A BPU has no wage: give the declared income with --income, not --wage.",
            )
        )
    if segment == "pu" and case.income is not None:
        raise InputError(
            Text(
                "Untuk PU yang dipakai upah yang dilaporkan: --wage, bukan --income.",
                "For a PU the reported wage counts: --wage, not --income.",
            )
        )
    amount = case.income if segment == "bpu" else case.wage
    if amount is None:
        if segment == "bpu":
            raise missing(
                "--income", "penghasilan yang dilaporkan, rupiah per bulan", "declared income, rupiah a month"
            )
        raise missing("--wage", "upah yang dilaporkan, rupiah per bulan", "reported wage, rupiah a month")
    facts.check(**{"income" if segment == "bpu" else "wage": amount})
    return segment, amount


Parts = tuple[dict[str, Call], list[Text]]


def _death(law: Law, case: Case, date: dt.date | None) -> Parts:
    segment = _segment(case)
    if case.income is not None or case.wage is not None:
        _pay(case)
    counted = waits.clock(law, segment, case.member_since, case.paid_months, date)
    notes: list[Text] = []
    if membership.jkm_is_full(law, *counted):
        calls: dict[str, Call] = {
            "lump_sum": (rules.death_lump,),
            "periodic": (rules.periodic,),
            "funeral": (rules.funeral,),
        }
    else:
        calls = {"during_waiting": (rules.death_during_waiting,)}
        notes = waits.notes(law, counted, by_months=case.paid_months is not None)
    if case.children:
        if case.paid_months is None:
            raise missing("--paid-months", "bulan iuran, untuk beasiswa", "paid months, for the scholarship")
        calls |= _out_of_jkm(law, case)
    return calls, notes


def _clocks(event: str, law: Law, case: Case, date: dt.date | None) -> list[Call]:
    """Return the calls that say why JKM is full or not, and why there is a scholarship out of it or not."""
    calls: list[Call] = []
    if event == "death" and law.jkm_waiting_months is not None and _segment(case) == "bpu":
        counted = waits.clock(law, "bpu", case.member_since, case.paid_months, date)
        calls.append((membership.jkm_is_full, *counted))
    if event in ("death", "scholarship") and case.children and case.paid_months is not None:
        calls.append((membership.scholarship_is_open, case.paid_months))
    return calls


def _out_of_jkm(law: Law, case: Case) -> dict[str, Call]:
    """Return the scholarship of children whose parent died for another reason than work."""
    facts.check(paid_months=case.paid_months)
    if case.paid_months is not None and case.paid_months >= law.scholarship_months:
        return scholarships.calls(law, case.children)
    return {
        "scholarship": (rules.death_scholarship, scholarships.count(case.children), case.paid_months),
    }


def _work_death(law: Law, case: Case, date: dt.date | None) -> Parts:
    pay = _pay(case)
    calls: dict[str, Call] = {
        "lump_sum": (rules.work_death_lump, *pay),
        "periodic": (rules.periodic,),
        "funeral": (rules.funeral,),
    }
    return calls | scholarships.calls(law, case.children), []


def _total_disability(law: Law, case: Case, date: dt.date | None) -> Parts:
    calls: dict[str, Call] = {
        "lump_sum": (rules.total_disability_lump, *_pay(case)),
        "periodic": (rules.periodic,),
    }
    return calls | scholarships.calls(law, case.children), []


def _disability(law: Law, case: Case, date: dt.date | None) -> Parts:
    if case.loss is None:
        raise missing(
            "--loss",
            "baris tabel cacat, lihat payung law losses",
            "a row of the table, see payung law losses",
        )
    pay = _pay(case)
    loss = find_loss(case.loss, law.date, left_handed=case.left_handed, book=law.book)
    count = check_count(loss, case.count)
    assessed = check_assessed(loss, case.assessed)
    notes = [
        Text(
            f"Baris tabel: {loss.title.id} ({loss.code}).",
            f"Row of the table: {loss.title.en} ({loss.code}).",
        )
    ]
    if assessed is not None:
        if case.function is not None:
            raise InputError(
                Text("Pakai --percent saja untuk baris ini.", "Use --percent only for this row."),
            )
        return {"lump_sum": (rules.assessed_loss, *pay, assessed)}, notes
    if case.function is not None:
        facts.check(lost_function=case.function)
        return {"lump_sum": (rules.functional, *pay, loss.code, count, case.function)}, notes
    return {"lump_sum": (rules.anatomical, *pay, loss.code, count)}, notes


def _incapacity(law: Law, case: Case, date: dt.date | None) -> Parts:
    pay = _pay(case)
    if case.months is None:
        raise missing("--months", "bulan tidak mampu bekerja", "months of incapacity")
    facts.check(months=case.months)
    return {"incapacity": (rules.incapacity, *pay, case.months)}, []


def _scholarship(law: Law, case: Case, date: dt.date | None) -> Parts:
    if not case.children:
        raise missing(
            "--children",
            "jumlah anak atau jenjangnya, misalnya 2 atau sd,smp",
            "children, such as 2 or sd,smp",
        )
    if case.paid_months is not None:
        note = Text(
            f"Dengan bulan iuran dihitung beasiswa karena JKM, yang perlu {law.scholarship_months} bulan. Karena JKK "
            "(meninggal atau cacat total tetap) tidak ada masa iuran paling sedikit: jangan sebutkan --paid-months.",
            f"With paid months the scholarship out of JKM is meant, which needs {law.scholarship_months}. Out of JKK "
            "(death or total disability) there is no least number: leave --paid-months out.",
        )
        return _out_of_jkm(law, case), [note]
    note = Text(
        "Karena JKK (meninggal atau cacat total tetap) tanpa masa iuran paling sedikit; karena JKM perlu "
        f"{law.scholarship_months} bulan iuran (--paid-months).",
        "Out of JKK (death or total disability) without a least number of paid months; out of JKM "
        f"{law.scholarship_months} paid months are needed (--paid-months).",
    )
    return scholarships.calls(law, case.children), [note]


def _migrant(law: Law, case: Case, date: dt.date | None) -> Parts:
    if law.migrant_before is None:
        begins = law.book.parameters["migrant_before"].values[0].since
        raise InputError(
            Text(
                f"Tarif pekerja migran di sini mulai {begins}.",
                f"The migrant tariff held here begins on {begins}.",
            )
        )
    if case.months is None:
        raise missing("--months", "bulan penempatan", "months of placement")
    look_up("migrant_placement", law.date, case.months, book=law.book)
    facts.check(extension=case.extension)
    calls: dict[str, Call] = {
        "before_departure": (tariff.migrant_before,),
        "placement": (tariff.migrant_placement, case.months),
    }
    if case.extension:
        calls["extension"] = (tariff.migrant_extension, case.extension)
    return calls, []


def _project(law: Law, case: Case, date: dt.date | None) -> Parts:
    if (case.contract is None) == (case.wages is None):
        raise InputError(
            Text(
                "Sebutkan nilai kontrak sebelum PPN (--contract-value) atau jumlah upah proyek (--wage), salah satu.",
                "Give the contract value before VAT (--contract-value) or the project's wages (--wage), one of them.",
            )
        )
    if case.contract is not None:
        facts.check(contract=case.contract)
        return {"jkk": (tariff.project_jkk, case.contract), "jkm": (tariff.project_jkm, case.contract)}, []
    facts.check(wages=case.wages)
    return {"jkk": (tariff.project_wage_jkk, case.wages), "jkm": (tariff.project_wage_jkm, case.wages)}, []


_WITH_COSTS = ("work-death", "total-disability", "disability", "incapacity")
_PARTS = {
    "death": _death,
    "work-death": _work_death,
    "total-disability": _total_disability,
    "disability": _disability,
    "incapacity": _incapacity,
    "scholarship": _scholarship,
    "migrant": _migrant,
    "project": _project,
}

__all__ = ["EVENTS", "Benefit", "Case", "benefit"]
