"""The secret of an office is changed: all opens with the new one, nothing with the old one; it may be cut off."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from filledworld import FILL
from serviceworld import needs_styles, payung, python, set_up

from payung.office.service import tables

pytestmark = [needs_styles, pytest.mark.slow]
MORE = """
from payung.office.accounts.models import User
from payung.office.accounts import second_factor
from allauth.mfa.models import Authenticator
from payung.office.vault.files import sealing
from payung.office.answers.models import StaffList, StaffMember
from payung.office.people.models import Person
from payung.office.history import watch
watch.note()
(Path(settings.MEDIA_ROOT) / "x" / "y").write_bytes(b"".join(sealing([b"isi berkas"])))
user = User.objects.get(username="dewi")
Authenticator.objects.create(
    user=user, type="totp", data={"secret": second_factor.seal("RAHASIA"), "migrated_codes": [second_factor.seal("1")]}
)
kept = StaffList.objects.create(
    name="x", sha256="0" * 64, by="t", source="BKPSDM", employer="asn", version_on="2026-01-01", region_code="62.10"
)
known = Person.objects.exclude(nik_index=None)[0]
StaffMember.objects.create(staff=kept, nik_index=known.nik_index, kk_index="f" * 32)
"""
LOOK = """
import json
from pathlib import Path
from django.conf import settings
from allauth.mfa.models import Authenticator
from payung.office.accounts import second_factor
from payung.office.answers.models import StaffMember
from payung.office.people.models import Person
from payung.office.people.queries import matching
from payung.office.vault import bindings
from payung.office.vault.files import unsealing
from payung.office.history import marks
from payung.office.service import checks, condition
values = {}
for model, fields in bindings.sealed_models():
    names = [field.name for field in fields]
    values[model._meta.db_table] = [list(map(str, row)) for row in
                                    model._base_manager.order_by("pk").values_list("pk", *names)]
with (Path(settings.MEDIA_ROOT) / "x" / "y").open("rb") as file:
    text = b"".join(unsealing(file, "y")).decode()
factor = Authenticator.objects.get().data
member = StaffMember.objects.get()
first = Person.objects.exclude(nik_index=None)[0]
condition.register()
end = marks.head()
print(json.dumps({
    "values": values, "file": text,
    "factor": [second_factor.unseal(factor["secret"]), second_factor.unseal(factor["migrated_codes"][0])],
    "found": [person.pk for person in matching(Person.objects.all(), first.nik)], "first": first.pk,
    "member": [member.nik_index == first.nik_index, member.kk_index],
    "faults": sorted({(one.code, one.where) for _, one in checks.walk() if one.fault and one.code != "work.stuck"}),
    "end": [end.number, end.chain], "raw": bytes(bindings.connection.cursor().execute(
        "SELECT nik FROM people_person WHERE nik IS NOT NULL ORDER BY id LIMIT 1").fetchone()[0]).hex(),
}))
"""
CUT = """
from payung.office.service import rotation
def dies(*args):
    raise KeyboardInterrupt
rotation._chain = dies
try:
    rotation.rotate(reason="bocor", says=lambda said: None)
except KeyboardInterrupt:
    print("cut")
"""


def _look(home: Path, database: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(python(home, LOOK, PAYUNG_DATABASE=database))
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("postgresql") if request.param == "postgresql" else ""


def test_secret_is_changed_and_a_change_that_was_cut_off_goes_on(tmp_path: Path, database: str) -> None:
    home, values = tmp_path / "kantor", {"PAYUNG_DATABASE": database}
    set_up(home, **values)
    python(home, FILL + MORE, **values)
    before, old = _look(home, database), (home / "secret.key").read_text()
    assert before["found"] == [before["first"]]
    assert len(before["values"]["people_person"]) > 10
    noted = [str(before["end"][0]), before["end"][1]]
    assert payung(home, "rotate-secret", "--reason", " ", **values).returncode == 2
    given = payung(home, "rotate-secret", "--reason", "x", PAYUNG_SECRET="z" * 40, **values)
    assert (given.returncode, (home / "secret.next").exists()) == (2, False)

    assert python(home, CUT, **values).strip() == "cut"  # files have the new key, rows still the old one
    assert (home / "secret.key").read_text() == old
    refused = payung(home, "verify-history", **values)
    assert (refused.returncode, "rotate-secret" in refused.stderr) == (2, True)

    told = payung(home, "rotate-secret", "--reason", "bocor", **values)
    assert told.returncode == 0, told.stderr
    new = (home / "secret.key").read_text()
    assert new != old
    assert not (home / "secret.next").exists()
    (kept,) = home.glob("secret-*.old")
    assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == (old, 0o600)
    after = _look(home, database)
    for same in ("values", "file", "factor", "found", "faults"):
        assert after[same] == before[same], same
    assert after["raw"] != before["raw"]
    assert after["member"] == [True, None]  # whom no value names cannot be found again: told in the history
    for since in ([], ["--since", *noted]):
        verdict = payung(home, "verify-history", *since, **values)
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    event = python(
        home,
        "from payung.office.history.models import Event\n"
        "one = Event.objects.get(action='secret.rotate')\n"
        "print(one.reason, one.after['unknown'], one.after['rows'] > 20)",
        **values,
    )
    assert event.split() == ["bocor", "1", "True"]

    (home / "secret.key").write_text(old)
    refused = payung(home, "verify-history", **values)
    assert (refused.returncode, "secret" in refused.stderr) == (2, True)
    (home / "secret.key").write_text(new)
    # Once more, and the events of three secrets are one chain; a changed one of the first is still found.
    assert payung(home, "rotate-secret", "--reason", "lagi", **values).returncode == 0
    assert payung(home, "verify-history", "--since", *noted, **values).returncode == 0
    changed = python(
        home,
        "from payung.office.history import chain\nfrom payung.office.history.models import Event, PastKey\n"
        "from payung.office.service import tables\nfrom django.db import connection, transaction\n"
        "with transaction.atomic():\n    with tables.without_triggers(connection):\n"
        "        Event.objects.filter(number=2).update(reason='lain')\n"
        "    print(chain.verify().broken_at)\n    transaction.set_rollback(True)\n"
        "with transaction.atomic():\n    print(PastKey.objects.count())\n    PastKey.objects.all().delete()\n"
        "    print(chain.verify().broken_at)\n    transaction.set_rollback(True)\n",
        **values,
    )
    assert changed.split() == ["2", "2", "1"]


def test_open_office_and_one_that_is_not_whole_keep_their_secret(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    old = (home / "secret.key").read_text()
    python(
        home,
        "from payung.office.history.models import Event\nfrom payung.office.service import tables\n"
        "from django.db import connection, transaction\n"
        "with transaction.atomic():\n    with tables.without_triggers(connection):\n"
        "        Event.objects.filter(number=1).update(reason='lain')\n",
    )
    told = payung(home, "rotate-secret", "--reason", "x")
    assert (told.returncode, "event 1" in told.stderr or "BROKEN" in told.stderr) == (2, True), told.stderr
    other = tmp_path / "lain"
    shutil.copytree(home, other)
    python(other, "from payung.office.jobs import worker\nworker.live()")
    told = payung(other, "rotate-secret", "--reason", "x")
    assert (told.returncode, "open" in told.stderr) == (2, True)
    for folder in (home, other):
        assert (folder / "secret.key").read_text() == old
        assert not (folder / "secret.next").exists()


def test_every_keyed_index_is_one_that_the_change_knows() -> None:
    """An index of another kind of value has to be written anew too: then `service/rotation.py` learns it."""
    found = {
        field.name
        for model in tables.all_models()
        for field in model._meta.concrete_fields
        if field.name == "index" or field.name.endswith("_index")
    }
    assert found == {
        "nik_index",
        "kk_index",
        "kpj_index",
        "phone_index",
        "index",
    }  # the last: links of villages, which are closed
