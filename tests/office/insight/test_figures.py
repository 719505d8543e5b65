"""Every figure is the rows of its list: counted, parted by every cut, seen by every role, exported."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from insightworld import TODAY, fill, people
from officeworld import FAR, NEIGHBOUR, VILLAGE

from payung.office.access.roles import ROLES
from payung.office.access.scope import Area, Scope
from payung.office.insight import queries
from payung.office.insight.figures import FIGURES, Cut, reached
from payung.office.insight.lists import DAY, NONE
from payung.office.insight.queries import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
WHOLE = Scope((Area("62.03"),))
ON = {DAY: TODAY.isoformat()}


@pytest.fixture
def world(regions: None) -> None:
    fill()


def _amount(figure: Any, rows: Any) -> int:
    if not figure.amount:
        return int(rows.count())
    return int(rows.order_by().aggregate(sum=Sum(figure.amount))["sum"] or 0)


@pytest.mark.usefixtures("world")
def test_no_figure_of_the_world_is_zero() -> None:
    counted = queries.count(FIGURES.values(), WHOLE, TODAY)
    assert {code: one.number for code, one in counted.items() if not one.number} == {}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "scope",
    [
        WHOLE,
        Scope((Area("62.03.01"),)),
        Scope((Area(VILLAGE),)),
        Scope((Area("62.03", frozenset({"rentan"})),)),
        Scope((Area(VILLAGE, frozenset({"bpd"})), Area("62.03.02"))),
        Scope(()),
    ],
    ids=["district", "sub-district", "village", "category", "two places", "nothing"],
)
def test_parts_of_every_cut_add_up_and_are_exactly_their_rows(scope: Scope) -> None:
    for one in queries.count(FIGURES.values(), scope, TODAY).values():
        figure = one.figure
        rows = figure.rows(scope, TODAY)
        assert one.number == _amount(figure, rows), figure.code
        for cut in figure.parted_by:
            parts = one.parts(cut)
            assert sum(parts.values()) == one.number, (figure.code, cut)
            for key, number in parts.items():
                assert number == _amount(figure, figure.narrowed(rows, cut, key, scope)), (
                    figure.code,
                    cut,
                    key,
                )
                assert one.within(cut, key).number == number


@pytest.mark.usefixtures("world")
def test_people_and_money_add_up() -> None:
    counted = queries.count(FIGURES.values(), WHOLE, TODAY)
    number = {code: one.number for code, one in counted.items()}
    assert number["orang"] == number["terlindungi"] + number["belum"] + number["di_luar_usia"]
    assert number["pagu"] == sum(number[code] for code in ("bebas", "terikat", "ditagih", "dibayar"))
    for place in (Cut.SUBDISTRICT, Cut.VILLAGE, Cut.CATEGORY):
        whole = counted["orang"].parts(place)
        parts = [counted[code].parts(place) for code in ("terlindungi", "belum", "di_luar_usia")]
        assert whole == {key: sum(part.get(key, 0) for part in parts) for key in whole}


@pytest.mark.usefixtures("world")
def test_a_village_counts_what_lies_in_it() -> None:
    whole = queries.count(FIGURES.values(), WHOLE, TODAY)
    for code in ("orang", "terlindungi", "belum", "orang_bulan", "kasus_terbuka", "dibayar_keluarga"):
        parts = [
            queries.count([FIGURES[code]], Scope((Area(village),)), TODAY)[code].number
            for village in (VILLAGE, NEIGHBOUR, FAR)
        ]
        assert sum(parts) == whole[code].number, code


def _rows_of(client: Client, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, address
    return int(response.context["total"])


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_every_number_of_the_page_opens_exactly_its_rows(role: Any, make_user: Any, sign_in: Any) -> None:
    user = make_user(role.code)
    client = sign_in(user)
    response = client.get("/ringkasan/", ON)
    if "insight.read" not in role.permissions:
        assert response.status_code == 403
        return
    page = response.context
    for one in page["figures"]:
        scope, open_ = reached(user, one.figure) or (Scope(()), False)
        rows = one.figure.rows(scope, TODAY)
        if one.number is not None:
            assert one.number == _amount(one.figure, rows)
        if open_:
            assert _rows_of(client, one.url) == rows.count(), one.url
            assert DAY in one.url
        else:
            assert "/baris/" not in one.url
            assert client.get(one.url).status_code == 200
    for line in page["lines"]:
        told = {
            "orang": line.people,
            "terlindungi": line.covered,
            "belum": line.open,
            "di_luar_usia": line.aside,
        }
        for code, number in told.items():
            if "/baris/" in line.urls[code]:
                assert _rows_of(client, line.urls[code]) == number
    assert sum(line.people for line in page["lines"]) == (page["answer"].people if page["answer"] else 0)


@pytest.mark.usefixtures("world")
def test_list_export_workbook_and_json_say_the_same(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("inspektorat"))
    answer = client.post(f"/ringkasan/unduh/?{urlencode(ON)}", {"alasan": "uji", "bentuk": "json"})
    lines = json.loads(answer.content)["figures"]
    book = client.post(f"/ringkasan/unduh/?{urlencode(ON)}", {"alasan": "uji", "bentuk": "xlsx"})
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    first = {row[0]: row[2] for row in sheets["Ringkasan"].iter_rows(min_row=5, values_only=True)}
    assert {line["code"] for line in lines} == set(first) >= {"orang", "pagu", "kasus_terbuka"}
    for line in lines:
        figure = FIGURES[line["code"]]
        assert line["number"] == first[line["code"]], figure.code
        url = f"{reverse(f'insight_{figure.code}_rows')}?{urlencode(ON)}"
        taken = client.post(url, {"alasan": "uji", "bentuk": "csv"}).content.decode("utf-8-sig").splitlines()
        assert len(taken) - 1 == _rows_of(client, url), figure.code
        if not figure.amount:
            assert len(taken) - 1 == line["number"], figure.code
        for cut, parts in line["parts"].items():
            told = sum(part["number"] for part in parts)
            assert told == line["number"], (figure.code, cut)
            for part in parts:
                address = f"{url}&{urlencode({cut: part['key'] or NONE})}"
                total = _rows_of(client, address)
                assert figure.amount or total == part["number"], address


@pytest.mark.usefixtures("world")
def test_whoever_sees_no_names_is_told_no_small_number(make_user: Any, sign_in: Any) -> None:
    user = make_user("bupati")
    counted = queries.for_user(user, TODAY)
    assert counted["terlindungi"].open is False
    assert counted["pagu"].open is True
    for one in counted.values():
        for cut in one.figure.parted_by:
            for part in one.shown(cut):
                if one.figure.names and not one.figure.amount:
                    assert part.number is None or part.number == 0 or part.number >= 5, (one.figure.code, cut)
    for cut in (Cut.SUBDISTRICT, Cut.VILLAGE, Cut.CATEGORY):
        told = {
            code: {part.key for part in counted[code].shown(cut) if part.number is None} for code in PEOPLE
        }
        everywhere = set.union(*told.values())
        for code in PEOPLE:  # what one of them does not tell does not follow from another
            assert everywhere & set(counted[code].parts(cut)) == told[code], (code, cut)
    assert counted["orang"].hidden(Cut.VILLAGE)
    client = sign_in(user)
    for code, figure in FIGURES.items():
        if figure.names and code in counted:
            assert client.get(reverse(f"insight_{code}_rows")).status_code == 403
            assert "Orang 1" not in client.get(reverse(f"insight_{code}")).content.decode()


@pytest.mark.usefixtures("world")
def test_the_page_takes_the_same_queries_for_little_and_much(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("bupati"))
    client.get("/ringkasan/", ON)

    def queries_of(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address, ON).status_code == 200
        return len(found)

    few = queries_of("/ringkasan/")
    people(300, 30, VILLAGE)
    people(400, 30, FAR, category="ketua_rt")
    assert queries_of("/ringkasan/") == few <= QUERIES


QUERIES = 60


def test_a_day_or_place_that_is_none_has_no_page(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("camat"))
    for address in ("?hari=kemarin", "?hari=1800-01-01", "?wilayah=62.03.02", "?per=2026-09", "?penyebut=9"):
        assert client.get(f"/ringkasan/{address}").status_code == 404, address
    assert client.get("/ringkasan/?wilayah=62.03.01").status_code == 200
    assert client.get("/ringkasan/orang/?wilayah=62.03.01").status_code == 200
