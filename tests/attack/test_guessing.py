"""Guessing: which NIKs the register has, passwords, codes; and who is locked out by it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
from figures import tried

sys.path.insert(0, str(Path(__file__).parent))
from accessworld import heart_that_waits, home_for_uploads, make_people, make_user, regions, sign_in

__all__ = ["heart_that_waits", "home_for_uploads", "make_people", "make_user", "regions", "sign_in"]

from accountsworld import code_of, login
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from officeworld import FAR, HOME, NEIGHBOUR, PASSWORD, VILLAGE, listing, nik
from submissionsworld import send, through

from payung.office.access.roles import ROLES
from payung.office.accounts import actions as accounts
from payung.office.accounts import confirmation
from payung.office.accounts.adapter import MANY_NAMES
from payung.office.accounts.models import Proposal, User
from payung.office.desk import numbers
from payung.office.history.models import Event
from payung.office.people.actions import facts, refusals
from payung.office.people.models import Person
from payung.office.people.rules import FIELDS
from payung.office.submissions import actions as intake

pytestmark = pytest.mark.django_db


# Which NIKs the register has


def _add(client: Client, number: int) -> str:
    empty = dict.fromkeys((*FIELDS, "occupation", "disability", "decile", "decile_version"), "")
    form = empty | {"nik": nik(number), "name": "Siti Aminah", "birth_date": "05-03-1989", "sex": "L"}
    form |= {"village": VILLAGE, "category": "rentan", "reason": "tidak ada di daftar"}
    return str(client.post("/orang/tambah/", form, follow=True).content.decode())


def test_refusal_that_a_nik_is_recorded_elsewhere_is_recorded_and_soon_nothing_more_is_looked_up(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    others = make_people(*[listing(number) for number in range(20, 30)], village=FAR)
    client = sign_in(make_user("operator"))
    for number in range(20, 20 + refusals.A_DAY):
        assert "di luar wilayah atau kategori Anda" in _add(client, number)
    events = Event.objects.filter(action=refusals.ACTION)
    assert [event.person for event in events.order_by("number")] == [
        person.pk for person in others[: refusals.A_DAY]
    ]
    assert {event.actor for event in events} == {"operator"}
    assert nik(20) not in str(list(events.values()))
    # From now on neither a NIK that somebody has nor one that nobody has tells anything.
    for number in (29, 777):
        told = _add(client, number)
        assert "ternyata tercatat di luar jangkauan" in told
        assert "di luar wilayah atau kategori" not in told
    assert not Person.objects.filter(name="Siti Aminah").exists()
    assert events.count() == refusals.A_DAY


def test_correcting_a_nik_asks_no_more_than_adding(make_people: Any, make_user: Any, sign_in: Any) -> None:
    (mine,) = make_people(listing(1))
    make_people(*[listing(number) for number in range(20, 30)], village=FAR)
    client = sign_in(make_user("operator"))
    for number in range(20, 30):
        client.post(f"/orang/{mine.pk}/nik/betulkan/", {"nik": nik(number), "reason": "salah ketik"})
    assert Event.objects.filter(action=refusals.ACTION).count() == refusals.A_DAY
    client.post(f"/orang/{mine.pk}/nik/betulkan/", {"nik": nik(99), "reason": "salah ketik"})
    assert Person.objects.get(pk=mine.pk).nik == nik(1)
    told = Event.objects.filter(action=refusals.ACTION).count()
    tried("NIKs of others asked one by one, and told at most 5 times", 10, through=told)


def test_somebody_within_reach_is_no_refusal_and_another_user_is_not_slowed(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    make_people(listing(1))
    make_people(*[listing(number) for number in range(20, 30)], village=FAR)
    one, other = sign_in(make_user("operator")), sign_in(make_user("operator", username="lain"))
    for _ in range(7):
        assert "sudah ada; tidak ada yang diubah" in _add(one, 1)
    for number in range(20, 30):
        _add(other, number)
    assert "Tersimpan" in _add(one, 500)


def test_inspectorate_sees_who_asked_and_the_village_does_not_see_the_log(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    make_people(listing(20), village=FAR)
    _add(sign_in(make_user("operator")), 20)
    inspector = sign_in(make_user("inspektorat"))
    lines = {line.label.id: line for line in inspector.get("/").context["late"]}
    line = lines["NIK orang lain yang dicoba, 30 hari"]
    assert line.value == inspector.get(line.url).context["total"] == 1


def test_camat_and_dinas_see_how_many_rows_name_people_elsewhere_and_the_village_does_not(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    people = make_people(*[listing(number) for number in range(20, 26)], village=FAR)
    facts.correct_nik(by="t", person=people[5], nik=nik(60), reason="salah ketik")
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    rows = [f"{nik(number)};ORANG {number};05-03-1989" for number in (1, 20, 21, 22, 23, 24, 25)]
    send(submission, "\n".join(["NIK;NAMA;TANGGAL LAHIR", *rows]).encode())
    address = f"/usulan/{submission.pk}/"
    seen = {role: sign_in(make_user(role)).get(address).context["elsewhere"] for role in WHO}
    assert seen == {"operator": 0, "kades": 0, "camat": 6, "dinsos": 6, "inspektorat": 6}
    through(submission)
    inspector = sign_in(make_user("inspektorat", username="apip"))
    assert inspector.get(address).context["elsewhere"] == 6
    figures = {line.label.id: line for line in inspector.get("/").context["figures"]}
    line = figures["Usulan dengan banyak orang desa lain"]
    assert line.value == inspector.get(line.url).context["total"] == 1


WHO = ("operator", "kades", "camat", "dinsos", "inspektorat")


def test_household_tells_a_village_nothing_of_members_elsewhere(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    kk = "6203990101100001"
    (mine,) = make_people(listing(1, kk=kk))
    make_people(listing(2, kk=kk), village=NEIGHBOUR)
    address = f"/kk/{mine.household_id}/"
    assert sign_in(make_user("operator")).get(address).context["elsewhere"] == 0
    assert sign_in(make_user("kades")).get(address).context["elsewhere"] == 0
    assert sign_in(make_user("inspektorat")).get(address).context["elsewhere"] == 0  # sees both
    assert sign_in(make_user("dinsos")).get(address).context["elsewhere"] == 0


# Searched numbers


def test_searched_number_stands_neither_in_the_address_nor_in_a_link_nor_in_the_history(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    make_people(listing(1), listing(2))
    client = sign_in(make_user("inspektorat"))
    found = client.post("/orang/", {"saring": "ya", "cari": nik(1), "wilayah": VILLAGE})
    where = found.headers["Location"]
    assert found.status_code == 302
    assert nik(1)[6:] not in where
    assert f"wilayah={VILLAGE}" in where
    page = client.get(where)
    assert [person.name for person in page.context["rows"]] == ["Orang 1"]
    links = page.content.decode().split("href=")[1:]
    assert not [link for link in links if nik(1) in link.split(">")[0]]
    client.post(where, {"alasan": "uji", "bentuk": "csv"})
    event = Event.objects.get(action="list.export")
    assert nik(1) not in str(event.after)
    assert "16" in event.after["filter"]
    # Also where somebody typed it into the address themselves.
    typed = client.get(f"/orang/?cari={nik(2)}")
    assert typed.context["total"] == 1
    assert not [link for link in typed.content.decode().split("href=")[1:] if nik(2) in link.split(">")[0]]
    log = client.post("/riwayat/", {"saring": "ya", "nik": nik(1)})
    assert nik(1) not in log.headers["Location"]
    assert client.get(log.headers["Location"]).context["total"] >= 1


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("siti aminah", False),
        ("800/123/2026", False),
        (nik(1), True),
        ("6203 9905 0389 0001", True),
        ("26000000011", True),
        ("0812-3456-7890", True),
        ("~tidak-asli", False),
    ],
)
def test_number_is_sealed_once_and_comes_back(text: str, hidden: bool) -> None:
    written = numbers.sealed(text)
    assert (written != text) == hidden
    assert numbers.opened(written) == text
    assert numbers.sealed(written) == written


@pytest.mark.parametrize("written", ["", "~", "~AAAA", "~" + "A" * 60, "~%%%", "~é"])
def test_what_this_office_did_not_seal_is_only_text(written: str) -> None:
    assert numbers.opened(written) == written


# Two administrators


def _give(client: Client, user: User, role: str = "dinsos") -> str:
    code = HOME[ROLES[role].level]
    form = {"role": role, "region": code, "starts": "2026-01-01"}
    return str(client.post(f"/akun/{user.pk}/", form, follow=True).content.decode())


def _act(client: Client, user: User, what: str) -> str:
    sent = client.post(f"/akun/{user.pk}/tindakan/", {"what": what, "reason": "lupa"}, follow=True)
    return str(sent.content.decode())


def _decide(client: Client, what: str = "confirm") -> str:
    key = Proposal.objects.latest("pk").pk
    return str(client.post(f"/akun/usulan/{key}/", {"what": what}, follow=True).content.decode())


@pytest.fixture
def two(make_user: Any, sign_in: Any) -> tuple[Client, Client]:
    """Two administrators, signed in."""
    return sign_in(make_user("admin")), sign_in(make_user("admin", username="admin.dua"))


@pytest.fixture
def puppet(regions: None) -> User:
    return accounts.create_user(by="admin", username="boneka", name="Boneka", password="x" * 16)


@pytest.mark.parametrize("role", ["dinsos", "operator", "inspektorat", "admin", "bpjs"])
def test_role_that_sees_names_or_gives_roles_needs_a_second_administrator(
    two: tuple[Client, Client], puppet: User, role: str
) -> None:
    one, other = two
    assert "menunggu dikuatkan admin lain" in _give(one, puppet, role)
    assert not puppet.grants.exists()
    assert "harus dilakukan orang lain" in _decide(one)
    assert not puppet.grants.exists()
    assert "Dikuatkan" in _decide(other)
    assert puppet.grants.get().role == role
    assert "tidak menunggu lagi" in _decide(other)
    assert puppet.grants.count() == 1


def test_role_that_sees_numbers_only_is_given_at_once(two: tuple[Client, Client], puppet: User) -> None:
    _give(two[0], puppet, "bupati")
    assert puppet.grants.get().role == "bupati"


def test_new_password_and_the_second_factor_need_a_second_administrator(
    two: tuple[Client, Client], make_user: Any
) -> None:
    one, other = two
    user = make_user("dinsos")
    before = user.password
    assert 'id="sandi"' not in _act(one, user, "password")
    assert User.objects.get(pk=user.pk).password == before
    assert 'id="sandi"' in _decide(other)
    assert User.objects.get(pk=user.pk).password != before
    _act(one, user, "factor")
    assert user.authenticator_set.exists()
    _decide(other, "refuse")
    assert user.authenticator_set.exists()
    _act(one, user, "factor")
    _decide(other)
    assert not user.authenticator_set.exists()


def test_administrator_becomes_alone_neither_by_closing_nor_by_ending_the_other(
    two: tuple[Client, Client],
) -> None:
    one, _ = two
    other = User.objects.get(username="admin.dua")
    grant = other.grants.get()
    for what in ("close", f"end-{grant.pk}", "password", "factor"):
        assert "orang ketiga" in _act(one, other, what), what
    other.refresh_from_db()
    grant.refresh_from_db()
    assert (other.is_active, grant.ends) == (True, None)
    assert not Proposal.objects.exists()
    tried("ways for one administrator to be the only one", 4)


def test_the_one_concerned_never_confirms(two: tuple[Client, Client], make_user: Any, sign_in: Any) -> None:
    third = sign_in(make_user("admin", username="admin.tiga"))
    one, other = two
    target = User.objects.get(username="admin.dua")
    _act(one, target, "password")
    assert 'id="sandi"' not in _decide(other)
    assert 'id="sandi"' in _decide(third)


def test_database_itself_refuses_a_proposal_confirmed_by_who_made_it(puppet: User) -> None:
    made = Proposal.objects.create(user=puppet, deed="password", by="admin")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=made.pk).update(state="done", decided_by="admin")


def test_office_with_one_administrator_does_it_at_once_and_is_told_every_month(
    make_user: Any, sign_in: Any, puppet: User
) -> None:
    client = sign_in(make_user("admin"))
    _give(client, puppet)
    assert puppet.grants.get().role == "dinsos"
    told = [line.label.id for line in client.get("/").context["late"]]
    assert any("Hanya satu admin" in line for line in told)
    now = timezone.now()
    for days in (0, 1, 29, 31, 45, 62):
        confirmation.remember_one_admin(now + dt.timedelta(days=days))
    assert Event.objects.filter(action="office.one_admin").count() == 3
    make_user("admin", username="admin.dua")
    confirmation.remember_one_admin(now + dt.timedelta(days=100))
    assert Event.objects.filter(action="office.one_admin").count() == 3
    assert not any("Hanya satu admin" in line.label.id for line in client.get("/").context["late"])


# Passwords, codes, sessions


def test_old_password_cannot_be_guessed_in_an_open_session(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator"))
    new = "sandi-baru-yang-panjang"
    for number in range(5):
        client.post("/saya/sandi/", {"oldpassword": f"tebak-{number}", "password1": new, "password2": new})
    client.post("/saya/sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get(username="operator").check_password(PASSWORD)
    assert Event.objects.filter(action="user.locked_out", subject="user:operator").count() == 1
    assert login(Client(), "operator").status_code == 429


def test_code_that_put_the_factor_in_place_signs_in_no_more(
    make_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make_user("operator")
    first, stays = Client(), Client()
    login(first, "operator")
    login(stays, "operator")
    assert stays.get("/orang/").status_code == 200
    secret = first.get("/saya/kode/pasang/").context["form"].secret
    code = code_of(secret)
    with django_capture_on_commit_callbacks(execute=True):
        first.post("/saya/kode/pasang/", {"code": code})
    assert first.get("/orang/").status_code == 200
    # A session that knew the password alone is over.
    assert stays.get("/orang/").status_code == 302
    again = Client()
    login(again, "operator")
    again.post("/masuk/kode/", {"code": code})
    assert again.get("/orang/").status_code == 302


def test_new_password_ends_the_other_sessions(make_user: Any) -> None:
    make_user("operator")
    mine, other = Client(), Client()
    for client in (mine, other):
        login(client, "operator")
    new = "sandi-baru-yang-panjang"
    mine.post("/saya/sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert mine.get("/orang/").status_code == 200
    assert other.get("/orang/").status_code == 302


def test_one_password_for_many_names_is_stopped_and_others_are_not_locked(make_user: Any) -> None:
    make_user("operator")
    here, elsewhere = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    for number in range(MANY_NAMES):
        login(here, f"orang{number}", "sandi-2026")
    assert "Terlalu banyak nama pengguna" in login(here, "operator").content.decode()
    assert login(elsewhere, "operator").status_code == 302


def test_wrong_passwords_from_one_address_do_not_lock_a_person_at_another(make_user: Any) -> None:
    make_user("operator")
    thief, owner = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    for number in range(6):
        login(thief, "operator", f"tebak-{number}")
    assert login(thief, "operator").status_code == 429
    assert login(owner, "operator").status_code == 302
    assert Event.objects.filter(action="user.locked_out").count() == 1


def test_names_that_nobody_has_fill_no_history(regions: None) -> None:
    for number in range(12):
        login(Client(), "tidak.ada", f"tebak-{number}")
    assert not Event.objects.exists()


def test_person_is_told_at_the_next_sign_in_what_others_did_to_the_account(make_user: Any) -> None:
    user = make_user("operator")
    login(Client(), "operator")
    accounts.give_role(
        by="admin", user=user, role="kades", region_code=VILLAGE, starts=dt.date(2026, 1, 1), letter="SK 1"
    )
    client = Client()
    login(client, "operator")
    assert "Peran diberikan, oleh admin" in client.get("/").content.decode()
    later = Client()
    login(later, "operator")
    assert "Peran diberikan, oleh admin" not in later.get("/").content.decode()
