"""Each class of what should not be is found, and nothing besides; number, list, API and pack hold the same rows."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from apiworld import System
from billsworld import arrive, bill_of, decree, line_of
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from insightworld import people
from officeworld import FAR, VILLAGE

from payung.law import months
from payung.office.access.scope import Area, Scope
from payung.office.answers.models import StaffList, StaffMember
from payung.office.bills.models import Bill
from payung.office.changes.models import Change
from payung.office.history.models import Event
from payung.office.insight.queries import count
from payung.office.people.models import Household, Membership, Person
from payung.office.programme.models import DecreePerson
from payung.office.reports.exceptions import EXCEPTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
WHOLE = Scope((Area("62.03"),))
ON = dt.date(2026, 11, 25)
EXPECTED = {
    "meninggal_ditagih": 2,  # two months of one person
    "usia_saat_daftar": 1,
    "dua_pembayar": 1,
    "kartu_asn": 2,  # by the card, and by the number of somebody on it
    "tanpa_sk": 3,
    "tagihan_beda_daftar": 2,
    "bayar_beda_tagihan": 1,
}


@pytest.fixture
def world(regions: None) -> dict[str, Any]:
    """Something of every class, and beside each somebody who is no finding."""
    line = line_of()
    good = people(1, 6, VILLAGE)
    old = people(40, 2, VILLAGE, birth_date=dt.date(1955, 1, 1))
    decree(line, [*good, old[0]])
    first, second = bill_of(line, "2026-09"), bill_of(line, "2026-10")
    arrive(first.payable, first)
    dead, other, twice, *_ = good
    values = {"person": dead, "kind": "meninggal", "evidence": "akta", "village_code": VILLAGE, "by": "t"}
    Change.objects.create(
        **values, on=dt.date(2026, 8, 3), stops_from=months.index("2026-09"), state="approved", decided_by="x"
    )
    Change.objects.create(
        **values | {"person": other}, on=dt.date(2026, 8, 3), stops_from=months.index("2026-09")
    )
    Membership.objects.create(
        person=old[1], segment="bpu", source="mandiri", from_month="2018-01", until_month="2020-12"
    )
    decree(line_of(), [old[1]])  # a member since they were young enough
    Membership.objects.create(person=twice, segment="bpu", source="mandiri", from_month="2026-01")
    Membership.objects.create(person=good[3], segment="bpu", source="apbd", from_month="2026-01")
    Membership.objects.create(
        person=good[4], segment="bpu", source="mandiri", from_month="2026-01", claimed=True
    )
    _cards(good)
    _bills(line)
    assert second.heads == 7
    return {"line": line, "good": good}


def _cards(good: list[Person]) -> None:
    staff = StaffList.objects.create(
        source="BKPSDM", employer="asn", version_on=ON, region_code="62.03", name="x", sha256="x", by="t",
        read=True, current=True,
    )  # fmt: skip
    former = StaffList.objects.create(
        source="BKPSDM", employer="asn", version_on=ON, region_code="62.03", name="y", sha256="y", by="t", read=True,
    )  # fmt: skip
    cards = [
        Household.objects.create(kk=f"62039901011{n:05d}", kk_index=f"kk{n}", village_code=VILLAGE)
        for n in range(3)
    ]
    servant = people(90, 1, VILLAGE)[0]
    for person, card in ((good[3], cards[0]), (good[4], cards[1]), (servant, cards[1]), (good[5], cards[2])):
        Person.objects.filter(pk=person.pk).update(household=card)
    servant.refresh_from_db()
    StaffMember.objects.create(staff=staff, kk_index="kk0")
    StaffMember.objects.create(staff=staff, nik_index=servant.nik_index)
    StaffMember.objects.create(staff=former, kk_index="kk2")


def _bills(line: Any) -> None:
    other = line_of()
    decree(other, people(60, 3, FAR))
    bill = bill_of(other, "2026-10")
    later = decree(line_of(), [])  # takes them out, after they were billed
    DecreePerson.objects.filter(line=other).update(removed_by=later, exit="pindah", last_month="2026-09")
    arrive(16_800, bill)
    Bill.objects.filter(pk=bill.pk).update(printed=bill.amount + 1)
    third = line_of()
    decree(third, people(70, 1, FAR))
    Bill.objects.filter(pk=bill_of(third, "2026-10").pk).update(code_heads=2)


@pytest.mark.usefixtures("world")
def test_every_class_is_found_and_nothing_besides() -> None:
    counted = count([one.figure for one in EXCEPTIONS.values()], WHOLE, ON)
    assert {code: one.number for code, one in counted.items()} == EXPECTED
    for code, one in counted.items():
        rows = one.figure.rows(WHOLE, ON)
        for cut in one.figure.parted_by:
            parts = one.parts(cut)
            assert sum(parts.values()) == one.number, (code, cut)
            for key, number in parts.items():
                assert one.figure.narrowed(rows, cut, key, WHOLE).count() == number, (code, cut, key)
        assert one.figure.rows(Scope(()), ON).count() == 0
        here, there = (one.figure.rows(Scope((Area(place),)), ON).count() for place in (VILLAGE, FAR))
        whole = one.number if one.figure.names else here + there
        assert here + there == whole, code


@pytest.mark.usefixtures("world")
def test_page_list_and_api_say_the_same(make_user: Any, sign_in: Any) -> None:
    cache.clear()
    user = make_user("inspektorat")
    client, system = sign_in(user), System(user)
    page = client.get("/laporan/pengecualian/").context
    assert {one.figure.code: counted.told for one, counted, _ in page["rows"]} == EXPECTED
    for code, number in EXPECTED.items():
        name = f"report_{code}_rows"
        assert client.get(reverse(name)).context["total"] == number, code
        assert len(system.get(f"/lists/{name}").json()["data"]) == number, code
    assert client.get("/laporan/pengecualian/?bulan=2026-13").status_code == 404


@pytest.mark.usefixtures("world")
def test_whoever_sees_no_names_is_told_no_small_number(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("bupati"))
    page = client.get("/laporan/pengecualian/")
    told = {one.figure.code: counted.told for one, counted, _ in page.context["rows"]}
    assert told["tagihan_beda_daftar"] == 2  # names nobody
    assert told["kartu_asn"] is None
    assert page.context["form"] is None or not any(
        c.open and c.figure.names for _, c, _ in page.context["rows"]
    )
    assert client.get("/laporan/pengecualian/kartu_asn/").status_code == 403


def _post(client: Any, **values: Any) -> Any:
    return client.post("/laporan/pengecualian/", {"seed": "a", "many": 2, "reason": "audit", **values})


@pytest.mark.usefixtures("world")
def test_a_pack_has_all_rows_and_a_sample_that_can_be_drawn_again(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("inspektorat"))
    answer = _post(client)
    assert answer.headers["Content-Type"] == "application/zip", answer.content[:300]
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    book = openpyxl.load_workbook(io.BytesIO(packed.read("pengecualian.xlsx")))
    for code, number in EXPECTED.items():
        sheet = book[EXCEPTIONS[code].figure.name.id[:31]]
        assert sheet.max_row - 4 == number, code
    sample = [row[:2] for row in book["Sampel"].iter_rows(min_row=5, values_only=True)]
    assert len(sample) == sum(min(number, 2) for number in EXPECTED.values())
    assert _post(client).content == answer.content
    other = zipfile.ZipFile(io.BytesIO(_post(client, seed="b").content))
    assert other.namelist() == packed.namelist()
    events = Event.objects.filter(action="exceptions.export")
    assert {event.after["rows"] for event in events} == {sum(EXPECTED.values())}
    assert _post(client, reason="").headers["Content-Type"].startswith("text/html")
    assert _post(sign_in(make_user("admin"))).status_code == 403


def test_the_page_takes_the_same_queries_for_little_and_much(
    world: Any, make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("inspektorat"))
    client.get("/laporan/pengecualian/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/laporan/pengecualian/")
        return len(asked)

    few = queries()
    decree(world["line"], people(200, 20, FAR))
    assert queries() == few <= 30
