"""Reconciliation of a month, and closing it by both sides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from payung.cli.actor import AS_JSON, BY, DISTRICT, content_of, home, opened, rupiah, show
from payung.text import Text

MONTH = Annotated[str, typer.Argument(help="Bulan TTTT-BB. / Month YYYY-MM.")]
MOST = 50  # differences that are printed for people; --json has all


def register(app: typer.Typer) -> None:
    """Add ``payung reconcile`` and ``payung close``."""
    app.command("reconcile")(reconcile)
    app.command("close")(close)


def reconcile(
    month: MONTH,
    insurer: Annotated[
        Path | None, typer.Option(help="Daftar cabang: nik;segment;amount. / The branch's list.")
    ] = None,
    district: DISTRICT = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Bandingkan SK, tagihan, bayar, dan daftar cabang. / Compare decree, bills, payments and the branch's list."""
    needed = "reconciliation.edit" if insurer else "reconciliation.view"
    acts, district = opened(by, needed), home(by, district, needed)

    from payung.office.months.states import SEGMENT_OF
    from payung.office.reconciliation.actions import digest, figures, load_insurer
    from payung.office.reconciliation.queries import compare, current, unknown_to_us
    from payung.office.reconciliation.states import Difference

    if insurer is not None:
        load_insurer(by=acts, month=month, name=insurer.name, content=content_of(insurer), district=district)
    compared = compare(month, district)
    closing, unknown = current(month, district), unknown_to_us(compared.insurer_list)
    totals = {
        name: {"people": people, "amount": amount} for name, (people, amount) in compared.totals.items()
    }
    lines = [
        f"{name:<10}{pair['people']:>9}  {rupiah(pair['amount']) if pair['amount'] else '':>18}"
        for name, pair in totals.items()
    ]
    if unknown:
        told = Text(f"  Tidak ada dalam register: {unknown}", f"  Not in the register: {unknown}")
        lines.append(told.read())
    lines += [f"  {Difference.member(kind).text.read()}: {many}" for kind, many in compared.counts().items()]
    lines += [
        f"    {one.person}  {one.village_code}  {one.kind.text.read()}  ({one.owner.text.read()}, {one.due_on})"
        for one in compared.differences[:MOST]
    ]
    if compared.corrections:
        many = len(compared.corrections)
        lines.append(
            Text(f"Koreksi bulan yang sudah ditutup: {many}", f"Corrections of closed months: {many}").read()
        )
    found = {
        "district_code": district,
        "month": month,
        "state": str(closing.state) if closing else "open",
        "totals": totals,
        "differences": compared.counts(),
        "insurer_unknown": unknown,
        "people": [
            {
                "class": str(one.kind),
                "person": one.person,
                "segment": SEGMENT_OF[one.segment].value,
                "village": one.village_code,
                "billed": one.billed,
                "paid": one.paid,
                "insurer": one.insurer,
                "owner": str(one.owner),
                "due_on": one.due_on,
            }
            for one in compared.differences
        ],
        "corrections": [
            {"of": one.of, "person": one.person, "posting": one.posting, "amount": one.amount}
            for one in compared.corrections
        ],
        "digest": digest(figures(compared)),
    }
    show(as_json, found, lines)


def close(
    month: MONTH,
    side: Annotated[str, typer.Option(help="district (daerah) atau branch (cabang).")] = "district",
    reopen: Annotated[
        str, typer.Option(help="Buka kembali, dengan alasan. / Open again, with a reason.")
    ] = "",
    district: DISTRICT = "",
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Setujui rekonsiliasi satu bulan; dua pihak menutupnya. / Sign a month's reconciliation; both sides close it."""
    acts = opened(by, "reconciliation.approve")
    district = home(by, district, "reconciliation.approve")

    from payung.office.reconciliation import actions
    from payung.office.reconciliation.states import Side

    if reopen:
        closing = actions.reopen(by=acts, month=month, reason=reopen, district=district)
    else:
        closing = actions.sign(by=acts, month=month, side=Side.read(side), district=district)
    found = {
        "district_code": closing.district,
        "month": closing.month,
        "round": closing.round,
        "state": str(closing.state),
        "digest": closing.digest,
        "district": closing.district_by,
        "branch": closing.branch_by,
    }
    show(as_json, found, [f"{closing.month}: {closing.state.text.read()}  {closing.digest}"])
