"""Pages of bills and payments: they do what the actions do, for whoever may, with a constant number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, VILLAGE, listing

from payung.office.access.scope import Area, Scope
from payung.office.arrears.board import board
from payung.office.bills.actions import draw_up
from payung.office.bills.face import FACE
from payung.office.bills.models import Bill, Payment
from payung.office.bills.states import BillState

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_from_draft_to_paid_through_the_pages(make_people: Any, make_user: Any, sign_in: Any) -> None:
    line = line_of(name="Dana Rentan")
    decree(line, make_people(listing(1), listing(2)))
    treasurer, agency = sign_in(make_user("bkad")), sign_in(make_user("dinsos"))
    assert "Belum ada tagihan" in text(treasurer.get("/tagihan/"))
    made = treasurer.post("/tagihan/baru/", {"line": line.pk, "month": "2026-11"})
    bill = Bill.objects.get()
    assert made.url == f"/tagihan/{bill.pk}/"
    assert treasurer.post(f"/tagihan/{bill.pk}/kirim/").status_code == 403
    agency.post(f"/tagihan/{bill.pk}/kirim/")
    bill.refresh_from_db()
    assert bill.state == BillState.SENT
    treasurer.post(
        f"/tagihan/{bill.pk}/cabang/", {"kode_iuran": "123456789012", "heads": "2", "printed": "33.602"}
    )
    page = text(treasurer.get(f"/tagihan/{bill.pk}/"))
    assert "Rp33.602" in page
    assert "Pulau Telo" in page
    rows = f"reference;paid_on;amount;bill\nR1;2026-11-05;{2 * EACH};123456789012\nR2;x;1;2\n"
    file = SimpleUploadedFile("mutasi.csv", rows.encode())
    answer = treasurer.post("/uang/baru/", {"file": file, "channel": "transfer"}, follow=True)
    assert "Dibukukan 1, sudah dikenal 0, menunggu 1" in text(answer)
    bill.refresh_from_db()
    assert bill.state == BillState.PAID
    assert "R1" in text(treasurer.get("/uang/"))
    assert "R2" in text(treasurer.get("/uang/menunggu/"))
    assert "Lunas" in text(treasurer.get(f"/tagihan/{bill.pk}/"))


def test_money_is_matched_by_hand_and_the_rest_is_refunded(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    line = line_of()
    decree(line, make_people(listing(1)))
    bill = bill_of(line, "2026-11")
    payment = arrive(EACH + 500, payer="PEMDES REKAAN").payment
    assert payment is not None
    client = sign_in(make_user("bkad"))
    client.post(f"/uang/{payment.pk}/", {"do": "settle", "bill": bill.pk, "learn": "on"})
    bill.refresh_from_db()
    assert bill.state == BillState.PAID
    refused = client.post(
        f"/uang/{payment.pk}/", {"do": "rest", "kind": "refund", "amount": "501", "reason": "x"}
    )
    assert "antara 1 dan 500" in text(refused)
    client.post(f"/uang/{payment.pk}/", {"do": "rest", "kind": "refund", "amount": "500", "reason": "lebih"})
    assert Payment.objects.get().left == 0
    assert client.post(f"/uang/{payment.pk}/", {"do": "rest"}).status_code == 403
    viewer = sign_in(make_user("inspektorat"))
    assert "lebih" in text(viewer.get(f"/uang/{payment.pk}/"))


def test_void_needs_a_reason_and_another_region_is_not_seen(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    line = line_of(region_code=FAR, source="apbdes")
    decree(line, make_people(listing(1), village=FAR))
    (draft,) = draw_up(by="t", month="2026-11", line=line).bills
    here = sign_in(make_user("operator", VILLAGE))
    assert here.get(f"/tagihan/{draft.pk}/").status_code == 404
    there = sign_in(make_user("operator", FAR, username="jauh"))
    assert "alasan" in text(there.post(f"/tagihan/{draft.pk}/batal/", {"reason": ""}, follow=True)).lower()
    there.post(f"/tagihan/{draft.pk}/batal/", {"reason": "salah bulan"})
    draft.refresh_from_db()
    assert draft.state == BillState.VOID


def test_board_says_what_is_lost_before_it_is(make_people: Any, make_user: Any, sign_in: Any) -> None:
    line = line_of()
    people = make_people(listing(1), listing(2), listing(3))
    decree(line, people)
    arrive(4 * 3 * EACH, bill_of(line, "2026-04", "2026-07"), on="2026-04-10")
    bill = bill_of(line, "2026-08")
    day = dt.date(2026, 10, 20)  # August, September, October unpaid
    village = board(Scope((Area(""),)), day)[VILLAGE]
    assert village.people["tenggang_3"] == 3
    assert (village.open, village.overdue) == (3 * EACH, 3 * EACH)
    assert village.until is not None
    assert day <= village.until < dt.date(2026, 11, 17)
    assert (village.lose, village.longest, village.long) == (3, 4, 3)
    assert village.sentence is not None
    assert "3 orang kehilangan 4 bulan iuran" in village.sentence.id
    page = text(sign_in(make_user("kades")).get("/bayar/"))
    assert "Pulau Telo" in page
    assert "Rp50.400" in page
    assert str(bill.state) == "sent"


def test_person_page_shows_months_and_who_paid(make_people: Any, make_user: Any, sign_in: Any) -> None:
    line = line_of(name="Dana Sawit")
    (person,) = make_people(listing(1))
    decree(line, [person])
    arrive(EACH, bill_of(line, "2026-11"), on="2026-11-05")
    bill_of(line, "2026-12")
    page = text(sign_in(make_user("dinsos")).get(f"/orang/{person.pk}/"))
    assert "Bulan perlindungan" in page
    assert "Dana Sawit" in page


def test_lists_cost_the_same_for_many(make_people: Any, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("inspektorat"))
    counts = []
    for number in (0, 0, 1):  # the first time every page looks up what it keeps
        for place in range(1 + 3 * number):
            line = line_of()
            decree(line, make_people(listing(50 + 10 * len(counts) + place)))
            arrive(EACH - 1, bill_of(line, "2026-11"))
        one = Bill.objects.order_by("-pk").first()
        assert one is not None
        with CaptureQueriesContext(connection) as seen:
            for address in ("/bayar/", "/tagihan/", "/uang/", "/uang/menunggu/", f"/tagihan/{one.pk}/"):
                text(client.get(address))
        counts.append(len(seen))
    assert counts[1] == counts[2]


def test_sample_makes_one_of_each(regions: None) -> None:
    assert FACE.sample is not None
    keys = FACE.sample({"person": None, "village": VILLAGE, "by": "t"})
    assert Bill.objects.get(pk=keys["bill_"]).region_code == VILLAGE
    assert Payment.objects.get(pk=keys["payment_"]).region_code == VILLAGE


def test_village_makes_its_own_draft_void_and_never_what_was_sent(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    own = line_of(region_code=VILLAGE, source="apbdes")
    decree(own, make_people(listing(1)))
    district = line_of()
    decree(district, make_people(listing(2)))
    operator, agency = sign_in(make_user("operator")), sign_in(make_user("dpmd"))
    (draft,) = draw_up(by="t", month="2026-10", line=own).bills
    operator.post(f"/tagihan/{draft.pk}/batal/", {"reason": "salah bulan"})
    assert Bill.objects.get(pk=draft.pk).state == BillState.VOID
    (theirs,) = draw_up(by="t", month="2026-10", line=district).bills
    assert operator.post(f"/tagihan/{theirs.pk}/batal/", {"reason": "x"}).status_code == 403
    sent = bill_of(own, "2026-11")
    assert "Batalkan tagihan" not in text(operator.get(f"/tagihan/{sent.pk}/"))
    answer = operator.post(f"/tagihan/{sent.pk}/batal/", {"reason": "x"}, follow=True)
    assert "hanya dinas yang menyetujui" in text(answer)
    assert Bill.objects.get(pk=sent.pk).state == BillState.SENT
    assert "Batalkan tagihan" in text(agency.get(f"/tagihan/{sent.pk}/"))
    agency.post(f"/tagihan/{sent.pk}/batal/", {"reason": "diminta desa"})
    assert Bill.objects.get(pk=sent.pk).state == BillState.VOID
