"""A decree: frozen before money, never two payers for a person and month, changed only by a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from officeworld import FAR
from programmeworld import candidates, draft, line_of, people, pks, signed

from payung.errors import InputError
from payung.law import bill
from payung.office.programme import actions
from payung.office.programme.models import Decree, DecreePerson, LedgerEntry, QuotaBalance
from payung.office.programme.queries import annex, difference, endings, people_in
from payung.office.programme.queries.people import Clocks, clocks_from, hash_of, waiting_in_reserve
from payung.office.programme.states import DecreeState, Exit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 20)
YEAR = sum(
    bill(segment="bpu", income=1_000_000, month=f"2027-{number:02d}", source="apbd").total
    for number in range(1, 13)
)


def test_a_decree_reserves_then_commits_what_the_law_says(regions: None) -> None:
    pks()
    line = line_of(10 * YEAR)
    decree = actions.freeze(by="siti", decree=draft(line, people(1, 4)))
    line.balance.refresh_from_db()
    assert (line.balance.free, line.balance.reserved) == (6 * YEAR, 4 * YEAR)
    assert len(decree.hash) == 64
    assert not people_in(line.pk, "2027-01").exists()
    actions.sign(by="budi", decree=decree, number="96/2026", signed_on=DAY)
    line.balance.refresh_from_db()
    assert (line.balance.reserved, line.balance.committed) == (0, 4 * YEAR)
    assert people_in(line.pk, "2027-01").count() == 4
    assert not people_in(line.pk, "2028-01").exists()


def test_people_are_frozen_in_the_database(regions: None) -> None:
    pks()
    line = line_of(10 * YEAR)
    decree = signed(line, people(1, 2))
    row = decree.people.first()
    assert row
    changes: tuple[dict[str, Any], ...] = (
        {"until_month": "2027-06"},
        {"last_month": "2027-06"},
        {"village_code": FAR},
        {"income": 5},
        {"held": False},
        {"name": "Lain"},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            DecreePerson.objects.filter(pk=row.pk).update(**change)
    for statement in (
        lambda: row.delete(),
        lambda: Decree.objects.filter(pk=decree.pk).update(hash="0" * 64),
        lambda: Decree.objects.filter(pk=decree.pk).update(state="draft"),
        lambda: Decree.objects.filter(pk=decree.pk).update(number="2/SK"),
        lambda: decree.delete(),
        lambda: actions.put_in(by="t", decree=decree, candidates=candidates(people(5, 1))),
    ):
        with pytest.raises((DatabaseError, actions.FrozenError)), transaction.atomic():
            statement()
    with pytest.raises(DatabaseError), transaction.atomic():
        DecreePerson.objects.bulk_create([_copy(row)])


def _copy(row: DecreePerson) -> DecreePerson:
    row.pk, row.number = None, 99
    return row


def test_more_people_than_money_are_refused_and_nothing_is_kept(regions: None) -> None:
    line = line_of(3 * YEAR - 1)
    decree = draft(line, people(1, 3))
    with pytest.raises(actions.OverspentError) as refused:
        actions.freeze(by="t", decree=decree)
    assert refused.value.left == 3 * YEAR - 1
    decree.refresh_from_db()
    assert (decree.state, decree.people.filter(held=True).count()) == (DecreeState.DRAFT, 0)
    assert LedgerEntry.objects.filter(subject=decree.subject).count() == 0


def test_two_payers_for_one_person_and_month_are_refused(regions: None) -> None:
    pks()
    one, two = line_of(10 * YEAR, name="satu"), line_of(10 * YEAR, name="dua")
    found = people(1, 2)
    signed(one, found, first="2027-01", last="2027-06")
    with pytest.raises(InputError, match="Orang 1"):
        actions.freeze(by="t", decree=draft(two, found[:1], "2027-06", "2027-12"))
    later = actions.freeze(by="t", decree=draft(two, found[:1], "2027-07", "2027-12"))
    assert later.state == DecreeState.FROZEN
    again = draft(two, found[:1], "2027-07", "2027-12")
    Decree.objects.filter(pk=again.pk).update(state="frozen", hash="1" * 64, frozen_by="t")
    with pytest.raises(DatabaseError), transaction.atomic():  # also without the look beforehand
        DecreePerson.objects.filter(decree=again).update(held=True)


def test_nobody_comes_into_a_draft_as_held_already(regions: None) -> None:
    pks()
    found = people(1, 1)
    signed(line_of(10 * YEAR, name="satu"), found)
    row = draft(line_of(10 * YEAR, name="dua"), found).people.get()
    row.pk, row.number, row.held = None, 2, True
    with pytest.raises(DatabaseError), transaction.atomic():  # a second payer, round the guard of freezing
        DecreePerson.objects.bulk_create([row])


def test_the_same_person_twice_in_one_list_is_refused(regions: None) -> None:
    line = line_of(10 * YEAR)
    found = people(1, 1)
    decree = draft(line, [*found, *found])
    with pytest.raises(InputError, match="Orang 1"):
        actions.freeze(by="t", decree=decree)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"areas": ["62.03.01"]}, "wilayah"),
        ({"categories": ["kepala_desa"]}, "bukan kepala_desa"),
        ({"occupations": ["sawit"]}, "bukan sawit"),
        ({"per_head": 16_799}, "lebih dari batas"),
        ({"until_month": "2027-06"}, "melampaui bulan"),
    ],
)
def test_a_line_pays_only_for_whom_it_may(regions: None, values: dict[str, Any], code: str) -> None:
    line = line_of(10 * YEAR, **values)
    with pytest.raises(InputError, match=code):
        actions.freeze(by="t", decree=draft(line, people(1, 1, FAR)))


def test_the_dead_are_not_enrolled(regions: None) -> None:
    line = line_of(10 * YEAR)
    with pytest.raises(InputError, match="meninggal"):
        actions.freeze(by="t", decree=draft(line, people(1, 1, life_status="meninggal")))


def test_the_law_warns_and_a_reason_answers(regions: None) -> None:
    line = line_of(
        10 * YEAR,
        source="dana-desa",
        year=2026,
        from_month="2026-01",
        until_month="2026-12",
        region_code="62.03",
    )
    decree = actions.begin(by="t", line=line, from_month="2026-06", until_month="2026-07")
    from payung.codes import Category

    actions.put_in(by="t", decree=decree, candidates=candidates(people(1, 1), category=Category.KEPALA_DESA))
    with pytest.raises(InputError, match="dana-desa tidak boleh") as refused:
        actions.freeze(by="t", decree=decree)
    assert refused.value.at == "despite"
    frozen = actions.freeze(by="t", decree=decree, despite="surat dinas 12/2026")
    assert frozen.despite == "surat dinas 12/2026"


def test_a_decree_of_the_district_rests_on_a_pks(regions: None) -> None:
    line = line_of(10 * YEAR)
    decree = actions.freeze(by="t", decree=draft(line, people(1, 1)))
    with pytest.raises(InputError, match="PKS"):
        actions.sign(by="t", decree=decree, number="1/SK", signed_on=DAY)
    pks(signed_on=dt.date(2026, 12, 21))
    with pytest.raises(InputError, match="PKS"):
        actions.sign(by="t", decree=decree, number="1/SK", signed_on=DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decree.objects.filter(pk=decree.pk).update(state="signed", number="1", signed_on=DAY, signed_by="t")


def test_a_follow_up_says_who_comes_leaves_and_stays(regions: None) -> None:
    pks(quotas={"rentan": 5})
    line = line_of(5 * YEAR)
    found = people(1, 5)
    first = signed(line, found)
    new = actions.follow_up(
        by="t",
        previous=first,
        candidates=candidates([*found[:3], *people(6, 2)]),
        line=line,
        from_month="2027-07",
        until_month="2027-12",
    )
    assert difference(new).counts() == {"masuk": 2, "keluar": 2, "tetap": 3}
    actions.freeze(by="t", decree=new)
    assert people_in(line.pk, "2027-07").count() == 5  # until it is signed, the former one counts
    actions.sign(by="t", decree=new, number="2/SK", signed_on=dt.date(2027, 6, 20))
    first.refresh_from_db()
    assert first.state == DecreeState.REPLACED
    assert set(people_in(line.pk, "2027-06").values_list("person", flat=True)) == {one.pk for one in found}
    assert people_in(line.pk, "2027-07").count() == 5
    assert annex(first).count() == 5
    assert annex(new).count() == 5
    line.balance.refresh_from_db()
    assert (line.balance.free, line.balance.committed) == (0, 5 * YEAR)
    assert QuotaBalance.objects.get().free == 0


def test_a_dropped_follow_up_leaves_everything_as_it_was(regions: None) -> None:
    pks(quotas={"rentan": 5})
    line = line_of(5 * YEAR)
    first = signed(line, people(1, 4))
    row = annex(first).first()
    assert row
    new = actions.begin(by="t", line=line, from_month="2027-07", until_month="2027-12", previous=first)
    actions.let_go(by="t", decree=new, leaving={row.pk: Exit.MENINGGAL})
    actions.put_in(by="t", decree=new, candidates=candidates(people(9, 1)))
    actions.freeze(by="t", decree=new)
    actions.drop(by="t", decree=new, reason="salah orang")
    line.balance.refresh_from_db()
    assert (line.balance.free, line.balance.reserved, line.balance.committed) == (YEAR, 0, 4 * YEAR)
    assert people_in(line.pk, "2027-12").count() == 4
    assert QuotaBalance.objects.get().free == 1
    assert not DecreePerson.objects.filter(removed_by__isnull=False).exists()


def test_the_top_of_the_reserve_follows_in_its_order(regions: None) -> None:
    pks()
    line = line_of(5 * YEAR)
    found, reserve = people(1, 3), people(11, 4)
    decree = draft(line, found)
    actions.put_in_reserve(by="t", decree=decree, candidates=candidates(reserve))
    actions.freeze(by="t", decree=decree)
    first = actions.sign(by="t", decree=decree, number="1/SK", signed_on=DAY)
    reserve[0].life_status = "meninggal"
    reserve[0].save()
    new = actions.begin(by="t", line=line, from_month="2027-05", until_month="2027-12", previous=first)
    row = annex(first).first()
    assert row
    actions.let_go(by="t", decree=new, leaving={row.pk: Exit.PINDAH})
    assert [one.person.name for one in waiting_in_reserve(new)] == ["Orang 12", "Orang 13", "Orang 14"]
    actions.replace_from_reserve(by="t", decree=new, many=2)
    assert list(new.people.values_list("name", flat=True)) == ["Orang 12", "Orang 13"]
    assert [one.rank for one in waiting_in_reserve(new)] == [4]
    with pytest.raises(InputError, match="tinggal 1"):
        actions.replace_from_reserve(by="t", decree=new, many=2)
    assert clocks_from("2027-05") == Clocks("2027-08", "2030-04")
    with pytest.raises(DatabaseError), transaction.atomic():
        first.reserve.all().delete()


def test_two_records_of_one_person_may_be_merged_and_the_double_is_found(regions: None) -> None:
    from payung.office.people.actions.merges import merge
    from payung.office.programme.proofs import CHECKS

    pks()
    kept, gone = people(1, 2)
    one = signed(line_of(10 * YEAR, name="satu"), [kept])
    two = signed(line_of(10 * YEAR, name="dua"), [gone], "2/SK")
    with transaction.atomic():
        merge(by="t", kept=kept, gone=gone, subject="pair:1")
    assert set(DecreePerson.objects.values_list("person", flat=True)) == {kept.pk}
    assert [hash_of(decree) for decree in (one, two)] == [
        one.hash,
        two.hash,
    ]  # the annex is as it was printed
    assert [found.code for check in CHECKS for found in check()] == ["DUA_PEMBAYAR"]


def test_the_quota_is_held_as_the_money_is(regions: None) -> None:
    pks(quotas={"rentan": 3})
    line = line_of(10 * YEAR)
    signed(line, people(1, 2))
    with pytest.raises(actions.OverspentError) as refused:
        actions.freeze(by="t", decree=draft(line, people(3, 2)))
    assert refused.value.left == 1
    assert "orang" in refused.value.message.id


def test_whose_cover_ends_is_counted_with_the_day(regions: None) -> None:
    from payung.office.access.scope import Area, Scope

    pks()
    one, two = line_of(10 * YEAR, name="satu"), line_of(10 * YEAR, name="dua")
    found = people(1, 3)
    signed(one, found, first="2027-01", last="2027-09")
    signed(two, found[:1], "2/SK", first="2027-10", last="2027-12")
    scope = Scope((Area("62.03"),))
    (ending,) = endings(scope, dt.date(2027, 8, 1))
    assert (ending.people, ending.on, ending.days(dt.date(2027, 8, 1))) == (2, dt.date(2027, 10, 1), 61)
    assert endings(scope, dt.date(2027, 8, 1), within=30) == []
    assert endings(Scope((Area("62.04"),)), dt.date(2027, 8, 1)) == []


def test_freezing_takes_as_many_queries_for_many_as_for_few(
    regions: None, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pks()
    counted = []
    for first, many in ((1, 3), (10, 60)):
        line = line_of(100 * YEAR, name=f"l{many}")
        decree = draft(line, people(first, many))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.freeze(by="t", decree=decree)
            actions.sign(by="t", decree=decree, number=f"{many}/SK", signed_on=DAY)
        counted.append(len(queries))
    assert counted[0] == counted[1]
