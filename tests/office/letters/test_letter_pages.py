"""Pages of letters: who sees which, drafts, issuing, opening with a reason, a constant number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from billsworld import bill_of, decree, line_of
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lettersworld import count_values, letter_of, order_of
from officeworld import FAR, VILLAGE
from programmeworld import people

from payung.office.check import letters as public
from payung.office.check import limits
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.letters import actions, papers
from payung.office.letters.models import Letter, Letterhead, Order

pytestmark = pytest.mark.django_db
BILL = "bill_request"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "TAKES", 0.0)


def bill_letter(kind: str = BILL, by: str = "dinsos") -> Letter:
    """Issue a letter about a bill of vulnerable workers."""
    line = line_of()
    decree(line, people(1, 3))
    bill = bill_of(line, "2026-10")
    material = actions.kind_of(kind).collect(_all(), f"{bill.pk}")
    assert material is not None
    values = {**material.values, **{ask.name: "" for ask in actions.kind_of(kind).asks}}
    order = actions.issue(
        by=by,
        kind=kind,
        subject=bill.subject,
        values=values,
        on=bill.due_on,
        region_code=material.region_code,
        about=material.about,
        categories=material.categories,
    )
    made = actions.make(order=order)
    assert made is not None
    return made


def _all() -> Any:
    from payung.office.access.scope import Area, Scope

    return Scope((Area("62.03"),))


def test_a_letter_is_drafted_and_issued_on_the_page_of_its_thing(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator", VILLAGE))
    page = reverse("letter_issue", args=["village_count", f"village:{VILLAGE}"])
    assert "Alasan belum terlindungi" in client.get(page).content.decode()
    draft = client.post(page, {"on": "2026-11-20", "a_note": "pindah", "lihat": "1"})
    assert draft.content.startswith(b"%PDF-")
    assert not Order.objects.exists()
    answer = client.post(page, {"on": "2026-11-20", "a_note": "pindah"}, follow=True)
    assert "sedang dibuat" in answer.content.decode()
    run_all()
    letter = Letter.objects.get()
    assert letter.content["note"] == "pindah"
    assert letter.number in client.get(reverse("post_village", args=[VILLAGE])).content.decode()
    assert letter.number in client.get(reverse("letter_list")).content.decode()


def test_a_broken_letter_says_why_and_is_tried_again(
    make_user: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(make_user("operator", VILLAGE))
    order = order_of()
    with monkeypatch.context() as broken:
        real = papers.templates()
        broken.setattr(
            papers, "templates", lambda: {**real, "village_count.typ": b"#let body(f, d) = [#unknown]"}
        )
        run_all()
    page = reverse("post_village", args=[VILLAGE])
    shown = client.get(page).content.decode()
    assert "unknown variable" in shown
    assert "Coba lagi" in shown
    assert "Surat yang gagal dibuat" in client.get("/").content.decode()
    failed = client.get(reverse("letterorder_list"))
    assert failed.context["total"] == 1
    assert page in failed.content.decode()
    assert "unknown variable" in failed.content.decode()
    client.post(reverse("letterorder_again", args=[order.pk]))
    run_all()
    assert Letter.objects.get().number in client.get(page).content.decode()


def test_whole_numbers_are_opened_with_a_reason_by_who_may(make_user: Any, sign_in: Any) -> None:
    dinsos = sign_in(make_user("dinsos"))
    letter = bill_letter()
    address = reverse("letter_file", args=[letter.pk])
    assert dinsos.get(address).status_code == 302
    assert dinsos.post(address, {"reason": ""}).status_code == 302
    assert not Event.objects.filter(action="letter.open").exists()
    answer = dinsos.post(address, {"reason": "dikirim ke cabang", "bentuk": "pdf"})
    assert answer.content.startswith(b"%PDF-")
    sheet = dinsos.post(address, {"reason": "dikirim ke cabang", "bentuk": "xlsx"})
    assert sheet.content.startswith(b"PK")
    assert [event.reason for event in Event.objects.filter(action="letter.open")] == ["dikirim ke cabang"] * 2
    assert sign_in(make_user("bkad")).get(address).status_code == 403
    assert sign_in(make_user("dpmd")).get(address).status_code == 404  # it names vulnerable workers


def test_a_letter_without_names_is_for_all_who_see_the_thing(make_user: Any, sign_in: Any) -> None:
    letter = bill_letter("bill_check")
    for role in ("dinsos", "dpmd", "bkad", "inspektorat"):
        answer = sign_in(make_user(role)).get(reverse("letter_file", args=[letter.pk]))
        assert answer.content.startswith(b"%PDF-"), role
    assert sign_in(make_user("camat")).get(reverse("letter_show", args=[letter.pk])).status_code == 404


def test_who_does_not_see_the_names_cannot_draft_them_either(make_user: Any, sign_in: Any) -> None:
    letter = bill_letter()
    page = reverse("letter_issue", args=[BILL, letter.subject])
    assert sign_in(make_user("dinsos")).get(page).status_code == 200
    assert sign_in(make_user("dpmd")).get(page).status_code == 404
    assert sign_in(make_user("camat")).get(page).status_code == 404
    assert sign_in(make_user("bpjs")).get(page).status_code == 403
    dinsos = sign_in(make_user("dinsos", username="dinsos2"))
    for subject in ("bill:x", "bill:", "bill:999", "case:1", "' OR 1"):
        assert dinsos.get(reverse("letter_issue", args=[BILL, subject])).status_code == 404, subject


def test_a_letter_is_issued_again_on_its_page(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator", VILLAGE))
    old = letter_of()
    page = reverse("letter_reissue", args=[old.pk])
    assert old.number in client.get(page).content.decode()
    client.post(page, {"on": "2026-11-21", "reason": "salah ketik", "a_note": ""})
    run_all()
    new = Letter.objects.exclude(pk=old.pk).get()
    assert new.replaces == old
    shown = client.get(reverse("letter_show", args=[old.pk])).content.decode()
    assert new.number in shown
    assert "Terbitkan ulang" not in shown


def test_letterheads_are_written_by_their_office(make_user: Any, sign_in: Any) -> None:
    operator = sign_in(make_user("operator", VILLAGE))
    page = reverse("letterhead_edit")
    assert "Desa Pulau Telo" in operator.get(page).content.decode()
    operator.post(f"{page}?kop={FAR}:desa", {"name": "Desa Kami", "city": "Pulau Telo"})
    head = Letterhead.objects.get()
    assert (head.region_code, head.name) == (VILLAGE, "Desa Kami")  # only one's own
    assert "Dinas Sosial" in sign_in(make_user("dinsos")).get(page).content.decode()


def test_lists_and_panels_take_a_constant_number_of_queries(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator", VILLAGE))
    counts = []
    for _ in range(2):
        letter = letter_of()
        order_of()
        pages = (
            reverse("letter_list"),
            reverse("post_village", args=[VILLAGE]),
            reverse("letter_show", args=[letter.pk]),
        )
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 24


def test_anybody_may_check_a_paper_and_learns_nothing_else(regions: None) -> None:
    letter = letter_of(note="Rahasia Sekali")
    page = reverse("letter_check")
    shown = Client().get(page, {"kode": letter.printed_code}).content.decode()
    assert "Ada di kantor dan berlaku" in shown
    assert letter.number in shown
    assert "Rahasia" not in shown
    assert letter.by not in shown
    for code in ("0000-0000-0000-0000", letter.code[:8], "' OR 1=1", "\x00", "x" * 400):
        answer = Client().post(page, {"kode": code}).content.decode()
        assert letter.number not in answer
        assert "Tidak ada surat" in answer or code == "\x00"


def test_a_file_is_compared_with_the_one_on_file(regions: None) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    letter, page = letter_of(), reverse("letter_check")
    content = papers.content_of(letter.path)

    def ask(sent: bytes) -> str:
        file = SimpleUploadedFile("surat.pdf", sent)
        return Client().post(page, {"kode": letter.code, "berkas": file}).content.decode()

    assert "sama persis" in ask(content)
    assert "BUKAN berkas" in ask(content + b" ")
    assert not Event.objects.filter(action__contains="check").exists()


def test_a_replaced_paper_says_so(regions: None) -> None:
    old = letter_of()
    actions.make(
        order=actions.reissue(
            by="operator", letter=old, values=count_values(total=9), on=old.on, reason="salah"
        )
    )
    shown = Client().get(reverse("letter_check"), {"kode": old.printed_code}).content.decode()
    assert "sudah diganti" in shown


def test_checking_is_limited(regions: None) -> None:
    letter, page = letter_of(), reverse("letter_check")
    answers = [
        Client().get(page, {"kode": f"{number:016x}"}).status_code for number in range(limits.BY_ADDRESS + 2)
    ]
    assert answers[-1] == 429
    shown = Client().get(page, {"kode": letter.printed_code}).content.decode()
    assert letter.number not in shown
