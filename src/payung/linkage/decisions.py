"""What people decided about pairs: remembered, never asked again, undone when wrong, and used to set the thresholds.

The memory is a text file of one JSON object a line, only ever added to. A pair is known by the fingerprints of its
two listings, that is by what they say and not by where they stand: the same two rows in next month's file are the
same pair.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from payung.errors import InputError
from payung.text import Text

Verdict = Literal["same", "different"]
# What a listing says that makes it this listing and no other.
SAID = ("name", "nik", "kk", "birth_date", "sex", "village", "phone")
# How many decisions the model's own thresholds are worth against what people decided.
TRUST = 20
FURTHEST = 3.0  # bits that decisions may move a threshold


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one pair.

    Fields
        number: 1, 2, 3 … in order of deciding.
        left, right: fingerprints of the listings, the smaller first.
        verdict: ``same`` or ``different``.
        keep: fingerprint of the listing whose facts are kept where both are one person; "" leaves that open.
        weight: what the machine gave the pair (log2 of the odds), None where it gave none.
        called: what the machine said before anybody decided: ``same``, ``review``, or "" where it said nothing.
        by, why, on: who decided, why in own words, and the date as ``YYYY-MM-DD``; "" where not said.
    """

    number: int
    left: str
    right: str
    verdict: Verdict
    keep: str = ""
    weight: float | None = None
    by: str = ""
    why: str = ""
    on: str = ""
    called: str = ""

    def __post_init__(self) -> None:
        """Refuse what no decision can be. Raises :class:`ValueError`."""
        texts = (self.left, self.right, self.keep, self.by, self.why, self.on, self.called)
        whole = isinstance(self.number, int) and all(isinstance(text, str) for text in texts)
        weighed = self.weight is None or (isinstance(self.weight, int | float) and math.isfinite(self.weight))
        if not whole or not weighed or self.verdict not in ("same", "different"):
            raise ValueError("no decision")


@dataclass(frozen=True, slots=True)
class Measured:
    """How often the machine was wrong where a person looked: ``wrong`` of ``looked``, with a 95 % interval."""

    looked: int
    wrong: int

    @property
    def rate(self) -> float:
        """Return the share that was wrong, 0 where nobody looked."""
        return self.wrong / self.looked if self.looked else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return Wilson's 95 % interval of the rate; (0, 1) where nobody looked."""
        if not self.looked:
            return 0.0, 1.0
        z, n, p = 1.96, self.looked, self.rate
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


@dataclass(slots=True)
class Decisions:
    """The memory, in the file ``path`` or, without one, in this process alone."""

    path: Path | None = None
    _taken: list[Decision] = field(default_factory=list)
    _undone: set[int] = field(default_factory=set)
    _first: dict[tuple[str, str], Decision] = field(default_factory=dict)  # of each pair

    @classmethod
    def load(cls, path: Path) -> Decisions:
        """Return the memory in ``path``; a file that is not there is an empty memory.

        Raises :class:`InputError` that names the line which is no decision, or where the file cannot be read.
        """
        memory = cls(path)
        if not path.exists():
            return memory
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise InputError(
                Text(
                    f"Berkas keputusan {path} tidak dapat dibaca. Sebutkan berkas .jsonl, atau pulihkan dari cadangan.",
                    f"The file of decisions {path} cannot be read. Give a .jsonl file, or restore it from a copy.",
                )
            ) from None
        for number, line in enumerate(lines, start=1):
            try:
                said = json.loads(line)
                if "undo" in said:
                    memory._undone.add(int(said["undo"]))
                else:
                    memory._keep(Decision(**said))
            except (ValueError, TypeError, AttributeError):
                raise InputError(
                    Text(
                        f"{path.name} baris {number} bukan keputusan yang dikenal. Pulihkan berkas itu dari cadangan.",
                        f"{path.name} line {number} is no decision known here. Restore that file from a copy.",
                    )
                ) from None
        return memory

    def __iter__(self) -> Iterator[Decision]:
        """Return the decisions that hold: not undone, and the latest of each pair."""
        latest = {(one.left, one.right): one for one in self._taken if one.number not in self._undone}
        return iter(sorted(latest.values(), key=lambda one: one.number))

    def decide(
        self,
        left: str,
        right: str,
        verdict: Verdict,
        *,
        keep: str = "",
        weight: float | None = None,
        by: str = "",
        why: str = "",
        on: str = "",
        called: str = "",
    ) -> Decision:
        """Remember ``verdict`` on the pair of fingerprints and return it; a later decision replaces an earlier one.

        What the machine said (``weight``, ``called``) stays as it was when somebody first decided on the pair: since
        then it only repeats what was decided.
        """
        low, high = sorted((left, right))
        first = self._first.get((low, high))
        if first is not None:
            weight, called = first.weight, first.called
        number = max((one.number for one in self._taken), default=0) + 1
        taken = Decision(number, low, high, verdict, keep, weight, by, why, on, called)
        self._keep(taken)
        self._write({name: getattr(taken, name) for name in Decision.__slots__})
        return taken

    def undo(self, number: int) -> None:
        """Take decision ``number`` back: what was decided on the pair before it holds again.

        Raises :class:`InputError` where there is no such decision.
        """
        if not any(one.number == number for one in self._taken):
            raise InputError(Text(f"Tidak ada keputusan nomor {number}.", f"There is no decision {number}."))
        self._undone.add(number)
        self._write({"undo": number})

    def same_wrong(self) -> Measured:
        """Return how often pairs that the machine called one person were found to be two."""
        looked = [one for one in self if one.called == "same"]
        return Measured(len(looked), sum(one.verdict == "different" for one in looked))

    def shift(self) -> float:
        """Return by how many bits the machine is too careful (above 0) or too bold (below), as far as people looked.

        The shift that makes the decisions likeliest, each taken as drawn with the chance that the shifted weight
        says; :data:`TRUST` decisions' worth of doubt pull it to 0, and it stays within :data:`FURTHEST`.
        """
        # A pair that was asked about though its weight said one person was asked for another reason than its weight.
        seen = [
            (one.weight, one.verdict == "same")
            for one in self
            if one.weight is not None and not (one.called == "review" and one.weight >= 0)
        ]
        low, high = -FURTHEST, FURTHEST
        for _ in range(40):
            middle = (low + high) / 2
            slope = sum(same - 1 / (1 + 2.0 ** -_within(weight + middle)) for weight, same in seen)
            slope -= TRUST * (1 / (1 + 2.0**-middle) - 0.5)
            low, high = (middle, high) if slope > 0 else (low, middle)
        return round((low + high) / 2, 3)

    def _keep(self, taken: Decision) -> None:
        self._taken.append(taken)
        self._first.setdefault((taken.left, taken.right), taken)

    def _write(self, line: dict[str, object]) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as fault:
            raise InputError(
                Text(
                    f"Keputusan tidak dapat disimpan di {self.path} ({fault.strerror}). Pilih tempat lain (--memory).",
                    f"The decision cannot be kept in {self.path} ({fault.strerror}). Choose another place (--memory).",
                )
            ) from None


def fingerprints(listings: pl.DataFrame) -> pl.Series:
    """Return the fingerprint of each listing: equal where two rows say the same about a person."""
    said = listings.select(
        pl.concat_str(
            (pl.col(name).cast(pl.String).str.to_uppercase().fill_null("") for name in SAID), separator="\x1f"
        )
    ).to_series()
    return pl.Series(
        "fingerprint", [hashlib.sha256(text.encode()).hexdigest()[:20] for text in said], dtype=pl.String
    )


def _within(bits: float) -> float:
    return min(max(bits, -60.0), 60.0)
