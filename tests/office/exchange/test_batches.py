"""What goes to the insurer and comes back: every line once, the same answer twice changes nothing."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from officeworld import NEIGHBOUR, VILLAGE, nik
from programmeworld import candidates, line_of, people, pks, signed

from payung.codes import Category, Segment
from payung.errors import InputError
from payung.office.cards.queries import without_card
from payung.office.exchange import actions, queries
from payung.office.exchange.actions import decisions, replacements
from payung.office.exchange.actions.answers import take_answer
from payung.office.exchange.models import AnswerRow, Batch, BatchLine
from payung.office.exchange.states import BatchKind, BatchState, LineState, Outcome
from payung.office.guards import missing
from payung.office.history.models import Event
from payung.office.people.models import Membership, Person
from payung.office.people.queries import covered_in
from payung.office.programme import actions as programme
from payung.office.programme.models import Decree, DecreePerson
from payung.office.programme.queries import cost_by_line
from payung.office.programme.states import Exit
from payung.office.submissions.papers.files import opened

pytestmark = pytest.mark.django_db
HEAD = "Status (Y/T);Keterangan Status Data;Nomor Identitas (NIK);Nama Lengkap"


def answer_of(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


@pytest.fixture
def sent(regions: None) -> Batch:
    """A batch of three BPU of a signed decree."""
    pks()
    decree = signed(line_of(10**8), people(1, 3))
    (batch,) = actions.enrol(by="siti", decree=decree)
    return batch


def cells(batch: Batch) -> list[list[Any]]:
    with opened(batch.path) as path:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return [
        [cell.value for cell in row] for row in book[book.sheetnames[-1 if len(book.sheetnames) == 1 else 1]]
    ]


def test_a_signed_decree_becomes_a_batch_with_its_totals(sent: Batch) -> None:
    assert (sent.kind, sent.people, sent.state) == (BatchKind.BPU, 3, BatchState.MADE)
    assert sent.amount == sum(cost_by_line(DecreePerson.objects.filter(decree=sent.decree)).values())
    rows = cells(sent)
    assert rows[0][:3] == ["NO", "NIK", "NAMA LENGKAP"]
    assert [row[1] for row in rows[1:]] == [nik(1), nik(2), nik(3)]
    assert all(isinstance(value, str | None) for row in rows for value in row)
    assert sent.missing["NAMA IBU KANDUNG"] == 3
    assert actions.enrol(by="siti", decree=sent.decree) == [sent]
    assert BatchLine.objects.count() == 3


def test_only_a_signed_decree_is_sent(regions: None) -> None:
    line = line_of(10**8)
    decree = programme.begin(by="t", line=line, from_month="2027-01", until_month="2027-12")
    with pytest.raises(InputError, match="belum ditetapkan"):
        actions.enrol(by="t", decree=decree)


def test_what_was_sent_stays_as_it_was(sent: Batch) -> None:
    line = sent.lines.first()
    assert line
    for change in (
        lambda: BatchLine.objects.filter(pk=line.pk).update(name="Lain"),
        lambda: Batch.objects.filter(pk=sent.pk).update(people=9),
        lambda: line.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_officials_go_in_the_layout_of_sipp_by_employer(regions: None) -> None:
    pks()
    line = line_of(10**8)
    decree = programme.begin(by="t", line=line, from_month="2027-01", until_month="2027-12")
    here, there = people(1, 2), people(3, 1, NEIGHBOUR)
    values = {"segment": Segment.PU, "category": Category.KEPALA_DESA, "income": 2_426_640}
    programme.put_in(by="t", decree=decree, candidates=candidates([*here, *there], **values))
    programme.freeze(by="t", decree=decree)
    decree = programme.sign(
        by="t", decree=decree, number="7/SK", signed_on=timezone.localdate().replace(2027, 1, 2)
    )
    batches = actions.enrol(by="t", decree=decree)
    assert [(str(one.kind), one.region_code, one.people) for one in batches] == [
        ("data_tk_baru", VILLAGE, 2),
        ("data_tk_baru", NEIGHBOUR, 1),
    ]
    rows = cells(batches[0])
    assert batches[0].file_name == "data_tk_baru.xlsx"
    assert len(rows[0]) == 30
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["NOMOR_IDENTITAS"], row["TANGGAL_LAHIR"], row["UPAH"]) == (nik(1), "05-03-1989", "2426640")
    assert row["TANGGAL_KEPESERTAAN"] is None
    assert batches[0].missing == {"STATUS_KAWIN": 2, "STATUS_PEGAWAI": 2, "TGL_AWAL_BEKERJA": 2}


def test_an_answer_is_matched_line_by_line(sent: Batch) -> None:
    content = answer_of(
        f"Y;;{nik(1)};Orang 1",
        f"T;NIK tidak ditemukan;{nik(2)};Orang 2",
        f"Y;;{nik(9)};Orang 9",
    )
    taken = take_answer(by="siti", batch=sent, name="jawaban.csv", content=content)
    assert taken.counts["accepted"] == taken.counts["rejected"] == taken.counts["unknown"] == 1
    states = {line.name: (line.state, line.code) for line in sent.lines.all()}
    assert states == {
        "Orang 1": (LineState.ACCEPTED, ""),
        "Orang 2": (LineState.REJECTED, "NIK_TIDAK_ADA"),
        "Orang 3": (LineState.WAITING, ""),
    }
    assert [row.masked[-4:] for row in queries.queue(sent)] != []
    sent.refresh_from_db()
    assert sent.state == BatchState.SENT
    assert not Membership.objects.exists()  # cover begins with payment
    take_answer(by="siti", batch=sent, name="sisa.csv", content=answer_of(f"Y;;{nik(3)};Orang 3"))
    sent.refresh_from_db()
    assert sent.state == BatchState.ANSWERED


def test_the_same_answer_twice_changes_nothing(sent: Batch) -> None:
    content = answer_of(f"Y;;{nik(1)};Orang 1", f"T;meninggal;{nik(2)};Orang 2")
    first = take_answer(by="siti", batch=sent, name="jawaban.csv", content=content)

    def picture() -> list[Any]:
        lines = list(BatchLine.objects.values_list("pk", "state", "code", "text", "answered_at"))
        return [lines, AnswerRow.objects.count(), Event.objects.count()]

    before = picture()
    again = take_answer(by="budi", batch=sent, name="lain.csv", content=content)
    assert (again.again, again.counts) == (True, first.counts)
    assert picture() == before


def test_an_answer_of_another_batch_is_refused(sent: Batch) -> None:
    decree = signed(line_of(10**8, name="dua"), people(11, 1), "2/SK")
    (other,) = actions.enrol(by="t", decree=decree)
    with pytest.raises(InputError, match=str(other)):
        take_answer(by="t", batch=sent, name="j.csv", content=answer_of(f"Y;;{nik(11)};Orang 11"))
    assert not AnswerRow.objects.exists()


def test_a_list_of_kpj_is_an_answer(sent: Batch) -> None:
    content = answer_of(
        f"12345678901;{nik(1)};Orang 1",
        f"12345678901;{nik(2)};Orang 2",
        head="No KPJ;NIK;Nama Lengkap",
    )
    take_answer(by="t", batch=sent, name="kpj.csv", content=content)
    one = sent.lines.get(number=1)
    assert (one.state, one.kpj) == (LineState.ACCEPTED, "12345678901")
    assert sent.lines.get(number=2).state == LineState.WAITING
    assert [row.outcome for row in queries.queue(sent)] == [Outcome.KPJ_TAKEN]
    assert queries.kpj_of([one.person_id], "bpu") == {one.person_id: "12345678901"}


def test_contradictions_wait_for_a_person(sent: Batch) -> None:
    content = answer_of(f"Y;;{nik(1)};Orang 1", f"T;meninggal;{nik(1)};Orang 1")
    take_answer(by="t", batch=sent, name="j.csv", content=content)
    assert sent.lines.get(number=1).state == LineState.WAITING
    waiting = list(queries.queue(sent))
    assert [row.outcome for row in waiting] == [Outcome.CONTRARY] * 2
    with pytest.raises(InputError):
        decisions.settle(by="t", row=waiting[0], note=" ")
    decisions.settle(by="t", row=waiting[0], note="ditanyakan ke cabang")
    with pytest.raises(InputError, match="sudah diputuskan oleh t"):
        decisions.settle(by="u", row=waiting[0], note="sekali lagi")
    assert queries.queue(sent).count() == 1


def test_rejected_lines_are_sent_again_in_a_batch_of_their_own(sent: Batch) -> None:
    rows = [f"T;NIK tidak ditemukan;{nik(number)};Orang {number}" for number in (1, 2)]
    take_answer(by="t", batch=sent, name="j.csv", content=answer_of(*rows))
    keys = list(sent.lines.filter(state=LineState.REJECTED).values_list("pk", flat=True))
    (again,) = actions.send_again(by="t", lines=keys, reason="NIK dibetulkan")
    assert (again.part, again.people) == (2, 2)
    assert sent.lines.filter(state=LineState.RESENT).count() == 2
    with pytest.raises(InputError):
        actions.send_again(by="t", lines=keys, reason="sekali lagi")


def test_the_dead_are_never_among_the_leavers(sent: Batch) -> None:
    former: Decree = sent.decree
    new = programme.begin(
        by="t", line=former.line, from_month="2027-07", until_month="2027-12", previous=former
    )
    first, second, _ = former.people.order_by("number")
    programme.let_go(by="t", decree=new, leaving={first.pk: Exit.MENINGGAL, second.pk: Exit.MUNDUR})
    programme.freeze(by="t", decree=new)
    new = programme.sign(
        by="t", decree=new, number="9/SK", signed_on=timezone.localdate().replace(2027, 6, 1)
    )
    (leavers,) = actions.enrol(by="t", decree=new)
    assert leavers.kind == BatchKind.BPU_LEAVE
    assert [line.person_id for line in leavers.lines.all()] == [second.person_id]


def test_an_edited_template_counts_from_then_on(sent: Batch) -> None:
    actions.edit_template(by="t", kind=BatchKind.BPU, text="NIK | nik !\nNAMA | name !\nKET | =baru\n")
    decree = signed(line_of(10**8, name="dua"), people(11, 1), "2/SK")
    (batch,) = actions.enrol(by="t", decree=decree)
    assert cells(batch) == [["NIK", "NAMA", "KET"], [nik(11), "Orang 11", "baru"]]
    for wrong in ("NIK nik", "NIK | sesuatu", "", "A | nik\nA | name"):
        with pytest.raises(InputError):
            actions.edit_template(by="t", kind=BatchKind.BPU, text=wrong)
    assert Person.objects.count() == 4


def test_numbers_go_to_their_people_and_are_no_cover(sent: Batch) -> None:
    head = "NIK;Nama Lengkap;No KPJ"
    content = answer_of(f"{nik(1)};Orang 1;11000000001", f"{nik(2)};Orang 2;11000000002", head=head)
    take_answer(by="t", batch=sent, name="kpj.csv", content=content)
    first = Person.objects.get(nik_index=sent.lines.get(number=1).nik_index)
    member = first.memberships.get()
    assert (member.kpj, str(member.segment), str(member.source)) == ("11000000001", "bpu", "apbd")
    assert member.number_only
    for month in ("2026-12", "2027-01", "2027-12"):
        assert not Person.objects.filter(covered_in(month), pk=first.pk).exists()
    assert without_card(Person.objects.all(), "kertas").count() == 2
    assert Membership.objects.count() == 2


def test_who_is_this_is_decided_once(sent: Batch) -> None:
    rows = [f"Y;;{nik(77)};Orang 2", f"Y;;{nik(78)};Sama Sekali Lain"]
    content = answer_of(*rows, f"Y;;{nik(1)};Orang 1")
    take_answer(by="t", batch=sent, name="j.csv", content=content)
    row, other = queries.queue(sent).order_by("pk")
    line = sent.lines.get(number=2)
    assert line in decisions.offered(row)
    assert (decisions.offered(other), decisions.likely(row)) == ([], "accepted")
    decided = decisions.decide(
        by="siti", row=row, line=line, verdict=LineState.ACCEPTED, note="NIK salah ketik"
    )
    assert (decided.state, queries.queue(sent).count()) == (LineState.ACCEPTED, 1)
    with pytest.raises(InputError, match="sudah diputuskan oleh siti"):
        decisions.decide(by="budi", row=row, line=line, verdict=LineState.REJECTED)
    again = take_answer(by="t", batch=sent, name="k.csv", content=answer_of(*rows, f"Y;;{nik(3)};Orang 3"))
    assert (queries.queue(sent).count(), again.counts["known"]) == (1, 2)
    assert Event.objects.filter(action="answer.decide", person=line.person_id).count() == 1


def test_the_number_of_another_person_is_never_given(sent: Batch) -> None:
    head = "NIK;Nama Lengkap;No KPJ"
    take_answer(
        by="t", batch=sent, name="a.csv", content=answer_of(f"{nik(1)};Orang 1;11000000001", head=head)
    )
    taken = answer_of(f"{nik(2)};Orang 2;11000000001", head=head)
    take_answer(by="t", batch=sent, name="b.csv", content=taken)
    row = queries.queue(sent).get()
    (line,) = decisions.offered(row)
    with pytest.raises(InputError, match="milik orang lain"):
        decisions.decide(by="t", row=row, line=line, verdict=LineState.ACCEPTED)
    decisions.decide(by="t", row=row, line=line, verdict=LineState.REJECTED)
    assert not Membership.objects.filter(person=line.person_id).exists()


def test_who_passes_from_line_to_line_is_one_person_to_the_insurer(regions: None) -> None:
    pks()
    first, second = line_of(10**8), line_of(10**8, name="dua")
    (person,) = people(1, 1)
    decree = programme.begin(by="t", line=first, from_month="2027-01", until_month="2027-06")
    for line, months in ((first, ("2027-01", "2027-03")), (second, ("2027-04", "2027-06"))):
        programme.put_in(
            by="t",
            decree=decree,
            candidates=candidates([person]),
            line=line,
            from_month=months[0],
            until_month=months[1],
        )
    decree = programme.freeze(by="t", decree=decree)
    decree = programme.sign(by="t", decree=decree, number="1/SK", signed_on=dt.date(2026, 12, 20))
    (batch,) = actions.enrol(by="t", decree=decree)
    assert (batch.people, batch.amount) == (1, 6 * 16_800)
    take_answer(
        by="t", batch=batch, name="j.csv", content=answer_of(f"T;NIK tidak ditemukan;{nik(1)};Orang 1")
    )
    assert {row.line_id for row in queries.rejected_rows()} == {first.pk, second.pk}


def test_the_guards_stand_after_the_tables_were_remade(sent: Batch) -> None:
    wanted = ["exchange_batch_sent", "exchange_batchline_sent", "exchange_answer_sent"]
    wanted += (
        ["programme_decree_ways", "programme_decreeperson_frozen"] if connection.vendor == "sqlite" else []
    )
    assert missing(wanted) == []


def test_a_changed_wage_goes_as_wage_and_the_handed_over_stay(regions: None) -> None:
    pks()
    line = line_of(10**9)
    (head,) = people(1, 1)
    values = {"segment": Segment.PU, "category": Category.KEPALA_DESA}
    decree = programme.begin(by="t", line=line, from_month="2027-01", until_month="2027-12")
    programme.put_in(by="t", decree=decree, candidates=candidates([head], income=3_000_000, **values))
    programme.freeze(by="t", decree=decree)
    former = programme.sign(by="t", decree=decree, number="1/SK", signed_on=dt.date(2026, 12, 20))
    (batch,) = actions.enrol(by="t", decree=former)
    head_line = batch.lines.get()
    BatchLine.objects.filter(pk=head_line.pk).update(state="accepted", kpj="11000000001")
    new = programme.begin(by="t", line=line, from_month="2027-07", until_month="2027-12", previous=former)
    programme.let_go(by="t", decree=new, leaving={former.people.get().pk: Exit.GANTI_SUMBER})
    programme.put_in(by="t", decree=new, candidates=candidates([head], income=3_500_000, **values))
    programme.freeze(by="t", decree=new)
    new = programme.sign(by="t", decree=new, number="2/SK", signed_on=dt.date(2027, 6, 1))
    (wages,) = actions.enrol(by="t", decree=new)
    assert (wages.kind, wages.file_name, wages.people) == (BatchKind.PU_WAGE, "data_upah.xlsx", 1)
    heading, row = cells(wages)[:2]
    told = dict(zip(heading, row, strict=True))
    assert (told["NIK"], told["UPAH"], told["BLTH"]) == (nik(1), "3500000", "07-2027")
    assert wages.missing == {"NPP": 1} or "KPJ" in wages.missing


def test_the_reserve_moves_up_where_the_insurer_rejected(sent: Batch) -> None:
    decree = sent.decree
    waiting = people(21, 3)
    assert replacements.proposal(decree) is None
    take_answer(
        by="t", batch=sent, name="j.csv", content=answer_of(f"T;NIK tidak ditemukan;{nik(1)};Orang 1")
    )
    with pytest.raises(InputError, match="Cadangan kosong"):
        replacements.replace_rejected(by="t", decree=decree)
    draft = programme.begin(by="t", line=decree.line, from_month="2027-01", until_month="2027-12")
    programme.put_in(by="t", decree=draft, candidates=candidates(people(31, 1)))
    programme.put_in_reserve(by="t", decree=draft, candidates=candidates(waiting))
    programme.freeze(by="t", decree=draft)
    other = programme.sign(by="t", decree=draft, number="5/SK", signed_on=dt.date(2026, 12, 20))
    (batch,) = actions.enrol(by="t", decree=other)
    take_answer(
        by="t", batch=batch, name="k.csv", content=answer_of(f"T;NIK tidak ditemukan;{nik(31)};Orang 31")
    )
    found = replacements.proposal(other)
    assert found
    assert [one.person_id for one in found.comes] == [waiting[0].pk]
    follow = replacements.replace_rejected(by="t", decree=other)
    assert [row.exit for row in DecreePerson.objects.filter(removed_by=follow)] == [Exit.DITOLAK_BPJS]
    assert [row.person_id for row in follow.people.all()] == [waiting[0].pk]
    with pytest.raises(InputError, match="sudah disiapkan"):
        replacements.replace_rejected(by="t", decree=other)
    programme.freeze(by="t", decree=follow)
    follow = programme.sign(by="t", decree=follow, number="6/SK", signed_on=dt.date(2026, 12, 21))
    (comes,) = actions.enrol(by="t", decree=follow)  # who was never accepted is not sent as a leaver
    assert comes.kind == BatchKind.BPU
