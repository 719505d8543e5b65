"""Every figure of every page at one day: what is written is what its list holds, its export, and the API; and in any
office the parts of every figure add up over every cut, also of a part."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from apiworld import System
from billsworld import arrive, decree, line_of
from casesworld import case_of
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from insightworld import TODAY, fill, people
from officeworld import FAR, NEIGHBOUR, VILLAGE

from payung.office.access.scope import Area, Scope
from payung.office.api import pages as api_pages
from payung.office.bills.actions import draw_up, send
from payung.office.cases.states import Happening
from payung.office.insight import queries
from payung.office.insight.figures import FIGURES
from payung.office.insight.lists import DAY
from payung.office.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ON = {DAY: TODAY.isoformat()}
LINK = re.compile(r'<a\b[^>]*\bhref="(/ringkasan/(\w+)/baris/[^"]*)"[^>]*>(.*?)</a>', re.S)
NUMBER = re.compile(r"(Rp)?(\d{1,3}(?:\.\d{3})*)")
SUBDISTRICT = VILLAGE[:8]
WHOLE = Scope((Area("62.03"),))


def told(page: str) -> list[tuple[str, str, bool, int]]:
    """Return every number that a page writes as a link to rows: address, figure, whether rupiah, number."""
    found = []
    for address, code, inside in LINK.findall(page):
        text = " ".join(re.sub(r"<[^>]+>", " ", inside).split())
        if number := NUMBER.fullmatch(html.unescape(text)):
            found.append((html.unescape(address), code, bool(number[1]), int(number[2].replace(".", ""))))
    return found


@pytest.mark.parametrize(
    ("role", "place", "least"),
    [
        ("inspektorat", "", 200),
        ("dinsos", "", 100),
        ("camat", "", 50),
        ("bkad", "", 5),
        ("dinsos", SUBDISTRICT, 50),
        ("camat", VILLAGE, 20),
    ],
)
def test_every_number_of_every_page_is_what_its_list_holds(
    role: str, place: str, least: int, make_user: Any, sign_in: Any
) -> None:
    fill()
    user = make_user(role)
    client = sign_in(user)
    seen: dict[str, set[int]] = {}
    many = 0
    addresses = ["/ringkasan/", "/ringkasan/sebaran/", "/ringkasan/ucj/"]
    addresses += [f"/ringkasan/{code}/" for code in queries.for_user(user, TODAY)]
    for address in addresses:
        given_ = {} if address == "/ringkasan/sebaran/" else dict(ON)  # that page is of today alone
        given_ |= {"wilayah": place} if place else {}
        answer = client.get(address, given_)
        assert answer.status_code == 200, address
        for rows_at, code, money, number in told(answer.content.decode()):
            many += 1
            if number in seen.setdefault(rows_at, set()):
                continue
            seen[rows_at].add(number)
            listed = client.get(rows_at)
            assert listed.status_code == 200, rows_at
            if money:
                rows = listed.context["page"].narrowed(listed.wsgi_request).order_by()
                assert int(rows.aggregate(sum=Sum(FIGURES[code].amount))["sum"] or 0) == number, rows_at
            elif FIGURES[code].amount:
                assert number in {listed.context["total"], _sum(listed, code)}, rows_at
            else:
                assert listed.context["total"] == number, (address, rows_at)
    assert many >= least, many


def _sum(listed: Any, code: str) -> int:
    rows = listed.context["page"].narrowed(listed.wsgi_request).order_by()
    return int(rows.aggregate(sum=Sum(FIGURES[code].amount))["sum"] or 0)


def test_page_list_export_and_api_say_the_same_of_every_part(
    make_user: Any, sign_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(api_pages, "A_MINUTE", 10**6)
    fill()
    user = make_user("inspektorat")
    client, system = sign_in(user), System(user)
    for code in FIGURES:
        page = client.get(f"/ringkasan/{code}/", ON).context
        given_ = system.get(f"/figures/{code}", **ON).json()
        assert given_["number"] == page["counted"].told, code
        written = {cut.value: {part.key: part.number for _, part, *_ in rows} for cut, rows in page["parts"]}
        parts = {
            cut: {part["key"]: part["number"] for part in listed if part["number"]}
            for cut, listed in given_["parts"].items()
        }
        assert {cut: found for cut, found in parts.items() if found} == written, code
        name = f"insight_{code}_rows"
        chosen = [page["rows_url"], *(rows[0][2] for _, rows in page["parts"])]
        for address in chosen:  # the whole, and the first part of each cut
            query = dict(parse_qsl(urlsplit(address).query))
            total = client.get(address).context["total"]
            assert len(system.get(f"/lists/{name}", limit="500", **query).json()["data"]) == total, address
            taken = client.post(address, {"alasan": "uji", "bentuk": "csv"}).content.decode("utf-8-sig")
            assert len(taken.splitlines()) - 1 == total, address
            assert urlsplit(address).path == reverse(name)


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([VILLAGE, NEIGHBOUR, FAR]),
        st.sampled_from(["rentan", "bpd", "mandiri", "ketua_rt"]),
        st.integers(10, 80) | st.none(),
        st.sampled_from(["hidup", "meninggal", "pindah", ""]),
        st.sampled_from(["", "decree", "billed", "paid"]),
        st.sampled_from([None, None, Happening.DEATH, Happening.ACCIDENT]),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(everybody=PEOPLE)
def test_parts_add_up_over_all_cuts_in_any_office(regions: None, everybody: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        _make(everybody)
        counted = queries.count(FIGURES.values(), WHOLE, TODAY)
        number = {code: one.number for code, one in counted.items()}
        assert number["orang"] == number["terlindungi"] + number["belum"] + number["di_luar_usia"]
        assert number["pagu"] == sum(number[code] for code in ("bebas", "terikat", "ditagih", "dibayar"))
        for code, one in counted.items():
            assert one.number == _amount(one.figure, one.figure.rows(WHOLE, TODAY)), code
            for cut in one.figure.parted_by:
                parts = one.parts(cut)
                assert sum(parts.values()) == one.number, (code, cut)
                for key, whole in parts.items():
                    inside = one.within(cut, key)
                    for other in one.figure.parted_by:
                        assert sum(inside.parts(other).values()) == whole, (code, cut, key, other)
        transaction.set_rollback(True)


def _amount(figure: Any, rows: Any) -> int:
    if not figure.amount:
        return int(rows.count())
    return int(rows.order_by().aggregate(sum=Sum(figure.amount))["sum"] or 0)


def _make(everybody: list[tuple[Any, ...]]) -> None:
    held: dict[str, list[Person]] = {"decree": [], "billed": [], "paid": []}
    for number, (village, category, age, life, how, happening) in enumerate(everybody, 1):
        born = None if age is None else dt.date(TODAY.year - age, 6, 15)
        one = people(number, 1, village, category=category, birth_date=born)[0]
        Person.objects.filter(pk=one.pk).update(life_status=life)
        if how:
            held[how].append(one)
        if happening:
            case_of(happening, dt.date(2026, 4, 20), name=one.name, village_code=village)
    for how, named in held.items():
        if not named:
            continue
        line = line_of()
        decree(line, named)
        if how != "decree":
            for draft in draw_up(by="t", month="2026-10", line=line).bills:  # none where all of them are dead
                bill = send(by="t", bill=draft)
                if how == "paid":
                    arrive(bill.payable, bill, on="2026-10-20")
