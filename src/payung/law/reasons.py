"""The sentences that go with a cover: why it stands as it does, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from payung.law import months
from payung.law.arrears import Arrears, Payer
from payung.law.calendar import due_date
from payung.law.history import History, Payment
from payung.law.parameter import Book, Law
from payung.law.words import figure
from payung.text import Text


def about(
    law: Law,
    history: History,
    standing: str,
    late: Sequence[str],
    early: Sequence[str],
    owed: Arrears | None,
    settled_on: dt.date | None,
    date: dt.date,
    payer: Payer,
    book: Book,
) -> list[Text]:
    """Return why the standing is what it is on ``date``, and what settles the arrears."""
    said = _state(law, history, standing, late, early, date, payer, book)
    if owed and standing != "ended":
        if standing == "grace":
            said += _parts(payer)
        said.append(settle(owed, standing))
        said += owed.notes
        said += _paid_later(history.later, late, settled_on, owed)
    if payer.segment == "pu" and history.skipped:
        said.append(_SKIPPED)
    return said


def _state(
    law: Law,
    history: History,
    standing: str,
    late: Sequence[str],
    early: Sequence[str],
    date: dt.date,
    payer: Payer,
    book: Book,
) -> list[Text]:
    now = months.month_of(date)
    listed, count = ", ".join(late), len(late)
    if standing in ("active", "not_yet_due") or not late:
        if not early:
            return [Text(f"Iuran {now} sudah dibayar.", f"The contribution of {now} is paid.")]
        return [_not_due(month, payer, book, active=True) for month in early]
    tail = [_not_due(month, payer, book, active=False) for month in early]
    if standing == "grace":
        return [
            Text(
                f"Masa tenggang, {count} bulan menunggak: {listed}. Sampai {law.grace_months} bulan berturut-turut hak "
                "masih ada.",
                f"In grace, {count} months in arrears: {listed}. Up to {law.grace_months} months in a row the right "
                "still stands.",
            ),
            *tail,
        ]
    if standing == "employer_first":
        return [
            Text(
                f"Pemberi kerja menunggak {count} bulan: {listed}. Pemberi kerja membayar manfaatnya dahulu dan "
                "mendapat penggantian setelah semua tunggakan dan denda lunas (PP 44/2015 Ps 38(2)(3), 41(2)(3)).",
                f"The employer is {count} months in arrears: {listed}. The employer pays the benefit first and is paid "
                "back once all arrears and fines are settled (PP 44/2015 art. 38(2)(3), 41(2)(3)).",
            ),
            *tail,
        ]
    if standing == "ended":
        return [_ended(law, history, count, payer, book)]
    return [
        Text(
            f"{count} bulan menunggak: {listed}. Bacaannya berbeda: periksa ke kantor cabang.",
            f"{count} months in arrears: {listed}. The readings differ: ask the branch (periksa).",
        ),
        *readings(law, standing, late, early, payer, book),
        *tail,
    ]


def readings(
    law: Law, standing: str, late: Sequence[str], early: Sequence[str], payer: Payer, book: Book
) -> tuple[Text, ...]:
    """Return both readings where the law is open about ``late`` months in arrears; nothing where it is not."""
    if standing != "periksa" or not late:
        return ()
    if payer.segment == "pu":
        first = (
            Text(
                "BPJS membayar (Ps 38(1), 41(1))",
                "BPJS pays (art. 38(1), 41(1))",
            )
            if len(late) <= law.grace_months
            else Text(
                "pemberi kerja membayar dahulu dan diganti setelah lunas (Ps 38(2)(3), 41(2)(3))",
                "the employer pays first and is paid back once all is settled (art. 38(2)(3), 41(2)(3))",
            )
        )
        return (
            Text(
                f"Bacaan 1: desa dan kantor dibaca seperti pemberi kerja swasta, jadi {first.id}.",
                f"Reading 1: villages and offices are read like private employers, so {first.en}.",
            ),
            Text(
                "Bacaan 2: pasal itu tidak menyebut penyelenggara negara, jadi manfaat dibayar setelah tunggakan "
                "lunas.",
                "Reading 2: those articles do not name state bodies, so benefits are paid after the arrears are "
                "settled.",
            ),
        )
    fourth = early[-1]
    due = due_date(fourth, payer.segment, employer=payer.employer, book=book).date
    return (
        Text(
            f"Bacaan 1 (Ps 24(3)): {fourth} baru menunggak setelah jatuh tempo {due}, jadi masih masa tenggang.",
            f"Reading 1 (art. 24(3)): {fourth} is in arrears only after its due day {due}, so it is still grace.",
        ),
        Text(
            f"Bacaan 2 (praktik BPJS): kepesertaan nonaktif pada bulan keempat, jadi sejak {months.first_day(fourth)} "
            "tidak ada hak.",
            f"Reading 2 (practice of BPJS): inactive in the fourth month, so from {months.first_day(fourth)} there is "
            "no right.",
        ),
    )


def _not_due(month: str, payer: Payer, book: Book, *, active: bool) -> Text:
    due = due_date(month, payer.segment, employer=payer.employer, book=book).date
    if active:
        return Text(
            f"Aktif: iuran {month} belum dibayar dan baru jatuh tempo {due}.",
            f"Active: the contribution of {month} is unpaid and falls due on {due}.",
        )
    return Text(f"Belum jatuh tempo: {month} ({due}).", f"Not due yet: {month} ({due}).")


def _parts(payer: Payer) -> list[Text]:
    """Say what is paid at once and what after settling, to somebody in grace."""
    if payer.segment == "pu":
        return [
            Text(
                "BPJS membayar manfaatnya (PP 44/2015 Ps 38(1), 41(1)); pemberi kerja tetap harus melunasi.",
                "BPJS pays the benefits (PP 44/2015 art. 38(1), 41(1)); the employer still has to settle.",
            )
        ]
    return [
        Text(
            "Kecelakaan kerja: perawatan dibayar segera; manfaat uang setelah dokter menyatakan sembuh dan tunggakan "
            "lunas (PP 44/2015 Ps 39(1)).",
            "Work accident: treatment is paid at once; the money benefits once the doctor has declared recovery and "
            "the arrears are settled (PP 44/2015 art. 39(1)).",
        ),
        Text(
            "Meninggal bukan karena kerja: biaya pemakaman segera kepada ahli waris; santunan sekaligus, berkala, dan "
            "beasiswa setelah ahli waris melunasi tunggakan, juga bila dibayar setelah meninggal (PP 44/2015 "
            "Ps 42(1)).",
            "Death not by work: the funeral cost at once to the heirs; lump sum, periodic benefit and scholarship "
            "after the heirs have settled the arrears, paying after the death works (PP 44/2015 art. 42(1)).",
        ),
    ]


_WHO = {
    "member": Text(
        "peserta atau yang membayarinya, setelah meninggal ahli warisnya",
        "the member or the sponsor, after a death the heirs",
    ),
    "heirs": Text("ahli waris", "the heirs"),
    "employer": Text("pemberi kerja", "the employer"),
}


def settle(owed: Arrears, standing: str) -> Text:
    """Return who pays how much for which months, and until which day it still helps."""
    listed = ", ".join(each.month for each in owed.months)
    sums = [
        "" if owed.total is None else f" Rp{figure(owed.total, 'id')}",
        "" if owed.total is None else f" {figure(owed.total, 'en')} rupiah",
    ]
    who = _WHO[owed.payer]
    text = Text(
        f"Yang harus dibayar:{sums[0]} untuk {len(owed.months)} bulan ({listed}), oleh {who.id}.",
        f"To be paid:{sums[1]} for {len(owed.months)} months ({listed}), by {who.en}.",
    )
    over = owed.months[-1].due >= owed.helps_until  # the day is gone; what is owed is owed all the same
    if standing == "employer_first" or over:
        return text
    if owed.surely_until == owed.helps_until:
        return Text(
            f"{text.id} Masih menolong sampai {owed.helps_until}.",
            f"{text.en} It still helps until {owed.helps_until}.",
        )
    return Text(
        f"{text.id} Pasti menolong sampai {owed.surely_until}; menurut naskah sampai {owed.helps_until}, jatuh tempo "
        "bulan keempat. Lewat itu haknya hilang.",
        f"{text.en} It surely helps until {owed.surely_until}; by the text until {owed.helps_until}, the due day of "
        "the fourth month. After that the right is gone.",
    )


def _paid_later(
    later: Sequence[Payment], late: Sequence[str], settled_on: dt.date | None, owed: Arrears
) -> list[Text]:
    """Say what payments after the day did for it."""
    after = [payment for payment in later if payment.month in late]
    if not after:
        return []
    listed = ", ".join(f"{payment.month} ({payment.paid_on})" for payment in after)
    if settled_on is None:
        return [
            Text(
                f"Dibayar setelah hari itu: {listed}; belum semua tunggakan lunas.",
                f"Paid after that day: {listed}; not all of the arrears are settled.",
            )
        ]
    if settled_on <= owed.surely_until:
        return [
            Text(
                f"Dibayar setelah hari itu: {listed}. Dengan itu tunggakan lunas {settled_on} dan bagian yang ditahan "
                "dibayar.",
                f"Paid after that day: {listed}. With that the arrears were settled on {settled_on} and what was held "
                "back is paid.",
            )
        ]
    if settled_on <= owed.helps_until:
        return [
            Text(
                f"Dibayar setelah hari itu: {listed}. Lunas {settled_on}, dalam bulan keempat sebelum jatuh tempo: "
                "bacaannya berbeda, periksa ke kantor cabang.",
                f"Paid after that day: {listed}. Settled on {settled_on}, in the fourth month before its due day: the "
                "readings differ, ask the branch (periksa).",
            )
        ]
    return [
        Text(
            f"Dibayar setelah hari itu: {listed}. Lunas {settled_on}, setelah {owed.helps_until}: terlambat, yang "
            "ditahan tidak dibayar.",
            f"Paid after that day: {listed}. Settled on {settled_on}, after {owed.helps_until}: too late, what was "
            "held back is not paid.",
        )
    ]


_SKIPPED = Text(
    "Ada bulan yang tidak dibayar di dalam kepesertaan: untuk pemberi kerja yang menunggak sampai 3 bulan BPJS "
    "membayar, lebih dari itu pemberi kerja dahulu (PP 44/2015 Ps 38, 41); untuk desa dan kantor tidak ada pasalnya.",
    "Some months within the membership are unpaid: for an employer up to 3 months in arrears BPJS pays, beyond that "
    "the employer first (PP 44/2015 art. 38, 41); for villages and offices no article says so.",
)


def _ended(law: Law, history: History, count: int, payer: Payer, book: Book) -> Text:
    last = history.months[-1]
    over = months.add(last, law.grace_months + 1)
    due = due_date(over, payer.segment, employer=payer.employer, book=book).date
    return Text(
        f"Menunggak {count} bulan berturut-turut (terakhir dibayar {last}), lebih dari {law.grace_months}: berakhir "
        f"paling lambat setelah {due}, jatuh tempo {over}. Tidak ada hak (PP 44/2015 Ps 39(2), 42(2)). Mendaftar lagi "
        "dihitung dari nol; tunggakan lama tidak ditagih.",
        f"In arrears for {count} months in a row (last paid {last}), more than {law.grace_months}: ended after {due}, "
        f"the due day of {over}, at the latest. No right is left (PP 44/2015 art. 39(2), 42(2)). Re-registration "
        "counts from zero; old arrears are not collected.",
    )


def before_any(history: History, date: dt.date) -> list[Text]:
    """Say that nothing had been paid by ``date``, and when the first payment came."""
    if not history.later:
        return [
            Text(f"Belum ada iuran yang dibayar untuk {date}.", f"No contribution had been paid for {date}.")
        ]
    first = min(history.later, key=lambda payment: payment.known_from)
    return [
        Text(
            f"Iuran pertama ({first.month}) dibayar {first.paid_on}, setelah {date}. Kepesertaan baru mulai setelah "
            "iuran pertama, paling lambat satu hari kerja (PP 44/2015 Ps 11(4)(5)).",
            f"The first contribution ({first.month}) was paid on {first.paid_on}, after {date}. Membership begins only "
            "after the first payment, within one working day (PP 44/2015 art. 11(4)(5)).",
        )
    ]


def next_due(history: History, payer: Payer, book: Book) -> list[Text]:
    """Say when the first month after the last paid one is due, as far as the law held here reaches."""
    month = months.add(history.months[-1], 1)
    if month > months.LAST_MONTH:
        return []
    due = due_date(month, payer.segment, employer=payer.employer, book=book)
    said = Text(
        f"Iuran {month} jatuh tempo {due.date} ({due.article}).",
        f"The contribution of {month} is due on {due.date} ({due.article}).",
    )
    return [said, *due.notes]
