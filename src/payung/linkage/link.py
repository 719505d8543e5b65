"""Linking, from two lists to pairs and persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import polars as pl

from payung.errors import InputError
from payung.linkage import adaptation, blocking, clusters, explain, features, frequencies, lessons, model
from payung.linkage.decisions import Decisions, fingerprints
from payung.linkage.engines import Engine, engine_named
from payung.text import Text

PAIRS = {
    "left": pl.String,
    "right": pl.String,
    "probability": pl.Float64,
    "decision": pl.String,
    "why": pl.String,
}
PERSONS = {"record": pl.String, "person": pl.Int64}
NOTICES = {"left": pl.String, "right": pl.String, "why": pl.String}

# Weights (log2 of the odds) from which a pair is one person, and from which somebody should look: lower, the more
# records have no sound number, for then the listings of one person have less to agree in.
SAME = 0.0
REVIEW = -2.1
REVIEW_NUMBERLESS = -9.5  # more for all records without a number, down to
REVIEW_LOWEST = -4.5
# Weights that were learnt tell better who is nobody's double: where so many pairs of one person taught them, the review
# goes so much deeper.
TAUGHT, DEEPER = 1_000, 0.3
# From here somebody who looks at a pair is shown all records of its two persons.
WHOLLY = -2.5
# A pair that may be a question at most stays this much below one person.
BELOW = 0.01
# What orders records where their pairs are equally strong: what they say, so that the order of rows decides nothing.
SAID = ("side", "given", "digits", "birth", "sex", "kk", "phone", "village_key", "rid")


@dataclass(frozen=True, slots=True)
class Linkage:
    """Who is who.

    Fields
        pairs: ``left, right`` (record ids), ``probability``, ``decision`` ("same" or "review"), ``why``
            (codes: :func:`payung.linkage.explain.in_words`); pairs not listed are different people. All pairs of one
            person's records are listed.
        persons: ``record, person``: every record of both lists with its person number, from 1.
        contradictions: ``person, left, right, why``: records of one person that say different things.
        learnt: what pairs with two sound numbers taught about the weights.
        notices: ``left, right, why`` of those reviews that only say that one number stands at unlike people: shown
            always, however little else agrees, and in a list of their own.
    """

    pairs: pl.DataFrame
    persons: pl.DataFrame
    contradictions: pl.DataFrame
    learnt: lessons.Learnt = lessons.NOTHING
    notices: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NOTICES))


def link(
    listings: pl.DataFrame,
    known: pl.DataFrame | None = None,
    *,
    as_of: dt.date,
    decisions: Decisions | None = None,
    engine: Engine | str = "duckdb",
) -> Linkage:
    """Return which listings are one person, within ``listings``, within ``known`` and between them.

    Both frames have the columns of ``payung.people.listing.SCHEMA``; record ids are unique over both. ``as_of`` is
    the date that two-digit years inside a NIK are read on. ``decisions`` are what people decided before; they win
    over every probability. ``engine`` is ``duckdb``, ``local[2]`` or a Spark master; all give the same rows.

    Raises :class:`InputError` where a record id stands twice.
    """
    _refuse_repeated_ids(listings, known)
    frame = frequencies.with_frequencies(features.build(listings, known, as_of=as_of))
    if decisions:
        said = listings if known is None else pl.concat([listings, known])
        marks = said.select("record", fingerprints(said))
        frame = frame.join(marks, on="record", how="left", maintain_order="left")
    prior = model.prior(listings.height, 0 if known is None else known.height)
    pairs, teaching = blocking.candidates(frame, lessons.sound(frame))
    return resolve(frame, pairs, teaching=teaching, prior=prior, decisions=decisions, engine=engine)


def prepare() -> None:
    """Read the model ahead of the first linking: a second of work for which a caller may be waiting for others."""
    from payung.linkage import scores  # brings Splink, which takes as long again

    scores.columns()


def resolve(
    frame: pl.DataFrame,
    pairs: pl.DataFrame,
    *,
    prior: float,
    teaching: pl.DataFrame | None = None,
    learnt: lessons.Learnt = lessons.NOTHING,
    decisions: Decisions | None = None,
    engine: Engine | str = "duckdb",
) -> Linkage:
    """Return the linkage of the records in ``frame`` (features) from the candidate ``pairs`` (``rid_l, rid_r``).

    ``teaching`` are pairs that weights are learnt from (:func:`payung.linkage.blocking.candidates`); without them
    ``learnt`` is what was learnt before. ``frame`` is sorted by ``rid``, 0, 1, 2, …, and has a ``fingerprint`` where
    there are ``decisions``.
    """
    limit = SAME - (decisions.shift() if decisions else 0.0)
    decided = _decided(frame, decisions)
    where = engine_named(engine)
    if teaching is not None:
        learnt = lessons.learn(frame, teaching, where, prior=prior)
    doubt = doubtful_from(frame) - (DEEPER if learnt.yes >= TAUGHT else 0.0)
    most = len(model.COMPARISONS) * adaptation.MOST + learnt.most
    with where.open(frame, prior=prior) as scorer:
        first = learnt.applied(scorer.score(pairs, at_least=doubt - most))
        gained = adaptation.gains(first)

        def judged(some: pl.DataFrame) -> pl.DataFrame:
            return _overruled(_bounded(adaptation.adapted(some, gained), limit, doubt), decided)

        def weigh(some: pl.DataFrame) -> pl.DataFrame:
            return judged(learnt.applied(scorer.score(some, at_least=None)))

        alike = _of_one_number(frame, pairs).join(first, on=["rid_l", "rid_r"], how="anti")
        more = pl.concat([decided.drop("verdict"), alike]).unique().sort("rid_l", "rid_r")
        scored = pl.concat([judged(first), weigh(more)])
        scored = (
            scored.unique(["rid_l", "rid_r"]).sort("rid_l", "rid_r").filter(pl.col("match_weight") >= doubt)
        )
        roots = clusters.components(frame.height, scored.filter(pl.col("match_weight") >= limit))
        inner = weigh(clusters.inner_pairs(roots))
        numbers = clusters.persons(roots, inner, at_least=limit, places=_places(frame, inner))
        asked = weigh(_between_persons(scored, inner, numbers))
        bearing = weigh(_of_many(frame, numbers)).with_columns(
            pl.max_horizontal("match_weight", pl.lit(doubt)).alias("match_weight"),
            pl.lit(True).alias("raised"),
        )
    told = pl.concat([scored, inner, asked]).unique(["rid_l", "rid_r"]).with_columns(of_many=False)
    bearing = bearing.with_columns(of_many=True).join(told, on=["rid_l", "rid_r"], how="anti")
    told = _once(pl.concat([told, bearing]).sort("rid_l", "rid_r"), numbers)
    return _told(frame["record"], told, numbers, limit, learnt)


def doubtful_from(frame: pl.DataFrame) -> float:
    """Return the weight from which somebody should look at a pair of the records in ``frame`` (features)."""
    unsound = frame.select((pl.col("nik").is_null() | pl.col("nik_cut")).mean()).item() or 0.0
    return max(round(REVIEW + REVIEW_NUMBERLESS * unsound, 2), REVIEW_LOWEST)


def _bounded(weighed: pl.DataFrame, limit: float, doubt: float) -> pl.DataFrame:
    """Return ``weighed`` with weights that keep to what their levels ask, and ``apart``: not one person unseen."""
    apart, always = explain.asks("at most", "always"), explain.asks("always")
    weight = pl.col("match_weight")
    most = pl.when(apart).then(pl.min_horizontal(weight, pl.lit(limit - BELOW))).otherwise(weight)
    least = pl.when(always).then(pl.max_horizontal(most, pl.lit(doubt))).otherwise(most)
    raised = always & (most < doubt)
    return weighed.with_columns(least.alias("match_weight"), apart.alias("apart"), raised.alias("raised"))


def _once(told: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """Return ``told`` with one pair only of those that ask of two persons why they have one number."""
    persons = pl.concat_list(numbers.gather(told["rid_l"]), numbers.gather(told["rid_r"])).list.sort()
    asked = told.with_columns(persons.alias("persons"))
    others = asked.filter(~pl.col("raised"))
    first = asked.filter("raised").unique("persons", keep="first", maintain_order=True)
    first = first.join(others, on="persons", how="anti")
    return pl.concat([others, first]).drop("persons").sort("rid_l", "rid_r")


def _places(frame: pl.DataFrame, inner: pl.DataFrame) -> dict[int, int]:
    """Return the place of each record of the pairs ``inner`` when they are ordered by what they say."""
    asked = pl.concat([inner["rid_l"], inner["rid_r"]]).unique().implode()
    ordered = frame.lazy().filter(pl.col("rid").is_in(asked)).select(SAID).sort(SAID, nulls_last=True)
    return {rid: place for place, rid in enumerate(ordered.select("rid").collect()["rid"])}


def _of_one_number(frame: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return those of ``pairs`` that have the same valid NIK."""
    numbered = (
        frame.lazy().filter(pl.col("nik").is_not_null() & pl.col("nik").is_duplicated()).select("nik", "rid")
    )
    both = numbered.join(numbered, on="nik", suffix="_r").filter(pl.col("rid") < pl.col("rid_r"))
    return (
        both.select(pl.col("rid").alias("rid_l"), "rid_r")
        .join(pairs.lazy(), on=["rid_l", "rid_r"], how="semi")
        .sort("rid_l", "rid_r")
        .collect()
    )


def _of_many(frame: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """Return pairs of the persons who bear one number that belongs to none of them: each with the next."""
    return (
        frame.select("rid", "nik_of_many")
        .with_columns(numbers.alias("person"))
        .drop_nulls("nik_of_many")
        .unique(["nik_of_many", "person"], keep="first", maintain_order=True)
        .with_columns(pl.col("rid").shift(-1).over("nik_of_many").alias("rid_r"))
        .drop_nulls("rid_r")
        .select(pl.col("rid").alias("rid_l"), "rid_r")
        .unique()
        .sort("rid_l", "rid_r")
    )


def _decided(frame: pl.DataFrame, decisions: Decisions | None) -> pl.DataFrame:
    """Return the pairs of these records on which people have decided: ``rid_l, rid_r, verdict``."""
    schema = {"rid_l": pl.Int32, "rid_r": pl.Int32, "verdict": pl.String}
    taken = [(one.left, one.right, one.verdict) for one in decisions or ()]
    if not taken:
        return pl.DataFrame(schema=schema)
    by_mark = frame.select("fingerprint", "rid")
    memory = pl.DataFrame(taken, schema=["left", "right", "verdict"], orient="row")
    both = memory.join(by_mark, left_on="left", right_on="fingerprint").join(
        by_mark, left_on="right", right_on="fingerprint", suffix="_r"
    )
    return (
        both.filter(pl.col("rid") != pl.col("rid_r"))
        .select(
            pl.min_horizontal("rid", "rid_r").cast(pl.Int32).alias("rid_l"),
            pl.max_horizontal("rid", "rid_r").cast(pl.Int32).alias("rid_r"),
            "verdict",
        )
        .unique(["rid_l", "rid_r"])
        .sort("rid_l", "rid_r")
    )


def _overruled(scored: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Return ``scored`` with the weight of decided pairs beyond all doubt."""
    verdict = pl.col("verdict")
    return scored.join(decided, on=["rid_l", "rid_r"], how="left", maintain_order="left").with_columns(
        pl.when(verdict == "same")
        .then(clusters.CERTAIN)
        .when(verdict == "different")
        .then(-clusters.CERTAIN)
        .otherwise(pl.col("match_weight"))
        .alias("match_weight"),
        (pl.col("apart") & (verdict != "same").fill_null(True)).alias("apart"),
    )


def _between_persons(scored: pl.DataFrame, inner: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """Return the pairs that stand between two persons who are to be reviewed, and have no weight yet.

    Somebody who looks at two persons looks at all their records: they are asked together.
    """
    persons = pl.DataFrame({"rid": pl.int_range(len(numbers), dtype=pl.Int32, eager=True), "person": numbers})
    between = (
        scored.filter(pl.col("match_weight") >= WHOLLY)
        .join(persons, left_on="rid_l", right_on="rid")
        .join(persons, left_on="rid_r", right_on="rid", suffix="_r")
        .filter(pl.col("person") != pl.col("person_r"))
        .select("person", "person_r")
        .unique()
    )
    asked = (
        between.join(persons, on="person")
        .join(persons.rename({"rid": "rid_r", "person": "person_r"}), on="person_r")
        .select(
            pl.min_horizontal("rid", "rid_r").alias("rid_l"), pl.max_horizontal("rid", "rid_r").alias("rid_r")
        )
        .unique()
    )
    for weighed in (scored, inner):
        asked = asked.join(weighed, on=["rid_l", "rid_r"], how="anti")
    return asked.sort("rid_l", "rid_r")


def _told(
    ids: pl.Series, scored: pl.DataFrame, numbers: pl.Series, limit: float, learnt: lessons.Learnt
) -> Linkage:
    """Return the linkage in words: every weighed pair, by what became of its two persons."""
    weight = pl.col("match_weight")
    by_decision = pl.col("verdict") == "same"
    kept = scored.filter(weight > -clusters.CERTAIN)
    frame = kept.with_columns(
        ids.gather(kept["rid_l"]).alias("left"),
        ids.gather(kept["rid_r"]).alias("right"),
        numbers.gather(kept["rid_l"]).alias("person"),
        numbers.gather(kept["rid_r"]).alias("person_r"),
    )
    same = pl.col("person") == pl.col("person_r")
    carried = same & (weight < limit)
    frame = frame.select(
        "left",
        "right",
        "person",
        pl.when(by_decision)
        .then(1.0)
        # A pair that other rows hold together is as sure as the person is: the mean of the person's pairs.
        .when(carried)
        .then(_chance(pl.col("match_weight").clip(-clusters.BOUND, clusters.BOUND).mean().over("person")))
        .otherwise(_chance(weight))
        .round(6)
        .alias("probability"),
        pl.when(same).then(pl.lit("same")).otherwise(pl.lit("review")).alias("decision"),
        pl.concat_str(
            pl.when(by_decision).then(pl.lit("decided_by_a_person_one_person")),
            pl.when(carried & by_decision.is_null()).then(pl.lit("one_person_by_way_of_other_rows")),
            pl.when(~same & (weight >= limit)).then(pl.lit("alike_but_against_other_rows_of_that_person")),
            pl.when("of_many").then(pl.lit("nik_used_by_several_people")),
            explain.why(),
            separator=explain.BETWEEN,
            ignore_nulls=True,
        ).alias("why"),
        (pl.col("raised") & ~same).alias("notice"),
        explain.against().alias("against"),
    )
    persons = pl.DataFrame({"record": ids, "person": numbers}).sort("record")
    contradictions = frame.filter((pl.col("decision") == "same") & (pl.col("against") != "")).select(
        "person", "left", "right", pl.col("against").alias("why")
    )
    return Linkage(
        frame.select(list(PAIRS)).sort("left", "right"),
        persons,
        contradictions.sort("person", "left", "right"),
        learnt,
        frame.filter("notice").select(list(NOTICES)).sort("left", "right"),
    )


def _chance(weight: pl.Expr) -> pl.Expr:
    return 1 / (1 + 2.0 ** (-weight).clip(-60, 60))


def _refuse_repeated_ids(listings: pl.DataFrame, known: pl.DataFrame | None) -> None:
    ids = listings["record"] if known is None else pl.concat([listings["record"], known["record"]])
    twice = ids.filter(ids.is_duplicated())
    if twice.len():
        raise InputError(
            Text(
                f"Nomor baris “{twice[0]}” dipakai lebih dari sekali; tiap baris harus punya nomor sendiri.",
                f"The record id “{twice[0]}” is used more than once; every row needs its own.",
            )
        )
