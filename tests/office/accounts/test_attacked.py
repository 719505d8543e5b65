"""What somebody who means harm, or is in a hurry, tries with accounts."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from accountsworld import code_of, login
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from officeworld import PASSWORD

from payung.errors import InputError
from payung.office.accounts import actions
from payung.office.accounts.hashers import AT_ONCE, FewAtATime
from payung.office.accounts.models import Grant, User
from payung.office.history.models import Event

pytestmark = pytest.mark.django_db


def _half_signed_in(make_user: Any) -> tuple[Client, str]:
    """Return a client that gave the right password and is asked for its code, and the secret of the codes."""
    user = make_user("dinsos")
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = Client()
    assert login(client, "dinsos").headers["Location"] == reverse("mfa_authenticate")
    return client, secret


def test_five_wrong_codes_lock_even_the_right_one_out(make_user: Any) -> None:
    client, secret = _half_signed_in(make_user)
    answers = [client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 429
    assert client.get("/orang/").headers["Location"].startswith("/masuk/")
    assert login(Client(), "dinsos").status_code == 429
    assert Event.objects.filter(action="user.locked_out", subject="user:dinsos").exists()


def test_right_code_after_some_wrong_ones_signs_in_and_forgets_them(make_user: Any) -> None:
    client, secret = _half_signed_in(make_user)
    for _ in range(4):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get("/orang/").status_code == 200
    assert not AccessAttempt.objects.exists()


def test_password_that_was_handed_over_is_not_kept(make_user: Any) -> None:
    user = make_user("operator")
    password = actions.reset_password(by="admin", user=user, reason="lupa sandi")
    client = Client()
    login(client, "operator", password)
    answer = {"oldpassword": password, "password1": password, "password2": password}
    page = client.post(reverse("account_change_password"), answer)
    assert "Bukan sandi yang sekarang" in page.content.decode()
    assert client.get("/").headers["Location"] == reverse("account_change_password")


@pytest.mark.parametrize("days", [0, 30])
def test_role_that_is_ended_on_its_first_day_or_before_never_holds(make_user: Any, days: int) -> None:
    today = timezone.localdate()
    user = make_user("operator", starts=today + dt.timedelta(days=days))
    actions.end_role(by="admin", grant=Grant.objects.get(user=user), on=today, reason="salah orang")
    user = User.objects.get(pk=user.pk)
    assert not user.permissions
    assert not [grant for grant in user.grants.all() if grant.starts <= (grant.ends or dt.date.max)]
    event = Event.objects.get(action="grant.end")
    assert event.after["ends"] == (today - dt.timedelta(days=1)).isoformat()  # type: ignore[index]


def test_role_called_off_says_so_on_the_page(make_user: Any, sign_in: Any) -> None:
    user = make_user("operator", starts=timezone.localdate() + dt.timedelta(days=9))
    client = sign_in(make_user("admin"))
    grant = Grant.objects.get(user=user)
    act = reverse("account_act", kwargs={"key": user.pk})
    client.post(act, {"what": f"end-{grant.pk}", "reason": "salah"})
    page = client.get(reverse("account_show", kwargs={"key": user.pk})).content.decode()
    assert "dibatalkan sebelum berlaku" in page
    assert f"end-{grant.pk}" not in page


def test_ended_role_is_not_ended_again_on_a_later_day(make_user: Any) -> None:
    user = make_user("operator", ends=dt.date(2024, 5, 31))
    grant = Grant.objects.get(user=user)
    with pytest.raises(InputError, match="sudah berakhir"):
        actions.end_role(by="admin", grant=grant, on=timezone.localdate(), reason="x")
    grant.refresh_from_db()
    assert grant.ends == dt.date(2024, 5, 31)


def test_action_that_does_not_exist_is_not_called_done(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("admin"))
    act = reverse("account_act", kwargs={"key": make_user("operator").pk})
    assert client.post(act, {"what": "hapus", "reason": "x"}).status_code == 404


def test_role_is_never_given_by_leaving_the_form_as_it_was(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("admin"))
    user = make_user("operator")
    address = reverse("account_show", kwargs={"key": user.pk})
    assert 'value="admin" selected' not in client.get(address).content.decode()
    page = client.post(address, {"role": "", "region": "62.03", "starts": "2026-01-01"})
    assert "role" in page.context["form"].errors
    assert not Grant.objects.filter(user=user, role="admin").exists()


@pytest.mark.parametrize("username", ["", "ab", "ad min", "<b>", "x" * 51, "Siti!", "😀😀😀", "siti\n"])
def test_user_name_that_cannot_be_one_is_refused_everywhere(
    make_user: Any, sign_in: Any, username: str
) -> None:
    if username.strip() == username:  # a form and an action trim
        with pytest.raises(InputError, match="3 sampai 50"):
            actions.create_user(by="admin", username=username, name="Siti (rekaan)", password=PASSWORD)
    client = sign_in(make_user("admin"))
    client.post(reverse("account_new"), {"name": "Siti (rekaan)", "username": username})
    assert not User.objects.exclude(username__in=["admin", "siti"]).exists()


def test_account_needs_a_name() -> None:
    with pytest.raises(InputError, match="nama lengkap"):
        actions.create_user(by="admin", username="siti", name="  ", password=PASSWORD)


@pytest.mark.parametrize("where", ["0", "²", "<b>", "beranda", "\x00", "a b"])
def test_language_switch_leads_somewhere_whatever_is_asked(client: Client, where: str) -> None:
    response = client.post(reverse("language"), {"language": "en", "next": where})
    assert response.status_code == 302


def test_form_that_was_sent_after_the_session_ended_says_that_nothing_was_saved(make_user: Any) -> None:
    make_user("operator")
    client = Client()
    login(client, "operator")
    client.cookies.pop("sessionid")
    response = client.post(reverse("person_add"), {"name": "SITI"})
    assert response.headers["Location"] == "/masuk/?next=/orang/tambah/"
    (told,) = get_messages(response.wsgi_request)
    assert "belum tersimpan" in str(told)
    assert not list(get_messages(Client().get(reverse("person_add")).wsgi_request))


def test_whoever_chose_a_password_goes_on_and_the_history_tells_what_was_put_in_place(
    make_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user("dinsos")
    Authenticator.objects.filter(user=user).delete()
    password = actions.reset_password(by="admin", user=user, reason="baru")
    client = Client()
    login(client, "dinsos", password)
    answer = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("account_change_password"), answer).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    deeds = list(Event.objects.order_by("number").values_list("action", flat=True))
    assert sorted(deeds[-2:]) == ["user.recovery_codes", "user.second_factor_on"]


@pytest.mark.parametrize(
    ("weak", "told"),
    [
        ("pendek", "Paling sedikit 10"),
        ("1234567890123", "Tidak hanya angka"),
        ("password123", "dipakai banyak orang"),
        ("nama-dinsos1", "Tidak mirip dengan nama"),
    ],
)
def test_weak_password_is_refused_in_plain_words(make_user: Any, sign_in: Any, weak: str, told: str) -> None:
    client = sign_in(make_user("dinsos"))
    answer = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    page = client.post(reverse("account_change_password"), answer)
    assert any(told in error for error in page.context["form"].errors["password1"])


def test_number_of_sessions_is_that_of_their_list(make_user: Any) -> None:
    make_user("operator")
    client = Client()
    login(client, "operator")
    new = "hujan-turun-di-kapuas"
    answer = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), answer)  # the session gets another key
    listed = client.get(reverse("usersessions_list")).context["sessions"]
    assert client.get(reverse("me")).context["sessions"] == len(listed) == 1


def test_many_who_sign_in_at_once_take_the_memory_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hash takes 100 MB: twelve at once would take more than a small machine has to spare."""
    at_work, most, lock, all_there = 0, 0, threading.Lock(), threading.Event()

    def slow(_: object, password: str, __: str) -> str:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
            if at_work == AT_ONCE:
                all_there.set()
        all_there.wait(20)
        with lock:
            at_work -= 1
        return password

    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    threads = [threading.Thread(target=FewAtATime().encode, args=("x", "y")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE
