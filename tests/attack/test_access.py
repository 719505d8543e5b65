"""Who may do what: the same person in two steps, forms that were forged, addresses and values that are no numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from figures import tried

sys.path.insert(0, str(Path(__file__).parent))
from accessworld import heart_that_waits, home_for_uploads, make_people, make_user, regions, sign_in

__all__ = ["heart_that_waits", "home_for_uploads", "make_people", "make_user", "regions", "sign_in"]

from django.urls import get_resolver, reverse
from officeworld import VILLAGE, listing, nik
from submissionsworld import BAD, GOOD, send, sheet

from payung.office.access.apart import SamePersonError
from payung.office.accounts import actions as accounts
from payung.office.people import actions as register
from payung.office.people.actions import facts
from payung.office.people.models import Person
from payung.office.people.rules import FIELDS
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission

pytestmark = pytest.mark.django_db
TODAY = dt.date(2020, 1, 1)


@pytest.fixture
def listed(regions: None) -> Submission:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(GOOD, BAD))
    return submission


def _mend(by: str, submission: Submission) -> None:
    row = Row.objects.get(submission=submission, name="RUSLAN")
    actions.mend(by=by, row=row, values={"nik": "6203990503890077"})


def _drop(by: str, submission: Submission) -> None:
    actions.drop(by=by, row=Row.objects.get(submission=submission, name="RUSLAN"), reason="bukan warga")


def _send_more(by: str, submission: Submission) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("lain.csv", sheet(("6203990503890078", "LAIN", "05-03-1989", "Petani")))
    actions.upload(by=by, submission=submission, file=file)


@pytest.mark.parametrize("touch", [_mend, _drop, _send_more])
def test_whoever_touched_a_list_neither_endorses_nor_accepts_it(listed: Submission, touch: Any) -> None:
    from payung.office.jobs.worker import run_all

    touch("ganda", listed)
    run_all()
    actions.move(by="kades", submission=listed, name="submit")
    with pytest.raises(SamePersonError, match="mengisi atau mengubah"):
        actions.move(by="ganda", submission=listed, name="endorse")
    with pytest.raises(SamePersonError):
        actions.move(by="operator", submission=listed, name="endorse")
    actions.move(by="camat", submission=listed, name="endorse")
    with pytest.raises(SamePersonError):
        actions.move(by="ganda", submission=listed, name="accept")
    actions.move(by="dinsos", submission=listed, name="accept")
    tried("ways to touch a list, then to decide on it", 3)


def test_after_a_return_only_those_count_who_touched_it_since_or_whose_file_is_in_it(
    listed: Submission,
) -> None:
    _mend("ganda", listed)
    actions.move(by="kades", submission=listed, name="submit")
    actions.move(by="camat", submission=listed, name="return", reason="cek NIK")
    _drop("lain", listed)
    actions.move(by="kades", submission=listed, name="submit")
    for who in ("lain", "operator"):
        with pytest.raises(SamePersonError):
            actions.move(by=who, submission=listed, name="endorse")
    actions.move(by="ganda", submission=listed, name="endorse")


def test_acting_camat_who_is_still_operator_is_told_on_the_page(
    listed: Submission, make_user: Any, sign_in: Any
) -> None:
    user = make_user("operator", username="ganda")
    accounts.give_role(by="tests", user=user, role="camat", region_code="62.03.01", starts=TODAY)
    user.authenticator_set.create(type="totp", data={"secret": "x"})
    _mend("ganda", listed)
    actions.move(by="kades", submission=listed, name="submit")
    page = sign_in(user).post(f"/usulan/{listed.pk}/langkah/", {"step": "endorse"}, follow=True)
    assert "harus dilakukan orang lain" in page.content.decode()
    listed.refresh_from_db()
    assert listed.state == "diajukan_desa"


# Numbers in addresses and forms, digits that are no ASCII, doubled posts


ODD = ("9" * 26, "9" * 5000, "٣", "１２", "-1", "1e3", " ", "0x1", "1_0", "\x00")


def _things(make_people: Any) -> dict[str, Any]:
    from payung.office.accounts.models import User
    from payung.office.duplicates.models import Pair

    one, two = make_people(listing(1), listing(2))
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    pair = Pair.objects.create(
        left=one, right=two, probability=0.9, suggestion="same", why="nama sama", submission=submission
    )
    return {"person": one, "pair": pair, "user": User.objects.get(username="admin")}


def test_number_too_large_for_a_table_is_no_address_of_any_page(make_user: Any, sign_in: Any) -> None:
    many = 0
    clients = [sign_in(make_user(role)) for role in ("admin", "dinsos", "operator", "inspektorat")]
    for page in get_resolver().url_patterns:
        values = dict.fromkeys(page.pattern.converters, VILLAGE)
        numbers = [name for name, kind in page.pattern.converters.items() if kind.regex == "[0-9]+"]
        if not numbers or page.name == "account_logout":
            continue
        address = reverse(str(page.name), kwargs=values | dict.fromkeys(numbers, 10**26))
        for client in clients:
            for method in (client.get, client.post):
                assert method(address).status_code in {403, 404}, (page.name, method)
                many += 1
    assert many > 300
    tried("keys beyond any table × 4 roles × GET and POST", many)


@pytest.mark.parametrize("value", ODD)
def test_odd_numbers_in_forms_are_refused_and_no_fault(
    make_people: Any, make_user: Any, sign_in: Any, value: str
) -> None:
    admin, dinsos = sign_in(make_user("admin")), sign_in(make_user("dinsos"))
    things = _things(make_people)
    posts = [
        (dinsos, "/kartu/serahkan/", {"kartu": value, "handed_on": "2026-01-01", "handed_by": "x"}),
        (dinsos, f"/tinjau/{things['pair'].pk}/putuskan/", {"jawaban": "sama", "simpan": value}),
        (admin, f"/akun/{things['user'].pk}/tindakan/", {"what": f"end-{value}", "reason": "x"}),
        (dinsos, "/padan/minta/", {"agency": "bpjs", "submission": value, "reason": "x"}),
    ]
    for client, address, form in posts:
        assert client.post(address, form).status_code in {200, 302, 404}, address
    for address in ("/orang/", "/usulan/", "/kartu/", "/tinjau/", "/tagihan/"):
        for name in ("hal", "cari", "wilayah", "keadaan", "lindung", "tahun"):
            assert dinsos.get(address, {name: value}).status_code in {200, 403}, (address, name)
    tried("odd numbers × forms and filters", len(posts) + 5 * 6)


@pytest.mark.parametrize("kpj", ["٢٦٠٠٠٠٠٠٠١١", "２６０００００００１１", "२६०००००००११"])
def test_digits_of_another_script_are_no_number(
    make_people: Any, make_user: Any, sign_in: Any, kpj: str
) -> None:
    (person,) = make_people(listing(1))
    form = {"kpj": kpj, "kind": "kertas", "received_on": "2026-01-01"}
    sign_in(make_user("operator")).post(f"/orang/{person.pk}/kartu/", form)
    assert not person.cards.exists()


@pytest.mark.parametrize("method", ["TRACE", "DELETE", "PUT", "PATCH", "OPTIONS", "FOO"])
def test_other_methods_are_refused(make_user: Any, sign_in: Any, method: str) -> None:
    answer = sign_in(make_user("operator")).generic(method, "/orang/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    tried("other methods than GET, HEAD and POST")


def test_form_that_is_sent_four_times_makes_one_thing(make_people: Any, make_user: Any, sign_in: Any) -> None:
    from payung.office.people.models import Heir
    from payung.office.posts.models import Post

    (person,) = make_people(listing(1))
    client = sign_in(make_user("operator"))
    for address, form, rows in (
        (f"/jabatan/desa/{VILLAGE}/", {"category": "bpd", "label": "Anggota BPD"}, Post.objects),
        (f"/orang/{person.pk}/ahli-waris/", {"relation": "spouse", "name": "Istri"}, Heir.objects),
    ):
        mark = client.get(address).content.decode().split('name="sekali" value="')[1].split('"')[0]
        for _ in range(4):
            client.post(address, {**form, "sekali": mark})
        assert rows.count() == 1
        client.post(address, {**form, "sekali": "lain0001"})
        assert rows.count() == 2


def test_whole_kpj_is_not_in_the_form_of_a_card_and_the_masked_one_means_it(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    (person,) = make_people(listing(1))
    register.enrol(
        by="x", people=[(person, "26000000011")], segment="bpu", source="apbd", from_month="2026-01"
    )
    client = sign_in(make_user("camat"))
    page = client.get(f"/orang/{person.pk}/kartu/")
    assert "26000000011" not in page.content.decode()
    form = {"kpj": page.context["form"].initial["kpj"], "kind": "kertas", "received_on": "2026-01-01"}
    client.post(f"/orang/{person.pk}/kartu/", form)
    assert person.cards.get().kpj == "26000000011"


def test_form_without_what_the_page_showed_changes_nothing(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    (person,) = make_people(listing(1, mother="Ibu", address="Jalan Satu"))
    client = sign_in(make_user("operator"))
    client.post(f"/orang/{person.pk}/ubah/", {"name": "Nama Lain", "reason": "x"})
    person.refresh_from_db()
    assert (person.name, person.mother, person.address) == ("Orang 1", "Ibu", "Jalan Satu")
    seen = client.get(f"/orang/{person.pk}/ubah/").context["form"].initial["seen"]
    client.post(f"/orang/{person.pk}/ubah/", {"name": "Orang Satu", "reason": "x", "seen": seen})
    person.refresh_from_db()
    assert (person.name, person.mother, person.address) == ("Orang Satu", "Ibu", "Jalan Satu")


def test_dinas_is_told_of_whom_a_village_entered_by_hand(make_user: Any, sign_in: Any) -> None:
    chosen = facts.Chosen()
    cells = {**dict.fromkeys(FIELDS, ""), "nik": nik(1), "name": "Kades Baru", "birth_date": "05-03-1989"}
    facts.add(by="o", village_code=VILLAGE, category="kepala_desa", cells=cells, chosen=chosen, reason="uji")
    dpmd = sign_in(make_user("dpmd"))
    figures = {line.label.id: line for line in dpmd.get("/").context["figures"]}
    line = figures["Dicatat tangan tanpa usulan, belum terlindungi"]
    assert line.value == dpmd.get(line.url).context["total"] == 1


def test_cells_of_an_export_run_nowhere(make_people: Any, make_user: Any, sign_in: Any) -> None:
    names = ["A,=1+1", "＝1+1", "=1+1", " =1+1", "@x", "\t=1"]
    people = make_people(*[listing(number) for number in range(1, 7)])
    for person, name in zip(people, names, strict=True):
        Person.objects.filter(pk=person.pk).update(name=name)
    told = sign_in(make_user("inspektorat")).post("/orang/", {"bentuk": "csv", "alasan": "uji"})
    rows = list(csv.reader(io.StringIO(told.content.decode("utf-8-sig")), delimiter=";"))
    assert '"A,=1+1"' in told.content.decode("utf-8-sig")
    for row in rows[1:]:
        assert not row[0].lstrip().startswith(("=", "+", "-", "@", "＝")), row


def test_cookies_and_headers_over_https() -> None:
    ask = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "PAYUNG_HTTPS": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert told == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "31536000", "True"]
