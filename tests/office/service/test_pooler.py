"""An office whose connections go through a pooler in transaction mode: each transaction may be on another one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from serviceworld import Open, free_port, needs_styles, payung, python, set_up, until

from payung.office.service.addresses import database

# Where distributions put it, which is not in the PATH of every user.
PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
READS = """
from payung.office.history.models import Event
from payung.office.regions.models import Region
walk, other = Event.objects.order_by("number").iterator(chunk_size=2), Region.objects.iterator(chunk_size=2)
print(next(walk).number, bool(next(other)), len(list(walk)) > 0, len(list(other)) > 100)
"""


def test_pooler_is_sent_nothing_that_belongs_to_a_session(tmp_path: Path) -> None:
    address = "postgresql://office@db.example:6432/payung"
    direct = database(address, tmp_path, pool=True, connections=8)
    pooled = database(address, tmp_path, pool=True, connections=8, pooler=True)
    assert (direct["DISABLE_SERVER_SIDE_CURSORS"], pooled["DISABLE_SERVER_SIDE_CURSORS"]) == (False, True)
    assert "options" in direct["OPTIONS"]  # type: ignore[operator]
    assert "options" not in pooled["OPTIONS"]  # type: ignore[operator]


@pytest.fixture
def pooler(postgresql: str) -> Iterator[str]:
    """The address of a pgbouncer before an empty PostgreSQL."""
    if PGBOUNCER is None:
        pytest.skip("pgbouncer is not here: install it (apt-get install pgbouncer) to test through it")
    port, behind = free_port(), postgresql.rpartition(":")[2].partition("/")[0]
    folder = Path(tempfile.mkdtemp(prefix="payung-pooler-", dir="/tmp"))
    folder.chmod(0o755)
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\npostgres = host=127.0.0.1 port={behind} user=postgres\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        "auth_type = any\npool_mode = transaction\ndefault_pool_size = 6\n"
    )
    settings.chmod(0o644)
    drop = ["-u", "postgres"] if os.geteuid() == 0 else []
    server = subprocess.Popen([PGBOUNCER, "-q", *drop, str(settings)], cwd="/")

    def answers() -> bool:
        assert server.poll() is None, "pgbouncer did not start"
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(answers, seconds=20)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


@needs_styles
def test_office_runs_through_a_pooler(tmp_path: Path, pooler: str) -> None:
    home = tmp_path / "kantor"
    told = payung(
        home, "setup", "--district", "62.10", "--admin", "d", "--name", "D (rekaan)", PAYUNG_DATABASE=pooler
    )
    assert told.returncode == 2
    assert "PAYUNG_DATABASE_POOLER=1" in told.stderr
    through = {"PAYUNG_DATABASE": pooler, "PAYUNG_DATABASE_POOLER": "1"}
    set_up(home, **through)
    with Open(home, PAYUNG_DATABASE_POOL="1", **through) as office:
        until(lambda: office.health()[1].get("worker") is True, office)
        assert [office.get("/masuk/")[0] for _ in range(12)] == [200] * 12
        assert python(home, READS, **through).split() == ["1", "True", "True", "True"]
        made = payung(home, "backup", str(tmp_path / "a.payung"), **through)
        assert made.returncode == 0, made.stderr
        assert payung(home, "verify-history", **through).returncode == 0
        assert office.process.poll() is None
    assert payung(home, "restore", "--check", str(tmp_path / "a.payung"), **through).returncode == 0
    assert "Traceback" not in office.log
