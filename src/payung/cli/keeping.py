"""Keeping people protected: bills, money that arrived, changes, and who is covered on a day."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.errors import InputError
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.permissions import Permission
    from payung.office.bills.models import Bill

JSON = Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")]
BY = Annotated[str, typer.Option("--by", help="Nama pengguna kantor. / User name of the office.")]
REASON = Annotated[str, typer.Option(help="Alasan (batal). / Reason (void).")]


def register(app: typer.Typer) -> None:
    """Add ``payung bill``, ``pay``, ``change`` and ``cover``."""
    for name, command in (("bill", bill), ("pay", pay), ("change", change), ("cover", cover)):
        app.command(name)(command)


def opened(by: str, permission: str, region_code: str = "") -> str:
    """Open the office; return who acts. Refuses an unknown user, and one whose role does not carry ``permission``."""
    from payung.office.service import start

    start.load()
    start.ready()
    return allowed(by, permission, region_code)


def allowed(by: str, permission: str, region_code: str = "") -> str:
    """Return who acts, after asking whether they may (where no user is named, the office itself acts)."""
    from payung.office.access.permissions import Permission as Known
    from payung.office.accounts.models import User
    from payung.office.history.actions import BY_ITSELF

    if not by:
        return BY_ITSELF
    wanted: Permission = Known(permission)
    user = User.objects.filter(username=by, is_active=True).first()
    # Whoever administers the installation runs its machine: at the terminal they act for the offices.
    runs_it = user is not None and user.may(Known.ACCOUNT_MANAGE)
    if user is None or not (user.may(wanted) or runs_it):
        raise InputError(
            Text(
                f"--by {by}: pengguna ini tidak ada, atau perannya tidak boleh ({permission}).",
                f"--by {by}: there is no such user, or their role may not ({permission}).",
            )
        )
    if region_code and not runs_it and not user.scope(wanted).covers(region_code):
        raise InputError(
            Text(
                f"--by {by}: bukan wilayahnya ({region_code}).",
                f"--by {by}: not their region ({region_code}).",
            )
        )
    return by


def told(found: Any, lines: list[str], *, as_json: bool) -> None:
    """Print ``found`` as JSON, or ``lines`` for people."""
    text = json.dumps(found, ensure_ascii=False, default=str) if as_json else "\n".join(lines)
    sys.stdout.write(text + "\n")


def rupiah(amount: int) -> str:
    """Return an amount as people here write it."""
    return "Rp" + f"{amount:,}".replace(",", ".")


def bill(
    what: Annotated[
        str, typer.Argument(help="Bulan TTTT-BB, atau send, void, insurer. / Month, or send, void, insurer.")
    ],
    numbers: Annotated[
        list[str] | None, typer.Argument(help="Nomor tagihan (B000012). / Numbers of bills.")
    ] = None,
    line: Annotated[int, typer.Option(help="Kunci baris dana. / Key of a line of money.")] = 0,
    until: Annotated[str, typer.Option(help="Sampai bulan. / Up to this month.")] = "",
    leave_out: Annotated[
        bool, typer.Option(help="Kirim tanpa yang sudah dibayar. / Send without those paid already.")
    ] = False,
    reason: REASON = "",
    code: Annotated[str, typer.Option(help="Kode iuran. / Payment code.")] = "",
    printed: Annotated[int, typer.Option(help="Jumlah di kertas cabang. / Printed sum.")] = -1,
    by: BY = "",
    as_json: JSON = False,
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
    none = Text("Tidak ada yang perlu ditagih.", "Nobody is to be billed.").read()
    lines += [f"  {_WHY[why].read()}: {many}" for why, many in left_out.items()]
    told({"bills": rows, "left_out": left_out}, lines or [none], as_json=as_json)


_WHY = {
    "merged": Text("digabung dengan orang lain", "merged into another person"),
    "dead": Text("meninggal", "dead"),
    "stopped": Text("sudah keluar", "left"),
    "no_wage": Text("PU tanpa upah: isi upahnya", "PU without a wage: fill it in"),
    "paid": Text("bulannya sudah dibayar", "the month is paid already"),
    "billed": Text("sudah ditagih", "billed already"),
}


def _bills(numbers: list[str]) -> list[Bill]:
    from payung.office.bills.actions.arriving import bills_of

    if not numbers:
        raise InputError(Text("Sebutkan nomor tagihannya.", "Name the bills."))
    return bills_of(numbers)


def _each(
    what: str, acts: str, by: str, one: Bill, leave_out: bool, reason: str, code: str, printed: int
) -> Bill:
    from payung.office.bills import actions

    wanted = "bill.approve" if what == "send" or (what == "void" and _approves(by, one)) else "bill.edit"
    allowed(by, wanted, one.region_code)
    if what == "send":
        return actions.send(by=acts, bill=one, leave_out=leave_out)
    if what == "void":
        return actions.void(by=acts, bill=one, reason=reason, draft_only=not _approves(by, one))
    return actions.note_insurer(by=acts, bill=one, kode_iuran=code, printed=None if printed < 0 else printed)


def _approves(by: str, one: Bill) -> bool:
    """Tell whether the user ``by`` may take back what was sent; the office itself may."""
    try:
        allowed(by, "bill.approve", one.region_code)
    except InputError:
        return False
    return True


def _drawn(acts: str, by: str, month: str, line: int, until: str) -> tuple[list[Bill], dict[str, int]]:
    from payung.law.months import parse_month
    from payung.office.bills.actions import draw_up
    from payung.office.programme.models import Line

    month = parse_month(month)
    lines = Line.objects.filter(from_month__lte=month, until_month__gte=month).order_by("pk")
    if line:
        lines = lines.filter(pk=line)
        if not lines.exists():
            raise InputError(
                Text(
                    f"Baris dana {line} tidak berlaku dalam {month}.",
                    f"The line {line} does not hold in {month}.",
                )
            )
    bills: list[Bill] = []
    left_out: dict[str, int] = {}
    for one in lines:
        allowed(by, "bill.edit", one.region_code)
        drawn = draw_up(by=acts, month=month, until=until, line=one)
        bills += drawn.bills
        for why, many in drawn.left_out.items():
            left_out[why] = left_out.get(why, 0) + many
    return bills, left_out


def _plain(bill: Bill) -> dict[str, Any]:
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
    }


def pay(
    file: Annotated[
        Path, typer.Argument(help="MT940, CAMT.053, CSV, xlsx, atau berkas bank. / A file of payments.")
    ],
    channel: Annotated[str, typer.Option(help="transfer, kode, sp2d, tunai.")] = "transfer",
    by: BY = "",
    as_json: JSON = False,
) -> None:
    """Bukukan uang masuk dari berkas. / Book the money of a file."""
    acts = opened(by, "bill.pay")

    from payung.office.bills.actions.arriving import pay as book
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
    told(found, lines, as_json=as_json)


def content_of(file: Path) -> bytes:
    """Return what a file holds; refuse one that cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            Text(
                f"{file} tidak dapat dibuka ({error.strerror}).",
                f"{file} cannot be opened ({error.strerror}).",
            )
        ) from None


def change(
    file: Annotated[Path, typer.Argument(help="CSV: nik;kind;date;evidence.")],
    approved_by: Annotated[
        str, typer.Option(help="Pengguna lain yang menyetujui. / Another user who approves.")
    ] = "",
    by: BY = "",
    as_json: JSON = False,
) -> None:
    """Laporkan perubahan (mutasi) dari berkas. / Report the changes of a file."""
    acts = opened(by, "change.edit")

    from payung.office.access.permissions import Permission as Known
    from payung.office.accounts.models import User
    from payung.office.changes import actions
    from payung.office.changes.models import Change
    from payung.office.changes.papers import read
    from payung.office.changes.states import ChangeState

    user = User.objects.get(username=by) if by else None
    scope = user.scope(Known.CHANGE_EDIT) if user and user.may(Known.CHANGE_EDIT) else None
    found = read(
        by=acts,
        name=file.name,
        content=content_of(file),
        reaches=scope.covers if scope else lambda code: True,
    )
    approved = 0
    if approved_by:
        for one in Change.objects.filter(pk__in=[line.change for line in found], state=ChangeState.REPORTED):
            actions.approve(by=allowed(approved_by, "change.approve", one.village_code), change=one)
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
    told({"reported": new, "known": known, "approved": approved, "rows": rows}, lines, as_json=as_json)


def cover(
    nik: Annotated[str, typer.Argument(help="NIK.")],
    date: Annotated[str, typer.Option(help="Pada tanggal TTTT-BB-HH. / On this day.")] = "",
    known: Annotated[
        str, typer.Option(help="Sebagaimana diketahui pada tanggal. / As known on this day.")
    ] = "",
    by: BY = "",
    as_json: JSON = False,
) -> None:
    """Terlindungikah seseorang pada suatu hari, dan siapa yang membayar. / Whether somebody is covered on a day."""
    opened(by, "person.view")

    from django.utils import timezone

    from payung.law.months import parse_date
    from payung.office.bills.queries import owed_by
    from payung.office.months.queries import cover_on
    from payung.office.people.actions.merges import meant
    from payung.office.programme.models import Line
    from payung.office.vault.sealed import blind

    index = blind(nik.strip(), "nik")
    person = meant({index}).get(index)
    if person is None:
        raise InputError(Text("NIK ini tidak ada dalam register.", "This NIK is not in the register."))
    allowed(by, "person.view", person.village_code)
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
    lines = []
    for row in rows:
        lines.append(
            f"{row['segment'].upper()}: {row['state']}, {row['paid_months']} "
            + Text("bulan iuran", "paid months").read()
            + f" ({row['line']})"
        )
        lines += [f"  {reason}" for reason in row["reasons"]]
    none = Text("Belum pernah ada bulan yang dibayar.", "No month was ever paid.").read()
    found = {"person": person.name, "nik": person.masked, "date": day, "known": known or None, "covers": rows}
    told(found, lines or [none], as_json=as_json)
