"""What somebody has to look at after a run: people who wait, pairs in doubt, contradictions, earlier answers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from payung.linkage import Linkage
from payung.linkage.decisions import Decisions, fingerprints
from payung.linkage.explain import in_words
from payung.papers.review_list import ANSWER_WORDS, DECIDED_COLUMNS, PAIR_COLUMNS, PERSON_COLUMNS
from payung.papers.tables import only_shown

BIRTH_DATE = pl.col("birth_date").dt.strftime("%d-%m-%Y").alias("birth_date_text")
_SIDES = ("name", "nik", "birth_date_text", "village", "file", "row")


@dataclass(frozen=True, slots=True)
class Review:
    """The sheets of the review list, each with the columns it shows.

    Fields
        waiting: people who are neither chosen nor refused until somebody has looked.
        pairs: undecided pairs with both sides.
        differing: people whose lists contradict each other.
        decided: the answers that this run was given, written again: the newest file holds all of them.
    """

    waiting: pl.DataFrame
    pairs: pl.DataFrame
    differing: pl.DataFrame
    decided: pl.DataFrame


def for_review(
    people: pl.DataFrame,
    listings: pl.DataFrame,
    insured: pl.DataFrame,
    linkage: Linkage,
    answers: Decisions | None,
) -> Review:
    """Return what is to be looked at; ``listings`` and ``insured`` are all records, ``people`` the judged persons."""
    shown = people.with_columns(BIRTH_DATE)
    return Review(
        only_shown(_waiting(shown), PERSON_COLUMNS),
        only_shown(_pairs(listings, insured, linkage), PAIR_COLUMNS),
        only_shown(_differing(shown), PERSON_COLUMNS),
        only_shown(_decided(listings, insured, answers), DECIDED_COLUMNS),
    )


def _waiting(shown: pl.DataFrame) -> pl.DataFrame:
    return (
        shown.filter(pl.col("state") == "review")
        .with_columns(pl.col("codes").list.first().alias("code"))
        .sort("village_code", "name", "record", nulls_last=True)
    )


def _differing(shown: pl.DataFrame) -> pl.DataFrame:
    reason = pl.concat_str(
        pl.lit("Berbeda di daftar lain: "),
        pl.col("contradictions").list.join(", "),
        pl.lit(". Baris: "),
        pl.col("records").list.join("; "),
    )
    return (
        shown.filter((pl.col("contradictions").list.len() > 0) & (pl.col("state") != "returned"))
        .with_columns(pl.lit("DATA_BERBEDA").alias("code"), reason.alias("reason"))
        .sort("village_code", "name", "record", nulls_last=True)
    )


def _pairs(listings: pl.DataFrame, insured: pl.DataFrame, linkage: Linkage) -> pl.DataFrame:
    pairs = in_words(linkage.pairs.filter(pl.col("decision") == "review"))
    asked = pl.concat([pairs["left"], pairs["right"]]).unique().implode()
    both = pl.concat([frame.filter(pl.col("record").is_in(asked)) for frame in (listings, insured)])
    side = both.with_columns(BIRTH_DATE, pl.col("row").cast(pl.String), fingerprints(both)).select(
        "record", *_SIDES, "fingerprint"
    )
    known = insured["record"].implode()
    return (
        pairs.sort(["probability", "left", "right"], descending=[True, False, False])
        .join(_as_side(side, "left", "record"), on="left", maintain_order="left")
        .join(_as_side(side, "right", "record"), on="right", maintain_order="left")
        .with_columns(
            (pl.col("left_fingerprint") + pl.lit("-") + pl.col("right_fingerprint")).alias("code"),
            pl.when(pl.col("left").is_in(known) | pl.col("right").is_in(known))
            .then(pl.lit("Sudah ada di daftar peserta BPJS?"))
            .otherwise(pl.lit("Satu orang diusulkan dua kali?"))
            .alias("kind_text"),
        )
    )


def _decided(listings: pl.DataFrame, insured: pl.DataFrame, answers: Decisions | None) -> pl.DataFrame:
    """Return every answer with its pair's code, and both sides as far as these lists still hold them."""
    taken = [(one.left, one.right, ANSWER_WORDS[one.verdict], one.by) for one in answers or ()]
    schema = ["left_mark", "right_mark", "answer", "by"]
    decided = pl.DataFrame(taken, schema=dict.fromkeys(schema, pl.String), orient="row")
    if decided.is_empty():
        return decided
    both = pl.concat([listings, insured])
    side = both.with_columns(BIRTH_DATE, pl.col("row").cast(pl.String), fingerprints(both)).select(
        *_SIDES, "fingerprint"
    )
    side = side.unique("fingerprint", keep="first", maintain_order=True)
    return (
        decided.with_columns((pl.col("left_mark") + pl.lit("-") + pl.col("right_mark")).alias("code"))
        .join(
            _as_side(side, "left", "fingerprint"),
            left_on="left_mark",
            right_on="left",
            how="left",
            maintain_order="left",
        )
        .join(
            _as_side(side, "right", "fingerprint"),
            left_on="right_mark",
            right_on="right",
            how="left",
            maintain_order="left",
        )
    )


def _as_side(frame: pl.DataFrame, name: str, key: str) -> pl.DataFrame:
    """Return ``frame`` as one side of a pair: ``key`` becomes ``name``, every other column ``<name>_<column>``."""
    return frame.rename({column: name if column == key else f"{name}_{column}" for column in frame.columns})
