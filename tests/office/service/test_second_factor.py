"""The second factor: its secrets are sealed at rest, it forgives a clock, and taking it off is felt at once."""

from __future__ import annotations

import importlib
import json
import time
from typing import Any

import pytest
from accountsworld import code_of, login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from officeworld import PASSWORD

from payung.errors import MissingDataError
from payung.office.accounts import second_factor

pytestmark = pytest.mark.django_db


def _with_codes(make_user: Any) -> tuple[Any, str, list[str]]:
    user = make_user("dinsos")
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    return user, secret, codes


def _kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return json.dumps([str(row[0]) for row in cursor.fetchall()])


def test_copy_of_the_database_holds_no_secret(make_user: Any) -> None:
    _, secret, codes = _with_codes(make_user)
    assert secret not in _kept()
    assert not any(code in _kept() for code in codes)
    assert _kept().count(second_factor.SEALED) == 2


def test_secrets_of_before_are_sealed_and_go_on_working(make_user: Any) -> None:
    user, secret, codes = _with_codes(make_user)
    for kept in Authenticator.objects.filter(user=user):  # as an office of 0.1.0 left them
        name = "secret" if kept.type == Authenticator.Type.TOTP else "seed"
        kept.data[name] = second_factor.unseal(kept.data[name])
        kept.save()
    assert secret in _kept()
    with pytest.raises(MissingDataError):
        TOTP(Authenticator.objects.get(user=user, type="totp")).validate_code(code_of(secret))
    migration = importlib.import_module("payung.office.accounts.migrations.0003_seal_second_factors")
    for _ in range(2):
        migration.seal(apps, connection.schema_editor())
    assert secret not in _kept()
    assert TOTP(Authenticator.objects.get(user=user, type="totp")).validate_code(code_of(secret))
    found = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes"))
    assert found.get_unused_codes() == codes


@pytest.mark.parametrize("kept", ["", "JBSWY3DPEHPK3PXP", "s1:", "s1:AAAA", "s1:kein base64"])
def test_what_somebody_wrote_into_the_database_signs_nobody_in(kept: str) -> None:
    with pytest.raises(MissingDataError):
        second_factor.unseal(kept)


@pytest.mark.parametrize(("seconds", "right"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_clock_that_is_off_by_less_than_a_minute_signs_in(
    make_user: Any, monkeypatch: pytest.MonkeyPatch, seconds: int, right: bool
) -> None:
    user, secret, _ = _with_codes(make_user)
    now = time.time()
    code = format_hotp_value(hotp_value(secret, int(now // 30)))
    monkeypatch.setattr(time, "time", lambda: now + seconds)
    assert TOTP(Authenticator.objects.get(user=user, type="totp")).validate_code(code) is right


def test_wrong_code_speaks_of_the_clock(make_user: Any) -> None:
    _with_codes(make_user)
    client = Client()
    login(client, "dinsos", PASSWORD)
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "periksa jam" in page


def test_taking_the_second_factor_off_ends_the_other_sessions_and_asks_for_a_new_one(make_user: Any) -> None:
    _, _, codes = _with_codes(make_user)
    clients = []
    for code in codes[:2]:
        client = Client()
        login(client, "dinsos", PASSWORD)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        assert client.get("/orang/").status_code == 200
        clients.append(client)
    first, second = clients
    assert first.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert first.get("/orang/").headers["Location"] == reverse("mfa_activate_totp")
    assert second.get("/orang/").headers["Location"].startswith("/masuk/")
    assert UserSession.objects.count() == 1
