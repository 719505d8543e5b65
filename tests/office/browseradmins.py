"""Run by the browser tests after ``browseroffice.py``: a second administrator."""

from __future__ import annotations

import datetime as dt

from payung.office.service import start

start.load()
start.ready()

from django.contrib.auth.hashers import make_password
from officeworld import PASSWORD

from payung.office.accounts import actions as accounts
from payung.office.accounts.models import User

user = accounts.create_user(
    by="tests", username="admin.dua", name="Admin Dua", password=None, temporary=False
)
accounts.give_role(by="tests", user=user, role="admin", region_code="62.03", starts=dt.date(2020, 1, 1))
User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
