"""What was built since the office was attacked: donors, policies, letters, payments, and what their forms take."""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from accessworld import heart_that_waits, home_for_uploads, make_people, make_user, regions, sign_in

__all__ = ["heart_that_waits", "home_for_uploads", "make_people", "make_user", "regions", "sign_in"]

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payung.errors import InputError
from payung.law import months
from payung.office.bills import statements
from payung.office.donors import actions as giving
from payung.office.donors.models import Donor, DonorAccount, Pledge
from payung.office.letters.kinds import kinds
from payung.office.policies.models import Policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def donors(regions: None) -> tuple[Donor, Donor]:
    first, second = (giving.add(by="t", name=name, region_code="62.03") for name in ("PT Satu", "PT Dua"))
    return first, second


@pytest.mark.parametrize("value", ["9" * 26, "9" * 5000, "٣", "１２", "-1", "1e3", " ", "\x00"])
def test_odd_number_of_an_account_lets_no_donor_go(
    donors: tuple[Donor, Donor], make_user: Any, sign_in: Any, value: str
) -> None:
    dinas = sign_in(make_user("dinsos"))
    giving.link(by="t", donor=donors[0], user=make_user("donatur"))
    assert dinas.post(f"/donatur/{donors[0].pk}/", {"lepas": value}).status_code in {200, 302}
    assert DonorAccount.objects.count() == 1


def test_account_of_one_donor_is_not_let_go_on_the_page_of_another(
    donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    account = giving.link(by="t", donor=donors[0], user=make_user("donatur"))
    dinas = sign_in(make_user("dinsos"))
    dinas.post(f"/donatur/{donors[1].pk}/", {"lepas": str(account.pk)})
    assert DonorAccount.objects.count() == 1
    dinas.post(f"/donatur/{donors[0].pk}/", {"lepas": str(account.pk)})
    assert not DonorAccount.objects.exists()


def test_form_of_a_pledge_takes_what_it_asks_and_nothing_else(
    donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    form = {
        "number": "1/CSR",
        "signed_on": "2026-01-05",
        "scheme": "sertakan",
        "source": "csr",
        "amount": "1000000",
        "from_month": "2026-01",
        "until_month": "2026-12",
    }
    forged = {
        "donor": str(donors[1].pk),
        "placed": "999",
        "by": "bupati",
        "withdrawn_by": "bupati",
        "reason": "x",
    }
    dinas = sign_in(make_user("dinsos"))
    for _ in range(3):
        dinas.post(f"/donatur/{donors[0].pk}/janji/", {**form, **forged})
    pledge = Pledge.objects.get()
    assert (pledge.donor, pledge.placed, pledge.by, pledge.withdrawn_by) == (donors[0], 0, "dinsos", "")
    line = {"name": "CSR 2026", "amount": "400000", "from_month": "2026-01", "until_month": "2026-12"}
    for _ in range(3):
        dinas.post(f"/janji/{pledge.pk}/langkah/", {**line, "region_code": "99", "payer": "lain"})
    made = pledge.lines.get().line
    assert (made.region_code, made.payer) == ("62.03", "PT Satu")


def test_policy_that_is_sent_twice_is_one(make_user: Any, sign_in: Any) -> None:
    month = months.add(months.month_of(dt.datetime.now(dt.UTC).date()), 2)
    content = f"from: {month}\nbasis: Perbup 12/2026\nmax_decile: 5\n".encode()
    dinas = sign_in(make_user("dinsos"))
    mark = dinas.get("/kebijakan/baru/").content.decode().split('name="sekali" value="')[1].split('"')[0]
    for _ in range(4):
        file = SimpleUploadedFile("kebijakan.yaml", content)
        answer = dinas.post("/kebijakan/baru/", {"region_code": "62.03", "file": file, "sekali": mark})
        assert answer.status_code == 302
    assert Policy.objects.count() == 1


def test_odd_subject_of_a_letter_is_no_letter(make_user: Any, sign_in: Any) -> None:
    clients = [sign_in(make_user(role)) for role in ("dinsos", "camat")]
    for kind in kinds().values():
        for key in ("1-2", "1.2", "-", "9" * 26, "9" * 5000, "٣", "2026-13", "99.99"):
            for client in clients:
                answer = client.get(reverse("letter_issue", args=[kind.code, f"{kind.noun}:{key}"]))
                assert answer.status_code in {302, 403, 404}, (kind.code, key[:30])


def test_bomb_among_the_payments_of_a_bank_is_refused_before_it_unfolds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rekening.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            file.writestr(name, b"<a/>")
        file.writestr("xl/styles.xml", b"<!-- x -->" * (6 << 20))
    monkeypatch.setattr("python_calamine.CalamineWorkbook", None)  # nobody may come so far as to open it
    with pytest.raises(InputError, match=r"rekening\.xlsx"):
        statements.read("rekening.xlsx", path.read_bytes())


def test_number_without_an_end_among_the_payments_is_no_fault() -> None:
    from payung.office.bills.statements.tables import _written

    assert [_written(value) for value in (float("inf"), float("nan"), 12.0, None)] == ["inf", "nan", "12", ""]
