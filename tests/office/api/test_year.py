"""A whole year of an office played from outside, by the client alone: every number of it is what the office has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from officeworld import VILLAGE, nik

from payung.client import Answer, Office, RefusedError
from payung.law import months
from payung.office.api import pages, tokens
from payung.office.bills.models import Bill
from payung.office.insight.models import Snapshot
from payung.office.jobs.worker import run_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
MANY = 6
MONTHS = months.between("2026-01", "2026-10")


def wire_to(client: Client) -> Callable[[str, str, Mapping[str, str], bytes | None], Answer]:
    """Return what carries requests of the client of the API to the office of this test."""

    def wire(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        path = url.removeprefix("http://testserver")
        kind = headers.get("content-type", "")
        found = client.generic(method, path, body or b"", content_type=kind, headers=dict(headers))
        content = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[attr-defined]
        return Answer(
            found.status_code, {name.lower(): value for name, value in found.headers.items()}, content
        )

    return wire


@pytest.fixture
def desk(make_user: Any, monkeypatch: Any) -> Callable[[str], Office]:
    """Return an office as a system with a token of this role sees it."""
    monkeypatch.setattr(pages, "A_MINUTE", 10**9)
    there: dict[str, Office] = {}

    def of(role: str) -> Office:
        if role not in there:
            until = dt.date.today() + dt.timedelta(days=30)  # noqa: DTZ011 - the office counts the same days
            _, word = tokens.make(by=make_user(role), name="uji", until=until, writes=True)
            there[role] = Office("http://testserver", word, wire=wire_to(Client()), wait=lambda _: None)
        return there[role]

    return of


def _csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_year_from_the_list_to_the_report(desk: Any, tmp_path: Path) -> None:
    _a_list_lands(desk)
    line = _they_are_enrolled(desk)
    people = {row["nama"]: int(row["_key"]) for row in desk("dinsos").rows("person_list") if "nama" in row}
    assert len(people) == MANY
    gone = people["ORANG 6"] if "ORANG 6" in people else max(people.values())
    paid = 0
    for month in MONTHS:
        if month == "2026-06":
            _somebody_dies(desk, gone)
        paid += _a_month(desk, line, month)
    assert paid == sum(Bill.objects.values_list("paid_amount", flat=True)) > 0
    _the_family_is_paid(desk)
    _what_is_told(desk, line, paid, tmp_path)


def _a_list_lands(desk: Any) -> None:
    operator = desk("operator")
    begun = operator.act("submission_begin", village_code=VILLAGE, kind="rentan")
    rows = [f"{nik(n)};ORANG {n};05-03-1989;petani" for n in range(1, MANY + 1)]
    file = _csv("NIK;NAMA;TANGGAL LAHIR;PEKERJAAN", *rows)
    sent = operator.act(
        "submission_file", once="berkas", submission=begun["submission"], name="d.csv", content=file
    )
    again = operator.act(
        "submission_file", once="berkas", submission=begun["submission"], name="d.csv", content=file
    )
    assert sent == again
    run_all()
    for role, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        moved = desk(role).act("submission_move", submission=begun["submission"], step=step)
    assert moved["state"] == "padan_dukcapil"
    run_all()


def _they_are_enrolled(desk: Any) -> int:
    dinsos = desk("dinsos")
    days = {"starts": dt.date(2026, 1, 1), "ends": dt.date(2026, 12, 31), "signed_on": dt.date(2026, 1, 1)}
    dinsos.act("agreement_add", kind="pks", number="1/PKS", region_code="62.03", **days)
    months_ = {"from_month": "2026-01", "until_month": "2026-12"}
    line = dinsos.act("line_add", name="APBD", source="apbd", amount=10**10, region_code="62.03", **months_)[
        "line"
    ]
    listed = _csv("NIK;NAMA LENGKAP", *(f"{nik(n)};ORANG {n}" for n in range(1, MANY + 1)))
    drawn = dinsos.act("decree_draw", line=line, name="usulan.csv", content=listed, **months_)
    assert drawn["people"] == MANY, drawn
    assert dinsos.act("decree_freeze", decree=drawn["decree"])["state"] == "frozen"
    signed = dinsos.act("decree_sign", decree=drawn["decree"], number="1/SK", signed_on=dt.date(2026, 1, 5))
    assert signed["state"] == "signed"
    (batch,) = dinsos.act("batch_make", decree=drawn["decree"])["batches"]
    assert dinsos.act("batch_send", batch=batch, on=dt.date(2026, 1, 6))["state"] == "sent"
    heads = "Status (Y/T);Keterangan Status Data;Nomor Identitas (NIK);Nama Lengkap"
    said = _csv(heads, *(f"Y;;{nik(n)};ORANG {n}" for n in range(1, MANY + 1)))
    assert dinsos.act("batch_answer", batch=batch, name="j.csv", content=said)["accepted"] == MANY
    return int(line)


def _somebody_dies(desk: Any, person: int) -> None:
    told = desk("operator").act(
        "change_report", person=person, kind="meninggal", on=dt.date(2026, 5, 20), evidence="surat kematian"
    )
    with pytest.raises(RefusedError) as refused:
        desk("operator").act("change_decide", change=told["change"], way="approve")
    assert refused.value.code == "forbidden"
    assert desk("dinsos").act("change_decide", change=told["change"], way="approve")["state"] == "approved"


def _a_month(desk: Any, line: int, month: str) -> int:
    bkad, dinsos, branch = desk("bkad"), desk("dinsos"), desk("bpjs")
    (bill,) = bkad.act("bill_draw", line=line, month=month)["bills"]
    sent = dinsos.act("bill_send", bill=bill)
    rows = f"28-{month[5:]}-2026;R{month};{sent['payable']};{sent['code']}"
    paid = bkad.act(
        "payment_file", name=f"{month}.csv", content=_csv("tanggal;referensi;jumlah;tagihan", rows)
    )
    assert paid["booked"] == 1, (paid, month)
    assert dinsos.act("month_sign", month=month)["state"] == "half"
    assert branch.act("month_sign", month=month)["state"] == "closed"
    return int(sent["payable"])


def _the_family_is_paid(desk: Any) -> None:
    operator, branch = desk("operator"), desk("bpjs")
    told = operator.act(
        "incident_report", happening="meninggal", on=dt.date(2026, 5, 20), name="ORANG 6", place="rumah",
        village_code=VILLAGE, reporter="Ketua RT", nik=nik(MANY),
    )  # fmt: skip
    (case,) = told["cases"] or [row["_key"] for row in operator.rows("case_list")]
    on = dt.date(2026, 6, 1)
    assert (
        operator.act("case_step", case=int(case), to="diverifikasi_desa", on=on)["state"]
        == "diverifikasi_desa"
    )
    with pytest.raises(RefusedError):  # the insurer's officer decides, the village does not go back for them
        branch.act("case_step", case=int(case), to="berkas_lengkap", on=on)


def _what_is_told(desk: Any, line: int, paid: int, tmp_path: Path) -> None:
    reader = desk("inspektorat")
    figures = reader.figures()
    assert figures["dibayar"]["number"] == paid
    # Everybody for ten months, but who died in May for five.
    assert reader.figure("orang_bulan")["number"] == MANY * len(MONTHS) - 5
    assert Snapshot.objects.count() == len(MONTHS)
    assert reader.figures(per="2026-03")["orang_bulan"]["number"] == 3 * MANY
    reader.take("bill_list", tmp_path / "tagihan.parquet")
    assert pq.read_table(tmp_path / "tagihan.parquet").num_rows == len(MONTHS)
    bills = list(reader.rows("bill_list", page=3))
    assert len(bills) == len(MONTHS)
    order = desk("dinsos").act(
        "letter_issue", kind="donor_certificate", subject=f"line:{line}", on=dt.date(2026, 11, 1)
    )
    assert order["state"] == "waiting"
    for name in ("report_tanpa_sk_rows", "report_meninggal_ditagih_rows"):
        assert list(reader.rows(name)) == []


def test_what_is_refused_is_told_and_what_passes_is_tried_again(desk: Any, monkeypatch: Any) -> None:
    office = desk("operator")
    with pytest.raises(RefusedError) as refused:
        office.act("submission_begin", village_code="1", kind="nein")
    assert (refused.value.status, refused.value.code) == (422, "validation")
    assert set(refused.value.fields) == {"kind"}
    with pytest.raises(RefusedError, match="forbidden"):
        office.act("decree_drop", decree=1, reason="x")
    waited: list[float] = []
    lost = iter([OSError("away"), None])
    true = office.wire

    def shaky(*request: Any) -> Answer:
        answer = true(*request)
        if (error := next(lost, None)) is not None:
            raise error  # it was done, and the answer got lost
        return answer

    office.wire, office.wait = shaky, waited.append
    made = office.act("submission_begin", village_code=VILLAGE, kind="rentan")
    assert waited == [1.0]
    assert [int(row["_key"]) for row in office.rows("submission_list")] == [made["submission"]]
    monkeypatch.setattr(pages, "A_MINUTE", 0)
    with pytest.raises(RefusedError) as late:
        office.figures()
    assert late.value.code == "limit"
    assert len(waited) == 5
    assert all(1 <= seconds <= 60 for seconds in waited)
