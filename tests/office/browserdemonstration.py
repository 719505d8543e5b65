"""Run by the browser tests after ``browseroffice.py``: the office is a demonstration, its first state kept."""

from __future__ import annotations

from payung.office.service import start

start.load()
start.ready()

from django.db import transaction

from payung.office.history import demonstration
from payung.office.history.actions import Entry, record
from payung.office.service import pristine

with transaction.atomic():
    record(by="payung", entries=[Entry(demonstration.MARK), Entry(demonstration.FILLED)])
pristine.keep()
