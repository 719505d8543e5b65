"""Whoever did something stands on a page by name and office; the user name stays behind it and in exports."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from officeworld import PLACES, VILLAGE

from payung.office.accounts import actions as accounts
from payung.office.accounts.models import User
from payung.office.desk.who import like, named, shown
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.submissions import actions as intake

pytestmark = pytest.mark.django_db


def _called(user: User, name: str) -> User:
    user.name = name
    user.save(update_fields=["name"])
    return user


def test_name_office_and_place_stand_for_a_user_name(make_user: Any) -> None:
    _called(make_user("operator"), "Sari Wati")
    _called(make_user("dpmd"), "Dinas PMD, Budi")
    place = PLACES[VILLAGE][0]
    assert named("operator") == f"Sari Wati, Operator desa {place}"
    assert named("dpmd") == "Dinas PMD, Budi"  # the name says the office already
    assert named(BY_ITSELF) == "Payung, dengan sendirinya"
    assert named("tautan desa") == "tautan desa"  # no account
    assert named("") == ""
    assert 'title="operator"' in shown("operator")
    assert like("sari") == like("OPERATOR") == ["operator"]


def test_office_of_today_counts(make_user: Any) -> None:
    user = _called(make_user("kades"), "Budi")
    user.grants.update(starts=dt.date(2020, 1, 1), ends=dt.date(2021, 1, 1))
    assert named("kades") == "Budi"
    accounts.give_role(by="t", user=user, role="camat", region_code=VILLAGE[:8], starts=dt.date(2022, 1, 1))
    assert named("kades").startswith("Budi, Camat")


def test_name_of_somebody_is_written_and_never_run(make_user: Any) -> None:
    _called(make_user("operator"), "<b>Sari</b>")
    assert "<b>" not in shown("operator")


def test_page_that_may_write_asks_once_too(make_user: Any) -> None:
    make_user("operator")
    make_user("kades")
    request = RequestFactory().post("/")
    with CaptureQueriesContext(connection) as asked:
        for one in ("operator", "kades", "operator"):
            assert f'title="{one}"' in shown(one, request)
    assert len(asked) == 1


def test_timeline_names_everybody_in_one_query_more(make_user: Any, sign_in: Any) -> None:
    operator = _called(make_user("operator"), "Sari Wati")
    _called(make_user("kades"), "Jaya Putra")
    client = sign_in(operator)
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    address, counted = f"/usulan/{submission.pk}/", []
    for who in ("operator", "kades"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        counted.append(len(asked))
        assert "Sari Wati" in page
        assert "· operator<" not in page
        with transaction.atomic():
            entries = [
                Entry("submission.return", f"submission:{submission.pk}", reason=f"{n}") for n in range(9)
            ]
            record(by=who, entries=entries)
    assert counted[0] == counted[1]
    assert "Jaya Putra" in client.get(address).content.decode()


def test_history_finds_a_name_and_its_export_keeps_the_user_name(make_user: Any, sign_in: Any) -> None:
    _called(make_user("operator"), "Sari Wati")
    intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    admin = sign_in(make_user("admin"))
    page = admin.get("/riwayat/?siapa=sari").content.decode()
    assert "Sari Wati" in page
    assert 'title="operator"' in page
    assert "Nama admin" not in page[page.index("<tbody") :]
    inspector = sign_in(make_user("inspektorat"))
    sent = inspector.post("/riwayat/?siapa=sari", {"alasan": "uji", "bentuk": "csv"})
    assert '"operator"' in sent.content.decode()


def test_history_says_what_a_deed_was_done_to_and_leads_there(make_user: Any, sign_in: Any) -> None:
    _called(make_user("operator"), "Sari Wati")
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    inspector = make_user("inspektorat")
    page = sign_in(inspector).get("/riwayat/").content.decode()
    assert f'<a href="/usulan/{submission.pk}/">usulan {submission.pk}</a>' in page
    assert "Sari Wati" in page
    assert "user:operator" not in page
    keeper = sign_in(make_user("admin")).get("/riwayat/").content.decode()
    assert f"usulan {submission.pk}" in keeper  # whoever may not open it has no dead link
    assert f'href="/usulan/{submission.pk}/"' not in keeper
