"""What one person owes for one month, with every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts
from payung.law.explanation import Step, explain, total_step
from payung.law.loader import load
from payung.law.months import first_day, parse_month
from payung.law.parameter import Book
from payung.law.rules import contribution as rules
from payung.text import Text

_TOTAL = Text("Jumlah iuran", "Total contribution")
NOT_FOR_BPU = Text(
    "Keringanan padat karya (labour-intensive) hanya untuk PU. Untuk BPU pilih transport atau other.",
    "The labour-intensive relief is for PU only. For BPU choose transport or other.",
)
PROGRAMMES = ("jkk", "jkm", "jht", "jp")


@dataclass(frozen=True, slots=True)
class Bill:
    """The contribution of one person for one month, in whole rupiah.

    Fields
        month: ``YYYY-MM``. parts: by programme; where employer and worker both pay, by payer.
        total: the sum. steps: how it came about; the last one is the total. law: the version of the law.
    """

    month: str
    parts: dict[str, int | dict[str, int]]
    total: int
    steps: tuple[Step, ...]
    law: str

    def plain(self) -> dict[str, Any]:
        """Return the bill as JSON takes it."""
        return {
            **self.parts,
            "total": self.total,
            "law": self.law,
            "steps": [step.plain() for step in self.steps],
        }


def parse_segment(text: str) -> str:
    """Return ``bpu`` or ``pu``; ``ppu`` is another name of ``pu``. Raises :class:`InputError`."""
    segment = "pu" if text == "ppu" else text
    facts.check(segment=segment)
    return segment


def parse_programmes(text: str) -> tuple[str, ...]:
    """Return the programmes of a list such as ``jkk,jkm``, each once, in their usual order."""
    asked = [part.strip().lower() for part in text.split(",")]
    for part in asked:
        if part not in PROGRAMMES:
            raise InputError(
                Text(
                    f"Program {part!r} tidak dikenal. Yang boleh: {', '.join(PROGRAMMES)}, dipisah koma.",
                    f"Programme {part!r} is not known. Allowed: {', '.join(PROGRAMMES)}, separated by commas.",
                )
            )
    return tuple(name for name in PROGRAMMES if name in asked)


def bill(
    *,
    segment: str,
    income: int,
    month: str,
    source: str,
    sector: str = "other",
    risk: int = 1,
    programmes: Sequence[str] = ("jkk", "jkm"),
    book: Book | None = None,
) -> Bill:
    """Return what a person owes for ``month``.

    ``segment`` is ``bpu`` or ``pu``; ``income`` is the declared income of a BPU or the reported wage of a PU, in
    rupiah a month; ``source`` pays (a code of :data:`payung.law.facts.SOURCES`); ``risk`` is the class, 1 to 5.
    Raises :class:`InputError` where something cannot be used.
    """
    segment = parse_segment(segment)
    facts.check(income=income, source=source, sector=sector, risk=risk)
    asked = parse_programmes(",".join(programmes))
    _check_segment(segment, sector, asked)
    law = (book or load()).on(first_day(parse_month(month)))
    calls = {
        name: (rule, *(_given(fact, income, source, sector, risk) for fact in rule.facts))
        for name, rule in rules_of(segment, asked).items()
    }
    deferred = [(rules.pu_jp_deferrable, income)] if "jp" in asked and law.pu_jp_deferral else []
    steps = explain(law, *calls.values(), *deferred)
    amounts = {name: rule(law, *given) for name, (rule, *given) in calls.items()}
    total = sum(amounts.values())
    return Bill(month, _grouped(amounts), total, (*steps, total_step(_TOTAL, steps, amounts)), law.version)


def _given(fact: str, income: int, source: str, sector: str, risk: int) -> int | str:
    given: dict[str, int | str] = {
        "income": income,
        "wage": income,
        "source": source,
        "sector": sector,
        "risk": risk,
    }
    return given[fact]


def rules_of(segment: str, programmes: Sequence[str] = PROGRAMMES) -> dict[str, Any]:
    """Return the rules of ``segment`` by programme; ``jht.employer`` where employer and worker both pay."""
    return {name: rule for name, rule in _RULES[segment].items() if name.split(".")[0] in programmes}


_RULES: dict[str, dict[str, Any]] = {
    "bpu": {"jkk": rules.bpu_jkk, "jkm": rules.bpu_jkm, "jht": rules.bpu_jht},
    "pu": {
        "jkk": rules.pu_jkk,
        "jkm": rules.pu_jkm,
        "jht.employer": rules.pu_jht_employer,
        "jht.worker": rules.pu_jht_worker,
        "jp.employer": rules.pu_jp_employer,
        "jp.worker": rules.pu_jp_worker,
    },
}


def _grouped(amounts: dict[str, int]) -> dict[str, int | dict[str, int]]:
    parts: dict[str, Any] = {}
    for name, amount in amounts.items():
        programme, _, payer = name.partition(".")
        if payer:
            parts.setdefault(programme, {})[payer] = amount
        else:
            parts[programme] = amount
    return parts


def _check_segment(segment: str, sector: str, programmes: Sequence[str]) -> None:
    if segment == "bpu" and sector == "labour-intensive":
        raise InputError(NOT_FOR_BPU)
    if segment == "bpu" and "jp" in programmes:
        raise InputError(
            Text(
                "BPU tidak ikut JP (Jaminan Pensiun). Program BPU: jkk, jkm, jht.",
                "BPU have no JP (pension). Programmes of BPU: jkk, jkm, jht.",
            )
        )


__all__ = ["PROGRAMMES", "Bill", "bill", "parse_programmes", "parse_segment"]
