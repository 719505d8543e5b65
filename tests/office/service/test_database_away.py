"""PostgreSQL that starts anew or is away for a while: nobody has to restart the office."""

from __future__ import annotations

from pathlib import Path

import psycopg
from serviceworld import Open, needs_styles, set_up, until


@needs_styles
def test_no_click_fails_after_the_database_started_anew(tmp_path: Path, postgresql: str) -> None:
    home = tmp_path / "kantor"
    set_up(home, PAYUNG_DATABASE=postgresql)
    with (
        Open(home, PAYUNG_DATABASE=postgresql, PAYUNG_DATABASE_POOL="1") as office,
        psycopg.connect(postgresql, autocommit=True) as own,
    ):
        until(lambda: office.health()[1].get("worker") is True, office)
        for _ in range(10):
            assert office.health()[0] == 200
        # As a restart does to every connection that the pools keep.
        own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert [office.health()[0] for _ in range(12)] == [200] * 12
        own.execute("ALTER ROLE postgres NOLOGIN")
        own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        status, told = office.health()
        assert (status, told["ok"], told["database"]) == (503, False, False)
        own.execute("ALTER ROLE postgres LOGIN")
        until(lambda: office.health()[1].get("worker") is True and office.health()[0] == 200, office)
        assert office.process.poll() is None
    assert "Traceback" not in office.log
