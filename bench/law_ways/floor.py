"""The floor: scan people who are already priced and write them out twelve times. `floor.py PRICED OUT`."""

import sys

import duckdb

PRICED, OUT = sys.argv[1:3]
MONTHS = ", ".join(f"('2026-{month:02d}')" for month in range(1, 13))
with duckdb.connect(":memory:") as connection:
    connection.execute("SET memory_limit = '120MB'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(
        f"""COPY (SELECT person, month, jkk, jkm, jkk + jkm AS total, 'version' AS law
            FROM read_parquet('{PRICED}') CROSS JOIN (VALUES {MONTHS}) AS months(month))
            TO '{OUT}' (FORMAT parquet)"""
    )
