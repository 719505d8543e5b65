"""Whoever has the database but not the secret rewrites the history: each way is found, also when the office goes on."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from figures import tried

from payung.office.accounts import actions as accounts
from payung.office.history import chain, marks, verdicts, watch
from payung.office.history.actions import Entry, record
from payung.office.history.chain import Noted
from payung.office.history.heads import locked
from payung.office.history.models import Event, Head, Mark, Watch
from payung.office.service import proofs

pytestmark = pytest.mark.django_db
MANY = 12


@pytest.fixture(autouse=True)
def _own_file(settings: Any, tmp_path: Path) -> None:
    settings.CHAIN_FILE = tmp_path / "riwayat" / "rantai.txt"


@pytest.fixture
def written(regions: None) -> None:
    accounts.create_user(
        by="tests", username="siti", name="Siti (rekaan)", password="Kata-sandi-uji-9", temporary=False
    )
    _write(MANY - Event.objects.count())


def _write(many: int) -> None:
    with transaction.atomic():
        entries = [
            Entry("test.done", f"thing:{n}", person=n, letter=f"{n}/SK", reason=f"karena {n}", after={"n": n})
            for n in range(many)
        ]
        record(by="siti", entries=entries)


def take_guards_off() -> None:
    """Drop every trigger, as somebody with the password of the database could."""
    with connection.cursor() as cursor:
        for name in watch.guards.prints():
            table, _, trigger = name.partition(".")
            cursor.execute(
                f'DROP TRIGGER "{trigger}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else "")
            )


def _sha(event: Event, before: str) -> str:
    return chain.link(event, before, keyed=False)


def _guess(event: Event, before: str) -> str:
    return hmac.new(b"guess", _sha(event, before).encode(), hashlib.sha256).hexdigest()


def _recompute(link: Callable[[Event, str], str], **head: Any) -> None:
    """Write the whole chain anew after taking events out and changing another."""
    Event.objects.filter(number__in=[3, 7]).delete()
    kept, previous = list(Event.objects.order_by("number")), chain.START
    Event.objects.all().delete()
    for number, event in enumerate(kept, 1):
        event.number = number
        event.actor = "bukan siti"
        event.chain = previous = link(event, previous)
    Event.objects.bulk_create(kept)
    Head.objects.update(number=len(kept), chain=previous, **head)


def _cut(many: int) -> None:
    Event.objects.filter(number__gt=MANY - many).delete()


def _set_back() -> None:
    last = Event.objects.order_by("-number").first()
    Head.objects.update(number=last.number if last else 0, chain=last.chain if last else chain.START)


def _cut_and_set_back() -> None:
    _cut(5)
    _set_back()


def _cut_and_seal_of_another_key() -> None:
    _cut_and_set_back()
    Head.objects.update(seal=hashlib.sha256(b"guess").hexdigest())


def _swap() -> None:
    first, second = Event.objects.get(number=5), Event.objects.get(number=6)
    Event.objects.filter(number__in=[5, 6]).delete()
    first.number, second.number = 6, 5
    Event.objects.bulk_create([second, first])


def _copy_at_the_end() -> None:
    event = Event.objects.get(number=MANY)
    event.number = MANY + 1
    event.save(force_insert=True)


def _all_gone(**head: Any) -> None:
    Event.objects.all().delete()
    Head.objects.update(**head) if head else Head.objects.all().delete()


def _second_head() -> None:
    head = Head.objects.get()
    head.pk, head.number = 2, 3
    head.save(force_insert=True)


def _event(number: int, **values: Any) -> Callable[[], None]:
    return lambda: (Event.objects.filter(number=number).update(**values), None)[1]


EVENTS: dict[str, tuple[Callable[[], None], str]] = {
    "actor": (_event(4, actor="x"), "changed"),
    "action": (_event(4, action="x.y"), "changed"),
    "reason": (_event(4, reason="x"), "changed"),
    "subject": (_event(4, subject="x:1"), "changed"),
    "person": (_event(4, person=99), "changed"),
    "letter": (_event(4, letter="x"), "changed"),
    "place": (_event(4, region_code="62.03"), "changed"),
    "time": (_event(4, at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), "changed"),
    "before": (_event(4, before={"n": 0}), "changed"),
    "after": (_event(4, after={"n": 0}), "changed"),
    "extra key": (_event(4, after={"n": 4, "x": 1}), "changed"),
    "link": (_event(4, chain="0" * 64), "changed"),
    "first gone": (lambda: (Event.objects.filter(number=1).delete(), None)[1], "missing"),
    "middle gone": (lambda: (Event.objects.filter(number=6).delete(), None)[1], "missing"),
    "two swapped": (_swap, "changed"),
    "copy at the end": (_copy_at_the_end, "changed"),
    "tail cut": (lambda: _cut(5), "head"),
    "head gone": (lambda: (Head.objects.all().delete(), None)[1], "head"),
    "tail cut, head set back": (_cut_and_set_back, "seal"),
    "tail cut, head set back, sealed by a guess": (_cut_and_seal_of_another_key, "seal"),
    "all gone, head at nothing": (lambda: _all_gone(number=0, chain=chain.START), "seal"),
    "all gone, head gone": (_all_gone, "empty"),
    "recomputed with SHA-256": (lambda: _recompute(_sha), "changed"),
    "recomputed with SHA-256, said to be of before": (lambda: _recompute(_sha, keyed_from=99), "seal"),
    "recomputed with another key": (lambda: _recompute(_guess), "changed"),
    "second head": (_second_head, "second"),
    "beginning moved": (
        lambda: (Head.objects.update(since=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), None)[1],
        "seal",
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_each_rewriting_is_found_also_after_the_office_went_on(written: None, name: str) -> None:
    assert proofs.verify().broken_at is None
    take_guards_off()
    rewrite, why = EVENTS[name]
    rewrite()
    found = proofs.verify()
    assert (found.broken_at is not None, found.why) == (True, why)
    assert "RUSAK" in verdicts.sentence(found).id
    tried("rewritings of the history in the office's own database")
    if name == "all gone, head gone":  # begun anew: see below
        return
    try:
        with transaction.atomic():
            _write(3)
    except Exception:  # two events of one number: refused by the database, and still found
        assert name == "copy at the end"
    later = proofs.verify()
    assert later.broken_at is not None, f"{name} was laundered by the next event"


def test_everything_gone_and_begun_anew_is_found_by_the_age_of_the_accounts(written: None) -> None:
    from payung.office.accounts.models import User

    User.objects.update(created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    take_guards_off()
    _all_gone()
    _write(3)
    assert proofs.verify().why == "anew"


def test_a_former_state_put_back_as_a_whole_is_found_by_what_was_noted_outside(written: None) -> None:
    events, head = list(Event.objects.order_by("number")), Head.objects.get()
    _write(5)
    marks.daily()
    noted = Noted(MANY + 5, Head.objects.get().chain, "paper")
    take_guards_off()
    Event.objects.all().delete()
    Mark.objects.all().delete()
    Event.objects.bulk_create(events)
    Head.objects.filter(pk=1).update(number=head.number, chain=head.chain, seal=head.seal)
    assert chain.verify().broken_at is None  # inside of the database it is whole
    assert chain.verify([noted]).why == "cut"
    found = proofs.verify()
    assert (found.why, "rantai.txt" in found.where) == ("cut", True)
    _write(9)  # other events in the place of those
    assert (proofs.verify().why, chain.verify([noted]).why) == ("another", "another")


def test_a_mark_in_the_database_shows_a_former_state_too(written: None) -> None:
    head = Head.objects.get()
    _write(2)
    with transaction.atomic():
        marks.note("closing:1")
    take_guards_off()
    Event.objects.filter(number__gt=MANY).delete()
    Head.objects.filter(pk=1).update(number=head.number, chain=head.chain, seal=head.seal)
    found = proofs.verify()
    assert (found.why, found.where[:9]) == ("cut", "closing:1")


def test_a_head_that_is_not_ours_does_not_stop_the_office_and_stays_said(written: None) -> None:
    take_guards_off()
    _cut_and_set_back()
    _write(2)
    head = Head.objects.get()
    assert (head.number, head.broken_at, chain.sealed(head)) == (MANY - 3, MANY - 4, True)
    Head.objects.update(broken_at=None)
    assert proofs.verify().why == "seal"
    with transaction.atomic():
        assert locked().broken_at == MANY - 2


def test_a_head_that_was_made_and_not_used_is_ours(db: None) -> None:
    with transaction.atomic():
        assert (locked().number, locked().broken_at) == (0, None)
    assert chain.verify() == chain.Verdict(0, chain.START)
    _write(1)
    assert chain.verify().broken_at is None


def test_the_daily_line_is_written_once_and_names_the_end(written: None) -> None:
    marks.daily()
    marks.daily()
    (line,) = marks.written()
    head = Head.objects.get()
    assert (line.number, line.link) == (head.number, head.chain)
    assert marks.path().stat().st_mode & 0o777 == 0o600
    assert marks.path().parent.stat().st_mode & 0o777 == 0o700
    assert marks.end() == f"r{head.number}-{head.chain[:16]}"


def test_another_secret_makes_another_chain(written: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "key", lambda: b"another")
    assert chain.verify().why == "changed"


def test_guards_that_were_dropped_changed_or_added_are_named(written: None) -> None:
    watch.note()
    assert list(watch.differing()) == list(proofs.of_guards()) == []
    table, trigger = "history_event", "history_event_no_update"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {trigger}")
            cursor.execute(
                f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} WHEN FALSE BEGIN SELECT 1; END"
            )
            cursor.execute("DROP TRIGGER programme_agreement_no_delete")
            cursor.execute("CREATE TRIGGER spy AFTER INSERT ON people_person BEGIN SELECT 1; END")
            expected = {
                f"{table}.{trigger}",
                "programme_agreement.programme_agreement_no_delete",
                "people_person.spy",
            }
        else:
            cursor.execute("ALTER TABLE history_event DISABLE TRIGGER history_event_append_only")
            cursor.execute("DROP TRIGGER programme_agreement_no_delete ON programme_agreement")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION payung_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$"
            )
            expected = {
                "history_event.history_event_append_only",
                "programme_agreement.programme_agreement_no_delete",
                "history_mark.history_mark_append_only",
            }
    assert expected <= {name for name, _ in watch.differing()}


def test_what_is_kept_about_guards_cannot_be_made_to_agree(written: None) -> None:
    watch.note()
    take_guards_off()
    Watch.objects.update(prints={})
    assert [name for name, _ in watch.differing()] == ["history_watch"]
    Watch.objects.all().delete()
    names = {finding.where for finding in proofs.of_guards()}
    assert (
        {"history_mark_append_only"} <= names
        if connection.vendor == "postgresql"
        else {
            "history_event_no_update",
            "history_event_no_delete",
        }
        <= names
    )


def test_tables_that_were_emptied_are_named(written: None, make_people: Any) -> None:
    from officeworld import listing

    from payung.office.people.models import Person

    people = make_people(listing(1), listing(2))
    assert list(proofs.of_emptied()) == []
    Person.everybody.filter(pk=people[0].pk).delete()
    (found,) = proofs.of_emptied()
    assert (found.code, found.where) == ("table.empty", "people_person")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["history_event", "history_mark", "history_head"])
def test_truncate_is_refused(written: None, table: str) -> None:
    from django.db import DatabaseError

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table}")


def test_history_of_before_stays_whole_and_goes_on_keyed(db: None) -> None:
    """Events linked by SHA-256, as version 0.1.0 wrote them; then the migration; then events of now."""
    _write(4)
    take_guards_off()
    previous = chain.START
    for event in Event.objects.order_by("number"):
        event.chain = previous = chain.link(event, previous, keyed=False)
        event.save()
    head = Head.objects.get()
    head.chain, head.keyed_from, head.seal = previous, 5, ""
    head.seal = chain.seal(head)
    head.save()
    assert chain.verify().broken_at is None
    _write(2)
    assert (chain.verify().events, chain.verify().broken_at, chain.verify().keyed_from) == (6, None, 5)
    _recompute_first_part()
    assert chain.verify().why == "changed"


def _recompute_first_part() -> None:
    previous = chain.START
    for event in Event.objects.filter(number__lte=4).order_by("number"):
        event.actor = "x"
        event.chain = previous = chain.link(event, previous, keyed=False)
        event.save()
