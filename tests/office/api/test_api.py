"""The API reads what the screens show and does what they do; every answer is the document's."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from apiworld import System, described
from billsworld import arrive, bill_of
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from insightworld import fill
from officeworld import FAR, VILLAGE, listing

from payung.office.access.roles import ROLES
from payung.office.api import pages, tokens
from payung.office.api.acts import ACTS
from payung.office.api.models import Token, Written
from payung.office.api.resources import resources
from payung.office.bills.models import Bill
from payung.office.cases.models import Incident
from payung.office.history.models import Event
from payung.office.insight import queries
from payung.office.insight.figures import FIGURES
from payung.office.programme.models import Line
from payung.office.submissions.models import Submission, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]


@pytest.fixture(autouse=True)
def _a_new_minute() -> None:
    cache.clear()


def _all(system: System, path: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        answer = system.get(path, **query, **({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.content
        found += answer.json()["data"]
        cursor = answer.json()["next"]
        if cursor is None:
            return found


def test_the_document_is_whole() -> None:
    text = json.dumps(described())
    names = [one["operationId"] for path in described()["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))
    assert {"person_list", "bill_list", "figures", "payment_file"} <= set(names)
    assert described()["openapi"] == "3.1.0"
    schemas = described()["components"]["schemas"]
    for part in text.split('"#/components/schemas/')[1:]:
        assert part.split('"')[0] in schemas
    assert Client().get("/api/v1/openapi.json").json() == json.loads(text)


def _schemas(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if isinstance(part.get("type"), (str, list)):
            yield part
        for one in part.values():
            yield from _schemas(one)
    elif isinstance(part, list):
        for one in part:
            yield from _schemas(one)


def test_every_number_and_text_has_its_bounds_and_every_answer_its_limits(make_user: Any) -> None:
    for schema in _schemas(described()):
        if "integer" in schema["type"]:
            assert {"format", "minimum", "maximum"} <= schema.keys(), schema
        if "string" in schema["type"]:
            assert {"maxLength", "enum", "const"} & schema.keys(), schema
    answers = list(described()["components"]["responses"].values())
    for path in described()["paths"].values():
        answers += [one for act in path.values() for one in act["responses"].values() if "$ref" not in one]
    for answer in answers:
        assert {"X-RateLimit-Limit", "Access-Control-Allow-Origin"} <= answer["headers"].keys()
    system = System(make_user("dpmd"))
    for answer in (system.get("/figures"), Client().get("/api/v1/figures"), Client().get("/api/v1/none")):
        assert answer.headers["Access-Control-Allow-Origin"] == "http://testserver"
        assert answer.headers["X-RateLimit-Limit"]


def test_every_list_of_the_office_is_in_the_document_or_has_a_key_of_its_own() -> None:
    from django.urls import get_resolver

    declared = {
        str(page.name)
        for page in get_resolver().url_patterns
        if hasattr(page.callback, "list_page")  # type: ignore[union-attr]
    }
    left = declared - set(resources())
    assert {name for name in left if "key" not in name} == left
    assert len(left) <= 3, left


@pytest.mark.parametrize("role", ["inspektorat", "dinsos", "bupati", "bkad"])
def test_lists_have_the_rows_of_their_pages(
    role: str, make_user: Any, sign_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pages, "A_MINUTE", 10_000)
    fill()
    user = make_user(role)
    if not user.may(
        "api.use"
    ):  # nobody of this role makes a token; one made for them reads no more than they do
        assert role == "bupati"
    system, client = System(user), sign_in(user)
    for name, resource in resources().items():
        if resource.keyed:
            continue
        open_ = set(resource.rule.permissions) & ROLES[role].permissions
        readable = {one for one in open_ if one.rpartition(".")[2] in tokens.READ_VERBS}
        if not readable:
            assert system.get(f"/lists/{name}").status_code == 403, name
            continue
        rows = _all(system, f"/lists/{name}", limit=7)
        assert len({row["_key"] for row in rows}) == len(rows), name
        if readable == open_:
            assert len(rows) == client.get(reverse(name)).context["total"], name


def test_figures_are_those_of_the_page(make_user: Any, sign_in: Any) -> None:
    fill()
    user = make_user("inspektorat")
    system = System(user)
    today = timezone.localdate()
    told = {line["code"]: line["number"] for line in system.get("/figures").json()["data"]}
    assert told == {code: one.told for code, one in queries.for_user(user, today).items()}
    assert set(told) == set(FIGURES)
    for code in FIGURES:
        one = system.get(f"/figures/{code}", hari="2026-11-25").json()
        for parts in one["parts"].values():
            assert sum(part["number"] for part in parts) == one["number"]
    assert system.get("/figures/tidak").status_code == 404
    assert system.get("/figures", hari="kapan").status_code == 404


def test_a_token_reaches_no_further_than_its_user_and_itself(make_user: Any) -> None:
    fill()
    whole = System(make_user("inspektorat"))
    part = System(make_user("inspektorat", username="dua"), region_code="62.03.01")
    camat = System(make_user("camat"))
    everybody, here = _all(whole, "/lists/person_list"), _all(part, "/lists/person_list")
    assert 0 < len(here) < len(everybody)
    assert [row["_key"] for row in here] == [row["_key"] for row in _all(camat, "/lists/person_list")]
    assert _all(whole, "/lists/person_list", wilayah="62.03.01") == here
    assert not any(row["nik"].isdecimal() for row in everybody), everybody[0]
    reads = Event.objects.filter(action="api.read", subject=whole.token.subject)
    assert [event.after for event in reads] == [{"list": "person_list"}]  # once a day
    assert part.get("/figures/orang").json()["number"] < whole.get("/figures/orang").json()["number"]
    with pytest.raises(Exception, match="wilayah"):
        System(make_user("camat", username="lain"), region_code="62.03.02")


def test_what_opens_nothing(make_user: Any) -> None:
    user = make_user("inspektorat")
    system = System(user)
    assert system.get("/lists/person_list").status_code == 200
    for word in ("", "payung_", "payung_" + "0" * 64, system.word[:-1]):
        answer = Client().get("/api/v1/lists/person_list", headers={"authorization": f"Bearer {word}"})
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert Client().get("/api/v1/figures").status_code == 401
    assert (
        system.client.post("/api/v1/figures", headers={"authorization": f"Bearer {system.word}"}).status_code
        == 405
    )
    assert system.get("/lists/nothing").status_code == 404
    for query in ({"limit": "0"}, {"limit": "x"}, {"limit": "9999"}, {"cursor": "!"}, {"cursor": "e30"}):
        assert system.get("/lists/person_list", **query).status_code == 422, query
    Token.objects.filter(pk=system.token.pk).update(until=timezone.localdate() - dt.timedelta(days=1))
    assert system.get("/lists/person_list").status_code == 401
    Token.objects.filter(pk=system.token.pk).update(until=timezone.localdate())
    tokens.close(by="x", token=system.token)
    assert system.get("/lists/person_list").status_code == 401


def test_too_often_is_told_when_to_come_again(make_user: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "A_MINUTE", 3)
    monkeypatch.setattr(pages.time, "time", lambda: 1_000_000_020.0)
    system = System(make_user("inspektorat"))
    answers = [system.get("/figures").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert 1 <= int(system.get("/figures").headers["Retry-After"]) <= 60


def test_a_list_is_begun_and_sent_once(make_user: Any) -> None:
    system = System(make_user("operator"), writes=True)
    body = {"village_code": VILLAGE, "kind": "rentan"}
    first, again = system.post("/submissions", body), system.post("/submissions", body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Submission.objects.count() == 1
    assert system.post("/submissions", {**body, "kind": "aparatur"}).status_code == 422
    assert system.post("/submissions", {"village_code": FAR, "kind": "rentan"}, key="k2").status_code == 404
    file = {
        "submission": first.json()["submission"],
        "name": "daftar.csv",
        "content": base64.b64encode(b"NIK;NAMA\n6203990503890001;SITI\n").decode(),
    }
    assert system.post("/submissions/files", file, key="f1").status_code == 201
    assert Upload.objects.count() == 1
    event = Event.objects.filter(action="submission.upload").get()
    assert event.actor == "operator"


def test_what_is_refused_burns_no_key(make_user: Any) -> None:
    system = System(make_user("operator"), writes=True)
    for wrong in ({}, [], b"x", {"village_code": VILLAGE}, {"village_code": 3, "kind": "x", "more": 1}):
        answer = system.post("/submissions", wrong)
        assert answer.status_code == 422
        assert Written.objects.count() == 0
    assert system.post("/submissions", {"village_code": VILLAGE, "kind": "rentan"}).status_code == 201
    assert system.post("/submissions", {"village_code": VILLAGE, "kind": "rentan"}, key="").status_code == 422
    reader = System(make_user("operator", username="baca"))
    assert reader.post("/submissions", {"village_code": VILLAGE, "kind": "rentan"}).status_code == 403


def test_the_same_request_at_the_same_moment_waits(make_user: Any) -> None:
    system = System(make_user("operator"), writes=True)
    body = {"village_code": VILLAGE, "kind": "rentan"}
    assert system.post("/submissions", body).status_code == 201
    Written.objects.update(status=0)
    assert system.post("/submissions", body).status_code == 409
    Written.objects.update(at=timezone.now() - dt.timedelta(hours=1))  # whoever did it was killed
    assert system.post("/submissions", body).status_code == 201


def test_what_was_done_and_its_key_are_kept_together(make_user: Any, monkeypatch: Any) -> None:
    system = System(make_user("operator"), writes=True)
    body = {"village_code": VILLAGE, "kind": "rentan"}

    def taken_over(**values: Any) -> Any:
        Written.objects.update(claim="another")
        return begin(**values)

    from payung.office.submissions import actions

    begin = actions.begin
    monkeypatch.setattr(actions, "begin", taken_over)
    assert system.post("/submissions", body).status_code == 409
    assert Submission.objects.count() == 0


def test_an_event_a_bill_and_money(make_user: Any, make_people: Any) -> None:
    fill()
    operator = System(make_user("operator"), writes=True)
    told = {
        "happening": "kecelakaan",
        "on": "2026-05-01",
        "name": "Orang 1",
        "place": "kebun",
        "village_code": VILLAGE,
        "reporter": "Ketua RT",
        "nik": listing(1)["nik"],
    }
    from payung.office.cases.states import Happening

    told["happening"] = str(Happening.ACCIDENT)
    answer = operator.post("/incidents", told)
    assert answer.status_code == 201, answer.content
    assert Incident.objects.get(number=answer.json()["incident"]).person.name == "Orang 1"
    assert operator.post("/incidents", {**told, "on": "2099-01-01"}, key="k2").status_code == 422
    assert operator.post("/incidents", {**told, "village_code": FAR}, key="k3").status_code == 404
    treasury = System(make_user("bkad"), writes=True)
    line = Line.objects.get(region_code="62.03")
    drawn = treasury.post("/bills", {"line": line.pk, "month": "2026-11"})
    assert drawn.status_code == 201, drawn.content
    assert set(drawn.json()["bills"]) <= set(Bill.objects.values_list("pk", flat=True))
    assert treasury.post("/bills", {"line": line.pk, "month": "2028-11"}, key="k2").status_code == 422
    assert treasury.post("/bills", {"line": 9999, "month": "2026-11"}, key="k3").status_code == 404
    bill = bill_of(line, "2026-10")
    rows = f"tanggal;referensi;jumlah;tagihan\n10-11-2026;R77;{bill.payable};{bill.code}\n"
    file = {"name": "bayar.csv", "content": base64.b64encode(rows.encode()).decode()}
    paid = treasury.post("/payments/files", file, key="p1")
    assert paid.status_code == 201, paid.content
    bill.refresh_from_db()
    assert (paid.json()["booked"], str(bill.state)) == (1, "paid"), paid.json()
    assert treasury.post("/payments/files", file, key="p2").json()["same"] is True
    arrive(1, reference="lain")


def test_tokens_are_made_shown_once_and_closed(make_user: Any, sign_in: Any) -> None:
    user, admin = make_user("dinsos"), make_user("admin")
    client = sign_in(user)
    until = timezone.localdate() + dt.timedelta(days=30)
    made = client.post("/token/", {"name": "dasbor", "until": until.isoformat()})
    word = made.context["word"]
    assert word in made.content.decode()
    assert word not in client.get("/token/").content.decode()
    token = Token.objects.get()
    assert word not in (token.print, token.ends)
    assert tokens.opened(word) is not None
    assert "dasbor" in sign_in(admin).get("/token/").content.decode()
    assert sign_in(make_user("bkad")).post("/token/", {"close": token.pk}).status_code == 404
    assert sign_in(admin).post("/token/", {"close": token.pk}).status_code == 302
    assert tokens.opened(word) is None
    assert list(
        Event.objects.filter(action__startswith="token.").order_by("number").values_list("action", flat=True)
    ) == [
        "token.make",
        "token.close",
    ]
    late = client.post("/token/", {"name": "x", "until": "2020-01-01"})
    assert late.context["form"].errors
    assert {act.name for act in ACTS} >= {
        "submission_begin",
        "submission_file",
        "incident_report",
        "bill_draw",
        "payment_file",
    }
