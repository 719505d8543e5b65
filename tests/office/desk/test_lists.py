"""List pages: a constant number of queries, state in the address, exports that are recorded and harmless."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing

from payung.office.desk.lists import Column
from payung.office.history.actions import Entry, record
from payung.office.history.models import Event
from payung.office.posts import actions as posting
from payung.office.submissions import actions as intake
from payung.text import Text

pytestmark = pytest.mark.django_db

# Address → role → queries of the page, whatever the number of rows. A change here is a decision.
FROZEN = {
    ("/orang/", "inspektorat"): 8,
    ("/usulan/", "camat"): 6,
    ("/papan/", "camat"): 9,
    ("/jabatan/", "dpmd"): 8,
    ("/riwayat/", "inspektorat"): 7,  # with the end of the chain, names of accounts
    ("/akun/", "admin"): 6,
    ("/jabatan/daftar/", "dpmd"): 7,
    ("/kartu/", "camat"): 6,
    ("/", "operator"): 19,  # a dozen apps say something here, most of it counted in one statement
}


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(("address", "role"), FROZEN, ids=lambda value: str(value))
def test_list_page_takes_the_same_queries_for_few_and_many_rows(
    address: str, role: str, make_user: Any, sign_in: Any, make_people: Any
) -> None:
    client = sign_in(make_user(role))
    client.get(address)  # the first visit notes that the second factor is in place
    make_people(*[listing(n, category="kepala_desa") for n in range(1, 3)])
    few = _queries(client, address)
    for number, village in enumerate((VILLAGE, NEIGHBOUR, FAR)):
        make_people(
            *[listing(100 * number + n, kk="6203990000000001") for n in range(10, 40)], village=village
        )
        intake.begin(by="t", village_code=village, kind="rentan")
        posting.open_post(by="t", region_code=village, category="bpd", label="Anggota BPD")
    for number in range(5):
        make_user("operator", username=f"operator{number}")
    assert (few, _queries(client, address)) == (FROZEN[address, role], FROZEN[address, role])


@pytest.fixture
def people_page(make_user: Any, sign_in: Any, make_people: Any) -> Client:
    """Seventy people, and somebody who sees them all and may export."""
    make_people(
        *[listing(n, name=f"Orang {n:03d}", category="bpd" if n % 2 else "rentan") for n in range(1, 71)]
    )
    make_people(listing(900, name="=HYPERLINK(1)"), village=NEIGHBOUR)
    return sign_in(make_user("inspektorat"))  # type: ignore[no-any-return]


def _names(client: Client, address: str) -> list[str]:
    return [person.name for person in client.get(address).context["rows"]]


def test_pages_follow_each_other_without_gap(people_page: Client) -> None:
    first, second = _names(people_page, "/orang/?cari=orang"), _names(people_page, "/orang/?cari=orang&hal=2")
    assert (len(first), len(second)) == (50, 20)
    assert sorted(first + second) == first + second


def test_page_beyond_the_end_shows_the_last_one(people_page: Client) -> None:
    assert len(_names(people_page, "/orang/?cari=orang&hal=99")) == 20
    assert people_page.get("/orang/?hal=99999999999999999999").status_code == 200


def test_sorting_turns_round(people_page: Client) -> None:
    assert _names(people_page, "/orang/?cari=orang&urut=-nama")[0] == "Orang 070"


def test_unknown_sort_is_the_usual_one(people_page: Client) -> None:
    assert _names(people_page, "/orang/?cari=orang&urut=password")[0] == "Orang 001"


def test_filters_join(people_page: Client) -> None:
    assert len(_names(people_page, f"/orang/?kategori=bpd&wilayah={VILLAGE}")) == 35
    assert _names(people_page, f"/orang/?wilayah={NEIGHBOUR}") == ["=HYPERLINK(1)"]


def test_export_needs_a_reason(people_page: Client) -> None:
    assert people_page.post("/orang/", {"bentuk": "csv"}).status_code == 302
    assert not Event.objects.filter(action="list.export").exists()


def test_csv_holds_the_rows_of_the_filter_and_is_recorded(people_page: Client) -> None:
    response = people_page.post(f"/orang/?wilayah={NEIGHBOUR}", {"bentuk": "csv", "alasan": "rapat"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('"\'=HYPERLINK(1)";"620399')
    event = Event.objects.get(action="list.export")
    assert (event.actor, event.reason, event.after["rows"]) == ("inspektorat", "rapat", 1)  # type: ignore[index]


def test_workbook_keeps_text_as_text(people_page: Client) -> None:
    response = people_page.post("/orang/", {"bentuk": "xlsx", "alasan": "rapat"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert sheet.max_row == 72
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_exports_write_local_time_and_dates_as_people_here_do(people_page: Client) -> None:
    at = dt.datetime(2026, 11, 22, 12, 46, 36, 657306, tzinfo=dt.UTC)
    with transaction.atomic():
        record(by="x", entries=[Entry("user.login", "user:x")], at=at)
    form = {"alasan": "rapat"}
    text = people_page.post("/riwayat/?siapa=x", {**form, "bentuk": "csv"}).content.decode("utf-8-sig")
    assert ';"22-11-2026 19.46";' in text
    for address, written in (("/riwayat/?siapa=x", "22-11-2026 19.46"), ("/orang/?cari=orang", "05-03-1989")):
        content = people_page.post(address, {**form, "bentuk": "xlsx"}).content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert written in [cell.value for row in sheet.iter_rows(max_row=4) for cell in row]


def test_export_masks_every_nik(people_page: Client) -> None:
    content = people_page.post("/orang/", {"bentuk": "csv", "alasan": "rapat"}).content.decode("utf-8-sig")
    assert listing(1)["nik"] not in content
    assert "620399••••••••••" in content


def test_whoever_may_not_export_cannot(make_user: Callable[..., Any], sign_in: Any) -> None:
    response = sign_in(make_user("admin")).post("/riwayat/", {"bentuk": "csv", "alasan": "x"})
    assert response.status_code == 403


def test_empty_list_says_what_to_do_first(make_user: Any, sign_in: Any) -> None:
    text = sign_in(make_user("operator")).get("/orang/").content.decode()
    assert "Register masih kosong" in text
    assert 'href="/usulan/"' in text


def test_filter_that_finds_nothing_says_so(people_page: Client) -> None:
    assert "Tidak ada yang cocok" in people_page.get("/orang/?cari=zzz").content.decode()


@pytest.mark.parametrize("forged", ["ya", "62.03'", "😀", "٣", "\x00", "a\x00b", "9" * 60, "--", "1e9"])
def test_forged_filters_sort_and_page_find_nothing_and_break_nothing(
    people_page: Client, forged: str
) -> None:
    for key in ("cari", "wilayah", "kategori", "lindung", "hal", "urut"):
        assert people_page.get("/orang/", {key: forged}).status_code == 200, key
    assert not people_page.get("/orang/", {"wilayah": "bukan-kode"}).context["rows"]


def test_sign_that_no_database_keeps_is_left_out_of_a_reason(people_page: Client) -> None:
    people_page.post("/orang/", {"bentuk": "csv", "alasan": "ra\x00pat"})
    assert Event.objects.get(action="list.export").reason == "rapat"


def test_number_stands_to_the_right_on_a_desk_too() -> None:
    from payung.office.desk.lists import Column
    from payung.text import Text

    wide = Column("a", Text("A", "A"), str, kind="number", phone=False)
    assert wide.classes.split() == ["num", "wide"]


def test_on_a_phone_every_filter_folds_but_the_first_box_and_the_button_says_how_many_are_set(
    make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("inspektorat"))
    answer = client.get("/riwayat/")
    folds = {one["key"]: one["folds"] for one in answer.context["filters"]}
    assert [key for key, fold in folds.items() if not fold] == [
        next(one["key"] for one in answer.context["filters"] if one["choices"] is None)
    ]
    assert len(folds) > 3
    assert "Saring</button>" in answer.content.decode()
    kind = next(one for one in answer.context["filters"] if one["choices"])
    narrowed = client.get("/riwayat/", {kind["key"]: kind["choices"][0][0]}).content.decode()
    assert "Saring (1)</button>" in narrowed


@pytest.mark.parametrize("kind", ["number", "money"])
@pytest.mark.parametrize("phone", [True, False])
def test_numbers_stand_to_the_right_in_every_column(kind: str, phone: bool) -> None:
    column = Column("n", Text("N", "N"), lambda row: row, kind=kind, phone=phone)
    assert "num" in column.classes.split()
    assert ("wide" in column.classes.split()) is not phone
