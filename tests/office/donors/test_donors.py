"""Donors: what is placed is never more than pledged, whoever asks; what a donor sees is its own, and without names."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from officeworld import VILLAGE, listing

from payung.codes import Source
from payung.errors import InputError
from payung.office.cases.models import Case, Incident, Step
from payung.office.donors import actions, proofs, queries, rules
from payung.office.donors.models import Donor, DonorAccount, Pledge, PledgeLine
from payung.office.donors.rules import Paid
from payung.office.donors.states import Scheme
from payung.office.history.models import Event
from payung.office.insight.rules import LEAST
from payung.office.letters import papers
from payung.office.letters.models import Letter, Order
from payung.office.programme.actions import OverspentError, book, shift
from payung.office.programme.models import Balance, Line

pytestmark = pytest.mark.django_db
HALF = EACH // 2  # a month of 2026 that a donor pays: relief holds


def donor_of(name: str = "PT Rekaan") -> Donor:
    return actions.add(by="t", name=name, region_code="62.03")


def pledge_of(amount: int, donor: Donor | None = None, **values: Any) -> Pledge:
    given: dict[str, Any] = {
        "number": "1/CSR",
        "scheme": Scheme.SERTAKAN,
        "source": Source.CSR,
        "signed_on": dt.date(2026, 1, 5),
        "from_month": "2026-01",
        "until_month": "2026-12",
        **values,
    }
    return actions.pledge(by="t", donor=donor or donor_of(), promise=actions.Promise(amount=amount, **given))


def line_from(pledge: Pledge, amount: int, name: str = "CSR", **months: str) -> Line:
    return actions.open_line(by="t", pledge=pledge, name=name, amount=amount, **months)


def found() -> list[Any]:
    return [finding for check in proofs.CHECKS for finding in check()]


def test_a_line_takes_over_the_terms_of_its_pledge(regions: None) -> None:
    pledge = pledge_of(1000, areas=["62.03.01"], categories=["rentan"], per_head=20_000, people=3, months=12)
    line = line_from(pledge, 600)
    assert (line.source, line.payer, line.areas, line.categories, line.per_head, line.from_month) == (
        Source.CSR, "PT Rekaan", ["62.03.01"], ["rentan"], 20_000, "2026-01",
    )  # fmt: skip
    pledge.refresh_from_db()
    assert (pledge.placed, pledge.left) == (600, 400)
    assert found() == []
    deeds = list(Event.objects.order_by("number").values_list("action", flat=True))
    assert deeds == ["donor.add", "pledge.add", "line.add", "money.book", "pledge.line"]


def test_lines_never_have_more_than_was_pledged(regions: None) -> None:
    pledge = pledge_of(1000)
    line = line_from(pledge, 600)
    with pytest.raises(InputError, match="sisa Rp400"):
        line_from(pledge, 401, "dua")
    assert Line.objects.count() == 1
    with pytest.raises(InputError, match="sisa Rp400"):
        book(by="t", line=line, kind="ceiling", amount=401, subject=line.subject)
    book(by="t", line=line, kind="ceiling", amount=400, subject=line.subject)
    pledge.refresh_from_db()
    assert pledge.left == 0


def test_money_of_a_donor_goes_to_no_other_line(regions: None) -> None:
    pledge = pledge_of(1000)
    line, second = line_from(pledge, 500), line_from(pledge, 300, "dua")
    other = line_from(pledge_of(1000, Donor.objects.get(), number="2/CSR"), 100, "tiga")
    shift(by="t", source=line, target=second, amount=200, reason="uji")
    pledge.refresh_from_db()
    assert pledge.placed == 800
    for target in (other, Line.objects.create(
        source="csr", year=2026, name="lepas", region_code="62.03", from_month="2026-01", until_month="2026-12", by="t"
    )):  # fmt: skip
        with pytest.raises(InputError, match="janji yang sama"):
            shift(by="t", source=line, target=target, amount=1, reason="uji")
    assert found() == []


def test_terms_are_refused_with_what_to_do(regions: None) -> None:
    donor = donor_of()
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"number": " "}, "number", "nomor"),
        ({"amount": 0}, "amount", "lebih dari nol"),
        ({"until_month": "2025-12"}, "until_month", "mendahului"),
        ({"months": 13}, "months", "tidak muat"),
        ({"areas": ["62.10"]}, "areas", "di luar"),
        ({"areas": ["62.03.99"]}, "areas", "Tidak ada wilayah"),
        ({"source": Source.APBD}, "source", "Sumber dana donatur"),
    ]
    for values, field, said in wrong:
        amount = values.pop("amount", 1000)
        with pytest.raises(InputError, match=said) as refused:
            pledge_of(amount, donor, **values)
        assert refused.value.at == field
    pledge = pledge_of(1000, donor)
    with pytest.raises(InputError, match="sudah ada"):
        pledge_of(1000, donor)
    with pytest.raises(InputError, match="pilih bulan di dalamnya"):
        line_from(pledge, 100, from_month="2025-12")
    with pytest.raises(InputError, match="sudah ada"):
        donor_of()
    assert (Pledge.objects.count(), Line.objects.count()) == (1, 0)


def test_only_a_pledge_without_lines_is_withdrawn(regions: None) -> None:
    pledge = pledge_of(1000)
    with pytest.raises(InputError, match="alasan"):
        actions.withdraw(by="t", pledge=pledge, reason=" ")
    gone = actions.withdraw(by="t", pledge=pledge, reason="salah catat")
    assert gone.left == 0
    assert actions.withdraw(by="t", pledge=pledge, reason="lagi").reason == "salah catat"
    with pytest.raises(InputError, match="ditarik"):
        line_from(pledge, 100)
    kept = pledge_of(1000, Donor.objects.get(), number="2/CSR")
    line_from(kept, 100)
    with pytest.raises(InputError, match="sudah menjadi baris dana"):
        actions.withdraw(by="t", pledge=kept, reason="x")


def test_the_database_keeps_it_against_every_way_round(regions: None) -> None:
    pledge = pledge_of(1000)
    line = line_from(pledge, 600)
    loose = Line.objects.create(
        source="apbd", year=2026, name="lepas", region_code="62.03", from_month="2026-01", until_month="2026-12", by="t"
    )  # fmt: skip
    book(by="t", line=loose, kind="ceiling", amount=401, subject=loose.subject)
    empty = pledge_of(500, Donor.objects.get(), number="2/CSR")
    entry = (
        "INSERT INTO programme_ledgerentry (line_id, kind, amount, subject, stage, by, at, note) "
        f"VALUES ({line.pk}, 'ceiling', 401, 'line:1', '', 't', '2026-01-01', '')"
    ).replace(" by,", ' "by",')
    pair = "INSERT INTO donors_pledgeline (pledge_id, line_id) VALUES"
    tried = (
        entry,
        f"{pair} ({pledge.pk}, {loose.pk})",  # other money, and more than is left
        f"UPDATE donors_pledge SET placed = 0 WHERE id = {pledge.pk}",
        f"UPDATE donors_pledge SET amount = 2000 WHERE id = {pledge.pk}",
        f"UPDATE donors_pledge SET donor_id = donor_id + 1 WHERE id = {pledge.pk}",
        f"UPDATE donors_pledge SET areas = '[\"62.03\"]' WHERE id = {pledge.pk}",
        f"DELETE FROM donors_pledge WHERE id = {empty.pk}",
        f"UPDATE donors_pledgeline SET pledge_id = {empty.pk}",
        "DELETE FROM donors_pledgeline",
        f"UPDATE programme_line SET source = 'apbd' WHERE id = {line.pk}",
        f"UPDATE programme_line SET until_month = '2027-12' WHERE id = {line.pk}",
    )
    for statement in tried:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for values in ({"placed": 1}, {"amount": 0}, {"until_month": "2025-01"}, {"withdrawn_by": "t"}):
        given_: dict[str, Any] = {
            "donor": pledge.donor, "number": "9", "scheme": "sertakan", "source": "csr", "amount": 1, "by": "t",
            "signed_on": dt.date(2026, 1, 1), "from_month": "2026-01", "until_month": "2026-12", **values,
        }  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.create(**given_)
    actions.withdraw(by="t", pledge=empty, reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Pledge.objects.filter(pk=empty.pk).update(withdrawn_at=None, withdrawn_by="", reason="")
    assert found() == []
    assert Pledge.objects.get(pk=pledge.pk).placed == 600


def test_a_row_behind_the_guards_is_found_and_named(regions: None) -> None:
    pledge = pledge_of(1000)
    line = line_from(pledge, 600)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER donors_pledge_fixed")
            cursor.execute("DROP TRIGGER donors_line_fixed")
        else:
            cursor.execute("DROP TRIGGER donors_pledge_fixed ON donors_pledge")
            cursor.execute("DROP TRIGGER donors_line_fixed ON programme_line")
        cursor.execute("UPDATE donors_pledge SET placed = 500")
        cursor.execute("UPDATE programme_line SET until_month = '2027-01'")
    assert {(one.code, one.where) for one in found()} == {
        ("JANJI_TIDAK_COCOK", pledge.subject),
        ("POS_DI_LUAR_JANJI", line.subject),
        ("donors.guard", "donors_pledge_fixed"),
        ("donors.guard", "donors_line_fixed"),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 700)), max_size=12))
def test_any_order_of_moves_keeps_lines_within_their_pledge(
    regions: None, moves: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        pledge, placed, lines = pledge_of(1000), 0, []
        for kind, amount in moves:
            with contextlib.suppress(InputError, OverspentError):
                if kind == 0:
                    lines.append(line_from(pledge, amount, f"pos {len(lines)}"))
                    placed += amount
                elif kind == 1 and lines:
                    book(by="t", line=lines[0], kind="ceiling", amount=amount, subject="line:1")
                    placed += amount
                elif kind == 2 and lines:
                    book(by="t", line=lines[-1], kind="ceiling", amount=-amount, subject="line:1")
                    placed -= amount
                elif len(lines) > 1:
                    shift(by="t", source=lines[0], target=lines[1], amount=amount, reason="uji")
            pledge.refresh_from_db()
            ceilings = Balance.objects.filter(line__in=lines).values_list("ceiling", flat=True)
            assert pledge.placed == placed == sum(ceilings) <= 1000
        transaction.set_rollback(True)


# What is told


def test_small_months_and_villages_are_not_told() -> None:
    paid = [
        Paid("2026-01", "62.03.01.2001", 40, 400),
        Paid("2026-02", "62.03.01.2001", 41, 410),
        Paid("2026-01", "62.03.01.2002", 2, 20),
        Paid("2026-01", "62.03.01.2003", 9, 90),
        Paid("2026-03", "62.03.01.2003", 3, 30),
    ]
    assert [(row.key, row.people, row.amount) for row in rules.by_month(paid)] == [
        ("2026-03", None, None), ("2026-02", None, None), ("2026-01", 51, 510),
    ]  # fmt: skip
    # The sum of all months stands beside them: of one month that is not told it would tell the number.
    villages = {row.key: (row.people, row.months) for row in rules.by_village(paid)}
    # Of two people nobody is told; that they do not follow from the rest, the next smallest is not told either.
    assert villages == {
        "62.03.01.2001": (41, 81), "62.03.01.2002": (None, None), "62.03.01.2003": (None, None),
    }  # fmt: skip
    assert rules.told(LEAST - 1) is None
    assert (rules.told(0), rules.told(LEAST)) == (0, LEAST)
    assert rules.told_parts({"karet": 7, "ojek": 1, "": 6, "sawit": 0}) == [("karet", 7)]


@pytest.fixture
def two_donors(make_people: Any) -> tuple[Donor, Donor]:
    """Two donors; the money of the first paid ten people for a month, that of the second one other."""
    first, second = donor_of("PT Satu Rekaan"), donor_of("PT Dua Rekaan")
    one = line_from(pledge_of(9_000_000, first), 8_000_000, "satu")
    two = line_from(pledge_of(7_770_000, second, number="2/CSR"), 7_000_000, "dua")
    people = make_people(*(listing(number) for number in range(1, 12)), village=VILLAGE)
    decree(one, people[:10], occupation="karet")
    decree(two, people[10:], occupation="ojek")
    for line in (one, two):
        bill = bill_of(line, "2026-10")
        arrive(bill.amount, bill)
    return first, second


def told(donor: Donor) -> queries.Outcome:
    pledges = list(donor.pledges.all())
    lines = [line for rows in queries.lines_of(pledges).values() for line in rows]
    return queries.outcome(pledges, lines, dt.date(2026, 10, 20))


def test_outcome_is_that_of_the_own_money(two_donors: tuple[Donor, Donor]) -> None:
    first, second = (told(donor) for donor in two_donors)
    assert (first.pledged, first.placed, first.paid, first.person_months, first.people) == (
        9_000_000, 8_000_000, 10 * HALF, 10, 10,
    )  # fmt: skip
    assert first.free == 9_000_000 - 10 * HALF - first.bound
    assert [(row.key, row.people) for row in first.by_village] == [(VILLAGE, 10)]
    assert [(label.id, many) for label, many in first.occupations] == [("Penyadap karet", 10)]
    assert (second.paid, second.person_months, second.people, second.occupations) == (HALF, None, None, ())
    assert [(row.people, row.amount) for row in second.by_month] == [(None, None)]


def test_families_are_those_of_months_that_the_money_paid(
    two_donors: tuple[Donor, Donor], make_people: Any
) -> None:
    first, second = two_donors
    line = first.pledges.get().lines.get().line
    people = [row.person for row in line.people.order_by("number")]
    days = {0: 5, 1: 6, 2: 7, 3: 8, 4: 9}

    def died(person: Any, on: dt.date, amount: int) -> None:
        incident = Incident.objects.create(
            number=f"K-{person.pk}-{on}", happening="meninggal", fatal=True, person=person, name=person.name,
            name_key="x", village_code=VILLAGE, on=on, place="rumah",
        )  # fmt: skip
        case = Case.objects.create(incident=incident, kind="jkm", segment="bpu")
        Step.objects.bulk_create(
            [
                Step(
                    case=case,
                    number=1,
                    kind="langkah",
                    before="",
                    state="dibayar",
                    on=on,
                    amount=amount,
                    holder="x",
                    by="t",
                )
            ]
        )

    with connection.cursor() as cursor:  # only the paid step matters here, not the way to it
        for name in _triggers("cases_step"):
            cursor.execute(
                f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON cases_step")
            )
    for place, day in days.items():
        died(people[place], dt.date(2026, 10, day), 42_000_000)
    died(people[5], dt.date(2026, 9, 5), 42_000_000)  # a month that nobody paid
    assert (told(first).families, told(first).to_families) == (5, 210_000_000)
    other = second.pledges.get().lines.get().line.people.get().person
    died(other, dt.date(2026, 10, 3), 42_000_000)
    assert (told(second).families, told(second).to_families) == (None, None)
    assert told(first).families == 5


def _triggers(table: str) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass", [table]
            )
        return [str(name) for (name,) in cursor.fetchall()]


# Who sees what


def linked(donor: Donor, make_user: Any) -> Any:
    user = make_user("donatur", username=f"donatur.{donor.pk}")
    actions.link(by="t", donor=donor, user=user)
    return user


def test_a_donor_opens_one_page_with_its_own_numbers_and_no_other(
    two_donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    first, second = two_donors
    client = sign_in(linked(first, make_user))
    home = client.get("/")
    assert (home.status_code, home["Location"]) == (302, "/donatur/saya/")
    page = client.get("/donatur/saya/").content.decode()
    assert "PT Satu Rekaan" in page
    assert "Rp9.000.000" in page
    for hidden in ("PT Dua Rekaan", "2/CSR", "7.770.000", "7.000.000"):
        assert hidden not in page
    names = (
        second.pledges.get().lines.get().line.people.get(),
        *first.pledges.get().lines.get().line.people.all(),
    )
    assert not [row.name for row in names if row.name in page]
    opened = set()
    for entry in get_resolver().url_patterns:
        rule = entry.callback.rule  # type: ignore[union-attr]
        if rule.kind != "permission" or entry.pattern.converters:
            continue
        if client.get(reverse(str(entry.name))).status_code == 200:  # type: ignore[union-attr]
            opened.add(str(entry.name))  # type: ignore[union-attr]
    assert opened == {"donor_own"}
    for key in (first.pk, second.pk):
        assert client.get(reverse("donor_show", args=[key])).status_code == 403
    for pledge in Pledge.objects.all():
        assert client.get(reverse("pledge_show", args=[pledge.pk])).status_code == 403


def test_an_account_without_a_donor_sees_no_number(
    two_donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    page = sign_in(make_user("donatur")).get("/donatur/saya/").content.decode()
    assert "belum dihubungkan" in page
    assert "Rp" not in page.split("<main")[1]


def test_an_account_looks_for_one_donor_and_only_with_its_role(
    two_donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    first, second = two_donors
    user = linked(first, make_user)
    with pytest.raises(InputError, match="sudah melihat"):
        actions.link(by="t", donor=second, user=user)
    with pytest.raises(InputError, match="tidak memegang peran"):
        actions.link(by="t", donor=second, user=make_user("kades"))
    with pytest.raises(IntegrityError), transaction.atomic():
        DonorAccount.objects.create(donor=second, user=user, by="t")
    account = DonorAccount.objects.get()
    actions.unlink(by="t", account=account)
    actions.unlink(by="t", account=account)
    assert Event.objects.filter(action="donor.unlink").count() == 1
    assert "belum dihubungkan" in sign_in(user).get("/donatur/saya/").content.decode()


def test_certificate_goes_to_its_own_donor_alone(
    two_donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    sha, path = papers.kept(b"%PDF-1.7 rekaan", "sertifikat.pdf")
    made = []
    for serial, donor in enumerate(two_donors, 1):
        line = donor.pledges.get().lines.get().line
        same: dict[str, Any] = {
            "kind": "donor_certificate", "subject": line.subject, "region_code": "62.03", "office": "dinsos",
            "on": dt.date(2026, 11, 1), "values": "{}", "by": "t",
        }  # fmt: skip
        made.append(
            Letter.objects.create(
                order=Order.objects.create(**same), place="62.03", year=2026, serial=serial, number=f"{serial}/S",
                code=f"CODE{serial}", path=path, sha256=sha, size=15, **same,
            )
        )  # fmt: skip
    client = sign_in(linked(two_donors[0], make_user))
    page = client.get("/donatur/saya/").content.decode()
    assert "1/S" in page
    assert "2/S" not in page
    own, other = (reverse("donor_certificate", args=[one.pk]) for one in made)
    assert client.get(own).content == b"%PDF-1.7 rekaan"
    assert client.get(other).status_code == 404
    assert Event.objects.filter(action="letter.open").count() == 1


def test_from_the_donor_to_the_line_in_a_browsers_steps(regions: None, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    assert client.post(reverse("donor_new"), {"name": "PT Rekaan"}).status_code == 302
    donor = Donor.objects.get()
    fields = {
        "number": "1/CSR", "signed_on": "2026-12-01", "scheme": "sertakan", "source": "csr", "amount": "10.000.000",
        "from_month": "2027-01", "until_month": "2027-12", "people": "40", "months": "13",
    }  # fmt: skip
    wrong = client.post(reverse("donor_pledge", args=[donor.pk]), fields)
    assert "tidak muat" in wrong.content.decode()
    made = client.post(reverse("donor_pledge", args=[donor.pk]), {**fields, "months": "12"})
    assert made.status_code == 302
    pledge = Pledge.objects.get()
    page, step = reverse("pledge_show", args=[pledge.pk]), reverse("pledge_step", args=[pledge.pk])
    assert "Rp10.000.000" in client.get(page).content.decode()
    line = {"name": "CSR 2027", "amount": "10.000.001", "from_month": "2027-01", "until_month": "2027-12"}
    assert "sisa Rp10.000.000" in client.post(step, line).content.decode()
    assert client.post(step, {**line, "amount": "4.000.000"}).status_code == 302
    assert PledgeLine.objects.get().line.balance.free == 4_000_000
    refused = client.post(step, {"langkah": "tarik", "reason": "x"})
    assert "sudah menjadi baris dana" in refused.content.decode()
    user = make_user("donatur")
    shown = reverse("donor_show", args=[donor.pk])
    assert client.post(shown, {"user": str(user.pk)}).status_code == 302
    assert "donatur" in client.get(shown).content.decode()
    assert client.post(shown, {"lepas": str(DonorAccount.objects.get().pk)}).status_code == 302
    assert not DonorAccount.objects.exists()
    assert "6.000.000" in client.get(reverse("donor_list")).content.decode()


def test_pages_ask_as_often_with_many_pledges(
    two_donors: tuple[Donor, Donor], make_user: Any, sign_in: Any
) -> None:
    first, _ = two_donors
    own, office = sign_in(linked(first, make_user)), sign_in(make_user("dinsos"))
    addresses = ((own, "/donatur/saya/"), (office, "/donatur/"), (office, f"/donatur/{first.pk}/"))

    def asked() -> list[int]:
        counts = []
        for client, address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries_:
                client.get(address)
            counts.append(len(queries_))
        return counts

    before = asked()
    for number in range(5):
        line_from(pledge_of(1000, first, number=f"X{number}"), 500, f"lain {number}")
        donor_of(f"PT {number}")
    after = asked()
    assert after == before
    assert max(before) <= 24
