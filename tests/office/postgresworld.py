"""A throw-away PostgreSQL for a test, or for a whole run of tests."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from postgresserver import MISSING, programs, running


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty database that is gone after the test."""
    if os.environ.get("PAYUNG_TEST_DATABASE"):
        pytest.skip("this run is on PostgreSQL already")
    if programs() is None:
        pytest.skip(MISSING)
    with running() as address:
        yield address


def for_this_run() -> None:
    """Where PAYUNG_TEST_DATABASE says ``postgresql`` and no address: start one until this process and those that it
    starts have ended, and put its address there."""
    if os.environ.get("PAYUNG_TEST_DATABASE") != "postgresql":
        return
    server = ExitStack()
    os.environ["PAYUNG_TEST_DATABASE"] = server.enter_context(running())
    atexit.register(server.close)
