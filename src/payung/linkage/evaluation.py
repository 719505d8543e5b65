"""How good a linkage is, against a truth that says who is who."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import polars as pl

from payung.errors import InputError
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one linkage. Pairs are unordered, over all records of both sides; shares are 0 to 1.

    Fields
        records, true_pairs: how much there was to find.
        precision, recall, f1: of the pairs called ``same``.
        review_rows: share of records that stand in at least one pair to review; review_pairs: how many pairs.
        question_rows: the same without notices (one number at unlike people), which have a list of their own;
            notices: how many those are.
        f1_reviewed: F1 were every pair to review decided rightly.
        wrongly_offered: share of listed records whose person is on the known list, and who were neither found there
            nor put to a question about somebody there: these would be enrolled a second time.
        insured_waiting: share of those whose only trace is such a question: held until somebody has looked.
        wrongly_dropped: share of listed records whose person is not on the known list, and who were "found".
            The last three are None without sides.
    """

    records: int
    true_pairs: int
    precision: float
    recall: float
    f1: float
    review_rows: float
    review_pairs: int
    question_rows: float
    notices: int
    f1_reviewed: float
    wrongly_offered: float | None
    insured_waiting: float | None
    wrongly_dropped: float | None

    def as_dict(self) -> dict[str, float | int | None]:
        """Return the figures by name, shares rounded to six places."""
        return {
            name: round(value, 6) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def evaluate(
    pairs: pl.DataFrame,
    persons: pl.DataFrame,
    truth: pl.DataFrame,
    *,
    sides: pl.DataFrame | None = None,
    notices: pl.DataFrame | None = None,
) -> Quality:
    """Return the quality of ``pairs`` (``left, right, decision``) and ``persons`` (``record, person``).

    ``notices`` (``left, right``) are those of the pairs to review that are no questions. ``truth`` has ``rec_id`` and
    ``entity_id``; records that were not linked are passed over. ``sides`` has ``record`` and ``known`` (boolean).

    Raises :class:`InputError` where the truth does not fit: columns missing, a record twice, or records without truth.
    """
    entities = _entities(persons, truth)
    true_pairs = int(
        entities.group_by("entity").len().select((pl.col("len") * (pl.col("len") - 1) // 2).sum()).item()
    )
    judged = (
        pairs.select("left", "right", "decision")
        .join(entities, left_on="left", right_on="record")
        .join(entities, left_on="right", right_on="record", suffix="_r")
        .with_columns((pl.col("entity") == pl.col("entity_r")).alias("right_so"))
    )
    same = judged.filter(pl.col("decision") == "same")
    review = judged.filter(pl.col("decision") == "review")
    hit = int(same["right_so"].sum())
    wrong, reviewed = same.height - hit, hit + int(review["right_so"].sum())
    questions = review if notices is None else review.join(notices, on=["left", "right"], how="anti")
    offered, waiting, dropped = _insured(persons, entities, review, sides)
    return Quality(
        records=persons.height,
        true_pairs=true_pairs,
        precision=hit / same.height if same.height else 1.0,
        recall=hit / true_pairs if true_pairs else 1.0,
        f1=_f1(hit, wrong, true_pairs - hit),
        review_rows=_rows(review) / max(persons.height, 1),
        review_pairs=review.height,
        question_rows=_rows(questions) / max(persons.height, 1),
        notices=review.height - questions.height,
        f1_reviewed=_f1(reviewed, wrong, true_pairs - reviewed),
        wrongly_offered=offered,
        insured_waiting=waiting,
        wrongly_dropped=dropped,
    )


def _entities(persons: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in ("rec_id", "entity_id") if name not in truth.columns]
    if missing:
        raise InputError(
            Text(
                f"Berkas kebenaran tidak punya kolom {', '.join(missing)}; perlu rec_id dan entity_id.",
                f"The truth file has no column {', '.join(missing)}; it needs rec_id and entity_id.",
            )
        )
    known = truth.select(
        pl.col("rec_id").cast(pl.String).alias("record"), pl.col("entity_id").alias("entity")
    )
    if known["record"].is_duplicated().any():
        twice = known.filter(pl.col("record").is_duplicated())["record"][0]
        raise InputError(
            Text(
                f"Berkas kebenaran menyebut “{twice}” lebih dari sekali; satu baris satu rec_id.",
                f"The truth file names “{twice}” more than once; one row, one rec_id.",
            )
        )
    strange = persons.join(known, on="record", how="anti")
    if strange.height:
        raise InputError(
            Text(
                f"Berkas kebenaran tidak cocok: {strange.height} dari {persons.height} baris tidak ada di dalamnya, "
                f"misalnya “{strange['record'][0]}”. Pakai --id yang sama waktu menjalankan payung match.",
                f"The truth file does not fit: {strange.height} of {persons.height} rows are not in it, such as "
                f"“{strange['record'][0]}”. Use the same --id when running payung match.",
            )
        )
    return persons.select("record").join(known, on="record")


def _insured(
    persons: pl.DataFrame, entities: pl.DataFrame, review: pl.DataFrame, sides: pl.DataFrame | None
) -> tuple[float | None, float | None, float | None]:
    if sides is None or not sides["known"].any():
        return None, None, None
    rows = persons.join(entities, on="record").join(sides, on="record")
    listed, known = rows.filter(~pl.col("known")), rows.filter("known")
    found = pl.col("person").is_in(known["person"].unique().implode())
    there = pl.col("entity").is_in(known["entity"].unique().implode())
    both_ways = pl.concat(
        [
            review.select("left", "right"),
            review.select(pl.col("right").alias("left"), pl.col("left").alias("right")),
        ]
    )
    in_question = both_ways.join(known.select("record"), left_on="right", right_on="record", how="semi")[
        "left"
    ]
    held = persons.filter(pl.col("record").is_in(in_question.unique().implode()))["person"]
    asked = pl.col("person").is_in(held.unique().implode())
    counts = listed.select(
        (there & ~found & ~asked).sum().alias("missed"),
        (there & ~found & asked).sum().alias("waiting"), there.sum().alias("there"),
        (~there & found).sum().alias("invented"), (~there).sum().alias("absent"),
    ).row(0, named=True)  # fmt: skip
    return (
        counts["missed"] / counts["there"] if counts["there"] else None,
        counts["waiting"] / counts["there"] if counts["there"] else None,
        counts["invented"] / counts["absent"] if counts["absent"] else None,
    )


def _rows(pairs: pl.DataFrame) -> int:
    return pl.concat([pairs["left"], pairs["right"]]).n_unique()


def _f1(hit: int, wrong: int, missed: int) -> float:
    return 2 * hit / (2 * hit + wrong + missed) if hit + wrong + missed else 1.0
