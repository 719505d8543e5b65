"""Write invented people to price: `people.py ROWS FILE`. Reads like a province: 300 villages, most BPU."""

import sys

import duckdb

ROWS, OUT = int(sys.argv[1]), sys.argv[2]
with duckdb.connect(":memory:") as connection:
    connection.execute("SET memory_limit = '1GB'")
    connection.execute(
        f"""COPY (
            SELECT number AS person, CAST(hash(number, 1) % 300 AS INTEGER) AS village,
                   CASE WHEN hash(number, 2) % 10 < 7 THEN 'bpu' ELSE 'pu' END AS segment,
                   CAST(500000 + (hash(number, 3) % 9500) * 1000 AS BIGINT) AS income,
                   CASE WHEN hash(number, 4) % 10 < 2 THEN 'transport' ELSE 'other' END AS sector,
                   CAST(1 + hash(number, 5) % 5 AS BIGINT) AS risk
            FROM range({ROWS}) AS numbers(number)) TO '{OUT}' (FORMAT parquet)"""
    )
