"""Around a request: who asks, under which number, and what is said when it cannot be answered."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.db import OperationalError
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from officeworld import PASSWORD

from payung.office.history.models import Event
from payung.office.service import faults, origins
from payung.office.service.requests import forwarded


def _environment(settings: Any, **values: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(django_settings.ENVIRONMENT, **values)


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),  # anybody can write it
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # what stands left was sent by the client
        (2, "198.51.100.1, 203.0.113.7", "198.51.100.1"),
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "unknown", "127.0.0.1"),
        (1, "<script>", "127.0.0.1"),
        (1, "203.0.113.7:4711", "203.0.113.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_address_is_the_one_that_the_outermost_trusted_proxy_saw(
    proxies: int, header: str, address: str
) -> None:
    assert forwarded({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": header}, proxies) == address


@given(st.text(), st.integers(1, 3))
def test_whatever_stands_in_the_header_an_address_comes_out(header: str, proxies: int) -> None:
    found = forwarded({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": header}, proxies)
    assert found == "192.0.2.1" or found in header.lower() or ":" in found


def _try(address: str, password: str) -> int:
    client = Client(headers={"x-forwarded-for": address})
    return client.post("/masuk/", {"login": "operator", "password": password}).status_code


@pytest.mark.django_db
def test_wrong_passwords_behind_a_proxy_lock_their_own_address_only(make_user: Any, settings: Any) -> None:
    make_user("operator")
    _environment(settings, proxies=1)
    assert [_try("203.0.113.7", "salah") for _ in range(6)][-2:] == [429, 429]
    assert _try("198.51.100.1", PASSWORD) == 302
    (event,) = Event.objects.filter(action="user.locked_out")
    assert event.after == {"address": "203.0.113.7"}


@pytest.mark.django_db
def test_lock_ends_when_it_said_that_it_would_however_often_somebody_tries(make_user: Any) -> None:
    make_user("operator")
    for _ in range(5):
        _try("", "salah")
    before = AccessAttempt.objects.get().attempt_time
    assert [_try("", PASSWORD) for _ in range(3)] == [429, 429, 429]
    assert AccessAttempt.objects.get().attempt_time == before
    assert Event.objects.filter(action="user.locked_out").count() == 1


@pytest.mark.django_db
def test_names_that_nobody_has_do_not_fill_the_history(client: Client) -> None:
    for _ in range(7):
        client.post("/masuk/", {"login": "tidak.ada", "password": "x"})
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_one_password_is_not_tried_on_all_names_from_one_address(
    make_user: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    make_user("operator")
    _environment(settings, proxies=1)
    monkeypatch.setattr("payung.office.accounts.adapter.MANY_NAMES", 3)
    for number in range(3):
        values = {"login": f"orang.{number}", "password": "salah"}
        Client(headers={"x-forwarded-for": "203.0.113.7"}).post("/masuk/", values)
    assert _try("203.0.113.7", PASSWORD) == 200  # the form again, with the sentence
    assert _try("198.51.100.1", PASSWORD) == 302


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["FOO", "TRACE", "DELETE", "PUT"])
def test_unknown_method_is_refused(client: Client, method: str) -> None:
    assert client.generic(method, "/masuk/").status_code == 405


@pytest.mark.django_db
def test_answer_carries_the_number_of_its_request(client: Client, settings: Any) -> None:
    mine = "abcdef0123456789"
    first = client.get("/sehat/", headers={"x-request-id": mine}).headers["X-Request-ID"]
    assert first != mine  # nobody in front is trusted
    _environment(settings, proxies=1)
    assert client.get("/sehat/", headers={"x-request-id": mine}).headers["X-Request-ID"] == mine
    assert client.get("/sehat/", headers={"x-request-id": "a\nb"}).headers["X-Request-ID"] != "a\nb"


@pytest.mark.django_db
def test_access_log_is_a_line_without_what_was_searched_for(
    client: Client, settings: Any, caplog: Any
) -> None:
    _environment(settings, access_log=True)
    with caplog.at_level("INFO", "payung.access"):
        client.get("/masuk/?cari=6203991234567890")
    assert "GET /masuk/ 200" in caplog.text
    assert "6203" not in caplog.text


@pytest.mark.django_db
def test_wrong_name_of_the_office_is_said(client: Client) -> None:
    answer = client.get("/masuk/", headers={"host": "kantor.<b>lain"})
    page = answer.content.decode()
    assert (answer.status_code, "PAYUNG_HOSTS" in page, "<b>" in page) == (400, True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        (OperationalError("database is locked"), 503, "sibuk"),
        (OperationalError("couldn't get a connection after 5.00 sec"), 503, "sibuk"),
        (OperationalError("database or disk is full"), 503, "penuh"),
        (OperationalError("attempt to write a readonly database"), 503, "penuh"),
        (OperationalError("no such table: x"), 500, "Ada yang rusak"),
        (OSError(28, "No space left on device"), 503, "penuh"),
        (ZeroDivisionError("6203991234567890"), 500, "Ada yang rusak"),
    ],
)
def test_busy_database_and_full_disk_are_said(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, told: str
) -> None:
    def breaks(*args: Any, **kwargs: Any) -> Any:
        raise fault

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", breaks)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/")
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (status, True)
    assert "6203991234567890" not in page
    assert answer.headers.get("Retry-After") == ("10" if status == 503 else None)


@pytest.mark.django_db
def test_health_without_a_database_is_an_object_and_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr("payung.office.jobs.health.stuck", breaks)
    answer = Client().get("/sehat/")
    assert answer.status_code == 503
    told = answer.json()
    assert told.pop("said")[0].startswith("Basis data tidak terjangkau")
    assert told.pop("said_en")[0].startswith("The database is away")
    assert told | {"version": ""} == {"ok": False, "database": False, "disk": True, "version": ""}


def test_fault_page_shows_neither_settings_nor_variables(settings: Any) -> None:
    import sys

    from django.views.debug import technical_500_response

    settings.DEBUG = True
    # Written apart, since the page shows the lines of this file.
    password, cookie, hidden = ("-".join(parts) for parts in (("sandi", "x1"), ("kuki", "x2"), ("isi", "x3")))
    request = RequestFactory().post("/masuk/", {"password": password})
    request.COOKIES["sessionid"] = cookie
    try:
        raise ZeroDivisionError(len(hidden))
    except ZeroDivisionError:
        page = technical_500_response(request, *sys.exc_info()).content.decode()
    assert "ZeroDivisionError" in page
    for secret in (
        *(password, cookie, hidden, settings.ENVIRONMENT.secret, settings.SECRET_KEY),
        ".".join(("payung", "office", "matching")),  # of INSTALLED_APPS
    ):
        assert secret not in page, secret


@pytest.mark.parametrize(
    ("origin", "header"),
    [("https://payung.example.go.id", "X-Forwarded-Proto"), ("http://testserver:8443", "Host $http_host")],
)
def test_wrong_header_of_the_proxy_is_told_as_what_it_is(origin: str, header: str) -> None:
    request = RequestFactory().post("/masuk/", headers={"origin": origin})
    told = origins.sentence(request, f"Origin checking failed - {origin} does not match any trusted origins.")
    assert told is not None
    for part in (origin, "http://testserver", header):
        assert part in told.id
        assert part in told.en
    assert origins.sentence(request, "CSRF cookie not set.") is None


@pytest.mark.django_db
def test_form_with_a_wrong_origin_says_so_on_the_page(make_user: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/masuk/")
    values = {"login": "operator", "password": "x", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    page = client.post("/masuk/", values, headers={"origin": "https://lain.example"}, follow=True)
    assert "https://lain.example" in page.content.decode()
    old = client.post("/masuk/", values | {"csrfmiddlewaretoken": "x" * 64}, follow=True)
    assert "terlalu lama terbuka" in old.content.decode()


def test_page_of_a_fault_escapes_what_it_says() -> None:
    from payung.text import Text

    page = faults.page(400, Text("<b>", "<i>")).content.decode()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
