"""The whole API walked by its document (schemathesis): no server error, and no answer that is not in the document."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import schemathesis
from apiworld import System, described
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from insightworld import fill
from schemathesis import GenerationMode

from payung.office.accounts import actions as accounts
from payung.office.accounts.models import User
from payung.office.api import pages
from payung.office.api.document import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ROLES = ("dinsos", "dpmd", "bkad", "bupati", "bpjs")  # beside the inspectorate, who reads everything
# How many requests that fit the document, and how many that do not, of each kind of operation.
MANY = {"lists": (2, 1), "figures": (3, 2), "acts": (4, 3)}
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture
def system(make_user: Any, monkeypatch: Any) -> System:
    """A system that may do everything that a token may, in an office with something in it."""
    monkeypatch.setattr(pages, "A_MINUTE", 10**9)
    fill()
    user = make_user("inspektorat")
    for role in ROLES:
        accounts.give_role(by="t", user=user, role=role, region_code="62.03", starts=dt.date(2020, 1, 1))
    return System(
        User.objects.get(pk=user.pk), writes=True, until=timezone.localdate() + dt.timedelta(days=9)
    )


def _ask(system: System, case: Any, number: int) -> Any:
    """Send what was drawn, and hold the answer against the document."""
    headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
    key = headers.get("Idempotency-Key", "")
    if not key.isascii() or not key.isprintable():
        key = ""
    body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()
    send = getattr(system.client, case.method.lower())
    given_: dict[str, Any] = {"headers": {"authorization": f"Bearer {system.word}", "idempotency-key": key}}
    if case.method == "POST":
        given_ |= {"data": body, "content_type": "application/json"}
    else:
        query = {
            name: value if isinstance(value, str) else str(value)
            for name, value in (case.query or {}).items()
        }
        given_["query_params"] = query
    answer = send(f"{ROOT}{case.formatted_path}", **given_)
    assert answer.status_code < 500, (case.method, case.formatted_path, case.query, case.body)
    path = case.formatted_path
    kept = system.held(case.method.lower(), path, answer)
    if answer.streaming:
        list(answer.streaming_content)  # to its end, so that the test's own connection is left open
    return kept


@pytest.mark.parametrize("tag", MANY)
def test_no_answer_is_a_server_error_or_outside_of_the_document(tag: str, system: System) -> None:
    schema = schemathesis.openapi.from_dict({**described(), "servers": []})
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == sum(len(path) for path in described()["paths"].values())
    numbers = iter(range(10**9))
    statuses: set[int] = set()
    for operation in operations:
        if operation.definition.raw["tags"] != [tag]:
            continue
        for mode, many in zip((GenerationMode.POSITIVE, GenerationMode.NEGATIVE), MANY[tag], strict=True):

            @settings(max_examples=many, database=None, suppress_health_check=QUIET, phases=[Phase.generate])
            @given(operation.as_strategy(generation_mode=mode))
            def walk(case: Any) -> None:
                statuses.add(_ask(system, case, next(numbers)).status_code)

            walk()
    assert statuses >= ({422, 404} if tag == "acts" else {200}), statuses
