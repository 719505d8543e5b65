"""Where tables run: DuckDB on this machine, Spark beyond one machine."""
