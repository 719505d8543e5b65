"""Run by the browser test of exports after browseroffice.py: a history that is too long to wait for."""

from __future__ import annotations

from payung.office.service import start

start.load()
start.prepare()

from django.db import transaction

from payung.office.desk.lists import DIRECT
from payung.office.history.actions import Entry, record

with transaction.atomic():
    record(by="tests", entries=[Entry("user.login", "user:rekaan") for _ in range(DIRECT + 10)])
