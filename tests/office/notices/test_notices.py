"""Who is told what, once; how it is read, mailed, passed on; the calendar at its secret address."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from officeworld import NEIGHBOUR, VILLAGE, listing, nik
from submissionsworld import GOOD, OTHER, send, sheet

from payung.errors import InputError
from payung.office.accounts.models import User
from payung.office.face import Dated, faces
from payung.office.history.models import Event
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.notices import actions, queries
from payung.office.notices.models import Channel, Notice
from payung.office.notices.papers import _folded, calendar
from payung.office.notices.rules import whatsapp, without_numbers
from payung.office.posts import actions as posts
from payung.office.submissions import actions as submissions
from payung.office.submissions.models import Submission
from payung.text import Text

pytestmark = pytest.mark.django_db


def _submitted(village: str = VILLAGE, kind: str = "rentan") -> Submission:
    submission = submissions.begin(by="operator", village_code=village, kind=kind)
    send(submission, sheet(GOOD, OTHER))
    return submissions.move(by="kades", submission=submission, name="submit")


def test_step_tells_whoever_has_the_next_turn_and_nobody_else(make_user: Any) -> None:
    for role in ("camat", "operator", "kades", "dinsos", "dpmd"):
        make_user(role)
    make_user("camat", code="62.03.02", username="camat.lain")
    submission = _submitted()
    assert [one.user.username for one in Notice.objects.select_related("user")] == ["camat"]
    assert User.objects.get(username="camat").unread == 1
    submissions.move(by="camat", submission=submission, name="endorse")
    told = Notice.objects.filter(action="submission.endorse").values_list("user__username", flat=True)
    assert list(told) == ["dinsos"]  # the dpmd takes officials, not vulnerable workers


def test_whoever_did_it_is_not_told(make_user: Any) -> None:
    make_user("camat", username="kades")
    _submitted()
    assert not Notice.objects.exists()


def test_list_that_comes_back_tells_the_village_why_without_numbers(make_user: Any) -> None:
    for role in ("operator", "kades"):
        make_user(role)
    make_user("operator", code=NEIGHBOUR, username="tetangga")
    submission = _submitted()
    reason = f"NIK {nik(1)} salah"
    submissions.move(by="camat", submission=submission, name="return", reason=reason)
    found = Notice.objects.select_related("user")
    assert {one.user.username for one in found} == {"operator", "kades"}
    assert {one.reason for one in found} == {"NIK … salah"}


def test_role_that_ended_and_closed_account_are_not_told(make_user: Any) -> None:
    make_user("camat", username="dahulu", ends=dt.date(2020, 12, 31))
    make_user("camat", username="tutup")
    User.objects.filter(username="tutup").update(is_active=False)
    _submitted()
    assert not Notice.objects.exists()


def test_deed_that_fails_tells_nobody(make_user: Any) -> None:
    make_user("camat")
    with transaction.atomic():
        _submitted()
        assert Notice.objects.exists()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert User.objects.get(username="camat").unread == 0


def test_database_refuses_a_second_notice_of_one_event(make_user: Any) -> None:
    make_user("camat")
    _submitted()
    one = Notice.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            user=one.user, event=one.event, action=one.action, subject=one.subject, region_code=VILLAGE
        )


def test_telling_takes_a_constant_number_of_queries(
    make_user: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        make_user("camat", username=f"camat{number}")
    make_user("dinsos")
    numbers = [_submitted().pk, _submitted(NEIGHBOUR).pk]
    events = list(Event.objects.filter(action="submission.submit"))
    assert len(events) == len(numbers)
    Notice.objects.all().delete()
    with django_assert_max_num_queries(5):
        actions.hear(events)
    assert Notice.objects.count() == 12


def test_bell_counts_and_opening_a_notice_reads_it(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("camat"))
    submission = _submitted()
    page = client.get("/").content.decode()
    assert 'class="bell"' in page
    assert '<strong class="count">' in page
    listed = client.get("/pemberitahuan/").content.decode()
    assert "Usulan Pulau Telo menunggu persetujuan camat." in listed
    notice = Notice.objects.get()
    answer = client.get(f"/pemberitahuan/buka/?nomor={notice.pk}")
    assert answer.url == f"/usulan/{submission.pk}/"
    assert User.objects.get(username="camat").unread == 0
    assert 'class="count"' not in client.get("/").content.decode()


def test_nobody_opens_the_notice_of_somebody_else(make_user: Any, sign_in: Any) -> None:
    make_user("camat")
    _submitted()
    other = sign_in(make_user("camat", username="lain", code="62.03.02"))
    assert other.get(f"/pemberitahuan/buka/?nomor={Notice.objects.get().pk}").status_code == 404
    assert "Pulau Telo" not in other.get("/pemberitahuan/").content.decode()
    assert Notice.objects.get().read_at is None


def test_all_are_read_at_once(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("camat"))
    _submitted()
    _submitted(NEIGHBOUR)
    assert User.objects.get(username="camat").unread == 2
    client.post("/pemberitahuan/semua/")
    assert User.objects.get(username="camat").unread == 0
    assert not Notice.objects.filter(read_at=None).exists()


def test_mail_goes_out_once_to_whoever_wants_it(make_user: Any, settings: Any) -> None:
    wants, silent = make_user("camat"), make_user("camat", username="tanpa")
    actions.choose(by=wants, email="camat@contoh.id", mails=True)
    actions.choose(by=silent, email="lain@contoh.id", mails=False)
    _mailing(settings)
    _submitted()
    run_all()
    run_all()
    assert [one.to for one in mail.outbox] == [["camat@contoh.id"]]
    assert "Usulan Pulau Telo menunggu persetujuan camat." in mail.outbox[0].body
    assert "http://" in mail.outbox[0].body
    assert not any(digits in mail.outbox[0].body for digits in (nik(1), nik(2)))


def test_what_was_read_before_the_mail_is_not_mailed(make_user: Any, settings: Any) -> None:
    user = make_user("camat")
    actions.choose(by=user, email="camat@contoh.id", mails=True)
    _mailing(settings)
    submission = submissions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(GOOD))
    submissions.move(by="kades", submission=submission, name="submit")
    actions.read(by=user)
    run_all()
    assert not mail.outbox


def test_without_a_mail_server_nothing_is_asked_for(make_user: Any) -> None:
    actions.choose(by=make_user("camat"), email="camat@contoh.id", mails=True)
    _submitted()
    assert not Job.objects.filter(kind=actions.MAIL).exists()


def test_mails_without_an_address_are_refused_by_action_and_database(make_user: Any) -> None:
    user = make_user("camat")
    with pytest.raises(InputError):
        actions.choose(by=user, email="", mails=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.create(user=user, mails=True)


def test_message_for_whatsapp_stands_on_the_list_and_names_nobody(make_user: Any, sign_in: Any) -> None:
    submission = _submitted()
    page = sign_in(make_user("kades", username="kades2")).get(f"/usulan/{submission.pk}/").content.decode()
    assert "https://wa.me/?text=Usulan%20Pulau%20Telo" in page
    assert 'data-copy="wa-teks"' in page
    assert GOOD[1] not in page.partition("wa-teks")[2][:400]


def test_numbers_stay_out_of_messages() -> None:
    assert without_numbers(f"NIK {nik(1)} dan 6203-9905-0389-0001") == "NIK … dan …"
    assert whatsapp("Usulan A & B", "http://x/") == "https://wa.me/?text=Usulan%20A%20%26%20B%20http%3A//x/"


def _with_term(make_people: Any) -> None:
    (person,) = make_people(listing(1, name="NOOR IPANSYAH", category="kepala_desa"))
    post = posts.open_post(by="dpmd", region_code=VILLAGE, category="kepala_desa", label="Kepala Desa")
    ends = timezone.localdate() + dt.timedelta(days=100)
    posts.appoint(by="dpmd", post=post, person=person, starts=dt.date(2020, 1, 1), ends=ends)


def test_calendar_tells_ends_without_names_until_its_address_ends(
    make_user: Any, sign_in: Any, make_people: Any
) -> None:
    _with_term(make_people)
    client = sign_in(make_user("kades"))
    page = client.post("/pemberitahuan/cara/", {"what": "open"}).content.decode()
    address = (
        page.partition('id="kalender">')[2].partition("</p>")[0].strip().removeprefix("http://testserver")
    )
    answer = Client().get(address)
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Masa jabatan berakhir: Kepala Desa" in text
    assert "NOOR" not in text
    word = address.rpartition("/")[2].removesuffix(".ics")
    assert word not in Channel.objects.get().print
    client.post("/pemberitahuan/cara/", {"what": "close"})
    assert Client().get(address).status_code == 404
    assert "Buat alamat kalender" in client.get("/pemberitahuan/cara/").content.decode()


def test_another_address_ends_the_first_and_a_closed_account_has_none(
    make_user: Any, make_people: Any
) -> None:
    user = make_user("kades")
    first = actions.open_calendar(by=user)
    second = actions.open_calendar(by=user)
    assert queries.calendar_of(actions.print_of(first)) is None
    assert queries.calendar_of(actions.print_of(second)) is not None
    User.objects.update(is_active=False)
    assert queries.calendar_of(actions.print_of(second)) is None


def test_calendar_of_another_village_holds_nothing_of_this_one(make_user: Any, make_people: Any) -> None:
    _with_term(make_people)
    user = make_user("kades", code=NEIGHBOUR)
    assert queries.days_of(user, timezone.localdate()) == []


def test_lines_of_a_calendar_are_escaped_and_folded_whole() -> None:
    today = dt.date(2026, 11, 28)
    day = Dated(today, Text("Akhir; satu, dua\n" + "ü" * 60, "x"), "/a/", "k:1")
    text = calendar([day], "http://x", today).decode()
    assert "Akhir\\; satu\\, dua\\n" in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "ü" * 60 in text.replace("\r\n ", "")
    assert calendar([day], "http://x", today).decode() == text
    assert _folded("a" * 75) == "a" * 75


def test_every_telling_leads_to_a_page_that_there_is() -> None:
    from django.urls import reverse

    tellings = [(action, one) for face in faces() for action, one in face.tells.items()]
    assert len(tellings) > 5
    for action, telling in tellings:
        assert reverse(telling.page, args=[1] if telling.keyed else [])
        assert action in {deed for face in faces() for deed in face.deeds}
        assert "{place}" in telling.text.id
        assert "{place}" in telling.text.en


def _mailing(settings: Any) -> None:
    from dataclasses import replace

    from payung.office.service.addresses import Mail

    server = Mail.__new__(Mail)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mail=server)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "payung@contoh.id"
