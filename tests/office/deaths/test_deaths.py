"""Lists of deaths: whom each row means, what follows, and that nothing happens by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, line_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, VILLAGE, listing, nik

from payung.errors import InputError
from payung.office.access.scope import Area, Scope
from payung.office.cases.actions import Told
from payung.office.cases.actions import report as report_case
from payung.office.cases.queries import unclaimed
from payung.office.cases.states import Happening
from payung.office.changes.models import Change
from payung.office.deaths import actions, queries
from payung.office.deaths.models import Death, DeathList
from payung.office.deaths.states import Follows, Match, Origin

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope((Area(""),))
TODAY = dt.date(2026, 11, 28)
HEAD = "NO;NAMA;NIK;TANGGAL LAHIR;TANGGAL MENINGGAL;NO AKTA KEMATIAN\n"


def take(*rows: str, name: str = "kematian.csv", **values: Any) -> actions.Taken:
    content = (HEAD + "\n".join(rows)).encode()
    given: dict[str, Any] = {"origin": Origin.REGISTRY, "home": VILLAGE, "on": TODAY, **values}
    return actions.take(by="dukcapil", name=name, content=content, **given)


def row_of(person: Any, died: str = "05-08-2026", number: int = 1) -> str:
    born = f"{person.birth_date:%d-%m-%Y}"
    return f"{number};{person.name};{person.nik};{born};{died};6203-KM-{number}"


@pytest.fixture
def covered(make_people: Any) -> list[Any]:
    """Two people who are paid from January to October, and billed for November."""
    line = line_of()
    people: list[Any] = make_people(listing(1), listing(2))
    decree(line, people)
    arrive(10 * 2 * EACH, bill_of(line, "2026-01", "2026-10"), on="2026-01-10")
    bill_of(line, "2026-11")
    return people


def test_a_death_by_nik_asks_for_all_three(covered: list[Any]) -> None:
    done = take(row_of(covered[0]))
    assert done.rows == {"nik": 1}
    death = Death.objects.get()
    assert (death.person_id, death.died, death.paper) == (covered[0].pk, dt.date(2026, 8, 5), "6203-KM-1")
    after = queries.after([death], TODAY)[death.pk]
    assert (after.refund, after.refund_months) == (2 * EACH, ["2026-09", "2026-10"])
    assert after.open == 1
    assert after.stop
    assert after.claim == 42_000_000
    assert after.asks == list(Follows)
    covered[0].refresh_from_db()
    assert not covered[0].dead  # nothing happens by itself
    assert not Change.objects.exists()


def test_what_is_done_is_no_longer_asked_for(covered: list[Any]) -> None:
    take(row_of(covered[0]))
    assert actions.stop(by="operator", deaths=queries.unreported(EVERYWHERE)) == (1, [])
    change = Change.objects.get()
    assert (change.on, change.evidence) == (dt.date(2026, 8, 5), "6203-KM-1")
    assert actions.stop(by="operator", deaths=Death.objects.all()) == (0, [])
    told = Told(
        happening=Happening.DEATH,
        on=dt.date(2026, 8, 5),
        name=covered[0].name,
        person=covered[0],
        place="rumah",
        village_code=VILLAGE,
        reporter="Ketua RT",
    )
    report_case(by="operator", told=told)
    death = Death.objects.get()
    assert queries.after([death], TODAY)[death.pk].asks == [Follows.REFUND]


def test_same_list_again_changes_nothing_and_a_bad_row_stops_only_itself(covered: list[Any]) -> None:
    rows = (
        row_of(covered[0]),
        f"2;BAMBANG SUDRAJAT;{nik(77)};17-11-1971;06-08-2026;x",
        f"3;TANPA TANGGAL;{nik(78)};05-03-1989;;x",
        f"4;NANTI;{nik(79)};05-03-1989;01-01-2031;x",
    )
    first = take(*rows)
    assert first.rows == {"nik": 1, "unknown": 1, "faulty": 2}
    again = take(*rows, name="lain.csv")
    assert again.same
    assert (DeathList.objects.count(), Death.objects.count()) == (1, 4)


def test_nik_with_a_clearly_other_name_needs_a_look_and_a_reason(covered: list[Any]) -> None:
    take(f"1;BAMBANG SUDRAJAT;{covered[0].nik};05-03-1989;05-08-2026;x")
    death = Death.objects.get()
    assert death.match == Match.DOUBT
    assert queries.after([death], TODAY) == {}
    assert list(queries.unreported(EVERYWHERE)) == []
    with pytest.raises(InputError, match="alasan"):
        actions.decide(by="dinas", death=death, same=True, reason="")
    actions.decide(by="dinas", death=death, same=False, reason="NIK salah ketik")
    death.refresh_from_db()
    assert (death.match, death.person_id) == (Match.UNKNOWN, None)
    with pytest.raises(InputError, match="diputuskan"):
        actions.decide(by="dinas", death=death, same=True, reason="x")


def test_without_a_nik_the_same_name_and_birth_date_is_found(covered: list[Any]) -> None:
    person = covered[0]
    take(f"1;{person.name};;{person.birth_date:%d-%m-%Y};05-08-2026;x")
    death = Death.objects.get()
    assert death.match in (Match.LINKED, Match.DOUBT)
    assert death.person_id == person.pk
    assert "Tanpa NIK" in death.why["id"]


def test_who_lives_out_of_reach_is_unknown(make_people: Any) -> None:
    (person,) = make_people(listing(5), village=FAR)
    take(row_of(person), reaches=lambda code: code == VILLAGE)
    assert Death.objects.get().match == Match.UNKNOWN


def test_a_stopped_allowance_tells_of_a_death_where_it_says_so(covered: list[Any]) -> None:
    head = "NO;NAMA;NIK;TMT BERHENTI;ALASAN\n"
    rows = [
        f"{n};{person.name};{person.nik};05-08-2026;{why}"
        for n, (person, why) in enumerate(
            zip(covered, ("Meninggal dunia", "Habis masa jabatan"), strict=True), 1
        )
    ]
    content = (head + "\n".join(rows)).encode()
    given: dict[str, Any] = {
        "by": "dpmd",
        "name": "siltap.csv",
        "content": content,
        "home": VILLAGE,
        "on": TODAY,
    }
    done = actions.take(origin=Origin.ALLOWANCE, **given)
    assert done.rows == {"nik": 1, "no_death": 1}
    death = Death.objects.get(match=Match.NIK)
    assert (death.person_id, death.died) == (covered[0].pk, dt.date(2026, 8, 5))
    other = Death.objects.get(match=Match.NO_DEATH)
    assert (other.why["id"], other.person) == ("Berhenti karena “Habis masa jabatan”: bukan kematian.", None)
    with pytest.raises(InputError):  # the same list from the registry says no day of death
        actions.take(origin=Origin.REGISTRY, **{**given, "content": content + b"\n"})


def stopped(*rows: str, head: str = "NO;NAMA;NIK;TMT BERHENTI;ALASAN") -> Any:
    """Take a list of stopped allowances."""
    content = "\n".join([head, *rows, ""]).encode()
    return actions.take(
        by="dpmd", name="siltap.csv", content=content, origin=Origin.ALLOWANCE, home=VILLAGE, on=TODAY
    )


def test_a_stopped_allowance_without_a_reason_is_asked_about(covered: list[Any]) -> None:
    """It is neither a death nor unreadable: nothing follows before somebody asked the village."""
    one, two = covered
    done = stopped(
        f"1;{one.name};{one.nik};05-08-2026;",
        f"2;{two.name};{two.nik};05-08-2026;-",
        f"3;X;{nik(77)};05-08-2026;",
    )
    assert done.rows == {"doubt": 2, "unknown": 1}
    asked = list(Death.objects.filter(match=Match.DOUBT).order_by("row"))
    assert [row.person for row in asked] == [one, two]
    assert all("tanyakan ke desa" in row.why["id"] for row in Death.objects.all())
    assert unclaimed(EVERYWHERE, TODAY) == []
    assert actions.stop(by="dpmd", deaths=Death.objects.all()) == (0, [])
    actions.decide(by="dpmd", death=asked[0], same=True, reason="kata kades: meninggal 5 Agustus")
    actions.decide(by="dpmd", death=asked[1], same=False, reason="kata kades: pindah")
    assert [str(row.match) for row in Death.objects.order_by("row")] == ["linked", "no_death", "unknown"]
    assert [row.person for row in unclaimed(EVERYWHERE, TODAY)] == [one]


def test_a_list_of_stopped_allowances_without_a_column_for_the_reason_is_refused(covered: list[Any]) -> None:
    with pytest.raises(InputError) as refused:
        stopped(f"1;{covered[0].name};{covered[0].nik};05-08-2026", head="NO;NAMA;NIK;TMT BERHENTI")
    assert "kolom sebab berhenti" in refused.value.message.id
    assert not Death.objects.exists()


@pytest.mark.parametrize("origin", Origin)
def test_whoever_a_list_says_is_dead_is_unclaimed_before_anybody_acts(
    covered: list[Any], origin: Origin
) -> None:
    assert unclaimed(EVERYWHERE, TODAY) == []
    take(row_of(covered[0]), origin=origin)
    (row,) = unclaimed(EVERYWHERE, TODAY)
    assert (row.person.pk, row.died, row.covered) == (covered[0].pk, dt.date(2026, 8, 5), "yes")
    report_case(
        by="t",
        told=Told(Happening.DEATH, dt.date(2026, 8, 5), "x", "rumah", VILLAGE, "RT", person=covered[0]),
    )
    assert unclaimed(EVERYWHERE, TODAY) == []


def test_a_list_without_a_day_of_death_is_refused(covered: list[Any]) -> None:
    with pytest.raises(InputError, match="tanggal meninggal"):
        actions.take(
            by="t", name="a.csv", content=b"NAMA;NIK\nA;1\n", origin=Origin.VILLAGE, home=VILLAGE, on=TODAY
        )


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_through_the_pages(covered: list[Any], make_user: Any, sign_in: Any) -> None:
    agency = sign_in(make_user("dinsos"))
    rows = HEAD + row_of(covered[0]) + "\n" + row_of(covered[1], "06-08-2026", 2) + "\n"
    file = SimpleUploadedFile("dukcapil.csv", rows.encode())
    answer = agency.post("/kematian/baru/", {"file": file, "origin": "registry"}, follow=True)
    assert "Cocok 2, perlu dilihat 0" in text(answer)
    page = text(agency.get("/kematian/?tindak=refund"))
    assert covered[0].name in page
    assert "Rp33.600" in page
    assert covered[0].nik not in page
    assert "Kematian yang tagihannya belum dihentikan" in text(agency.get("/"))
    answer = agency.post("/kematian/hentikan/", follow=True)
    assert "2 kematian dilaporkan" in text(answer)
    assert "Tidak ada" in text(agency.get("/kematian/?tindak=stop")) or Change.objects.count() == 2
    death = Death.objects.order_by("pk")[0]
    assert "Rp42.000.000" in text(agency.get(f"/kematian/{death.pk}/"))
    camat = sign_in(make_user("camat"))
    assert text(camat.get(f"/kematian/{death.pk}/"))
    assert camat.post(f"/kematian/{death.pk}/", {"do": "same", "reason": "x"}).status_code == 403
    assert sign_in(make_user("kades", FAR, username="jauh")).get(f"/kematian/{death.pk}/").status_code == 404


def test_pages_cost_the_same_for_many(make_people: Any, make_user: Any, sign_in: Any) -> None:
    line = line_of()
    people = make_people(*(listing(number) for number in range(1, 8)))
    decree(line, people)
    arrive(10 * 7 * EACH, bill_of(line, "2026-01", "2026-10"), on="2026-01-10")
    client = sign_in(make_user("dinsos"))
    counts = []
    for chosen in (people[:1], people[1:2], people[2:]):
        take(*(row_of(person, number=number) for number, person in enumerate(chosen, len(counts) * 10)))
        with CaptureQueriesContext(connection) as seen:
            for address in ("/kematian/", "/kematian/?tindak=claim"):
                text(client.get(address))
        counts.append(len(seen))
    assert counts[1] == counts[2]
