"""Letters about agreements and money: forms 9 and 10 of the district's list."""

from __future__ import annotations

from typing import Any

import polars as pl

from payung.codes import Category, Segment
from payung.engine.contributions import price
from payung.law import default_income, load, months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.desk.numbers import key_of
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.programme.models import Agreement, Line
from payung.office.programme.queries.prices import law_source
from payung.office.regions.queries import names
from payung.text import Text

SPANS = (12, 9, 6)  # months that a staff paper weighs against each other
BY_HAND = "diisi tangan"


def choices(money: int, first: str, last: str, source: str) -> list[dict[str, Any]]:
    """Return what ``money`` rupiah buy from the month ``first`` on: all months up to ``last``, or fewer of more people.

    A BPU of the lowest income, by the law of each month. ``full``: person-months of those enrolled for the first time
    in which the heirs would receive the whole JKM sum; ``rest``: rupiah that are left.
    """
    available = list(months.between(first, last))
    monthly = _monthly(available, source)
    waiting = load().on(months.first_day(first)).jkm_waiting_months or 0
    found = []
    for span in sorted({len(available), *(one for one in SPANS if one < len(available))}, reverse=True):
        each = sum(monthly[:span])
        people = money // each
        found.append(
            {
                "months": span,
                "last": available[span - 1],
                "each": each,
                "people": people,
                "person_months": people * span,
                "full": people * max(0, span - waiting),
                "rest": money - people * each,
            }
        )
    return found


def _monthly(listed: list[str], source: str) -> list[int]:
    income = int(default_income(months.first_day(listed[0])).value)
    one = {"person": [1], "segment": ["bpu"], "income": [income], "sector": ["other"], "risk": [1]}
    kinds = {
        "person": pl.Int64,
        "segment": pl.String,
        "income": pl.Int64,
        "sector": pl.String,
        "risk": pl.Int64,
    }
    found = price(pl.DataFrame(one, schema=kinds), listed, law_source(source)).sort("month")
    return [int(amount) for amount in found["total"]]


def _staff_paper(scope: Scope, key: str) -> Material | None:
    line = scope.of(Line).select_related("balance").filter(pk=key_of(key) or 0).first()
    if line is None or line.balance.free <= 0:
        return None
    place = names([line.region_code]).get(line.region_code, line.region_code)
    values = {
        "line": line.name,
        "source": line.source.text.id,
        "account": line.account_code,
        "place": place,
        "year": line.year,
        "ceiling": line.balance.ceiling,
        "free": line.balance.free,
        "from_month": line.from_month,
        "until_month": line.until_month,
        "choices": choices(line.balance.free, line.from_month, line.until_month, str(line.source)),
        "waiting": load().on(months.first_day(line.from_month)).jkm_waiting_months or 0,
    }
    return Material(values, line.region_code, f"Dana {line.name}"[:150])


def _agreement(scope: Scope, key: str) -> Material | None:
    found = scope.of(Agreement).select_related("parent").filter(pk=key_of(key) or 0).first()
    if found is None:
        return None
    quotas: dict[str, int] = found.quotas or {}
    categories = {str(one): one.text.id for one in Category}
    values = {
        "kind": found.kind.text.id,
        "number": found.number,
        "title": found.title,
        "signed_on": f"{found.signed_on}",
        "starts": f"{found.starts}",
        "ends": f"{found.ends}",
        "parent": f"{found.parent.kind.text.id} {found.parent.number}" if found.parent else "",
        "parties": [str(one) for one in found.parties],
        "programmes": [str(one).upper() for one in found.programmes],
        "quotas": [[categories.get(code, code), many] for code, many in quotas.items()],
        "tariff": found.tariff,
        "segments": [one.text.id for one in Segment],
    }
    return Material(values, found.region_code, f"{found.kind.text.id} {found.number}"[:150])


KINDS = (
    Kind(
        "staff_paper",
        9,
        Text("Telaahan staf kuota dan prioritas", "Staff paper on quota and priority"),
        Office.DINSOS,
        "line",
        "line_show",
        {
            **{name: f"Line.{name}" for name in ("line", "source", "year", "from_month", "until_month")},
            "account": "Line.account_code",
            "place": "Region.name",
            "ceiling": "buku dana: pagu",
            "free": "buku dana: bebas",
            "choices": "hukum: iuran BPU terendah tiap bulan",
            "waiting": "hukum: bulan sebelum JKM penuh",
            **dict.fromkeys(("issue", "recommends"), BY_HAND),
        },
        needs=Permission.QUOTA_EDIT,
        reads=Permission.QUOTA_VIEW,
        collect=_staff_paper,
        asks=(
            Ask("issue", Text("Persoalan", "The question"), 3),
            Ask("recommends", Text("Rekomendasi", "Recommendation"), 3),
        ),
    ),
    Kind(
        "agreement_draft",
        10,
        Text("Konsep perjanjian atau addendum berikutnya", "Draft of the next agreement or addendum"),
        Office.DINSOS,
        "agreement",
        "agreement_show",
        {
            **{
                name: f"Agreement.{name}"
                for name in ("kind", "number", "title", "signed_on", "starts", "ends", "parent", "parties")
            },
            **{name: f"Agreement.{name}" for name in ("programmes", "quotas", "tariff")},
            "segments": "kosakata",
            **dict.fromkeys(("what", "new_ends"), BY_HAND),
        },
        needs=Permission.DECREE_EDIT,
        reads=Permission.DECREE_VIEW,
        collect=_agreement,
        asks=(
            Ask("what", Text("Yang diperjanjikan atau diubah", "What is agreed or changed"), 3),
            Ask("new_ends", Text("Berlaku sampai", "In force until")),
        ),
    ),
)
