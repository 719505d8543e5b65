"""One row a person, out of all the listings that name the person.

The best listing speaks for the person: one that was not returned, with a valid NIK, and the most filled cells.
What it leaves empty is taken from the person's other listings, best first; nothing comes from elsewhere. The heir is
the one of the best listing that names one, with the NIK, the relation and the telephone beside that name.
"""

from __future__ import annotations

import polars as pl

from payung.people.occupations import PUBLIC_SERVANTS

_FILLED_FROM_OTHERS = (
    "kk", "mother", "phone", "address", "rt", "rw", "village", "village_code", "district", "district_code",
    "job", "occupation", "transport", "disability", "decile", "welfare", "income", "segment", "birth_place",
    "sex", "email",
)  # fmt: skip
# Who is paid where the person dies: of one listing together, so that no telephone comes beside another's name.
_HEIR = ("heir_name", "heir_nik", "heir_relation", "heir_phone")
_MUST_AGREE = {"nik": "NIK", "birth_date": "tanggal lahir", "sex": "jenis kelamin", "village_code": "desa"}
# Of listings that are equally good the first by what they say: neither the order of rows nor names of files decide.
_SAID = ("_other_birth", "nik", "name", "birth_date", "kk", "phone", "address")
LARGEST_HOUSEHOLD = 20  # listings; a family card number on more rows than that is a filler, not a family
_VERDICT_ORDER = {"accepted": 0, "noted": 0, "returned": 1}


def build_persons(listings: pl.DataFrame, persons: pl.DataFrame, offices: list[str]) -> pl.DataFrame:
    """Return one row a person on any roster.

    ``listings`` are the rows of all rosters (the contract of :mod:`payung.people.listing`), ``persons`` maps
    ``record`` to ``person``. ``offices`` are categories that outrank a plain listing as worker: who is RT head
    on one list and rubber tapper on another is enrolled as what the office makes of it, once. Of two offices the first
    by name counts, whatever the files are called, and the contradiction is told.

    Who is dead or has a public servant in the household on any list, is so here: a person has to look. A public
    servant on any list makes everybody with the same family card number a household with a public servant.

    Added columns: ``person``, ``listings`` (how many), ``records`` (all of them), ``categories`` (all of them),
    ``usable`` (at least one listing was not returned), ``contradictions`` (what the listings disagree on).
    """
    servants = listings.filter(pl.col("occupation").is_in(sorted(PUBLIC_SERVANTS)))["kk"].drop_nulls()
    own_kk = listings["kk"].value_counts().filter(pl.col("count") <= LARGEST_HOUSEHOLD)["kk"]
    of_servants = servants.filter(servants.is_in(own_kk.implode())).unique().implode()
    filled = pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int64) for name in _FILLED_FROM_OTHERS)
    ordered = (
        listings.join(persons.select("record", "person"), on="record", how="inner")
        .with_columns(
            pl.col("verdict").replace_strict(_VERDICT_ORDER, return_dtype=pl.Int64).alias("_returned"),
            (pl.col("nik_state") != "valid").fill_null(True).cast(pl.Int64).alias("_no_nik"),
            (~pl.col("category").is_in(offices).fill_null(False)).cast(pl.Int64).alias("_no_office"),
            pl.when(pl.col("category").is_in(offices)).then("category").alias("_office"),
            (-filled).alias("_empty"),
            pl.col("reasons").list.contains("LAHIR_BEDA").fill_null(False).alias("_other_birth"),
            pl.col("kk").is_in(of_servants).alias("_with_servant"),
        )
        .sort(
            "person",
            "_returned",
            "_no_nik",
            "_no_office",
            "_office",
            "_empty",
            *_SAID,
            "record",
            nulls_last=True,
        )
    )
    borrowed = [pl.col(name).drop_nulls().first().alias(name) for name in _FILLED_FROM_OTHERS]
    anywhere = {"life_status", "household_official"}
    own = [name for name in listings.columns if name not in {*_FILLED_FROM_OTHERS, *_HEIR, *anywhere}]
    heir = pl.struct(_HEIR).filter(pl.col("heir_name").is_not_null()).first()
    status = pl.col("life_status")
    disagree = [
        pl.when(pl.col(name).drop_nulls().n_unique() > 1).then(pl.lit(label)).alias(f"_differs_{name}")
        for name, label in _MUST_AGREE.items()
    ]
    two_offices = pl.col("_office").drop_nulls().n_unique() > 1
    disagree.append(pl.when(two_offices).then(pl.lit("jabatan")).alias("_differs_office"))
    grouped = ordered.group_by("person", maintain_order=True).agg(
        *[pl.col(name).first() for name in own],
        *borrowed,
        *(heir.struct.field(name).alias(name) for name in _HEIR),
        pl.when((status == "meninggal").any())
        .then(pl.lit("meninggal"))
        .otherwise(status.drop_nulls().first())
        .alias("life_status"),
        (
            pl.col("household_official").any(ignore_nulls=True)
            | pl.col("_with_servant").any(ignore_nulls=True)
        ).alias("household_official"),
        *disagree,
        pl.len().cast(pl.Int64).alias("listings"),
        pl.col("record").sort().alias("records"),
        pl.col("category").drop_nulls().unique().sort().alias("categories"),
        (pl.col("_returned") == 0).any().alias("usable"),
    )
    differs = [*(f"_differs_{name}" for name in _MUST_AGREE), "_differs_office"]
    return grouped.with_columns(pl.concat_list(differs).list.drop_nulls().alias("contradictions")).drop(
        differs
    )


def mark_insured(persons: pl.DataFrame, insured: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return ``persons`` with ``insured_as``: the segments under which the insurer already has the person.

    ``insured`` are the listings of the insurer's list, ``links`` maps their ``record`` to ``person``. A segment
    that the list does not state counts as "bpu or pu not stated" and is shown as ``"?"``. ``insured_until`` is the last
    day of cover where the list names one for each of the person's memberships.
    """
    until = pl.col("member_until")
    known = (
        insured.select("record", pl.col("segment").fill_null("?"), "member_until")
        .join(links.select("record", "person"), on="record", how="inner")
        .group_by("person")
        .agg(
            pl.col("segment").unique().sort().alias("insured_as"),
            pl.col("record").sort().alias("insured_records"),
            pl.when(until.is_not_null().all()).then(until.max()).alias("insured_until"),
        )
    )
    return persons.join(known, on="person", how="left", maintain_order="left").with_columns(
        pl.col("insured_as").fill_null([]), pl.col("insured_records").fill_null([])
    )
