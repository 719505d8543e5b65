"""PU or BPU for a category: what each choice costs, gives and does beside it. It shows and decides nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.codes import Category, Segment, Source
from payung.codes.category import OFFICIALS
from payung.law import Case, benefit, bill, default_income, segment_of
from payung.law.months import add, first_day
from payung.office.programme.queries.prices import law_source
from payung.text import Text

# Reported practice (Kemensos matches members with a wage against the welfare data), no article: marked so.
FAMILY_AID = Text(
    "Terdaftar sebagai PU dapat membuat keluarga dianggap berpenghasilan tetap dan kehilangan bantuan sosial, "
    "terutama bila upah yang dilaporkan di atas UMP (praktik pemadanan, periksa ke Dinas Sosial).",
    "Being registered as PU can make the family count as having a fixed wage and lose social aid, above all where "
    "the reported wage is above the provincial minimum (practice of matching; ask the social agency).",
)
EMPLOYER = Text(
    "PU memerlukan pemberi kerja dengan NPP: desa atau kecamatan melapor lewat SIPP tiap bulan.",
    "PU needs an employer with a number (NPP): the village or sub-district reports in SIPP every month.",
)
ARREARS = Text(
    "BPU yang menunggak lebih dari tiga bulan kehilangan haknya, dan masa iurnya dihitung dari nol.",
    "A BPU with more than three unpaid months loses the right, and the paid months count from zero.",
)
LOW_BASE = Text(
    "Santunan kecelakaan dihitung dari dasar yang dipilih, bukan dari penghasilan sesungguhnya.",
    "Accident benefits are reckoned on the chosen basis, not on the real income.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment for one person.

    Fields
        segment. base: rupiah a month that the contribution rests on. month, year: rupiah of contributions, of the
        first month and of twelve. death, work_death: rupiah to the heirs after a year of cover. effects: what else.
        usual: whether the law's own list takes this segment for the category.
    """

    segment: Segment
    base: int
    month: int
    year: int
    death: int
    work_death: int
    effects: tuple[Text, ...]
    usual: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """Both choices, with the article behind the usual one and what is open about it."""

    choices: tuple[Choice, ...]
    article: str
    notes: tuple[Text, ...]


def compare(
    *, category: Category, wage: int, month: str, source: Source, income: int | None = None
) -> Advice:
    """Return both segments for somebody of ``category`` from ``month`` (``YYYY-MM``) on, paid by ``source``.

    ``wage``: rupiah a month reported for a PU; ``income``: declared by a BPU (default: what the law takes where
    none is stated). Raises :class:`InputError` where one of them cannot be used.
    """
    day = first_day(month)
    usual = segment_of(str(category), day)
    base = income if income is not None else int(default_income(day).value)
    found = []
    for segment, pay in ((Segment.BPU, base), (Segment.PU, wage)):
        months = [add(month, number) for number in range(12)]
        paid = [_month(segment, pay, one, source) for one in months]
        effects: tuple[Text, ...] = (EMPLOYER, FAMILY_AID) if segment == Segment.PU else (LOW_BASE, ARREARS)
        if segment == Segment.PU and category not in OFFICIALS:
            effects = (*effects, _NO_WAGE)
        found.append(
            Choice(
                segment=segment,
                base=pay,
                month=paid[0],
                year=sum(paid),
                death=_benefit("death", segment, pay, day),
                work_death=_benefit("work-death", segment, pay, day),
                effects=effects,
                usual=Segment.known(str(usual.value)) == segment,
            )
        )
    return Advice(tuple(found), usual.article, usual.notes)


_NO_WAGE = Text(
    "Orang ini tidak menerima upah dari desa atau dinas: PU tidak berlaku tanpa hubungan kerja.",
    "This person has no wage from the village or an agency: PU does not apply without employment.",
)


def _month(segment: Segment, pay: int, month: str, source: Source) -> int:
    return bill(segment=str(segment), income=pay, month=month, source=law_source(source)).total


def _benefit(event: str, segment: Segment, pay: int, day: dt.date) -> int:
    """Return what the heirs receive after a year of cover without a gap."""
    on = first_day(add(f"{day:%Y-%m}", 12))
    after_a_year = {"member_since": day, "paid_months": 12} if event == "death" else {}
    if segment == Segment.PU:
        return benefit(event, Case(segment="pu", wage=pay, **after_a_year), on).total  # type: ignore[arg-type]
    return benefit(event, Case(segment="bpu", income=pay, **after_a_year), on).total  # type: ignore[arg-type]
