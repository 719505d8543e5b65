"""Many accounts from one list on a page: judged, looked at, made once, printed as slips, confirmed together."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from accountsworld import login
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from officeworld import VILLAGE

from payung.office.accounts import hashers
from payung.office.accounts.models import Grant, Proposal, User
from payung.office.accounts.slips import password_of
from payung.office.accounts.states import ProposalState
from payung.office.history.models import Event

pytestmark = pytest.mark.django_db
HEAD = "Nama Pengguna;Nama;Peran;Wilayah;SK"
TWO = [f"op.satu;Siti (rekaan);operator;{VILLAGE};SK 7/2027", "tamu.satu;Budi (rekaan);donatur;62.03;"]


@pytest.fixture
def admins(make_user: Callable[..., User], sign_in: Any) -> tuple[Client, Client]:
    """Two administrators who signed in."""
    return sign_in(make_user("admin", username="satu")), sign_in(make_user("admin", username="dua"))


def _send(client: Client, *lines: str) -> Any:
    file = SimpleUploadedFile("akun desa.csv", "\n".join([HEAD, *lines]).encode())
    return client.post(reverse("account_many"), {"file": file})


def _kept(answer: Any) -> str:
    found = re.search(r'name="daftar" value="([^"]+)"', answer.content.decode())
    assert found
    return unescape(found[1])


def _make(client: Client, kept: str) -> Any:
    return client.post(reverse("account_many_make"), {"daftar": kept})


def _passwords(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    words = re.findall(r"</span> <b>([^<]+)</b>", page)
    return dict(zip(words[::2], words[1::2], strict=True))


def test_rows_with_faults_are_told_and_nothing_is_made(admins: tuple[Client, Client]) -> None:
    many = User.objects.count()
    page = _send(admins[0], *TWO, f"Op Dua;;raja;{VILLAGE};").content.decode()
    assert page.count("<td>4</td>") == 3
    assert 'name="daftar"' not in page
    assert User.objects.count() == many


def test_file_that_is_no_list_says_why(admins: tuple[Client, Client]) -> None:
    file = SimpleUploadedFile("foto.xlsx", b"no workbook")
    page = admins[0].post(reverse("account_many"), {"file": file}).content.decode()
    assert "foto.xlsx tidak dapat dibaca" in page


def test_looking_at_a_list_makes_nothing_and_making_it_shows_the_slips_once(
    admins: tuple[Client, Client],
) -> None:
    looked = _send(admins[0], *TWO)
    assert not User.objects.filter(username="op.satu").exists()
    slips = _passwords(_make(admins[0], _kept(looked)))
    assert set(slips) == {"op.satu", "tamu.satu"}
    assert User.objects.get(username="op.satu").must_change_password
    for username, password in slips.items():
        assert login(Client(), username, password).status_code == 302
        assert password not in str(list(Event.objects.values()))
        assert password not in looked.content.decode()
    assert Event.objects.filter(action="user.create", actor="satu").count() == 2


def test_roles_that_see_names_wait_for_the_other_administrator_and_are_confirmed_together(
    admins: tuple[Client, Client],
) -> None:
    first, second = admins
    _make(first, _kept(_send(first, *TWO, f"op.dua;Citra (rekaan);operator;{VILLAGE};")))
    assert set(
        Grant.objects.filter(user__username__contains=".").values_list("user__username", flat=True)
    ) == {"tamu.satu"}
    waits = Proposal.objects.filter(state=ProposalState.WAITING)
    assert {(one.by, one.reason) for one in waits} == {("satu", "akun desa.csv")}
    key = waits.order_by("pk")[0].pk
    assert f"{key}/bersama/" in second.get(reverse("account_proposals")).content.decode()
    decide = reverse("account_proposal_decide", args=[key])
    first.post(decide, {"what": "confirm"})  # who asked confirms nothing
    assert Grant.objects.filter(role="operator").count() == 0
    assert "Kuatkan 2 peran" in second.get(reverse("account_proposal_together", args=[key])).content.decode()
    second.post(decide, {"what": "confirm"})
    grants = Grant.objects.filter(role="operator")
    assert {(one.user.username, one.given_by, one.letter) for one in grants} == {
        ("op.satu", "dua", "SK 7/2027"),
        ("op.dua", "dua", ""),
    }
    assert {one.state for one in Proposal.objects.all()} == {ProposalState.DONE}
    assert Event.objects.filter(action="user.confirm", actor="dua").count() == 2
    second.post(decide, {"what": "confirm"})
    assert Grant.objects.filter(role="operator").count() == 2


def test_a_list_that_is_refused_gives_no_role(admins: tuple[Client, Client]) -> None:
    first, second = admins
    _make(first, _kept(_send(first, *TWO)))
    one = Proposal.objects.get()
    second.post(reverse("account_proposal_decide", args=[one.pk]), {"what": "refuse"})
    assert not Grant.objects.filter(role="operator").exists()
    assert Proposal.objects.get().state == ProposalState.REFUSED


def test_one_administrator_alone_gives_the_roles_at_once(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("admin", username="satu"))
    _make(client, _kept(_send(client, *TWO)))
    assert Grant.objects.filter(user__username="op.satu").exists()
    assert not Proposal.objects.exists()


def test_sent_again_on_a_bad_line_the_same_slips_come_and_nothing_is_made_twice(
    admins: tuple[Client, Client],
) -> None:
    kept = _kept(_send(admins[0], *TWO))
    slips = _passwords(_make(admins[0], kept))
    assert _passwords(_make(admins[0], kept)) == slips
    assert User.objects.filter(username__in=slips).count() == 2
    assert Event.objects.get(action="user.slips").after == {"rows": 2}
    login(Client(), "op.satu", slips["op.satu"])  # whoever has signed in has their password
    assert set(_passwords(_make(admins[0], kept))) == {"tamu.satu"}


def test_what_one_administrator_looked_at_another_cannot_make(admins: tuple[Client, Client]) -> None:
    kept = _kept(_send(admins[0], *TWO))
    answer = _make(admins[1], kept)
    assert answer.headers["Location"] == reverse("account_many")
    assert not User.objects.filter(username="op.satu").exists()
    assert _make(admins[0], kept + "x").status_code == 302


def test_name_that_was_taken_meanwhile_is_told_and_nothing_is_made(
    admins: tuple[Client, Client], make_user: Any
) -> None:
    kept = _kept(_send(admins[0], *TWO))
    make_user("operator", username="op.satu")
    page = _make(admins[0], kept).content.decode()
    assert "op.satu sudah ada" in page
    assert not User.objects.filter(username="tamu.satu").exists()


def test_a_whole_district_takes_as_many_queries_as_two_accounts(admins: tuple[Client, Client]) -> None:
    def spent(prefix: str, many: int) -> list[int]:
        lines = [f"{prefix}.{n};Orang {n} (rekaan);operator;{VILLAGE};" for n in range(many)]
        with CaptureQueriesContext(
            connection,
        ) as looked:
            kept = _kept(_send(admins[0], *lines))
        with CaptureQueriesContext(connection) as made:
            assert len(_passwords(_make(admins[0], kept))) == many
        one = Proposal.objects.filter(state=ProposalState.WAITING).order_by("pk")[0]
        with CaptureQueriesContext(connection) as confirmed:
            admins[1].post(reverse("account_proposal_decide", args=[one.pk]), {"what": "confirm"})
        assert Grant.objects.filter(user__username__startswith=f"{prefix}.").count() == many
        found = [
            [query["sql"] for query in each if not query["sql"].startswith("INSERT")]  # those go in batches
            for each in (looked, made, confirmed)
        ]
        assert len(made) < 45
        return [len(one) for one in found]

    spent("warm", 2)  # what a process keeps is read once
    assert spent("sedikit", 2) == spent("banyak", 231)


def test_first_passwords_are_all_different_and_nobody_guesses_them() -> None:
    drawn = {password_of(mark, f"op.{n}") for mark in ("a", "b") for n in range(500)}
    assert len(drawn) == 1000
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}", one) for one in drawn)


def test_hash_of_a_drawn_password_opens_the_account_and_becomes_a_slow_one(
    settings: Any, regions: None
) -> None:
    settings.PASSWORD_HASHERS = ["payung.office.accounts.hashers.FewAtATime"]
    user = User.objects.create(username="op.satu", name="Siti", password=hashers.hash_of_drawn("abcd-efgh"))
    quick = user.password
    assert "m=8192,t=1,p=1" in quick
    assert not user.check_password("abcd-efgi")
    assert user.check_password("abcd-efgh")
    assert "m=102400" in User.objects.get(pk=user.pk).password
