"""Many accounts from one list: all or none, with a sentence for every row that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from officeworld import HOME, VILLAGE

from payung.errors import InputError
from payung.office.accounts import bulk, intake
from payung.office.accounts.models import Grant, User
from payung.office.accounts.slips import Slip, slips_page
from payung.office.history.models import Event
from payung.text import Text

DISTRICT, SUBDISTRICT = HOME["regency"], HOME["subdistrict"]
HEAD = "Nama Pengguna;Nama lengkap;Peran;Kode Wilayah;Mulai;Sampai;No. SK;Email"
GOOD = [
    f"operator.satu;Siti (rekaan);operator;{VILLAGE};2027-01-01;;;siti@example.id",
    f"camat.satu;Budi (rekaan);CAMAT;{SUBDISTRICT};01-02-2027;31/12/2027;SK 7/2027;",
    f"dinas.satu;Citra (rekaan);dinsos;{DISTRICT};;;;",
]


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "akun.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8-sig")
    return path


@pytest.mark.django_db
def test_list_becomes_accounts_with_roles_and_slips(regions: None, tmp_path: Path) -> None:
    accounts, faults = intake.judge(intake.read(_file(tmp_path, *GOOD, ";;;;;;;")))
    assert not faults
    slips = bulk.make(by="admin", accounts=accounts).slips
    assert [slip.username for slip in slips] == ["operator.satu", "camat.satu", "dinas.satu"]
    assert Grant.objects.get(user__username="camat.satu").ends.isoformat() == "2027-12-31"  # type: ignore[union-attr]
    assert User.objects.get(username="operator.satu").email == "siti@example.id"
    answer = Client().post("/masuk/", {"login": "dinas.satu", "password": slips[2].password})
    assert answer.status_code == 302
    assert User.objects.filter(must_change_password=True).count() == 3
    assert Event.objects.filter(action="user.create", actor="admin").count() == 3
    page = slips_page(slips)
    for slip in slips:
        assert slip.password in page
        assert slip.password not in str(list(Event.objects.values()))


@pytest.mark.django_db
def test_workbook_is_read_like_a_csv(regions: None, tmp_path: Path) -> None:
    path = tmp_path / "akun.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([HEAD, *GOOD]):
            sheet.write_row(number, 0, line.split(";"))
    assert intake.judge(intake.read(path)) == intake.judge(intake.read(_file(tmp_path, *GOOD)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "field"),
    [
        (f"Op Satu;Siti;operator;{VILLAGE};;;;", "username"),
        (f"operator.satu;Siti;operator;{VILLAGE};;;;", "username"),  # stands in the list before
        (f"sudah.ada;Siti;operator;{VILLAGE};;;;", "username"),
        (f"op.dua;;operator;{VILLAGE};;;;", "name"),
        (f"op.dua;Siti;raja;{VILLAGE};;;;", "role"),
        ("op.dua;Siti;operator;99.99;;;;", "region"),
        (f"op.dua;Siti;operator;{DISTRICT};;;;", "region"),
        (f"op.dua;Siti;operator;{VILLAGE};besok;;;", "starts"),
        (f"op.dua;Siti;operator;{VILLAGE};2027-02-01;2027-01-01;;", "ends"),
        (f"op.dua;Siti;operator;{VILLAGE};;;;bukan email", "email"),
    ],
)
def test_row_that_cannot_be_used_says_why(make_user: Any, tmp_path: Path, line: str, field: str) -> None:
    make_user("admin", username="sudah.ada")
    accounts, faults = intake.judge(intake.read(_file(tmp_path, GOOD[0], line)))
    assert [(fault.row, fault.field) for fault in faults] == [(3, field)]
    assert len(accounts) == 1


@pytest.mark.django_db
def test_accounts_are_all_made_or_none(regions: None, tmp_path: Path) -> None:
    accounts, _ = intake.judge(intake.read(_file(tmp_path, *GOOD)))
    with pytest.raises(InputError):
        bulk.make(by="admin", accounts=[*accounts, accounts[0]])
    assert not User.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("text", ["", "a;b;c", "nama;peran;wilayah", "\x00\x01"])
def test_list_without_the_columns_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "akun.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=r"akun\.csv"):
        intake.read(path)
    (tmp_path / "akun.xlsx").write_text("no workbook")
    with pytest.raises(InputError, match=r"akun\.xlsx"):
        intake.read(tmp_path / "akun.xlsx")


def test_slip_escapes_what_stands_in_the_list() -> None:
    page = slips_page([Slip("a", "<b>x</b>", Text("r", "r"), "p", "s")])
    assert "<b>x" not in page
