"""The ladder of arrears: one dated rung a bill and level, letters that gather, nothing skipped silently."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from officeworld import FAR, VILLAGE, listing

from payung.errors import InputError
from payung.law.calendar import is_working_day
from payung.office.access.scope import Area, Scope
from payung.office.arrears import actions, queries, rules
from payung.office.arrears.board import board
from payung.office.arrears.face import FACE
from payung.office.arrears.models import Contact, Rung
from payung.office.arrears.states import How, RungState
from payung.office.bills.actions import void
from payung.office.bills.models import Bill
from payung.office.history.models import Event
from payung.office.letters import actions as letters
from payung.office.letters import papers
from payung.office.letters.models import Order
from payung.text import Text

EVERYWHERE = Scope((Area(""),))
TODAY = dt.date(2026, 11, 28)  # the clock of the tests of bills runs on; arrears are asked about past days


# The ladder


@given(
    st.dates(dt.date(2019, 12, 2), dt.date(2030, 12, 31)),
    st.lists(st.integers(0, 90), min_size=1, max_size=8),
)
def test_ladder_climbs_one_level_at_a_time_and_never_on_the_due_day(due: dt.date, waits: list[int]) -> None:
    before: tuple[int, dt.date] | None = None
    for wait in waits:
        found = rules.next_level(due, before)
        if found is None:
            assert before is not None
            assert before[0] == len(rules.levels(due))
            return
        level, day = found
        assert level.number == (before[0] if before else 0) + 1
        assert day > (before[1] if before else due)
        assert is_working_day(day)
        assert day >= due + dt.timedelta(days=level.days)
        before = (level.number, day + dt.timedelta(days=wait))  # as late as the office was asked


def test_every_level_names_where_it_comes_from() -> None:
    ladder = rules.levels(TODAY)
    assert [level.office for level in ladder] == ["", "camat", "dpmd", "inspektorat"]
    assert {level.mark for level in ladder} == {"policy"}
    assert rules.levels(dt.date(2015, 6, 30)) == ()
    assert rules.offices(TODAY) == {"camat": 2, "dpmd": 3, "inspektorat": 4}


# Climbing


@pytest.fixture
def village(make_people: Any) -> dict[str, Any]:
    """A village with its own line and two people, paid from January to April."""
    line = line_of(source="apbdes", region_code=VILLAGE)
    people = make_people(listing(1), listing(2))
    decree(line, people)
    arrive(4 * 2 * EACH, bill_of(line, "2026-01", "2026-04"), on="2026-01-10")
    return {"line": line, "people": people}


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.django_db
def test_no_rung_on_the_due_day_nor_on_the_holiday_shifted_one(village: Any) -> None:
    bill = bill_of(village["line"], "2026-08")  # 15 August 2026 is a Saturday, the 17th a holiday
    assert bill.due_on == dt.date(2026, 8, 18)
    for day in ("2026-08-15", "2026-08-16", "2026-08-17", "2026-08-18"):
        assert actions.climb(on=on(day)) == 0
    assert actions.climb(on=on("2026-08-19")) == 1
    rung = Rung.objects.get()
    assert (rung.level, rung.on, rung.amount, rung.people) == (1, on("2026-08-19"), 2 * EACH, 2)
    assert actions.climb(on=on("2026-08-19")) == 0


@pytest.mark.django_db
def test_three_bills_one_partly_paid_are_one_letter_with_the_exact_table(village: Any) -> None:
    may, june, july = (bill_of(village["line"], f"2026-0{month}") for month in (5, 6, 7))
    arrive(EACH, june, on="2026-06-20")
    assert actions.climb(on=on("2026-07-16")) == 3
    found = queries.gathered(VILLAGE, on("2026-07-16"))
    assert [(one.bill.pk, one.open) for one in found.bills] == [
        (may.pk, 2 * EACH),
        (june.pk, EACH),
        (july.pk, 2 * EACH),
    ]
    letter = actions.issue(by="dinas", region_code=VILLAGE, number="005/1", on=on("2026-07-16"))
    assert (letter.amount, letter.people, letter.level) == (5 * EACH, 5, 1)
    assert [row["open"] for row in letter.rows] == [2 * EACH, EACH, 2 * EACH]
    assert sum(row["open"] for row in letter.rows) == letter.amount
    assert set(Rung.objects.values_list("state", "contact")) == {("issued", letter.pk)}
    with pytest.raises(InputError, match="menunggu surat"):
        actions.issue(by="dinas", region_code=VILLAGE, on=on("2026-07-16"))
    assert Contact.objects.count() == 1
    assert Event.objects.filter(action="arrears.issue", letter="005/1").count() == 1


@pytest.mark.django_db
def test_letter_says_until_when_paying_helps_and_who_loses_what(village: Any) -> None:
    for month in (5, 6, 7):
        bill_of(village["line"], f"2026-0{month}")
    found = queries.gathered(VILLAGE, on("2026-07-20"))  # three unpaid: grace; August is the fourth
    assert {one.person for one in found.losing} == {person.pk for person in village["people"]}
    assert {(one.months, one.jkm_full) for one in found.losing} == {(4, True)}
    assert found.until is not None
    assert on("2026-07-31") <= found.until <= on("2026-08-18")
    assert found.sentence is not None
    assert "2 orang kehilangan hak JKM penuh, 2 orang kehilangan 4 bulan iuran" in found.sentence.id
    dead = village["people"][0]
    dead.life_status = "meninggal"
    dead.save()
    assert [one.person for one in queries.gathered(VILLAGE, on("2026-07-20")).losing] == [
        village["people"][1].pk
    ]


@pytest.mark.django_db
def test_a_ladder_that_was_not_climbed_for_months_warns_once_a_step(village: Any) -> None:
    bill_of(village["line"], "2026-05")
    assert actions.climb(on=on("2026-08-03")) == 1
    assert actions.climb(on=on("2026-08-04")) == 0
    assert actions.climb(on=on("2026-08-24")) == 1
    assert list(Rung.objects.order_by("level").values_list("level", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_level_without_a_letter_climbs_on_waits_and_can_only_be_skipped_with_a_reason(village: Any) -> None:
    bill_of(village["line"], "2026-05")
    for day in ("2026-05-18", "2026-06-08", "2026-06-29", "2026-07-20"):
        actions.climb(on=on(day))
    assert list(Rung.objects.order_by("level").values_list("level", "state")) == [
        (level, RungState.WAITING) for level in (1, 2, 3, 4)
    ]
    first = Rung.objects.get(level=1)
    with pytest.raises(InputError, match="alasan"):
        actions.skip(by="dinas", rung=first, reason=" ")
    actions.skip(by="dinas", rung=first, reason="kepala desa diganti")
    with pytest.raises(InputError, match="dilewati"):
        actions.skip(by="dinas", rung=first, reason="lagi")
    event = Event.objects.get(action="arrears.skip")
    assert (event.actor, event.reason) == ("dinas", "kepala desa diganti")
    letter = actions.issue(by="dinas", region_code=VILLAGE, number="1", on=on("2026-07-20"))
    assert letter.level == 4
    assert list(Rung.objects.order_by("level").values_list("state", flat=True)) == [
        "skipped",
        "issued",
        "issued",
        "issued",
    ]


@pytest.mark.django_db
def test_paid_before_the_letter_is_settled_and_waits_again_where_months_are_taken_back(village: Any) -> None:
    from payung.office.bills.actions import give_back

    bill = bill_of(village["line"], "2026-05")
    gone = bill_of(village["line"], "2026-06")
    actions.climb(on=on("2026-06-17"))  # the 16th is a holiday
    arrive(2 * EACH, bill, on="2026-06-17")
    void(by="t", bill=gone, reason="salah")
    actions.climb(on=on("2026-06-18"))
    assert set(Rung.objects.values_list("state", flat=True)) == {"settled"}
    with pytest.raises(InputError):
        actions.issue(by="dinas", region_code=VILLAGE, on=on("2026-06-18"))
    give_back(by="t", bill=bill, people=[village["people"][0].pk], months=[2026 * 12 + 4], reason="salah")
    actions.climb(on=on("2026-06-18"))
    assert Rung.objects.get(bill=bill).state == RungState.WAITING
    assert Rung.objects.get(bill=gone).state == RungState.SETTLED


@pytest.mark.django_db
def test_climbing_costs_the_same_for_many_bills(village: Any) -> None:
    bill_of(village["line"], "2026-05")
    actions.climb(on=on("2026-05-18"))
    counts = []
    for first in (6, 7):
        for _ in range(1 if first == 6 else 4):
            month = f"2026-{Bill.objects.count() + 4:02d}"
            bill_of(village["line"], month)
        with CaptureQueriesContext(connection) as seen:
            assert actions.climb(on=on("2026-11-27")) > 0
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


# What must never be


def refused(do: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        do()


@pytest.mark.django_db
def test_database_refuses_every_way_round(village: Any) -> None:
    bill = bill_of(village["line"], "2026-05")
    same = {"bill": bill, "region_code": VILLAGE, "people": 2, "amount": 2 * EACH}
    refused(lambda: Rung.objects.create(level=1, on=bill.due_on, **same))  # on the due day
    refused(lambda: Rung.objects.create(level=2, on=on("2026-07-01"), **same))  # the first one left out
    actions.climb(on=on("2026-05-18"))
    rung = Rung.objects.get()
    refused(lambda: Rung.objects.create(level=1, on=on("2026-07-01"), **same))
    refused(lambda: Rung.objects.filter(pk=rung.pk).update(state="skipped", decided_by="x"))  # no reason
    refused(lambda: Rung.objects.filter(pk=rung.pk).update(state="issued"))  # no letter
    refused(lambda: Rung.objects.filter(pk=rung.pk).update(level=3))
    refused(lambda: Rung.objects.filter(pk=rung.pk).delete())
    letter = actions.issue(by="dinas", region_code=VILLAGE, number="1", on=on("2026-05-18"))
    refused(lambda: Rung.objects.filter(pk=rung.pk).update(state="waiting", contact=None))
    refused(lambda: Contact.objects.filter(pk=letter.pk).update(amount=1))
    refused(lambda: Contact.objects.filter(pk=letter.pk).delete())
    refused(lambda: Contact.objects.create(region_code=VILLAGE, how="phone", on=on("2026-05-18"), by="t"))
    assert [finding for check in FACE.checks for finding in check()] == []
    other = Contact.objects.create(region_code=VILLAGE, how="letter", on=letter.on, level=1, amount=1, by="t")
    found = [(finding.code, finding.where) for check in FACE.checks for finding in check()]
    assert found == [("arrears.letter", f"contact:{other.pk}")]  # written past the actions


@pytest.mark.django_db
def test_a_letter_is_a_real_one_that_gathers_its_lines(village: Any) -> None:
    first, second = bill_of(village["line"], "2026-08"), bill_of(village["line"], "2026-09")
    actions.climb(on=on("2026-10-05"))
    sent = actions.issue(by="t", region_code=VILLAGE, on=on("2026-10-06"))
    assert (sent.paper, sent.called) == (None, "")
    order = Order.objects.get(pk=sent.order_id)
    letter = letters.make(order=order)
    assert letter is not None
    again = Contact.objects.get(pk=sent.pk)
    assert (again.called, letter.kind, letter.region_code) == (letter.number, "arrears_1", VILLAGE)
    said = letter.content
    assert [row[0] for row in said["bills"]["rows"]] == [first.code, second.code]
    assert said["total"] == sent.amount == sum(row["open"] for row in sent.rows)
    assert papers.content_of(letter.path)[:5] == b"%PDF-"
    actions.climb(on=on("2026-11-02"))
    later = actions.issue(by="t", region_code=VILLAGE, on=on("2026-11-03"))
    said = json.loads(Order.objects.get(pk=later.order_id).values)
    assert said["earlier"] == f"{letter.number} tanggal 06-10-2026"
    assert [finding for check in FACE.checks for finding in check()] == []


@pytest.mark.django_db
def test_a_broken_template_stops_no_letter_and_no_ladder(village: Any, monkeypatch: Any) -> None:
    bill_of(village["line"], "2026-09")
    actions.climb(on=on("2026-10-05"))
    sent = actions.issue(by="t", region_code=VILLAGE, on=on("2026-10-06"))

    def broken(*_: object, **__: object) -> bytes:
        raise InputError(Text("kolom hilang", "a column is missing"))

    monkeypatch.setattr(papers, "pdf", broken)
    order = Order.objects.get(pk=sent.order_id)
    letters.make(order=order)
    order.refresh_from_db()
    assert order.state == "failed"
    assert set(Rung.objects.values_list("state", flat=True)) == {"issued"}


@pytest.mark.django_db
def test_a_payer_that_is_no_village_needs_the_number(make_people: Any) -> None:
    line = line_of(region_code="62.03")
    decree(line, make_people(listing(9)))
    bill_of(line, "2026-01")
    actions.climb(on=on("2026-03-05"))
    with pytest.raises(InputError, match="isi nomornya"):
        actions.issue(by="t", region_code="62.03", on=on("2026-03-06"))
    assert actions.issue(by="t", region_code="62.03", on=on("2026-03-06"), number="1/X").called == "1/X"


@pytest.mark.django_db
def test_days_that_have_not_come_are_refused(village: Any) -> None:
    with pytest.raises(InputError, match="belum tiba"):
        actions.climb(on=dt.date(2031, 1, 1))
    with pytest.raises(InputError):
        actions.speak(by="t", region_code=VILLAGE, how=How.PHONE, on=dt.date(2031, 1, 1), note="x")


# Pages


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


@pytest.mark.django_db
def test_through_the_pages_letter_contact_and_skip(village: Any, make_user: Any, sign_in: Any) -> None:
    bill_of(village["line"], "2026-08")
    bill_of(village["line"], "2026-09")
    actions.climb(on=on("2026-10-05"))
    agency = sign_in(make_user("dinsos"))
    assert "Tingkat tunggakan menunggu surat" in text(agency.get("/"))
    assert "Peringatan I" in text(agency.get("/tunggakan/?keadaan=waiting&terbuka=ya"))
    page = text(agency.get(f"/tunggakan/{VILLAGE}/"))
    assert f"Rp{4 * EACH:,}".replace(",", ".") in page
    agency.post(
        f"/tunggakan/{VILLAGE}/",
        {"do": "speak", "how": "phone", "on": "2026-10-06", "note": "janji bayar Jumat"},
    )
    rungs = list(Rung.objects.order_by("pk"))
    agency.post(f"/tunggakan/tingkat/{rungs[0].pk}/lewati/", {"reason": ""})
    assert Rung.objects.get(pk=rungs[0].pk).state == RungState.WAITING
    agency.post(f"/tunggakan/tingkat/{rungs[0].pk}/lewati/", {"reason": "sudah dibayar tunai"})
    agency.post(f"/tunggakan/{VILLAGE}/", {"do": "letter", "number": "005/22/Dinsos"})
    assert set(Rung.objects.values_list("state", flat=True)) == {"skipped", "issued"}
    page = text(agency.get(f"/tunggakan/{VILLAGE}/"))
    for said in ("005/22/Dinsos", "janji bayar Jumat", "sudah dibayar tunai"):
        assert said in page
    assert "Kontak terakhir" in text(agency.get("/bayar/"))
    here = board(EVERYWHERE, TODAY)[VILLAGE]
    assert (here.level, here.contact) == (1, Contact.objects.order_by("-on").values_list("on", flat=True)[0])
    kades = sign_in(make_user("kades"))
    assert "005/22/Dinsos" in text(kades.get(f"/tunggakan/{VILLAGE}/"))
    assert kades.post(f"/tunggakan/{VILLAGE}/", {"do": "letter", "number": "1"}).status_code == 403
    assert sign_in(make_user("kades", FAR, username="jauh")).get(f"/tunggakan/{VILLAGE}/").status_code == 404


@pytest.mark.django_db
def test_each_office_sees_what_has_come_up_to_it(village: Any, make_user: Any, sign_in: Any) -> None:
    bill_of(village["line"], "2026-05")
    for day in ("2026-05-18", "2026-06-08"):
        actions.climb(on=on(day))
    label = "Tunggakan yang naik sampai kepada Anda"
    assert label in text(sign_in(make_user("camat")).get("/"))
    inspector = sign_in(make_user("inspektorat"))
    assert label not in text(inspector.get("/"))
    for day in ("2026-06-29", "2026-07-20"):
        actions.climb(on=on(day))
    assert label in text(inspector.get("/"))
    assert "Diserahkan kepada Inspektorat" in text(inspector.get("/tunggakan/?tingkat=4&terbuka=ya"))


@pytest.mark.django_db
def test_pages_cost_the_same_for_many(make_people: Any, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("inspektorat"))
    counts = []
    for number in (0, 0, 1):
        for place in range(1 + 3 * number):
            line = line_of(source="apbdes", region_code=VILLAGE)
            decree(line, make_people(listing(50 + 10 * len(counts) + place)))
            arrive(4 * EACH, bill_of(line, "2026-01", "2026-04"), on="2026-01-10")
            bill_of(line, "2026-08")
        actions.climb(on=TODAY)
        with CaptureQueriesContext(connection) as seen:
            for address in ("/tunggakan/", f"/tunggakan/{VILLAGE}/", "/bayar/"):
                text(client.get(address))
        counts.append(len(seen))
    assert counts[1] == counts[2]
