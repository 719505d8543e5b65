"""The same rows by pandas, values written in by hand, a month at a time. `pandas_rows.py PEOPLE OUT`."""

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

LOWER = np.array(
    [
        0,
        *range(1_100_000, 2_700_000, 200_000),
        *range(2_700_000, 8_200_000, 500_000),
        *range(8_200_000, 20_200_001, 1_000_000),
    ]
)
STEP = np.array([0] + [100_000] * 8 + [250_000] * 11 + [500_000] * 13)
BASIS = np.where(LOWER == 0, 1_000_000, LOWER + STEP)
RATE = np.array([0, 24, 54, 89, 127, 174])

people = pd.read_parquet(sys.argv[1], columns=["person", "segment", "income", "sector", "risk"])
bpu = (people["segment"] == "bpu").to_numpy()
transport = (people["sector"] == "transport").to_numpy()
income = people["income"].to_numpy()
table = BASIS[np.searchsorted(LOWER, income, side="right") - 1] // 100
wage_jkk = (2 * income * RATE[people["risk"].to_numpy()] + 10_000) // 20_000
wage_jkm = (2 * income * 30 + 10_000) // 20_000
writer = None
for month in range(1, 13):
    relief = transport if month < 4 else np.ones(len(people), dtype=bool)
    jkk = np.where(bpu, np.where(relief, table // 2, table), wage_jkk)
    jkm = np.where(bpu, np.where(relief, 3_400, 6_800), wage_jkm)
    rows = pd.DataFrame({"person": people["person"], "month": f"2026-{month:02d}", "jkk": jkk, "jkm": jkm})
    rows["total"] = rows["jkk"] + rows["jkm"]
    rows["law"] = "version"
    batch = pa.Table.from_pandas(rows, preserve_index=False)
    writer = writer or pq.ParquetWriter(sys.argv[2], batch.schema)
    writer.write_table(batch)
writer.close()
