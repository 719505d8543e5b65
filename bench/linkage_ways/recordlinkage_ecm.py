"""The recordlinkage toolkit: usual blocks, string comparisons, the ECM classifier."""

from __future__ import annotations

import warnings

import polars as pl
from prepared import lists, write

warnings.simplefilter("ignore")
import recordlinkage  # noqa: E402

records, out = lists()
words = pl.col("name").str.to_lowercase().str.replace_all(r"[^a-z ]", "").str.split(" ")
frame = (
    records.with_columns(
        words.list.first().alias("first"),
        words.list.last().alias("last"),
        pl.col("birth_date").cast(pl.String),
    )
    .to_pandas()
    .set_index("record")
)
index = recordlinkage.Index()
for block in ("nik", ["birth_date", "first"], ["birth_date", "last"], ["name", "village"]):
    index.block(block)
candidates = index.index(frame)
compare = recordlinkage.Compare()
compare.string("first", "first", method="levenshtein", threshold=0.8, label="first")
compare.string("last", "last", method="levenshtein", threshold=0.8, label="last")
compare.exact("birth_date", "birth_date", label="birth")
compare.string("nik", "nik", method="levenshtein", threshold=0.87, label="nik")
compare.exact("sex", "sex", label="sex")
compare.string("village", "village", method="levenshtein", threshold=0.8, label="village")
matches = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(compare.compute(candidates, frame))
pairs = pl.DataFrame([(min(pair), max(pair)) for pair in matches], schema=["left", "right"], orient="row")
write(pairs, out)
