"""Whoever has the database rewrites the history of an open office: on both databases it is found afterwards."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from attackworld import Attacked, Visitor
from figures import tried
from serviceworld import needs_styles

pytestmark = [pytest.mark.slow, needs_styles]

# What is done to the database by statements alone → what is found, the last event of the office being {last}.
STATEMENTS = {
    "reason changed": (["UPDATE history_event SET reason = 'x' WHERE number = 2"], "changed"),
    "event removed": (["DELETE FROM history_event WHERE number = 3"], "missing"),
    "tail cut": (["DELETE FROM history_event WHERE number > {last} - 3"], "head"),
    "tail cut, head set back": (
        [
            "DELETE FROM history_event WHERE number > {last} - 3",
            (
                "UPDATE history_head SET number = {last} - 3, "
                "chain = (SELECT chain FROM history_event WHERE number = {last} - 3)"
            ),
        ],
        "seal",
    ),
    "all gone": (["DELETE FROM history_event", "DELETE FROM history_head"], "empty"),
    "all gone, head at nothing": (
        ["DELETE FROM history_event", f"UPDATE history_head SET number = 0, chain = '{'0' * 64}'"],
        "seal",
    ),
}


def _verdict(office: Attacked, *since: str) -> tuple[int, dict[str, Any]]:
    told = office.payung("verify-history", "--json", *since)
    return told.returncode, json.loads(told.stdout)


def _end(office: Attacked) -> tuple[int, str]:
    ((number, link),) = office.sql("SELECT number, chain FROM history_head")
    return int(number), str(link)


def test_rewritings_by_statements_are_found_on_both_databases(attacked: Attacked) -> None:
    """Each in a transaction of its own that is taken back: the office is whole again before the next."""
    last, _ = _end(attacked)
    attacks = {
        name: ([one.replace("{last}", str(last)) for one in statements], why)
        for name, (statements, why) in STATEMENTS.items()
    }
    attacked.take_guards_off()
    (attacked.home / "riwayat" / "rantai.txt").unlink(missing_ok=True)  # seen without what was noted outside
    found = json.loads(
        attacked.python(
            "import json\nfrom django.db import connection, transaction\nfrom payung.office.service import proofs\n"
            f"found = {{}}\nfor name, (statements, _) in {attacks!r}.items():\n"
            "    with transaction.atomic():\n"
            "        with connection.cursor() as cursor:\n"
            "            for one in statements:\n                cursor.execute(one)\n"
            "        found[name] = proofs.verify().why\n        transaction.set_rollback(True)\n"
            "found['nothing'] = proofs.verify().why\nprint(json.dumps(found))"
        )
    )
    assert found == {**{name: why for name, (_, why) in attacks.items()}, "nothing": ""}
    tried("rewritings of the history by statements, on both databases", len(attacks))


def test_open_office_goes_on_after_its_end_was_cut_and_says_so(attacked: Attacked) -> None:
    with attacked.open() as office:
        before = Visitor(office.address).sign_in("admin")
        number, link = _end(attacked)
        attacked.take_guards_off()
        attacked.sql(
            f"DELETE FROM history_event WHERE number > {number - 2}",
            f"UPDATE history_head SET number = {number - 2}, "
            f"chain = (SELECT chain FROM history_event WHERE number = {number - 2})",
        )
        Visitor(office.address).sign_in("operator")  # recorded: the office writes on
        assert before.get("/riwayat/")[0] == 200
        assert office.health()[0] == 200
    code, verdict = _verdict(attacked)
    # Either the office began anew there, or a note that it took since names another event: the place is the same.
    assert (code, verdict["broken_at"]) == (1, number - 1)
    assert verdict["why"] in {"begun", "another"}
    assert {one["code"] for one in verdict["findings"]} >= {"history.open", "guards.changed"}
    code, verdict = _verdict(attacked, "--since", str(number), link[:20])
    assert (code, verdict["broken_at"]) == (1, number - 1)


def test_former_state_put_back_as_a_whole_is_found_by_the_file_and_by_paper(attacked: Attacked) -> None:
    kept = attacked.home.parent / "salinan"
    if attacked.database:
        attacked.sql("CREATE SCHEMA kept", *[f"CREATE TABLE kept.{one} AS TABLE {one}" for one in TABLES])
    else:
        shutil.copy(attacked.home / "office.sqlite3", kept)
    with attacked.open() as office:
        Visitor(office.address).sign_in("admin")
    attacked.python("from payung.office.history import marks\nmarks.daily()")
    number, link = _end(attacked)
    assert _verdict(attacked, "--since", str(number), link)[0] == 0
    _put_back(attacked, kept)
    code, verdict = _verdict(attacked)
    assert (code, verdict["why"], "rantai.txt" in verdict["where"]) == (1, "cut", True)
    (attacked.home / "riwayat" / "rantai.txt").unlink()
    assert _verdict(attacked)[1]["why"] == ""  # inside the machine nothing is left that knows
    code, verdict = _verdict(attacked, "--since", str(number), link[:16])
    assert (code, verdict["why"], verdict["where"]) == (1, "cut", "--since")


TABLES = ("history_event", "history_head", "history_mark")


def _put_back(office: Attacked, kept: Path) -> None:
    if not office.database:
        for path in office.home.glob("office.sqlite3*"):
            path.unlink()
        shutil.copy(kept, office.home / "office.sqlite3")
        return
    office.take_guards_off()
    office.sql(
        *[f"DELETE FROM {one}" for one in TABLES],
        *[f"INSERT INTO {one} SELECT * FROM kept.{one}" for one in TABLES],
        *[f"ALTER TABLE {one} ENABLE TRIGGER USER" for one in TABLES],
    )


def test_backup_carries_the_end_and_proves_it_later(attacked: Attacked) -> None:
    told = attacked.payung("backup", str(attacked.home.parent / "b.payung"))
    assert told.returncode == 0, told.stderr
    number, link = _end(attacked)
    assert f"event {number} ({link})" in told.stdout
    assert attacked.payung("restore", "--check", str(attacked.home.parent / "b.payung")).returncode == 0
    assert _verdict(attacked, "--since", str(number), link)[0] == 0
    assert _verdict(attacked, "--since", str(number), "0" * 64)[1]["why"] == "another"
    assert attacked.payung("verify-history", "--since", str(number), "zz").returncode == 2
