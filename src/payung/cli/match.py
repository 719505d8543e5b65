"""`payung match`: which rows are one person; `payung match-evaluate`: how good that was."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    import polars as pl

    from payung.linkage import Linkage
    from payung.linkage.decisions import Verdict

RESULTS = frozenset(
    {
        "notices.parquet",
        "pairs.parquet",
        "pairs.xlsx",
        "persons.parquet",
        "persons.xlsx",
        "records.parquet",
        "ringkasan.json",
    }
)
SHOWN = 100_000  # rows of a sheet; the whole is in the .parquet beside it
FLAGS = ("--json", "--help")  # options without a value
Json = Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")]


class SeveralAgainst(TyperCommand):
    """Lets several files follow one ``--against``, where the rosters stand elsewhere."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write ``--against A B`` as ``--against A --against B``."""
        following: list[int] = []  # words that stand behind the first value of an --against
        alone = False  # whether a roster stands anywhere else
        against, waits = False, False
        for at, word in enumerate(args):
            if word.startswith("-"):
                against = word.split("=")[0] == "--against"
                waits = "=" not in word and word not in FLAGS
            elif waits:
                waits = False
            elif against:
                following.append(at)
            else:
                alone = True
        spread: list[str] = []
        for at, word in enumerate(args):
            spread += ["--against", word] if alone and at in following else [word]
        return super().parse_args(ctx, spread)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("match", cls=SeveralAgainst)(match)
    app.command("match-evaluate")(evaluate)
    app.command("match-decide")(decide)


def match(
    rosters: Annotated[
        list[Path], typer.Argument(exists=True, help="Daftar atau folder. / Lists or folders.")
    ],
    out: Annotated[Path, typer.Option(help="Folder hasil. / Folder for the results.")],
    against: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False, help="Daftar yang sudah ada: peserta, meninggal. / Known lists."
        ),
    ] = None,
    identity: Annotated[
        str, typer.Option("--id", help="Kolom nomor baris. / Column of the caller's record id.")
    ] = "",
    engine: Annotated[str, typer.Option(help="duckdb, local[2], spark://… / where it runs.")] = "duckdb",
    memory: Annotated[Path | None, typer.Option(help="Berkas keputusan. / File of decisions.")] = None,
    as_of: Annotated[str, typer.Option(help="Tanggal baca TTTT-BB-HH. / Day of reading YYYY-MM-DD.")] = "",
    as_json: Json = False,
) -> None:
    """Cari orang yang sama dalam beberapa daftar. / Find which rows are one person."""
    import polars as pl

    from payung.cli.match_tables import apart, read_lists
    from payung.enrolment.folder import whole_folder
    from payung.linkage import Decisions, link
    from payung.linkage.engines import engine_named

    on = _day(as_of)
    engine_named(engine)
    with whole_folder(out, RESULTS) as folder:
        lists = read_lists(rosters, identity=identity, as_of=on)
        known = read_lists(against, identity=identity, as_of=on, known=True) if against else None
        if known is not None and not identity:
            known = apart(lists, known)
        decisions = Decisions.load(memory) if memory else None
        linkage = link(
            lists.drop("path"),
            None if known is None else known.drop("path"),
            as_of=on,
            decisions=decisions,
            engine=engine,
        )
        everyone = lists if known is None else pl.concat([lists, known])
        summary = _write(folder, linkage, everyone, lists.height)
        if decisions:
            checked = decisions.same_wrong()
            summary["checked"] = {
                "looked": checked.looked,
                "wrong": checked.wrong,
                "interval": checked.interval,
            }
        (folder / "ringkasan.json").write_text(
            json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n" if as_json else _said(summary, out))


def evaluate(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder hasil match. / Its results.")
    ],
    truth: Annotated[
        Path,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="rec_id, entity_id (.csv, .parquet); truth.parquet dari/of payung district.",
        ),
    ],
    as_json: Json = False,
) -> None:
    """Ukur hasil match terhadap kebenaran. / Measure the results of match against the truth."""
    from payung.cli.match_truth import read_truth
    from payung.linkage.evaluation import evaluate as measure

    records = _result(folder, "records.parquet")
    quality = measure(
        _result(folder, "pairs.parquet"),
        _result(folder, "persons.parquet"),
        read_truth(truth, records),
        sides=records.select("record", "known"),
        notices=_result(folder, "notices.parquet") if (folder / "notices.parquet").exists() else None,
    ).as_dict()
    if as_json:
        sys.stdout.write(json.dumps(quality) + "\n")
        return
    for name, words in MEASURES.items():
        value = quality[name]
        shown = "-" if value is None else f"{value:.4f}" if isinstance(value, float) else f"{value:,}"
        sys.stdout.write(f"{words:<62}{shown:>12}\n")


MEASURES = {
    "records": "Baris / records",
    "true_pairs": "Pasangan sebenarnya / true pairs",
    "precision": "Ketepatan “sama” / precision of same",
    "recall": "Kelengkapan “sama” / recall of same",
    "f1": "F1 “sama” / F1 of same",
    "review_rows": "Bagian baris yang ditinjau / share of rows in review",
    "review_pairs": "Pasangan yang ditinjau / pairs in review",
    "question_rows": "Bagian baris dalam pertanyaan / share of rows in questions",
    "notices": "Satu nomor pada beberapa orang / notices of one number",
    "f1_reviewed": "F1 bila tinjauan diputus benar / F1 were review decided rightly",
    "wrongly_offered": "Sudah peserta tetapi ditawarkan / insured wrongly offered",
    "insured_waiting": "Sudah peserta, menunggu tinjauan / insured, waiting for review",
    "wrongly_dropped": "Belum peserta tetapi dicoret / uninsured wrongly dropped",
}


def decide(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder hasil match. / Its results.")
    ],
    memory: Annotated[Path, typer.Option(help="Berkas keputusan. / File of decisions.")],
    left: Annotated[str, typer.Option(help="Baris pertama. / First record.")] = "",
    right: Annotated[str, typer.Option(help="Baris kedua. / Second record.")] = "",
    verdict: Annotated[str, typer.Option(help="same, different. / Satu orang atau bukan.")] = "",
    keep: Annotated[
        str, typer.Option(help="Baris yang datanya dipakai. / Record whose facts are kept.")
    ] = "",
    undo: Annotated[int, typer.Option(help="Batalkan keputusan nomor ini. / Undo this decision.")] = 0,
    by: Annotated[str, typer.Option(help="Siapa. / Who.")] = "",
    why: Annotated[str, typer.Option(help="Mengapa. / Why.")] = "",
    on: Annotated[str, typer.Option(help="Tanggal keputusan. / Date of the decision.")] = "",
) -> None:
    """Ingat keputusan tentang satu pasangan, atau batalkan. / Remember a decision on a pair, or undo one."""
    import polars as pl

    from payung.errors import InputError
    from payung.linkage import Decisions
    from payung.text import Text

    decisions = Decisions.load(memory)
    if undo:
        decisions.undo(undo)
        sys.stdout.write(f"Keputusan {undo} dibatalkan. / Decision {undo} undone.\n")
        return
    marks = dict(_result(folder, "records.parquet").select("record", "fingerprint").iter_rows())
    for record in filter(None, (left, right, keep)) if left and right else ("",):
        if record not in marks:
            raise InputError(
                Text(
                    f"Baris “{record}” tidak ada di {folder}: isi --left dan --right dengan nomor dari pairs.xlsx.",
                    f"There is no record “{record}” in {folder}: give --left and --right as in pairs.xlsx.",
                )
            )
    said: Verdict | None = "same" if verdict == "same" else "different" if verdict == "different" else None
    if said is None:
        raise InputError(Text("--verdict harus same atau different.", "--verdict must be same or different."))
    if left == right or (keep and (keep not in (left, right) or said == "different")):
        raise InputError(
            Text(
                "--left dan --right harus dua baris berbeda; --keep salah satunya, dan hanya bila --verdict same.",
                "--left and --right must be two records; --keep one of them, and only with --verdict same.",
            )
        )
    if on:
        _day(on, "--on")
    found = _result(folder, "pairs.parquet").filter(
        (pl.col("left") == min(left, right)) & (pl.col("right") == max(left, right))
        | (pl.col("left") == max(left, right)) & (pl.col("right") == min(left, right))
    )
    taken = decisions.decide(
        marks[left],
        marks[right],
        said,
        keep=marks.get(keep, ""),
        weight=_weight(found),
        called="" if found.is_empty() else found["decision"][0],
        by=by,
        why=why,
        on=on,
    )
    sys.stdout.write(f"Keputusan {taken.number} diingat. / Decision {taken.number} remembered.\n")


def _weight(found: pl.DataFrame) -> float | None:
    """Return the log2 of the odds that the machine gave the pair."""
    from math import log2

    if found.is_empty():
        return None
    chance = min(max(float(found["probability"][0]), 1e-6), 1 - 1e-6)
    return round(log2(chance / (1 - chance)), 3)


def _write(folder: Path, linkage: Linkage, everyone: pl.DataFrame, listed: int) -> dict[str, Any]:
    """Write all files of a linkage and return what there is to say about it."""
    import polars as pl

    from payung.cli.match_books import write_books
    from payung.linkage import fingerprints
    from payung.linkage.explain import in_words

    in_words(linkage.pairs).write_parquet(folder / "pairs.parquet")
    in_words(linkage.notices).write_parquet(folder / "notices.parquet")
    linkage.persons.write_parquet(folder / "persons.parquet")
    records = everyone.select("record", fingerprints(everyone), "path", "sheet", "row").with_columns(
        (pl.int_range(pl.len()) >= listed).alias("known")
    )
    records.sort("record").write_parquet(folder / "records.parquet")
    write_books(folder, linkage, everyone, shown=SHOWN)
    decisions = dict(linkage.pairs["decision"].value_counts().iter_rows())
    sides = (
        linkage.persons.join(records, on="record")
        .group_by("person")
        .agg(pl.col("known").any().alias("known"), (~pl.col("known")).any().alias("listed"))
    )
    return {
        "listed": listed,
        "known": everyone.height - listed,
        "persons": linkage.persons["person"].n_unique(),
        "persons_on_both": sides.filter(pl.col("known") & pl.col("listed")).height,
        "same": decisions.get("same", 0),
        "review": decisions.get("review", 0),
        "notices": linkage.notices.height,
        "contradictions": linkage.contradictions.height,
        "learnt": {"pairs": linkage.learnt.pairs, "yes": linkage.learnt.yes, "no": linkage.learnt.no},
    }


def _said(summary: dict[str, Any], out: Path) -> str:
    lines = [
        f"{summary['listed']:,} baris daftar, {summary['known']:,} baris pembanding → {summary['persons']:,} orang.",
        f"{summary['persons_on_both']:,} orang ada di kedua sisi.",
        f"{summary['same']:,} pasangan satu orang, {summary['review']:,} perlu ditinjau.",
        f"Di antaranya {summary['notices']:,} pemberitahuan: satu nomor pada beberapa orang.",
        f"{summary['contradictions']:,} pertentangan di antara baris satu orang.",
    ]
    if summary["learnt"]["pairs"]:
        lines.append(f"Bobot disesuaikan dari {summary['learnt']['pairs']:,} pasangan bernomor.")
    if "checked" in summary:
        checked = summary["checked"]
        low, high = checked["interval"]
        lines.append(
            f"Dari {checked['looked']} pasangan “sama” yang diperiksa orang, {checked['wrong']} keliru "
            f"(selang 95 %: {low:.1%}–{high:.1%})."
        )
    return "\n".join([*lines, f"Hasil: {out}"]) + "\n"


def _result(folder: Path, name: str) -> pl.DataFrame:
    import polars as pl

    from payung.errors import InputError
    from payung.text import Text

    if not (folder / name).exists():
        raise InputError(
            Text(
                f"{folder} tidak berisi {name}: bukan folder hasil payung match.",
                f"{folder} has no {name}: it is not a folder of payung match.",
            )
        )
    try:
        return pl.read_parquet(folder / name)
    except pl.exceptions.PolarsError:
        raise InputError(
            Text(
                f"{folder / name} rusak: jalankan payung match sekali lagi.",
                f"{folder / name} is damaged: run payung match again.",
            )
        ) from None


def _day(text: str, option: str = "--as-of") -> dt.date:
    if not text:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{option} {text!r}: TTTT-BB-HH / YYYY-MM-DD") from None
