"""Signing in, the lock, the second factor, and what an administrator does."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from accountsworld import code_of, login
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from officeworld import PASSWORD, VILLAGE

from payung.errors import InputError
from payung.office.access.apart import SamePersonError, keep_apart
from payung.office.accounts import actions
from payung.office.accounts.models import Grant, User
from payung.office.history.models import Event
from payung.text import Text

pytestmark = pytest.mark.django_db


def test_login_opens_the_first_page_and_stands_in_the_history(make_user: Callable[..., User]) -> None:
    make_user("operator")
    client = Client()
    assert login(client, "operator").headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Event.objects.get(action="user.login").actor == "operator"


def test_user_name_may_be_typed_in_capitals(make_user: Callable[..., User]) -> None:
    make_user("operator")
    assert login(Client(), "OPERATOR").status_code == 302


def test_five_wrong_passwords_lock_even_the_right_one_out(make_user: Callable[..., User]) -> None:
    make_user("operator")
    client = Client()
    for _ in range(5):
        response = login(client, "operator", "salah")
    assert response.status_code == 429
    assert login(client, "operator").status_code == 429
    assert Event.objects.filter(action="user.locked_out").exists()


def test_lock_of_one_account_leaves_the_others(make_user: Callable[..., User]) -> None:
    make_user("operator")
    make_user("kades")
    client = Client()
    for _ in range(5):
        login(client, "operator", "salah")
    assert login(client, "kades").status_code == 302


def test_new_password_from_the_administrator_unlocks(make_user: Callable[..., User]) -> None:
    user = make_user("operator")
    client = Client()
    for _ in range(5):
        login(client, "operator", "salah")
    password = actions.reset_password(by="admin", user=user, reason="lupa sandi")
    assert login(client, "operator", password).status_code == 302
    assert client.get("/").headers["Location"] == reverse("account_change_password")


def test_new_password_ends_the_need_for_one(make_user: Callable[..., User]) -> None:
    user = make_user("operator")
    password = actions.reset_password(by="admin", user=user, reason="lupa sandi")
    client = Client()
    login(client, "operator", password)
    new = "hujan-turun-di-kapuas"
    answer = {"oldpassword": password, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), answer)
    assert client.get("/").status_code == 200
    assert Event.objects.filter(action="user.password", actor="operator").exists()


@pytest.mark.parametrize(
    "weak", ["pendek", "1234567890123", "password123", "operator-desa", "op.baru2op.baru2"]
)
def test_weak_password_is_refused(make_user: Callable[..., User], sign_in: Any, weak: str) -> None:
    user = make_user("operator", username="op.baru2" if "baru" in weak else "operator.desa")
    client = sign_in(user)
    answer = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post(reverse("account_change_password"), answer).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_name_in_a_long_password_is_no_fault(make_user: Callable[..., User], sign_in: Any) -> None:
    user = make_user("operator", username="sari")
    answer = {"oldpassword": PASSWORD, "password1": "sari-kucing-hujan", "password2": "sari-kucing-hujan"}
    assert sign_in(user).post(reverse("account_change_password"), answer).status_code == 302


def test_wrong_old_password_is_told_plainly(make_user: Callable[..., User], sign_in: Any) -> None:
    answer = {"oldpassword": "bukan-ini", "password1": "kucing-hujan-99", "password2": "kucing-hujan-99"}
    page = sign_in(make_user("operator")).post(reverse("account_change_password"), answer).content.decode()
    assert "Sandi lama salah" in page


def test_password_is_asked_again_some_minutes_after_signing_in(
    make_user: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user("operator")
    client = Client()
    login(client, "operator")
    address = reverse("mfa_activate_totp")
    assert client.get(address).status_code == 200
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(address).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(address).status_code == 200


def test_second_factor_is_put_in_place_and_then_asked_for(make_user: Callable[..., User]) -> None:
    user = make_user("dinsos")
    Authenticator.objects.filter(user=user).delete()
    client = Client()
    login(client, "dinsos")
    page = client.get(reverse("mfa_activate_totp"))  # not asked for the password that was typed just now
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert client.get("/orang/").status_code == 200
    other = Client()
    assert login(other, "dinsos").headers["Location"] == reverse("mfa_authenticate")
    assert other.get("/orang/").headers["Location"].startswith("/masuk/")
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200


def test_signing_out_elsewhere_ends_the_other_session(make_user: Callable[..., User]) -> None:
    make_user("operator")
    here, there = Client(), Client()
    login(here, "operator")
    login(there, "operator")
    here.post(reverse("usersessions_list"))
    assert here.get("/").status_code == 200
    assert there.get("/").headers["Location"].startswith("/masuk/")


def test_nobody_signs_up(db: None) -> None:
    response = Client().post(
        reverse("account_signup"), {"username": "penyusup", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert b"admin" in response.content
    assert not User.objects.filter(username="penyusup").exists()


def test_administrator_makes_an_account_and_gives_a_role(
    make_user: Callable[..., User], sign_in: Any
) -> None:
    client = sign_in(make_user("admin"))
    page = client.post(reverse("account_new"), {"name": "Siti (rekaan)", "username": "siti"})
    password = page.context["password"]
    user = User.objects.get(username="siti")
    assert user.check_password(password)
    answer = {"role": "camat", "region": "62.03.01", "starts": "2026-01-01", "ends": "", "letter": "SK 7"}
    client.post(reverse("account_show", kwargs={"key": user.pk}), answer)
    assert Grant.objects.get(user=user).role == "camat"
    assert Event.objects.get(action="grant.give", subject="user:siti").letter == "SK 7"


@pytest.mark.parametrize("region", ["62.03", VILLAGE])
def test_role_on_the_wrong_level_is_refused(
    make_user: Callable[..., User], sign_in: Any, region: str
) -> None:
    client = sign_in(make_user("admin"))
    user = make_user("operator")
    answer = {"role": "camat", "region": region, "starts": "2026-01-01"}
    page = client.post(reverse("account_show", kwargs={"key": user.pk}), answer)
    assert "region" in page.context["form"].errors


def test_ended_role_stays_to_be_seen(make_user: Callable[..., User], sign_in: Any) -> None:
    client = sign_in(make_user("admin"))
    user = make_user("operator")
    grant = Grant.objects.get(user=user)
    act = reverse("account_act", kwargs={"key": user.pk})
    client.post(act, {"what": f"end-{grant.pk}", "reason": "pindah tugas"})
    grant.refresh_from_db()
    assert grant.ends is not None
    assert grant.ends < dt.date.today()  # noqa: DTZ011
    assert not User.objects.get(pk=user.pk).permissions


def test_action_without_a_reason_does_nothing(make_user: Callable[..., User], sign_in: Any) -> None:
    client = sign_in(make_user("admin"))
    user = make_user("operator")
    client.post(reverse("account_act", kwargs={"key": user.pk}), {"what": "close", "reason": ""})
    user.refresh_from_db()
    assert user.is_active


def test_closed_account_cannot_sign_in(make_user: Callable[..., User]) -> None:
    user = make_user("operator")
    actions.set_active(by="admin", user=user, active=False, reason="pensiun")
    client = Client()
    login(client, "operator")
    assert client.get("/").status_code == 302


def test_taken_user_name_is_refused(make_user: Callable[..., User]) -> None:
    make_user("operator")
    with pytest.raises(InputError, match="sudah dipakai"):
        actions.create_user(by="admin", username="Operator", name="x", password="y")


def test_language_is_indonesian_whatever_the_browser_prefers(
    make_user: Callable[..., User], sign_in: Any
) -> None:
    client = sign_in(make_user("operator"))
    assert 'lang="id"' in client.get("/", headers={"accept-language": "en-GB"}).content.decode()
    client.post(reverse("language"), {"language": "en", "next": "/orang/"})
    assert 'lang="en"' in client.get("/").content.decode()


def test_chosen_language_comes_along_to_another_device(make_user: Callable[..., User], sign_in: Any) -> None:
    sign_in(make_user("operator")).post(reverse("language"), {"language": "en", "next": "/"})
    other = Client()
    login(other, "operator")
    assert 'lang="en"' in other.get("/").content.decode()


def test_language_switch_leads_to_no_other_site(client: Client, db: None) -> None:
    response = client.post(reverse("language"), {"language": "en", "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


def test_three_steps_need_three_people() -> None:
    keep_apart("dewi", earlier={Text("mengajukan", "submitted"): "siti", Text("menyetujui", "endorsed"): ""})
    with pytest.raises(SamePersonError, match="mengajukan"):
        keep_apart("siti", earlier={Text("mengajukan", "submitted"): "siti"})
