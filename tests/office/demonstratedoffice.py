"""Run by the browser tests: makes the office a demonstration and keeps its first state."""

from __future__ import annotations

from payung.office.service import start

start.load()

from django.db import transaction

from payung.office.history import demonstration
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.service import pristine

with transaction.atomic():
    record(by=BY_ITSELF, entries=[Entry(demonstration.MARK, after={"source": "tests"})])
demonstration.look()
pristine.keep()
