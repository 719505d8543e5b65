"""Races between processes on an office that is whole, for both databases: acts that all begin at the same moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connections
from officeworld import PLACES

from payung.errors import PayungError
from payung.office.regions.models import Region

HEAD_START = 1.0  # seconds until all processes are there
REFUSED, BROKEN = 100, 101  # how a process ends that was refused, or that something else happened to


def make_office() -> None:
    """Make an empty office with the places of the tests.

    By statements alone: what starts threads of its own (polars) would stand still in the processes of a race.
    """
    call_command("migrate", interactive=False, verbosity=0)
    Region.objects.bulk_create(
        [Region(code=code, name=name, level=level) for code, (name, level) in PLACES.items()]
    )


def together(acts: Sequence[Callable[[], Any]]) -> list[int]:
    """Let each act run in a process of its own, all at the same moment.

    Returns what each that was not refused came to: the number that it returned (below 100), or 0.
    """
    connections.close_all()
    begin, children = time.time() + HEAD_START, []
    for act in acts:
        if child := os.fork():
            children.append(child)
            continue
        time.sleep(max(begin - time.time(), 0))
        os._exit(_done(act))
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert all(0 <= end <= REFUSED for end in ends), "something broke instead of being refused"
    return [end for end in ends if end != REFUSED]


def _done(act: Callable[[], Any]) -> int:
    try:
        found = until_free(act)
    except PayungError:
        return REFUSED
    except BaseException as error:  # for whoever reads why a race broke
        sys.stderr.write(f"{error!r}\n")
        return BROKEN
    return found if isinstance(found, int) else 0


def until_free(act: Callable[[], Any]) -> Any:
    """Return what ``act`` returns; a busy SQLite is asked again, as the worker does."""
    while True:
        try:
            return act()
        except OperationalError:
            continue


def played(program: Path, home: Path) -> dict[str, Any]:
    """Run ``program`` on an office of its own below ``home``, on the database of this run; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "PAYUNG_HOME": str(home),
        "PAYUNG_DATABASE": _database(program),
        "PAYUNG_DATABASE_POOL": "0",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(program.parent)]),
    }
    run = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def _database(program: Path) -> str:
    """The address of a database of the program's own on the PostgreSQL of this run; empty for SQLite."""
    address = os.environ.get("PAYUNG_TEST_DATABASE", "")
    if not address:
        return ""
    import psycopg

    name = f"{program.stem}_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return address.rpartition("/")[0] + f"/{name}"
