"""What JKK pays back of costs, up to its caps, and what it covers beside money."""

from __future__ import annotations

from typing import Any

from payung.errors import InputError
from payung.law import facts
from payung.law.case import PROSTHESIS, Case, missing
from payung.law.parameter import Law
from payung.law.rules import benefit as rules
from payung.text import Text


def costs(law: Law, case: Case) -> dict[str, tuple[Any, ...]]:
    """Return the rules that say what is paid back of each cost. Raises :class:`InputError` for an unknown kind."""
    calls: dict[str, tuple[Any, ...]] = {}
    for kind, cost in sorted(case.costs.items()):
        facts.check(cost=cost)
        if kind == PROSTHESIS:
            if case.centre_price is None:
                raise missing(
                    "--centre-price",
                    "harga prostesis di pusat rehabilitasi pemerintah, rupiah; batasnya harga itu ditambah "
                    f"{law.prosthesis_extra.percent(',')}",
                    "the price of the prosthesis at the government's rehabilitation centre, rupiah; the limit is "
                    f"that price plus {law.prosthesis_extra.percent()}",
                )
            facts.check(centre_price=case.centre_price)
            calls[kind] = (rules.prosthesis, cost, case.centre_price)
        else:
            _check_kind(law, kind)
            calls[kind] = (rules.paid_back, cost, kind)
    return calls


def in_kind(law: Law) -> list[Text]:
    """Return what JKK covers beside the sum, with its article."""
    value = law.book.parameters["jkk_in_kind"].on(law.date)
    if value is None:
        return []
    titles = [row.title for row in value.rows if row.title]
    return [
        Text(
            f"Ditanggung di luar jumlah ini: {'; '.join(title.id for title in titles)} ({value.cited}).",
            f"Covered beside this sum: {'; '.join(title.en for title in titles)} ({value.cited}).",
        )
    ]


def _check_kind(law: Law, kind: str) -> None:
    if kind not in law.jkk_caps:
        allowed = ", ".join([*law.jkk_caps, PROSTHESIS])
        raise InputError(
            Text(
                f"Biaya {kind!r} tidak ada di aturan hari itu. Yang ada: {allowed}.",
                f"Cost {kind!r} is not in the law of that day. There are: {allowed}.",
            )
        )
