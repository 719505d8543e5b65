"""Whole lists as files: the rows of the pages of the list, each value the same; recorded; for whoever may export."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyarrow.parquet as pq
import pytest
from apiworld import System
from django.core.cache import cache
from insightworld import people
from officeworld import FAR, VILLAGE

from payung.office.api import bulks
from payung.office.history.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]


@pytest.fixture(autouse=True)
def _a_new_minute() -> None:
    cache.clear()


def _bytes(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def test_files_have_the_rows_and_values_of_the_list(make_user: Any, monkeypatch: Any) -> None:
    people(1, 12, VILLAGE)
    people(100, 5, FAR, name='=HYPERLINK("x"), Jr.')
    monkeypatch.setattr(bulks, "CHUNK", 4)
    system = System(make_user("inspektorat"))
    for name, query in (
        ("person_list", {}),
        ("person_list", {"wilayah": "62.03.02"}),
        ("insight_orang_rows", {}),
    ):
        rows = system.get(f"/lists/{name}", limit=500, **query).json()["data"]
        assert rows
        parquet = pq.read_table(io.BytesIO(_bytes(system.get(f"/bulk/{name}", format="parquet", **query))))
        assert parquet.to_pylist() == rows
        text = _bytes(system.get(f"/bulk/{name}", **query)).decode()
        told = list(csv.DictReader(io.StringIO(text)))
        assert told == [
            {key: "" if value is None else str(value) for key, value in row.items()} for row in rows
        ]
    events = Event.objects.filter(action="list.export", reason="API")
    assert [event.after["rows"] for event in events.order_by("number")] == [17, 17, 5, 5, 17, 17]


def test_a_list_without_rows_is_a_file_too(make_user: Any) -> None:
    system = System(make_user("inspektorat"))
    table = pq.read_table(io.BytesIO(_bytes(system.get("/bulk/bill_list", format="parquet"))))
    assert table.num_rows == 0
    assert table.schema.names[0] == "_key"


def test_what_opens_no_file(make_user: Any) -> None:
    system = System(make_user("inspektorat"))
    assert system.get("/bulk/nothing").status_code == 404
    assert system.get("/bulk/person_list", format="xlsx").status_code == 422
    assert System(make_user("dinsos")).get("/bulk/token_list").status_code == 404
    admin = System(make_user("admin"))  # takes nothing out
    assert admin.get("/bulk/person_list").status_code == 403
