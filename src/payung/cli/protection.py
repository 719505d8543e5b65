"""Keeping people protected: bills, money that arrived, changes, and who is covered on a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.cli.actor import AS_JSON, BY, allowed, content_of, opened, registered, rupiah, scope_of, show
from payung.cli.cover_all import everybody
from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from payung.office.bills.models import Bill

REASON = Annotated[str, typer.Option(help="Alasan (batal). / Reason (void).")]


def register(app: typer.Typer) -> None:
    """Add ``payung bill``, ``pay``, ``change`` and ``cover``."""
    for name, command in (("bill", bill), ("pay", pay), ("change", change), ("cover", cover)):
        app.command(name)(command)


def bill(
    what: Annotated[
        str, typer.Argument(help="Bulan TTTT-BB, atau send, void, insurer. / Month, or send, void, insurer.")
    ],
    numbers: Annotated[
        list[str] | None, typer.Argument(help="Nomor tagihan (B000012). / Numbers of bills.")
    ] = None,
    line: Annotated[
        str, typer.Option(metavar="ID", help="Baris dana, id atau nama. / Line of money, id or name.")
    ] = "",
    until: Annotated[str, typer.Option(help="Sampai bulan. / Up to this month.")] = "",
    leave_out: Annotated[
        bool, typer.Option(help="Kirim tanpa yang tidak boleh ditagih. / Without those not to be billed.")
    ] = False,
    reason: REASON = "",
    code: Annotated[str, typer.Option(help="Kode iuran. / Payment code.")] = "",
    printed: Annotated[int, typer.Option(help="Jumlah di kertas cabang. / Printed sum.")] = -1,
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Hitung tagihan satu bulan; kirim, batalkan. / Draw up the bills of a month; send them, make them void."""
    acts = opened(by, {"send": "bill.approve", "void": "bill.view"}.get(what, "bill.edit"))
    if what in ("send", "void", "insurer"):
        found = [
            _each(what, acts, by, one, leave_out, reason, code, printed) for one in _bills(numbers or [])
        ]
        left_out: dict[str, int] = {}
    else:
        found, left_out = _drawn(acts, by, what, line, until)
    rows = [_plain(one) for one in found]
    lines = [
        f"{row['bill']}  {row['line']:<28} {row['segment']:<4} {row['month']}  {row['state_name']:<18}"
        f"{row['people']:>8}  {rupiah(row['payable']):>18}"
        for row in rows
    ]
    from payung.office.bills.unbillable import WHY

    lines += [f"! {row['bill']}: {said}" for row in rows for said in row["warnings"]]
    none = Text("Tidak ada yang perlu ditagih.", "Nobody is to be billed.").read()
    lines += [f"  {WHY[why].read()}: {many}" for why, many in left_out.items()]
    show(as_json, {"bills": rows, "left_out": left_out}, lines or [none])


def _bills(numbers: list[str]) -> list[Bill]:
    from payung.office.bills.actions.payments import bills_of

    if not numbers:
        raise InputError(Text("Sebutkan nomor tagihannya.", "Name the bills."))
    return bills_of(numbers)


def _each(
    what: str, acts: str, by: str, one: Bill, leave_out: bool, reason: str, code: str, printed: int
) -> Bill:
    from payung.office.bills import actions

    wanted = "bill.approve" if what == "send" or (what == "void" and _approves(by, one)) else "bill.edit"
    allowed(by, wanted, region_code=one.region_code)
    if what == "send":
        return actions.send(by=acts, bill=one, leave_out=leave_out)
    if what == "void":
        return actions.void(by=acts, bill=one, reason=reason, draft_only=not _approves(by, one))
    return actions.note_insurer(by=acts, bill=one, kode_iuran=code, printed=None if printed < 0 else printed)


def _approves(by: str, one: Bill) -> bool:
    """Tell whether the user ``by`` may take back what was sent; the office itself may."""
    try:
        allowed(by, "bill.approve", region_code=one.region_code)
    except InputError:
        return False
    return True


def _drawn(acts: str, by: str, month: str, line: str, until: str) -> tuple[list[Bill], dict[str, int]]:
    from payung.law.months import parse_month
    from payung.office.bills.actions import draw_up
    from payung.office.programme.models import Line
    from payung.office.programme.written import find_line

    month, reaches = parse_month(month), scope_of(by, "bill.edit")
    if line:
        lines = [find_line(line)]
    else:
        holds = Line.objects.filter(from_month__lte=month, until_month__gte=month)
        lines = [one for one in holds.order_by("pk") if reaches.covers(one.region_code)]
    bills: list[Bill] = []
    left_out: dict[str, int] = {}
    for one in lines:
        allowed(by, "bill.edit", region_code=one.region_code)
        drawn = draw_up(by=acts, month=month, until=until, line=one)
        bills += drawn.bills
        for why, many in drawn.left_out.items():
            left_out[why] = left_out.get(why, 0) + many
    return bills, left_out


def _plain(bill: Bill) -> dict[str, Any]:
    from payung.office.bills.queries import bare

    unsent = bare(bill)
    return {
        "bill": bill.code,
        "line": bill.line.name,
        "segment": str(bill.segment),
        "month": bill.from_month
        if bill.from_month == bill.until_month
        else f"{bill.from_month}..{bill.until_month}",
        "number": bill.number,
        "state": str(bill.state),
        "state_name": bill.state.text.read(),
        "people": bill.people,
        "amount": bill.amount,
        "payable": bill.payable,
        "paid": bill.paid_amount,
        "kode_iuran": bill.kode_iuran or "",
        "due_on": bill.due_on,
        "digest": bill.digest,
        # As the page of the bill warns: whoever was not sent to the insurer is not covered by being paid for.
        "unsent": [{"decree": decree.pk, "number": str(decree), "people": many} for decree, many in unsent],
        "warnings": [_unsent(str(decree), many).read() for decree, many in unsent],
    }


def _unsent(decree: str, many: int) -> Text:
    return Text(
        f"{decree}: {many} orang belum dikirim ke BPJS. Yang belum terdaftar tidak terlindungi walau dibayar: "
        "payung enrol.",
        f"{decree}: {many} people were not sent to the insurer. Unregistered, they are not covered, even if paid for: "
        "payung enrol.",
    )


def pay(
    file: Annotated[
        Path, typer.Argument(help="MT940, CAMT.053, CSV, xlsx, atau berkas bank. / A file of payments.")
    ],
    channel: Annotated[str, typer.Option(help="transfer, kode, sp2d, tunai.")] = "transfer",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Bukukan uang masuk dari berkas. / Book the money of a file."""
    acts = opened(by, "bill.pay")

    from payung.office.bills.actions.payments import pay as book
    from payung.office.bills.states import Channel, RowState

    done = book(by=acts, name=file.name, content=content_of(file), channel=Channel.read(channel))
    waiting = [
        {"row": row.number, "text": row.text, "why": Text(row.why["id"], row.why["en"]).read()}
        for row in done.file.rows.filter(state__in=[RowState.WAITING, RowState.FAILED])
    ]
    lines = [f"{RowState.member(state).text.read()}: {many}" for state, many in done.rows.items()]
    if done.same:
        lines = [Text("Berkas ini sudah dibaca.", "This file was read already.").read(), *lines]
    lines += [f"  {one['row']}: {one['why']}" for one in waiting]
    found = {
        "file": done.file.name,
        "kind": done.file.kind,
        "same": done.same,
        "rows": done.rows,
        "waiting": waiting,
    }
    show(as_json, found, lines)


def change(
    file: Annotated[Path, typer.Argument(help="CSV: nik;kind;date;evidence.")],
    approved_by: Annotated[
        str, typer.Option(help="Pengguna lain yang menyetujui. / Another user who approves.")
    ] = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Laporkan perubahan (mutasi) dari berkas. / Report the changes of a file."""
    acts = opened(by, "change.edit")

    from payung.office.changes import actions
    from payung.office.changes.models import Change
    from payung.office.changes.papers import read
    from payung.office.changes.states import ChangeState

    found = read(
        by=acts,
        name=file.name,
        content=content_of(file),
        reaches=scope_of(by, "change.edit").covers,
    )
    approved = 0
    if approved_by:
        for one in Change.objects.filter(pk__in=[line.change for line in found], state=ChangeState.REPORTED):
            actions.approve(
                by=allowed(approved_by, "change.approve", region_code=one.village_code), change=one
            )
            approved += 1
    rows = [
        {"row": one.row, "change": one.change, "new": one.new, "why": one.why.read() if one.why else ""}
        for one in found
    ]
    new = sum(one.new for one in found)
    known = sum(1 for one in found if one.change and not one.new)
    lines = [
        Text(
            f"Dilaporkan: {new}, sudah ada: {known}, disetujui: {approved}.",
            f"Reported: {new}, known: {known}, approved: {approved}.",
        ).read()
    ]
    lines += [f"  {row['row']}: {row['why']}" for row in rows if row["why"]]
    show(as_json, {"reported": new, "known": known, "approved": approved, "rows": rows}, lines)


def cover(
    nik: Annotated[str, typer.Argument(help="NIK.")] = "",
    date: Annotated[str, typer.Option(help="Pada tanggal TTTT-BB-HH. / On this day.")] = "",
    known: Annotated[
        str, typer.Option(help="Sebagaimana diketahui pada tanggal. / As known on this day.")
    ] = "",
    all_: Annotated[
        bool, typer.Option("--all", help="Semua orang, per desa. / Everybody, by village.")
    ] = False,
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Terlindungikah seseorang pada suatu hari, dan siapa yang membayar. / Whether somebody is covered on a day."""
    opened(by, "person.view")

    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.bills.queries import owed_by
    from payung.office.months.queries import cover_on
    from payung.office.programme.models import Line

    if all_:
        if nik:
            raise InputError(Text("Pilih satu: NIK, atau --all.", "Choose one: a NIK, or --all."), at="--all")
        day = parse_date(date) if date else timezone.localdate()
        everybody(by, day, parse_date(known) if known else None, as_json=as_json)
        return
    if not nik:
        raise InputError(
            Text("Sebutkan NIK, atau --all untuk semua orang.", "Name a NIK, or --all for everybody."),
            at="NIK",
        )
    person = registered(nik)
    if person is None:
        raise InputError(Text("NIK ini tidak ada dalam register.", "This NIK is not in the register."))
    allowed(by, "person.view", region_code=person.village_code)
    day = parse_date(date) if date else timezone.localdate()
    answers = cover_on(person.pk, day, parse_date(known) if known else None)
    names = dict(Line.objects.filter(pk__in=[answer.line for answer in answers]).values_list("pk", "name"))
    rows = [
        {
            "segment": str(answer.segment),
            "line": names.get(answer.line, ""),
            "line_id": answer.line,
            **answer.cover.plain(),
            "months": [
                {"month": paid.month, "paid_on": paid.paid_on, "bill": paid.bill, "line": paid.line}
                for paid in answer.months
            ],
            "owed": owed_by(person.pk, answer.segment),
        }
        for answer in answers
    ]
    died = _died(person.pk)
    if died is not None and day > died:
        gone = Text(
            f"Meninggal {died}: perlindungan berakhir hari itu dan tidak ada yang ditagih. Haknya: --date {died}.",
            f"Died on {died}: the cover ended that day and nothing is owed. Their rights: --date {died}.",
        )
        ended: dict[str, Any] = {
            "state": "meninggal",
            "standing": "ended",
            "covered": "no",
            "arrears": None,
            "unpaid": [],
        }
        rows = [{**row, **ended, "owed": [], "reasons": [gone.read()]} for row in rows]
    lines = []
    for row in rows:
        lines.append(
            f"{row['segment'].upper()}: {row['state']}, {row['paid_months']} "
            + Text("bulan iuran", "paid months").read()
            + f" ({row['line']})"
        )
        lines += [f"  {reason}" for reason in row["reasons"]]
    none = Text("Belum pernah ada bulan yang dibayar.", "No month was ever paid.").read()
    found = {"person": person.name, "nik": person.masked, "date": day, "known": known or None}
    found |= {"died": died, "covers": rows}
    show(as_json, found, lines or [none])


def _died(person: int) -> dt.date | None:
    """Return the day of death that an approved change records, or ``None``."""
    from payung.office.changes.models import Change
    from payung.office.changes.states import ChangeKind, ChangeState

    deaths = Change.objects.filter(person=person, kind=ChangeKind.MENINGGAL, state=ChangeState.APPROVED)
    return deaths.values_list("on", flat=True).first()
