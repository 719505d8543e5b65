"""Runs `payung law` in a test: as JSON, in words, or refused."""

from __future__ import annotations

import json
from typing import Any

from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import PayungError


def ask(*arguments: str) -> dict[str, Any]:
    """Run a command with ``--json`` and return its one object."""
    done = CliRunner().invoke(build(), ["law", *arguments, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") == 1
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def say(*arguments: str) -> str:
    """Run a command and return what it prints."""
    done = CliRunner().invoke(build(), ["law", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def fault(*arguments: str) -> PayungError:
    """Run a command that must be refused and return the fault that the command line prints with exit code 2."""
    done = CliRunner().invoke(build(), ["law", *arguments])
    assert isinstance(done.exception, PayungError), (done.exit_code, done.output, done.exception)
    assert done.exception.exit_code == 2
    assert done.stdout == ""
    return done.exception


def changed(base: list[str], **options: str) -> list[str]:
    """Return ``base`` with some options changed; an empty one is left out."""
    given = dict(zip(base[1::2], base[2::2], strict=True))
    given |= {f"--{name.replace('_', '-')}": value for name, value in options.items()}
    return [base[0], *(part for pair in given.items() if pair[1] for part in pair)]
