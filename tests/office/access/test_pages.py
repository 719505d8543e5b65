"""Role × region × page, generated from the URL table: a page without a rule fails here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse
from englishworld import ours, shown
from figures import tried
from officeworld import FAR, VILLAGE, listing
from thingsworld import PAGES, address_of, things_of

from payung.office.access.pages import Rule
from payung.office.access.roles import ROLES, Role
from payung.office.accounts.models import User
from payung.office.history.actions import Entry, record
from payung.office.submissions import actions as intake

pytestmark = pytest.mark.django_db
OPEN = {200, 302}


def _rule(page: URLPattern) -> Rule:
    rule: Rule = page.callback.rule  # type: ignore[attr-defined]
    return rule


def test_url_table_holds_only_pages_with_a_rule() -> None:
    for page in PAGES:
        assert isinstance(page, URLPattern), f"{page} is an include: its pages would have no rule"
        assert isinstance(getattr(page.callback, "rule", None), Rule), f"{page.name} has no rule"


def test_page_without_a_rule_opens_for_nobody(settings: Any, make_user: Any, sign_in: Any) -> None:
    settings.ROOT_URLCONF = "unruled"
    assert sign_in(make_user("inspektorat")).get("/unruled/").status_code == 403


def test_every_page_that_is_not_public_sends_strangers_to_the_login(make_things: Any) -> None:
    things = make_things(VILLAGE)
    for page in PAGES:
        response = Client().get(address_of(page, things))
        if _rule(page).kind == "public":
            assert response.status_code in OPEN, page.name
        elif _rule(page).kind == "token":
            assert response.status_code == 401, page.name
        else:
            assert response.status_code == 302, page.name
            assert response.headers["Location"].startswith("/masuk/"), page.name
    tried("addresses without signing in", len(PAGES))


@pytest.fixture
def make_things(
    make_people: Callable[..., Any], make_user: Callable[..., User]
) -> Callable[[str], dict[str, Any]]:
    """Return the keys of one of everything that lies in a village; every page that takes a key takes one of these."""

    def make(code: str) -> dict[str, Any]:
        number = {VILLAGE: 1, FAR: 2}[code]
        person, holder = make_people(
            listing(number, kk=f"620399010110000{number}"),
            listing(10 + number, category="kepala_desa"),
            village=code,
        )
        return things_of(code, person, holder)

    return make


# Pages of one thing: somebody whose role opens the page, but whose places do not hold the thing, gets 404.
# Those of accounts have no place.
OF_A_THING = [
    page
    for page in PAGES
    if page.pattern.converters
    and _rule(page).kind not in ("public", "token")
    and not str(page.name).startswith("account_")
]
# What holds for a whole district opens in each of its villages; of people it shows those of the village alone.
OF_A_DISTRICT = ("policy_",)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_role_opens_exactly_the_pages_of_its_permissions(
    role: Role, make_user: Any, sign_in: Any, make_things: Any
) -> None:
    things = make_things(VILLAGE)
    client = sign_in(make_user(role.code))
    for page in PAGES:
        rule = _rule(page)
        if page.name == "account_logout":
            continue
        status = client.get(address_of(page, things)).status_code
        if rule.kind != "permission":
            assert status != 403, page.name
        elif not set(rule.permissions) & role.permissions:
            assert status == 403, page.name
        elif page not in OF_A_THING or not (role.categories or role.sent_only):
            assert status in OPEN, page.name
        else:
            # The thing may be of a category that this role does not see, or of somebody who was not sent.
            assert status in {*OPEN, 404}, page.name
    tried("addresses × roles, opened exactly by the permissions of the role", len(PAGES) - 1)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_role_opens_nothing_of_another_region(
    role: Role, make_user: Any, sign_in: Any, make_things: Any
) -> None:
    things = make_things(FAR)
    elsewhere = {"regency": "62.10", "subdistrict": "62.03.01", "village": VILLAGE}[role.level]
    client = sign_in(make_user(role.code, elsewhere))
    for page in OF_A_THING:
        if role.level != "regency" and str(page.name).startswith(OF_A_DISTRICT):
            continue
        for method in (client.get, client.post):
            status = method(address_of(page, things), {"step": "submit", "reason": "x"}).status_code
            opens = set(_rule(page).permissions) & role.permissions
            assert status == (404 if opens else 403), (page.name, method)
    tried("things of another region × roles × GET and POST", 2 * len(OF_A_THING))


# A masked number of sixteen digits ends in dots; birth date and serial, the last ten of them, stand nowhere.
MASKED_TOO_LITTLE = re.compile(r"\d{1,6}[•*]{4,}\d{1,4}")
KEEPS = ("operator", "submission_row")  # who keeps a list mends its numbers there


@pytest.mark.parametrize("role", ["operator", "camat", "dinsos"])
def test_masked_nik_is_its_place_and_neither_birth_date_nor_serial_stands_by_it(
    role: str, make_user: Any, sign_in: Any, make_things: Any
) -> None:
    things = make_things(VILLAGE)
    numbers = (listing(1)["nik"], listing(11)["nik"], "6203990101100001")
    client, seen = sign_in(make_user(role)), 0
    for page in PAGES:
        if page.name == "account_logout" or (role, page.name) == KEEPS:
            continue
        answer = client.get(address_of(page, things))
        if answer.status_code != 200 or answer.streaming:
            continue
        told = answer.content.decode(errors="replace")
        for found in MASKED_TOO_LITTLE.findall(told):
            assert len(found) < 16, (page.name, found)
        assert not [number for number in numbers if number[6:] in told], page.name
        seen += 1
    assert seen > 10


def test_database_holds_neither_birth_date_with_serial_nor_a_masked_number_that_tells_it(
    make_things: Any,
) -> None:
    make_things(VILLAGE)
    numbers = (listing(1)["nik"], listing(11)["nik"], "6203990101100001")
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                told = " ".join(str(value) for value in row if not isinstance(value, bytes | memoryview))
                assert not [number for number in numbers if number[6:] in told], table
                assert not [one for one in MASKED_TOO_LITTLE.findall(told) if len(one) >= 16], table


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_lists_of_another_region_are_empty(
    role: Role, make_user: Any, sign_in: Any, make_things: Any
) -> None:
    make_things(FAR)
    elsewhere = {"regency": "62.10", "subdistrict": "62.03.01", "village": VILLAGE}[role.level]
    client = sign_in(make_user(role.code, elsewhere))
    for name in ("person_list", "pair_list", "submission_list"):
        if set(_rule(_page(name)).permissions) & role.permissions:
            assert client.get(reverse(name)).context["total"] == 0, name
    home = client.get("/").content.decode()
    assert "Orang 2" not in home


def test_second_factor_comes_first_for_roles_that_see_many_names(make_user: Any, sign_in: Any) -> None:
    user = make_user("dinsos")
    user.authenticator_set.all().delete()
    response = sign_in(user).get("/orang/")
    assert response.headers["Location"] == reverse("mfa_activate_totp")


def test_village_operator_needs_no_second_factor(make_user: Any, sign_in: Any) -> None:
    assert sign_in(make_user("operator")).get("/orang/").status_code == 200


def test_temporary_password_is_changed_first(make_user: Any, sign_in: Any) -> None:
    user = make_user("operator")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    response = sign_in(user).get("/orang/")
    assert response.headers["Location"] == reverse("account_change_password")


def test_every_page_carries_the_security_headers(make_user: Any, sign_in: Any) -> None:
    response = sign_in(make_user("operator")).get("/")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "no-store"


def _page(name: str) -> URLPattern:
    return next(page for page in PAGES if page.name == name)


def test_every_page_has_its_help_sentence_in_both_languages(
    make_user: Any, sign_in: Any, make_things: Any
) -> None:
    things = make_things(VILLAGE)
    seen = set()
    for role in ("admin", "operator", "inspektorat"):
        client = sign_in(make_user(role, username=f"u{role}"))
        for page in PAGES:
            if page.name in seen or page.name == "account_logout":
                continue
            sentences = [_help_of(client, address_of(page, things), language) for language in ("id", "en")]
            if all(sentences):
                assert sentences[0] != sentences[1], page.name
                seen.add(page.name)
    assert {"home", "submission_show", "submission_row", "person_show", "post_show", "account_show"} <= seen


def test_indonesian_sentences_of_ours_are_known() -> None:
    found = ours()
    assert len(found) > 1500
    assert "judul tidak dikenal, isinya nama yang berbeda-beda" in found


def test_no_page_in_english_says_a_sentence_of_ours_in_indonesian(
    make_user: Any, sign_in: Any, make_things: Any
) -> None:
    things, indonesian = make_things(VILLAGE), ours()
    seen: set[str] = set()
    found: list[str] = []
    for role in ROLES.values():
        client = sign_in(make_user(role.code, username=f"en{role.code}"))
        client.cookies["bahasa"] = "en"
        for page in PAGES:
            if page.name in seen or page.name in {"account_logout", "language"}:
                continue
            response = client.get(address_of(page, things))
            if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
                continue
            seen.add(str(page.name))
            words = shown(response.content.decode())
            found += [f"{page.name}: {sentence}" for sentence in indonesian if sentence in words]
    assert {"submission_columns", "submission_row", "pair_show", "answer_show", "person_add"} <= seen
    assert len(seen) > 80
    assert sorted(found) == []


def _help_of(client: Client, address: str, language: str) -> str:
    """Return the help sentence of a page, empty where the page is none or does not open."""
    client.cookies["bahasa"] = language
    response = client.get(address)
    is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
    text = response.content.decode() if is_page else ""
    if 'class="help' not in text:
        return ""
    assert f'lang="{language}"' in text
    return text.split('class="help', 1)[1].split(">", 1)[1].split("</p>")[0].strip()


def test_log_shows_no_names_to_whoever_sees_none(make_user: Any, sign_in: Any, make_people: Any) -> None:
    make_people(listing(1, name="Rahasia Sekali"))
    admin, inspector = sign_in(make_user("admin")), sign_in(make_user("inspektorat"))
    assert "Rahasia Sekali" in inspector.get("/riwayat/").content.decode()
    assert "Rahasia Sekali" not in admin.get("/riwayat/").content.decode()
    address = f"/riwayat/?nik={listing(1)['nik']}"
    assert inspector.get(address).context["total"] == 1
    assert admin.get(address).context["total"] == 0


def test_log_hides_reasons_that_may_name_people_from_whoever_sees_no_names(
    make_user: Any, sign_in: Any
) -> None:
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    with transaction.atomic():
        entries = [
            Entry("submission.return", f"submission:{submission.pk}", reason="Bu Siti sudah wafat"),
            Entry("list.export", "list:orang", reason="untuk Bu Siti", after={"filter": "cari=siti"}),
            Entry("user.close", "user:operator", reason="pindah tugas"),
        ]
        record(by="camat", entries=entries)
    inspector, admin = (
        sign_in(make_user(role)).get("/riwayat/").content.decode() for role in ("inspektorat", "admin")
    )
    assert "Bu Siti" in inspector
    assert "Peran Anda tidak melihat nama" not in inspector
    assert "siti" not in admin.lower()
    assert "pindah tugas" in admin
    assert "Peran Anda tidak melihat nama" in admin
