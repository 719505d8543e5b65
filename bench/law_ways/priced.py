"""Write what the floor starts from: every person with one month's price. `priced.py PEOPLE FILE`."""

import sys
from pathlib import Path

import duckdb

from payung.engine.statements import rows_statement

PEOPLE, OUT = sys.argv[1:3]
query = rows_statement(f"read_parquet('{Path(PEOPLE)}')", ["2026-05"], "csr")
with duckdb.connect(":memory:") as connection:
    connection.execute("SET memory_limit = '1GB'")
    connection.execute(f"COPY (SELECT person, jkk, jkm FROM ({query})) TO '{OUT}' (FORMAT parquet)")
