"""What becomes of each person, and of each row: the one place that puts the judgements together.

A person ends in exactly one state, judged in this order: returned to the village (no listing of the person can
be used), insured (already on the insurer's list), refused (a rule of eligibility), review (a human must look),
chosen or reserve (the money). A row ends in the state of its person; a row that is not the person's best
listing is a duplicate.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

STATES = ("returned", "insured", "refused", "review", "chosen", "reserve")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Pairs that the linkage could not decide, as seen from the persons.

    Fields
        with_insured: person, why - a roster person who may be on the insurer's list.
        within: person, other, why - two roster persons who may be one, once each way.
    """

    with_insured: pl.DataFrame
    within: pl.DataFrame


def suspicions(pairs: pl.DataFrame, persons: pl.DataFrame, insured_records: pl.Series) -> Suspicion:
    """Return what the undecided ``pairs`` (left, right, decision, why) mean for persons.

    ``persons`` maps every ``record`` to ``person``; ``insured_records`` are the records of the insurer's list.
    """
    names = persons.select("record", "person")
    open_pairs = (
        pairs.filter(pl.col("decision") == "review")
        .join(names.rename({"record": "left", "person": "left_person"}), on="left")
        .join(names.rename({"record": "right", "person": "right_person"}), on="right")
        .filter(pl.col("left_person") != pl.col("right_person"))
        .with_columns(
            pl.col("left").is_in(insured_records.implode()).alias("left_insured"),
            pl.col("right").is_in(insured_records.implode()).alias("right_insured"),
        )
    )
    both_ways = pl.concat([_seen_from(open_pairs, "left", "right"), _seen_from(open_pairs, "right", "left")])
    both_ways = both_ways.filter(~pl.col("is_insured"))
    order = ["person", "probability", "other_record", "record"]
    ordered = both_ways.sort(order, descending=[False, True, False, False])
    return Suspicion(
        with_insured=ordered.filter("other_insured").unique("person", keep="first", maintain_order=True),
        within=ordered.filter(~pl.col("other_insured")),
    )


def _seen_from(pairs: pl.DataFrame, side: str, other: str) -> pl.DataFrame:
    """Return ``pairs`` as seen from the persons on one ``side``."""
    return pairs.select(
        pl.col(f"{side}_person").alias("person"),
        pl.col(f"{other}_person").alias("other"),
        pl.col(side).alias("record"),
        pl.col(other).alias("other_record"),
        pl.col(f"{side}_insured").alias("is_insured"),
        pl.col(f"{other}_insured").alias("other_insured"),
        "probability",
        "why",
    )


def already_insured(persons: pl.DataFrame, offices: list[str]) -> pl.DataFrame:
    """Return ``persons`` with ``insured_state``: "insured", "two_segments" or null.

    A worker who is insured in any segment is insured (Perbup Batang 30/2024: not yet a participant). An
    office-holder who is insured in the *other* segment may lawfully hold both, which a person must decide
    (two memberships are lawful, but need a decision). Whose membership ends within the period (``starts_later``) is
    insured only until then, and planned for afterwards.
    """
    in_office = pl.col("category").is_in(offices).fill_null(False)
    insured = pl.col("insured_as").list.len() > 0
    same_segment = pl.col("insured_as").list.contains(pl.col("segment_used")) | pl.col(
        "insured_as"
    ).list.contains("?")
    return persons.with_columns(
        pl.when(insured & (same_segment | ~in_office) & pl.col("starts_later"))
        .then(None)
        .when(insured & (same_segment | ~in_office))
        .then(pl.lit("insured"))
        .when(insured)
        .then(pl.lit("two_segments"))
        .alias("insured_state")
    )


# What a village writes beside a name and only a person can settle: already a member, withdrew, works elsewhere; and
# what its list leaves open: a row crossed out or hidden, one number for several people.
REMARKS = ("SUDAH_BPU", "MUNDUR", "MERANTAU", "TANYA_DESA")


def remark() -> pl.Expr:
    """Return the first of :data:`REMARKS` that the list says of a person, or null."""
    return pl.coalesce(pl.when(pl.col("reasons").list.contains(code)).then(pl.lit(code)) for code in REMARKS)


def numbers_of_others(candidates: pl.DataFrame, insured: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Return the candidates whose NIK stands for somebody else too: ``person, held, held_with, held_why``.

    Nobody is enrolled under a number that the insurer's list gives to another person. Of candidates with one NIK goes
    on whose birth date agrees with it, else the first in rank; the others wait.
    """
    numbered = candidates.filter(pl.col("nik").is_not_null())
    elsewhere = (
        insured.filter(pl.col("nik_state") == "valid")
        .select("record", "nik", "name")
        .join(persons.select("record", "person"), on="record")
        .rename({"record": "held_with", "person": "other", "name": "other_name"})
        .sort("nik", "held_with")
    )
    of_insured = (
        numbered.select("person", "nik")
        .join(elsewhere, on="nik")
        .filter(pl.col("person") != pl.col("other"))
        .unique("person", keep="first", maintain_order=True)
        .select(
            "person",
            pl.lit("NAMA_BEDA").alias("held"),
            "held_with",
            (pl.lit("NIK ini atas nama ") + pl.col("other_name").fill_null("lain")).alias("held_why"),
        )
    )
    disagrees = pl.col("reasons").list.contains("LAHIR_BEDA").fill_null(False)
    alike = (
        numbered.filter(pl.col("nik").is_duplicated())
        .sort("nik", disagrees, "rank")
        .with_columns(
            pl.col("record").first().over("nik").alias("held_with"),
            pl.col("name").first().over("nik").alias("first_name"),
            pl.int_range(pl.len()).over("nik").alias("place"),
        )
        .filter(pl.col("place") > 0)
        .select(
            "person",
            pl.lit("GANDA_USULAN").alias("held"),
            "held_with",
            (pl.lit("NIK yang sama tertulis untuk ") + pl.col("first_name").fill_null("orang lain")).alias(
                "held_why"
            ),
        )
    )
    return pl.concat([of_insured, alike.join(of_insured, on="person", how="anti")])


def hold_back(candidates: pl.DataFrame, suspicion: Suspicion, numbers: pl.DataFrame) -> pl.DataFrame:
    """Return ``candidates`` (ranked) with ``held``: why a person must be looked at first, or null.

    ``numbers`` are those of :func:`numbers_of_others`.

    Of two candidates who may be one person the first in rank goes on and the other waits, so that nobody can be
    paid twice and nobody loses a place to a doubt.
    """
    ranks = candidates.select("person", "rank")
    doubts = (
        # Who already waits for the number's sake does not stop the one whose number it is.
        suspicion.within.join(numbers.select(pl.col("person").alias("other")), on="other", how="anti")
        .join(ranks, on="person")
        .join(ranks.rename({"person": "other", "rank": "other_rank"}), on="other")
        .filter(pl.col("rank") > pl.col("other_rank"))
        .sort("person", "other_rank")
        .unique("person", keep="first", maintain_order=True)
        .select(
            "person",
            pl.lit("GANDA_USULAN").alias("held_within"),
            pl.col("other_record").alias("other_within"),
            pl.col("why").alias("why_within"),
        )
    )
    insured = suspicion.with_insured.select(
        "person",
        pl.lit("SUDAH_BPU").alias("held_insured"),
        pl.col("other_record").alias("other_insured"),
        pl.col("why").alias("why_insured"),
    )
    named = numbers.rename({"held": "held_number", "held_with": "other_number", "held_why": "why_number"})
    joined = candidates
    for found in (insured, named, doubts):
        joined = joined.join(found, on="person", how="left", maintain_order="left")
    causes = ("insured", "number", "within")
    return joined.with_columns(
        pl.coalesce(*(f"held_{cause}" for cause in causes), "held").alias("held"),
        pl.coalesce(*(f"other_{cause}" for cause in causes)).alias("held_with"),
        pl.coalesce(*(f"why_{cause}" for cause in causes)).alias("held_why"),
    ).drop(f"{part}_{cause}" for part in ("held", "other", "why") for cause in causes)
