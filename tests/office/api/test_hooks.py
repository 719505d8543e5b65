"""What happened is told to other systems: signed, in order, tried again; nothing about people, not to ourselves."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from officeworld import VILLAGE, listing

from payung.errors import InputError
from payung.office.api import hooks
from payung.office.api.models import Hook
from payung.office.history.actions import Entry, record
from payung.office.history.models import Event
from payung.office.jobs import often
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.submissions import actions as submissions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
Sent = list[tuple[str, Mapping[str, str], bytes]]


@pytest.fixture
def wire(monkeypatch: Any) -> tuple[Sent, Callable[[int], None]]:
    """Take the place of the network; return what was sent, and what says the next status."""
    sent: Sent = []
    status = [200]

    def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
        sent.append((url, headers, body))
        if status[0] < 0:
            raise ConnectionRefusedError
        return status[0]

    monkeypatch.setattr(hooks, "post", post)
    return sent, lambda value: status.__setitem__(0, value)


def _happen(many: int = 1) -> list[int]:
    with transaction.atomic():
        record(by="t", entries=[Entry("bill.send", f"bill:{n}", region_code="62.03") for n in range(many)])
    return list(Event.objects.order_by("-number").values_list("number", flat=True)[:many])[::-1]


def _work() -> None:
    hooks.look()
    run_all()


def test_messages_are_signed_in_order_and_told_once(wire: Any) -> None:
    sent, _ = wire
    _happen()
    _, secret = hooks.make(by="admin", url="https://dasbor.contoh.go.id/kait?x=1")
    numbers = _happen(3)
    _work()
    _work()
    assert [json.loads(body)["data"]["event"] for _, _, body in sent] == numbers
    for _, headers, body in sent:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{wanted}"
    assert len({headers["webhook-id"] for _, headers, _ in sent}) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_hook")
        assert secret not in str(cursor.fetchall())


def test_the_signature_is_that_of_the_specification() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert hooks.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_nothing_is_told_about_people(wire: Any, make_people: Any) -> None:
    sent, _ = wire
    hooks.make(by="admin", url="https://x.go.id/")
    (person,) = make_people(listing(1))
    with transaction.atomic():
        record(by="t", entries=[Entry("bill.note", "bill:1", person=person.pk), Entry("user.x", "user:siti")])
    submissions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    _work()
    text = b"".join(body for _, _, body in sent).decode()
    assert [json.loads(body)["type"] for _, _, body in sent] == ["submission.create"]
    for word in (person.name, "operator", "siti", VILLAGE, person.nik):
        assert word not in text


def test_what_is_not_taken_is_tried_again_and_given_up(wire: Any) -> None:
    sent, answers = wire
    hook, _ = hooks.make(by="admin", url="https://x.go.id/", nouns=("bill",))
    _happen(2)
    for status in (500, -1, 302):
        answers(status)
        _work()
        Hook.objects.update(again_at=timezone.now() - dt.timedelta(seconds=1))
    assert [json.loads(body)["data"]["subject"] for _, _, body in sent] == ["bill:0"] * 3
    hook.refresh_from_db()
    assert (hook.tries, hook.fault) == (3, "HTTP 302")
    answers(204)
    _work()
    hook.refresh_from_db()
    assert (hook.tries, hook.fault, len(sent)) == (0, "", 5)
    _happen()
    answers(503)
    for _ in range(len(hooks.PAUSES) + 3):
        _work()
        Hook.objects.update(again_at=timezone.now() - dt.timedelta(seconds=1))
    hook.refresh_from_db()
    assert hook.closed_at is not None
    assert len(sent) == 5 + len(hooks.PAUSES) + 1
    assert Event.objects.get(action="hook.close").reason == "HTTP 503"


def test_an_address_that_is_gone_or_waits_is_left_alone(wire: Any) -> None:
    sent, answers = wire
    hooks.make(by="admin", url="https://x.go.id/")
    _happen()
    answers(500)
    _work()
    _work()
    assert len(sent) == 1  # it rests
    Hook.objects.update(again_at=None)
    answers(410)
    _work()
    assert Hook.objects.get().closed_at is not None
    assert len(sent) == 2


def test_what_is_no_address_is_refused() -> None:
    for url in (
        "",
        "ftp://x.go.id",
        "https://",
        "x.go.id",
        "https://a:b@x.go.id/",
        "https://x.go.id:99999/",
        "https://x y/",
    ):
        with pytest.raises(InputError):
            hooks.make(by="admin", url=url)
    with pytest.raises(InputError):
        hooks.make(by="admin", url="https://x.go.id/", nouns=("person",))
    for number in (
        "127.0.0.1",
        "::1",
        "169.254.169.254",
        "0.0.0.0",
        "fe80::1%eth0",
        "224.0.0.1",
        "::ffff:127.0.0.1",
    ):
        assert not hooks.may_reach(number), number
    assert all(
        hooks.may_reach(number)
        for number in ("10.1.2.3", "8.8.8.8", "2001:db8:0:1::1".replace("db8", "4860"))
    )
    with pytest.raises(OSError, match="reached"):
        hooks.post("http://localhost:1/", {}, b"")


def test_an_idle_worker_looks_now_and_then(monkeypatch: Any, wire: Any) -> None:
    hooks.make(by="admin", url="https://x.go.id/")
    _happen()
    now = [100.0]
    monkeypatch.setattr(often, "_looked", [0.0])
    monkeypatch.setattr(often.time, "monotonic", lambda: now[0])
    assert often.when_due()
    assert Job.objects.filter(kind=hooks.SEND).count() == 1
    assert not often.when_due()
    now[0] += often.EACH
    assert often.when_due()
    assert Job.objects.filter(kind=hooks.SEND).count() == 1


def test_the_page_makes_shows_and_closes(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("admin"))
    made = client.post("/token/kait/", {"url": "https://x.go.id/k", "nouns": ["bill", "case"]})
    word = made.context["word"]
    assert word.startswith("whsec_")
    again = client.get("/token/kait/").content.decode()
    assert "https://x.go.id/k" in again
    assert word not in again
    assert client.post("/token/kait/", {"url": "nein"}).context["form"].errors
    assert client.post("/token/kait/", {"close": "99"}).status_code == 404
    assert client.post("/token/kait/", {"close": Hook.objects.get().pk}).status_code == 302
    assert Hook.objects.get().closed_at is not None
    assert sign_in(make_user("dinsos")).get("/token/kait/").status_code == 403
