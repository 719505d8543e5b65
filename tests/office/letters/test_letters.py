"""Letters: asked for, made afterwards, numbered without gaps, never changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from lettersworld import ON, count_values, letter_of, order_of
from officeworld import NEIGHBOUR, VILLAGE

from payung.errors import InputError
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.letters import actions, ddl, papers, queries
from payung.office.letters.face import FACE
from payung.office.letters.models import Letter, Letterhead, Order
from payung.office.letters.states import Office, OrderState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]


def test_a_letter_is_asked_for_and_made_by_a_job() -> None:
    order = order_of()
    assert not Letter.objects.exists()
    run_all()
    order.refresh_from_db()
    letter = order.letter
    content = papers.content_of(letter.path)
    assert order.state == OrderState.MADE
    assert letter.number == "001/02/DESA/62.03.01.2001/XI/2026"
    assert hashlib.sha256(content).hexdigest() == letter.sha256
    assert content.startswith(b"%PDF-")
    assert b"pdfaid" in content
    assert b"/StructTreeRoot" in content
    assert [event.action for event in Event.objects.order_by("number")][-2:] == ["letter.ask", "letter.issue"]


def test_numbers_count_within_place_office_year_and_kind() -> None:
    numbers = [
        letter_of().serial,
        letter_of().serial,
        letter_of(NEIGHBOUR).serial,
        letter_of(on=dt.date(2027, 1, 2)).serial,
        letter_of().serial,
    ]
    assert numbers == [1, 2, 1, 1, 3]


def test_making_again_makes_nothing_new() -> None:
    order = order_of()
    first = actions.make(order=order)
    second = actions.make(order=Order.objects.get(pk=order.pk))
    assert first == second
    assert Letter.objects.count() == 1


def test_a_number_that_another_took_is_not_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_of()
    real, quicker = papers.pdf, []

    def slow(*args: Any) -> bytes:
        if not quicker:
            quicker.append(True)
            quicker.append(letter_of())
        return real(*args)

    monkeypatch.setattr(papers, "pdf", slow)
    letter = actions.make(order=order)
    assert letter is not None
    assert (quicker[1].serial, letter.serial) == (1, 2)  # type: ignore[attr-defined]


def test_a_broken_template_blocks_nothing_and_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    order, real = order_of(), papers.templates()
    with monkeypatch.context() as broken:
        broken.setattr(
            papers, "templates", lambda: {**real, "village_count.typ": b"#let body(f, d) = [#unknown]"}
        )
        assert actions.make(order=order) is None
    order.refresh_from_db()
    assert order.state == OrderState.FAILED
    assert "unknown" in order.fault_id
    assert "coba lagi" in order.fault_id
    assert letter_of().serial == 1
    actions.again(by="operator", order=order)
    run_all()
    order.refresh_from_db()
    assert (order.state, order.letter.serial) == (OrderState.MADE, 2)


def test_an_unforeseen_fault_of_the_job_is_seen_too(monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_of()

    def full(*args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(papers, "pdf", full)
    run_all()
    order.refresh_from_db()
    assert order.state == OrderState.FAILED
    assert "coba lagi" in order.fault_id


def test_values_that_the_kind_does_not_declare_are_refused() -> None:
    values = count_values()
    with pytest.raises(InputError, match="lagi"):
        actions.issue(
            by="t",
            kind="village_count",
            subject="village:x",
            values={**values, "lagi": 1},
            on=ON,
        )
    del values["total"]
    with pytest.raises(InputError, match="total"):
        actions.issue(by="t", kind="village_count", subject="village:x", values=values, on=ON)
    with pytest.raises(InputError, match="entah"):
        actions.issue(by="t", kind="entah", subject="village:x", values=values, on=ON)


def test_a_letter_issued_again_points_back_and_the_old_one_stays() -> None:
    old = letter_of()
    order = actions.reissue(
        by="operator", letter=old, values=count_values(total=9), on=old.on, reason="salah hitung"
    )
    new = actions.make(order=order)
    assert new is not None
    old = Letter.objects.get(pk=old.pk)
    assert (new.replaces, old.replaced, old.content["total"], new.content["total"]) == (old, True, 8, 9)
    with pytest.raises(InputError):
        actions.reissue(by="operator", letter=old, values=count_values(), on=old.on, reason="sekali lagi")
    with pytest.raises(InputError):
        actions.reissue(by="operator", letter=new, values=count_values(), on=new.on, reason=" ")


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = letter_of()
    kind = actions.kind_of(letter.kind)
    data = papers.data_of(kind, letter.content, letter.frame, code=letter.printed_code)
    assert hashlib.sha256(papers.pdf(kind, data, letter.on)).hexdigest() == letter.sha256


def test_a_letter_keeps_the_letterhead_that_it_had() -> None:
    before = letter_of()
    values = {"name": "Desa Pulau Telo Baru", "city": "Pulau Telo", "signer_name": "Orang Baru"}
    actions.write_letterhead(by="operator", region_code=VILLAGE, office=Office.DESA, values=values)
    after = letter_of()
    assert before.frame["letterhead"]["name"] == "Desa Pulau Telo"
    assert after.frame["letterhead"]["name"] == "Desa Pulau Telo Baru"
    assert after.frame["signer"]["name"] == "Orang Baru"
    many = Event.objects.count()
    actions.write_letterhead(by="operator", region_code=VILLAGE, office=Office.DESA, values=values)
    assert (Event.objects.count(), Letterhead.objects.count()) == (many, 1)


REFUSED = {
    "change of a letter": lambda letter: Letter.objects.filter(pk=letter.pk).update(number="9"),
    "deletion of a letter": lambda letter: Letter.objects.filter(pk=letter.pk)._raw_delete("default"),
    "a gap": lambda letter: _copy(letter, serial=3),
    "a double": lambda letter: _copy(letter, serial=1),
    "replacing another subject": lambda letter: _copy(letter, serial=2, subject="village:x", replaces=letter),
    "deletion of an order": lambda letter: Order.objects.filter(pk=letter.order_id)._raw_delete("default"),
    "change of what was asked for": lambda letter: Order.objects.filter(pk=order_of().pk).update(values="{}"),
    "change of an order that is made": lambda letter: Order.objects.filter(pk=letter.order_id).update(
        state="failed"
    ),
    "an order made without letter": lambda letter: Order.objects.filter(pk=order_of().pk).update(
        state="made"
    ),
    "issued again without reason": lambda letter: Order.objects.filter(pk=order_of().pk).update(
        replaces=letter
    ),
}


def _copy(letter: Letter, **values: Any) -> Letter:
    names = [field.attname for field in Letter._meta.concrete_fields if not field.primary_key]
    same = {name: getattr(letter, name) for name in names}
    replaces = values.pop("replaces", None)
    given = {
        **same,
        "order_id": order_of().pk,
        "code": "f" * 16,
        "replaces_id": replaces and replaces.pk,
        **values,
    }
    return Letter.objects.create(**given)


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(what: str) -> None:
    letter = letter_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](letter)


def test_a_copy_in_order_is_taken() -> None:
    letter = letter_of()
    assert _copy(letter, serial=2, replaces=letter).serial == 2


def test_checks_find_a_guard_that_is_gone() -> None:
    from django.db import connection

    letter_of()
    assert not [one for check in FACE.checks for one in check()]
    with connection.cursor() as cursor:
        suffix = " ON letters_letter" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER letters_letter_in_order{suffix}")
    assert [one.where for check in FACE.checks for one in check()] == ["letters_letter_in_order"]
    assert "letters_letter_in_order" in str(ddl.guards("sqlite"))


def test_codes_are_found_as_they_are_typed() -> None:
    letter = letter_of()
    for typed in (letter.code, letter.printed_code, f" {letter.printed_code.lower()} "):
        assert queries.on_file(typed) == letter
    for typed in ("", "0" * 16, letter.code[:12], "' OR 1=1"):
        assert queries.on_file(typed) is None
