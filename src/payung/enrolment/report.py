"""`ringkasan.json`: the whole run in one document that a program can read and an auditor can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from payung import __version__
from payung.enrolment import summary
from payung.enrolment.inputs import Rosters
from payung.enrolment.memberships import covers
from payung.enrolment.request import Request
from payung.linkage import Linkage
from payung.planning.allocation import Allocation
from payung.planning.eligibility import RULES, Rule

FOREIGN = "{name}: jenis berkas ini tidak dapat dibaca; minta desa mengirimnya sebagai Excel atau CSV."


def describe(
    request: Request,
    rosters: Rosters,
    insured: pl.DataFrame,
    linkage: Linkage,
    rows: pl.DataFrame,
    people: pl.DataFrame,
    villages: pl.DataFrame,
    allocation: Allocation,
    used: Sequence[Rule],
    area: str | None,
) -> dict[str, Any]:
    """Return the document. Money is whole rupiah; nothing in it depends on the clock or on the machine."""
    counts = summary.totals(rows, people)
    laws = people["law"].drop_nulls().unique().sort().to_list()
    pairs = linkage.pairs
    return {
        "payung": __version__,
        "law": laws,
        "request": {
            "as_of": request.first_month,
            "months": request.period,
            "source": request.source,
            "district": area,
            "budget": request.budget,
            "pay": dict(sorted(request.pay.items())),
            "answers": [path.name for path in request.answers],
            "floor": request.floor,
            "officials": request.officials,
            "max_decile": request.max_decile,
            "rules": [rule.name for rule in used],
            "rules_off": sorted({rule.name for rule in RULES} - {rule.name for rule in used}),
        },
        "inputs": {
            "rosters": [{"file": file.name, "sha256": _sha256(file.path)} for file in request.rosters],
            "insured": {"file": request.insured.name, "sha256": _sha256(request.insured)},
        },
        "rows": counts["rows"],
        "rows_by_outcome": counts["rows_by_outcome"],
        "people": counts["people"],
        "insured_list": insured.height,
        "insured_list_covering": insured.filter(covers(request.first_day)).height,
        "pairs": {
            "same": pairs.filter(pl.col("decision") == "same").height,
            "review": pairs.filter(pl.col("decision") == "review").height,
        },
        "money": {
            "budget": allocation.budget,
            "committed": allocation.committed,
            "left": allocation.left,
            "floor_met": allocation.floor_met,
            "person_months": _person_months(people, request.period),
        },
        "villages": villages.to_dicts(),
        "villages_from_paths": rosters.from_paths,
        "passed_over": [
            *rosters.passed_over,
            *({"file": name, "why": FOREIGN.format(name=name)} for name in request.foreign),
        ],
    }


def _person_months(people: pl.DataFrame, months: list[str]) -> int:
    """Return how many months of cover are paid: of each chosen person from the month in which they start."""
    starts = people.filter(pl.col("state") == "chosen")["start_month"].value_counts()
    return sum((len(months) - months.index(month)) * count for month, count in starts.iter_rows())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
