"""What these lists teach: pairs with two sound numbers say how much all the rest says.

Where two rows have sound numbers, the numbers tell whether they are one person's. With the numbers hidden, the levels
of everything else are weighed against that answer: a logistic fit that starts from the model's own weights and leaves
them only as far as there are pairs (:data:`TRUST`). Lists without sound numbers teach nothing. The same lists teach
the same.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage import blocking
from payung.linkage.engines import Engine
from payung.linkage.levels import Comparison
from payung.linkage.model import COMPARISONS
from payung.linkage.nik import DAMAGED, NIK

# Variance of what a weight may be wrong by, in bits squared, before any pair was seen.
TRUST = 1.0
# How much of what was learnt is believed: between the reasoned weight (0) and the learnt one (1). Of what all pairs
# have in common less, for pairs without sound numbers are others.
BELIEVED, BELIEVED_SHIFT = 0.7, 0.5
ALL = -1000.0  # no pair that is worth weighing has less, and only those are weighed
MOST = 4.0  # bits that a level may gain or lose
# Digits in which two numbers must differ to be two people's: where each fits its own date, and otherwise.
APART_FITTING, APART = 3, 5
# Records with sound numbers that are enough to learn from.
ENOUGH = 150_000
# The columns that a number speaks through.
HIDDEN = (
    "nik", "digits", "nik15", "nik_date", "birth_part", "serial", "region", "digits_sorted", "nik_fits", "nik_sex",
)  # fmt: skip
DATED = (
    "birth", "birth_text", "birth_year", "birth_month", "birth_mday", "birth_day", "birth_swapped", "tf_birth",
)  # fmt: skip
Bits = dict[str, dict[int, float]]
_LEARNT = tuple(comparison for comparison in COMPARISONS if comparison.name != NIK.name)
_SAME_NUMBER = [
    number for number, level in NIK.speaking().items() if level.code == "same_nik" and not level.asks
]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What pairs with two sound numbers taught.

    Fields
        yes, no: of how many pairs the numbers said one person, two people.
        bits: for each comparison what is added to the weight of a level, by Splink's number of the level.
        shift: what is added to every pair of which a number is missing or damaged, in bits.
    """

    yes: int = 0
    no: int = 0
    bits: Bits = field(default_factory=dict)
    shift: float = 0.0

    @property
    def pairs(self) -> int:
        """Return how many pairs taught this."""
        return self.yes + self.no

    @property
    def most(self) -> float:
        """Return by how many bits a pair may gain at most."""
        return max(self.shift, 0.0) + sum(max((0.0, *bits.values())) for bits in self.bits.values())

    def kept(self) -> str:
        """Return this as one JSON text; :func:`read` gives it back."""
        return json.dumps(asdict(self), sort_keys=True)

    def weights(self) -> pl.DataFrame:
        """Return every level with its bits: ``comparison, why, reasoned`` (null: by how rare), ``learnt``."""
        rows = [
            (
                comparison.name,
                level.code,
                None if level.rarity else round(math.log2(level.m / level.u), 2),
                self.bits.get(comparison.name, {}).get(number, 0.0),
            )
            for comparison in COMPARISONS
            for number, level in sorted(comparison.speaking().items(), reverse=True)
        ]
        return pl.DataFrame(
            rows,
            schema={
                "comparison": pl.String,
                "why": pl.String,
                "reasoned": pl.Float64,
                "learnt": pl.Float64,
            },
            orient="row",
        )

    def applied(self, scored: pl.DataFrame) -> pl.DataFrame:
        """Return ``scored`` with what was learnt in ``match_weight``; pairs of one sound number stay as they are."""
        if not self.bits:
            return scored
        gamma = pl.col(f"gamma_{NIK.name}")
        more = pl.when(gamma.is_in([-1, *DAMAGED])).then(pl.lit(self.shift)).otherwise(pl.lit(0.0))
        for name, by_level in self.bits.items():
            numbers = pl.Series(list(by_level), dtype=pl.Int32)
            bits = pl.Series(list(by_level.values()), dtype=pl.Float64)
            more = more + pl.col(f"gamma_{name}").replace_strict(
                numbers, bits, default=0.0, return_dtype=pl.Float64
            )
        weight = pl.col("match_weight")
        same = gamma.is_in(_SAME_NUMBER)
        return scored.with_columns(
            pl.when(same).then(weight).otherwise((weight + more).round(6)).alias("match_weight")
        )


NOTHING = Learnt()


def read(kept: str) -> Learnt:
    """Return what :meth:`Learnt.kept` wrote. Raises ``ValueError`` or ``KeyError`` where it is nothing such."""
    told = json.loads(kept)
    bits = {
        name: {int(number): float(bit) for number, bit in of.items()} for name, of in told["bits"].items()
    }
    return Learnt(int(told["yes"]), int(told["no"]), bits, float(told["shift"]))


def of_list(frame: pl.DataFrame, engine: Engine, *, prior: float) -> Learnt:
    """Return what the records of ``frame`` (features) teach by themselves: of a long list, part of its numbers."""
    numbered = frame.filter(sound(frame))
    step = 1 + numbered.height // ENOUGH
    part = numbered.filter(pl.col("nik").str.slice(4).cast(pl.Int64) % 1009 % step == 0)
    part = part.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("rid"))
    _, teaching = blocking.candidates(part, sound(part))
    if teaching.is_empty():
        return NOTHING
    return learn(part, teaching, engine, prior=prior)


def learn(frame: pl.DataFrame, pairs: pl.DataFrame, engine: Engine, *, prior: float) -> Learnt:
    """Return what ``pairs`` (``rid_l, rid_r``, of :func:`payung.linkage.blocking.candidates`) of ``frame`` teach.

    ``prior`` is the chance of two records being one person.
    """
    labelled = _labelled(frame, pairs)
    yes = labelled.filter("yes").select("rid_l", "rid_r")
    if yes.is_empty() or yes.height == labelled.height:
        return NOTHING
    with engine.open(_of(frame, yes), prior=prior) as scorer:
        same = scorer.score(yes, at_least=None).filter(pl.col(f"gamma_{NIK.name}").is_in(_SAME_NUMBER))
    same = labelled.join(same, on=["rid_l", "rid_r"], how="semi")
    labelled = pl.concat([labelled.filter(~pl.col("yes")), same]).sort("rid_l", "rid_r")
    with engine.open(_hidden(_of(frame, labelled)), prior=prior) as blind:
        seen = blind.score(labelled.select("rid_l", "rid_r"), at_least=ALL)
    seen = seen.join(labelled, on=["rid_l", "rid_r"]).sort("rid_l", "rid_r")
    return _fitted(seen)


def _of(frame: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the records of ``frame`` that stand in ``pairs``."""
    return frame.filter(pl.col("rid").is_in(pl.concat([pairs["rid_l"], pairs["rid_r"]]).unique().implode()))


def _labelled(frame: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs whose numbers say what they are: ``rid_l, rid_r, yes, fit``."""
    nik, fits = frame["nik"], frame["nik_fits"].fill_null(False)
    sided = pairs.with_columns(
        nik.gather(pairs["rid_l"]).alias("nik_l"),
        nik.gather(pairs["rid_r"]).alias("nik_r"),
        (fits.gather(pairs["rid_l"]) & fits.gather(pairs["rid_r"])).alias("fit"),
    )
    differ = pl.sum_horizontal(
        (pl.col("nik_l").str.slice(at, 1) != pl.col("nik_r").str.slice(at, 1)).cast(pl.Int32)
        for at in range(16)
    )
    told = sided.with_columns(differ.alias("differ")).filter(
        (pl.col("differ") == 0)
        | (pl.col("differ") >= APART)
        | (pl.col("fit") & (pl.col("differ") >= APART_FITTING))
    )
    return told.select("rid_l", "rid_r", (pl.col("differ") == 0).alias("yes"), "fit")


def sound(frame: pl.DataFrame) -> pl.Series:
    """Return which records of ``frame`` have a number that can be believed."""
    return frame.select(
        (
            pl.col("nik").is_not_null()
            & ~pl.col("nik_cut").fill_null(True)
            & pl.col("nik_fits").fill_null(True)
        ).alias("sound")
    ).to_series()


def _hidden(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` as if nobody had a number: nor a date that was taken out of one."""
    taken = pl.col("birth_from_nik")
    return frame.with_columns(
        *(pl.lit(None, dtype=frame.schema[name]).alias(name) for name in HIDDEN),
        *(pl.when(~taken).then(name).alias(name) for name in DATED),
        pl.lit(False).alias("nik_cut"),
        pl.lit(False).alias("birth_from_nik"),
    )


def _fitted(seen: pl.DataFrame) -> Learnt:
    """Return the fit over ``seen``: labelled pairs with their levels and weights."""
    places: list[tuple[str, list[int]]] = []
    for comparison in _LEARNT:
        places += [(comparison.name, numbers) for numbers in _alike(comparison)]
    # Many pairs show the same levels: each set of levels is one row of the design, and ``of`` says which a pair has.
    levels = [f"gamma_{comparison.name}" for comparison in _LEARNT]
    shown = seen.select(levels).unique(maintain_order=True).with_row_index("of")
    of = seen.select(levels).join(shown, on=levels, how="left", nulls_equal=True, maintain_order="left")["of"]
    of_pair = of.to_numpy().astype(np.int64)
    columns = [np.ones(shown.height)]
    columns += [
        shown[f"gamma_{name}"].is_in(numbers).to_numpy().astype(np.float64) for name, numbers in places
    ]
    design = np.stack(columns, axis=1)
    weight = seen["match_weight"].to_numpy().astype(np.float64)
    yes = seen["yes"].to_numpy().astype(np.float64)
    if not 0 < yes.sum() < seen.height:
        return NOTHING
    fit = seen["fit"].to_numpy()
    found = _logistic(design, of_pair, weight, yes)
    # A relative's number makes one person look like two: likelier one than two, and a number that is not his own.
    doubtful = (yes == 0) & ~fit & ((design @ found)[of_pair] + weight > 0)
    kept = ~doubtful
    found = _logistic(design, of_pair[kept], weight[kept], yes[kept])
    bits: Bits = {comparison.name: {} for comparison in _LEARNT}
    for (name, numbers), learnt in zip(places, found[1:], strict=True):
        for number in numbers:
            bits[name][number] = round(float(np.clip(learnt, -MOST, MOST)) * BELIEVED, 2)
    shift = round(float(np.clip(found[0], -MOST, MOST)) * BELIEVED_SHIFT, 2)
    return Learnt(int(yes[kept].sum()), int((1 - yes[kept]).sum()), bits, shift)


def _alike(comparison: Comparison) -> list[list[int]]:
    """Return the levels that learn as one: those to which the model gives the same chances."""
    groups: dict[tuple[float, float, str], list[int]] = {}
    for number, level in comparison.speaking().items():
        groups.setdefault((level.m, level.u, level.rarity), []).append(number)
    return list(groups.values())


def _logistic(design: _Floats, of: npt.NDArray[np.int64], weight: _Floats, yes: _Floats) -> _Floats:
    """Return by how many bits each column of ``design`` moves ``weight``, so that ``yes`` is likeliest.

    ``of`` is the row of ``design`` that each pair has: what is summed over pairs is summed within the rows first.
    """
    found = np.zeros(design.shape[1])
    inverse = np.full(design.shape[1], 1.0 / TRUST)
    # What all pairs have in common stands in the first column; where there are many, no level is asked to carry it.
    inverse[0] /= np.clip(yes.sum() / 100, 1, 100)
    scale = np.log(2.0)
    for _ in range(25):
        chance = 1.0 / (1.0 + np.exp(-np.clip(((design @ found)[of] + weight) * scale, -40, 40)))
        missed = np.bincount(of, yes - chance, minlength=len(design))
        bend = np.bincount(of, chance * (1 - chance), minlength=len(design))
        slope = design.T @ missed * scale - inverse * found
        curve = (design * bend[:, None]).T @ design * scale**2 + np.diag(inverse)
        step = np.linalg.solve(curve, slope)
        found = found + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return found
