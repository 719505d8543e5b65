"""The command line does what the pages do, by the same actions, for the user that it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from billsworld import EACH, decree, findings, line_of
from officeworld import FAR, listing, nik
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError
from payung.office.history.models import Event

pytestmark = pytest.mark.django_db


def call(*words: str) -> Any:
    """Return what a command printed as JSON."""
    done = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_bill_pay_cover_from_the_command_line(make_people: Any, make_user: Any, tmp_path: Path) -> None:
    people = make_people(listing(1), listing(2))
    line = line_of()
    decree(line, people)
    make_user("bkad")
    make_user("dinsos")
    (drawn,) = call("bill", "2026-11", "--line", str(line.pk), "--by", "bkad")["bills"]
    assert (drawn["state"], drawn["people"], drawn["amount"]) == ("draft", 2, 2 * EACH)
    with pytest.raises(InputError, match="bkad"):
        CliRunner().invoke(build(), ["bill", "send", drawn["bill"], "--by", "bkad"], catch_exceptions=False)
    (sent,) = call("bill", "send", drawn["bill"], "--by", "dinsos")["bills"]
    assert (sent["state"], len(sent["digest"])) == ("sent", 64)
    owed = call("cover", nik(1), "--date", "2026-10-20")
    assert owed["covers"] == []
    file = tmp_path / "mutasi.csv"
    file.write_text(f"reference;paid_on;amount;bill\nR1;2026-11-05;{2 * EACH};{sent['bill']}\nrusak;x;y;z\n")
    paid = call("pay", str(file), "--by", "bkad")
    assert (paid["rows"], paid["waiting"][0]["row"]) == ({"booked": 1, "waiting": 1}, 2)
    assert call("pay", str(file), "--by", "bkad")["same"]
    (covered,) = call("cover", nik(1), "--date", "2026-11-10")["covers"]
    assert (covered["line"], covered["paid_months"], covered["owed"]) == (line.name, 1, [])
    assert call("cover", nik(1), "--date", "2026-11-10", "--known", "2026-11-01")["covers"] == []
    as_now = call("cover", "--all", "--date", "2026-11-10")
    (village,) = as_now["villages"]
    assert (village["segment"], village["aktif"], as_now["total"]["aktif"]) == ("bpu", 2, 2)
    assert call("cover", "--all", "--date", "2026-11-10", "--known", "2026-11-01")["villages"] == []
    make_user("kades", FAR)
    assert call("cover", "--all", "--date", "2026-11-10", "--by", "kades")["total"]["aktif"] == 0
    for wrong in (["cover"], ["cover", nik(1), "--all"]):
        with pytest.raises(InputError, match="--all"):
            call(*wrong)
    assert set(Event.objects.filter(action="bill.send").values_list("actor", flat=True)) == {"dinsos"}
    assert findings() == []


def test_void_and_insurer_from_the_command_line(make_people: Any) -> None:
    line = line_of()
    decree(line, make_people(listing(1)))
    (drawn,) = call("bill", "2026-10")["bills"]
    call("bill", "send", drawn["bill"])
    (noted,) = call("bill", "insurer", drawn["bill"], "--code", "123456789012", "--printed", str(EACH + 1))[
        "bills"
    ]
    assert (noted["kode_iuran"], noted["payable"]) == ("123456789012", EACH + 1)
    (void,) = call("bill", "void", "123456789012", "--reason", "salah")["bills"]
    assert void["state"] == "void"
    with pytest.raises(InputError, match="B000099"):
        CliRunner().invoke(build(), ["bill", "send", "B000099"], catch_exceptions=False)


def test_changes_from_the_command_line(make_people: Any, make_user: Any, tmp_path: Path) -> None:
    make_people(listing(1))
    make_people(listing(2), village=FAR)
    make_user("operator")
    make_user("kades")
    file = tmp_path / "mutasi.csv"
    file.write_text(
        f"nik;kind;date;evidence\n{nik(1)};meninggal;2026-09-20;akta\n{nik(2)};pindah;2026-09-20;surat\n"
    )
    done = call("change", str(file), "--by", "operator", "--approved-by", "kades")
    assert (done["reported"], done["approved"]) == (1, 1)  # the other village is not theirs
    assert done["rows"][1]["why"]


def test_the_dead_owe_nothing_and_nobody_dies_before_their_birth(
    make_people: Any, make_user: Any, tmp_path: Path
) -> None:
    line = line_of()
    decree(line, make_people(listing(1)))
    (drawn,) = call("bill", "2026-08")["bills"]
    call("bill", "send", drawn["bill"])
    file = tmp_path / "uang.csv"
    file.write_text(f"reference;paid_on;amount;bill\nR1;2026-08-05;{EACH};{drawn['bill']}\n")
    call("pay", str(file))
    (late,) = call("cover", nik(1), "--date", "2026-10-20")["covers"]
    assert late["arrears"]["total"] == 2 * EACH  # what the line pays, not what a payer of one's own would
    file = tmp_path / "mutasi.csv"
    head = "nik;kind;date;evidence"
    file.write_text(f"{head}\n{nik(1)};meninggal;1901-01-01;akta\n{nik(1)};meninggal;2026-09-20;akta\n")
    make_user("kades")
    make_user("operator")
    done = call("change", str(file), "--by", "operator", "--approved-by", "kades")
    assert (done["approved"], "lahir" in done["rows"][0]["why"]) == (1, True)
    gone = call("cover", nik(1), "--date", "2026-10-20")
    assert (gone["died"], gone["covers"][0]["covered"], gone["covers"][0]["owed"]) == ("2026-09-20", "no", [])
    assert call("cover", nik(1), "--date", "2026-09-20")["covers"][0]["covered"] == "conditional"


def test_a_month_that_has_not_begun_is_not_closed_and_a_bad_row_of_the_branch_is_named(
    regions: None, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="belum mulai"):
        CliRunner().invoke(build(), ["close", "2099-01"], catch_exceptions=False)
    file = tmp_path / "bpjs.csv"
    file.write_text(f"nik;segment;amount\n{nik(1)};xx;16800\n")
    with pytest.raises(InputError, match="baris 2"):
        CliRunner().invoke(build(), ["reconcile", "2026-08", "--insurer", str(file)], catch_exceptions=False)
    file.write_text(f"nik;segment;amount\n{nik(1)};bpu;16800\n")
    assert call("reconcile", "2026-08", "--insurer", str(file))["insurer_unknown"] == 1
