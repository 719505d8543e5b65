"""Another program agrees: bean-check asserts every balance of the ledger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from programmeworld import candidates, draft, line_of, people, pks, signed

from payung.office.programme import actions
from payung.office.programme.journal import journal
from payung.office.programme.models import Line

pytestmark = pytest.mark.django_db


def check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from beancount.scripts.check import main; main()",
        str(path),
        "--no-cache",
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_bean_check_asserts_the_balances(regions: None, tmp_path: Path) -> None:
    pks()
    one, two = line_of(10**7, name='APBD "induk"'), line_of(10**6, name="dua")
    first = signed(one, people(1, 4))
    new = actions.begin(by="t", line=one, from_month="2027-07", until_month="2027-12", previous=first)
    actions.put_in(by="t", decree=new, candidates=candidates(people(8, 1)))
    actions.freeze(by="t", decree=new)
    actions.drop(by="t", decree=actions.freeze(by="t", decree=draft(two, people(9, 1))), reason="uji")
    for kind, amount in (("bill", 67_200), ("pay", 67_200), ("bill", 5), ("bill", -5)):
        actions.book(by="t", line=one, kind=kind, amount=amount, subject="bill:1")
    actions.shift(by="t", source=one, target=two, amount=1000, reason="pergeseran")
    path = tmp_path / "buku.beancount"
    path.write_text("\n".join(journal(Line.objects.all())) + "\n", encoding="utf-8")
    verdict = check(path)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    wrong = (
        path.read_text(encoding="utf-8").replace("67200 IDR", "67201 IDR", 1).replace("-67200", "-67201", 1)
    )
    path.write_text(wrong, encoding="utf-8")
    assert check(path).returncode == 1
