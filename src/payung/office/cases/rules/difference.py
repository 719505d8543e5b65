"""Why the insurer paid another sum than was estimated, as far as the law that is known here explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from payung.text import Text

MOST_PARTS = 12  # a benefit has fewer; beyond it no sum is searched for


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an estimate: what it is, rupiah, and whether it is paid at once."""

    title: Text
    amount: int
    now: bool = True


def explained(parts: Sequence[Part], paid: int, fine: int = 0) -> list[Text]:
    """Return in sentences how ``paid`` rupiah differ from the estimate of ``parts``, and what explains it.

    ``fine``: rupiah that the insurer owes for its delay. Only a sum that fits exactly explains anything; else the
    difference is said to be open, and whom to ask.
    """
    total = sum(part.amount for part in parts)
    if paid == total:
        return [Text("Sama dengan perkiraan.", "The same as the estimate.")]
    off = abs(paid - total)
    said = [
        Text(f"Rp{off:,} lebih dari perkiraan.".replace(",", "."), f"Rp{off:,} more than the estimate.")
        if paid > total
        else Text(f"Rp{off:,} kurang dari perkiraan.".replace(",", "."), f"Rp{off:,} less than the estimate.")
    ]
    at_once = sum(part.amount for part in parts if part.now)
    if fine and paid == total + fine:
        why = Text(
            "Lebihnya sama dengan denda keterlambatan BPJS.", "It is the insurer's fine for its delay."
        )
    elif 0 < paid == at_once:
        why = Text(
            "Yang dibayar sama dengan bagian yang dibayar sekaligus; sisanya setelah tunggakan lunas.",
            "What was paid is the part that is paid at once; the rest follows after the arrears are settled.",
        )
    elif paid < total and (left_out := _sum_to(parts, off)):
        names = ", ".join(part.title.id for part in left_out), ", ".join(part.title.en for part in left_out)
        why = Text(
            f"Selisihnya sama dengan bagian ini, tanyakan mengapa belum dibayar: {names[0]}.",
            f"The difference is this part; ask why it was not paid: {names[1]}.",
        )
    else:
        why = Text(
            "Selisihnya belum dapat dijelaskan: minta rincian tertulis ke kantor cabang. Dasar upah atau masa iur yang "
            "dipakai BPJS mungkin lain; jumlah yang keliru dapat diajukan keberatan.",
            "The difference is not explained: ask the branch for a written breakdown. The insurer may have taken "
            "another wage or other paid months; against a wrong sum an objection can be filed.",
        )
    return [*said, why]


def _sum_to(parts: Sequence[Part], amount: int) -> tuple[Part, ...]:
    """Return the fewest of ``parts`` that come to ``amount``, empty where none do."""
    if len(parts) > MOST_PARTS:
        return ()
    for many in range(1, len(parts)):
        for chosen in combinations(parts, many):
            if sum(part.amount for part in chosen) == amount:
                return chosen
    return ()
