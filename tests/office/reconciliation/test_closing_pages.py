"""Pages of changes and of the reconciliation."""

from __future__ import annotations

from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import FAR, VILLAGE, listing, nik

from payung.office.changes.models import Change
from payung.office.reconciliation.models import Closing

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_month_is_compared_and_closed_by_both_sides(make_people: Any, make_user: Any, sign_in: Any) -> None:
    line = line_of()
    people = make_people(listing(1), listing(2))
    decree(line, people)
    arrive(EACH, bill_of(line, "2026-09"))
    agency, branch = sign_in(make_user("dinsos")), sign_in(make_user("bpjs"))
    page = text(agency.get("/rekonsiliasi/bulan/?bulan=2026-09"))
    assert "Kurang bayar" in page
    assert people[1].name in page
    file = SimpleUploadedFile("cabang.csv", f"nik;segment;amount\n{nik(2)};bpu;{EACH}\n".encode())
    branch.post("/rekonsiliasi/bulan/cabang/?bulan=2026-09", {"file": file})
    assert "Dibayar, tidak ada di daftar cabang" in text(branch.get("/rekonsiliasi/bulan/?bulan=2026-09"))
    agency.post("/rekonsiliasi/bulan/setujui/?bulan=2026-09")
    branch.post("/rekonsiliasi/bulan/setujui/?bulan=2026-09")
    closing = Closing.objects.get()
    assert (closing.state, closing.district_by, closing.branch_by) == ("closed", "dinsos", "bpjs")
    assert closing.digest in text(agency.get("/rekonsiliasi/bulan/?bulan=2026-09"))
    assert "Ditutup" in text(agency.get("/rekonsiliasi/"))
    agency.post("/rekonsiliasi/bulan/buka/?bulan=2026-09", {"reason": "temuan"})
    assert Closing.objects.count() == 2
    assert agency.get("/rekonsiliasi/bulan/?bulan=entah").status_code == 404


def test_a_village_sees_its_own_differences_only(make_people: Any, make_user: Any, sign_in: Any) -> None:
    line = line_of()
    here, there = make_people(listing(1)), make_people(listing(2), village=FAR)
    decree(line, [*here, *there])
    bill_of(line, "2026-09")
    page = text(sign_in(make_user("kades", VILLAGE)).get("/rekonsiliasi/bulan/?bulan=2026-09"))
    assert here[0].name in page
    assert there[0].name not in page


def test_change_is_reported_on_the_person_and_decided_by_another(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    (person,) = make_people(listing(1))
    operator, head = sign_in(make_user("operator")), sign_in(make_user("kades"))
    assert "Laporkan mutasi" in text(operator.get(f"/orang/{person.pk}/"))
    refused = operator.post(
        f"/orang/{person.pk}/mutasi/", {"kind": "meninggal", "on": "2030-01-01", "evidence": "x"}
    )
    assert "belum tiba" in text(refused)
    operator.post(
        f"/orang/{person.pk}/mutasi/", {"kind": "meninggal", "on": "2026-09-20", "evidence": "akta 7"}
    )
    change = Change.objects.get()
    assert "akta 7" in text(head.get(f"/mutasi/{change.pk}/"))
    assert operator.post(f"/mutasi/{change.pk}/putuskan/", {"do": "approve"}).status_code == 403
    head.post(f"/mutasi/{change.pk}/putuskan/", {"do": "approve"})
    change.refresh_from_db()
    assert (str(change.state), change.decided_by, change.stops) == ("approved", "kades", "2026-10")
    assert "Meninggal dunia" in text(head.get("/mutasi/"))
    head.post(f"/mutasi/{change.pk}/putuskan/", {"do": "withdraw", "reason": "salah orang"})
    change.refresh_from_db()
    assert str(change.state) == "withdrawn"
    far = sign_in(make_user("operator", FAR, username="jauh"))
    assert far.get(f"/mutasi/{change.pk}/").status_code == 404
