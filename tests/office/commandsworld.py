"""The office driven from outside: commands for a user, of which only the JSON is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from payung.cli.app import build
from payung.office.regions.models import Region
from payung.office.service import start

VILLAGE = "62.03.01.1008"  # one that the list of regions knows
Call = Callable[..., Any]


@pytest.fixture
def call(regions: None, make_user: Any, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a command for a user (of the role by that name) with ``--json`` and return what it printed."""
    Region.objects.create(code=VILLAGE, name="Selat Tengah", level="village")
    for role in ("dinsos", "bkad", "bpjs", "inspektorat"):
        make_user(role)
    for role in ("operator", "kades"):
        make_user(role, VILLAGE)
    for name in ("load", "ready", "there"):
        monkeypatch.setattr(start, name, lambda: None)

    def calling(by: str, *words: str) -> Any:
        done = CliRunner().invoke(build(), [*words, "--by", by, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return calling


def written(path: Path, *rows: str) -> str:
    """Write a file of ``rows`` and return its name."""
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)
