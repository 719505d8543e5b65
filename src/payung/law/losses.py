"""The disability table: what each loss is worth, and what has to be said about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from payung.errors import InputError
from payung.law.loader import load
from payung.law.months import check_date
from payung.law.parameter import Book, Mark, Row
from payung.law.rates import Rate
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Loss:
    """One row of the disability table.

    Fields
        code: the row's name in English. title: in words. share: of 80 times the monthly wage; the lowest where
        the doctor assesses it up to ``up_to``. per: the unit that the share is for (``10 dB``), counted up to the
        share ``at_most`` of the full loss. swap: the row of the other side, for left-handed people. mark: how sure.
    """

    code: str
    title: Text
    share: Rate
    up_to: Rate | None
    per: str | None
    at_most: Rate | None
    swap: str | None
    mark: Mark

    def plain(self) -> dict[str, Any]:
        """Return the row as JSON takes it."""
        return {
            "code": self.code,
            "title": self.title._asdict(),
            "share": self.share.percent(),
            "up_to": self.up_to.percent() if self.up_to else None,
            "per": self.per,
            "mark": self.mark,
        }


def losses(date: dt.date, *, book: Book | None = None) -> tuple[Loss, ...]:
    """Return every row of the table in force on ``date``. Raises InputError for a day before the law begins."""
    value = (book or load()).parameters["losses"].on(check_date(date))
    return tuple(_loss(row, value.mark) for row in value.rows) if value else ()


def _loss(row: Row, mark: Mark) -> Loss:
    extra: dict[str, Any] = dict(row.extra)
    return Loss(
        code=str(row.key),
        title=row.title or Text(str(row.key), str(row.key)),
        share=row.value,
        up_to=extra.get("up_to"),
        per=extra.get("per"),
        at_most=extra.get("at_most"),
        swap=extra.get("swap"),
        mark=row.mark or mark,
    )


def find_loss(code: str, date: dt.date, *, left_handed: bool = False, book: Book | None = None) -> Loss:
    """Return the row ``code``; for ``left_handed`` people the row of the other side. Raises InputError."""
    rows = {loss.code: loss for loss in losses(date, book=book)}
    if code not in rows:
        near = [known for known in rows if set(code.split("-")) & set(known.split("-"))][:5]
        hint = f" Mirip: {', '.join(near)}." if near else ""
        like = f" Alike: {', '.join(near)}." if near else ""
        raise InputError(
            Text(
                f"Cacat {code!r} tidak ada di tabel.{hint} Lihat: payung law losses.",
                f"Loss {code!r} is not in the table.{like} See: payung law losses.",
            )
        )
    loss = rows[code]
    return rows[loss.swap] if left_handed and loss.swap else loss


def check_count(loss: Loss, count: int | None) -> int:
    """Return how many units of the row were lost (1 for a row without units). Raises InputError."""
    if loss.per is None:
        if count not in (None, 1):
            raise InputError(
                Text(
                    f"{loss.code} tidak dihitung per satuan; beberapa cacat sekaligus periksa ke kantor cabang.",
                    f"{loss.code} is not counted by units; for several losses at once ask the branch.",
                )
            )
        return 1
    if count is None:
        raise InputError(
            Text(
                f"{loss.code} dihitung per {loss.per}: sebutkan berapa kali dengan --count.",
                f"{loss.code} is counted by {loss.per}: say how many with --count.",
            )
        )
    most = count if loss.at_most is None else _times(loss.at_most, loss.share)
    if not 1 <= count <= most:
        raise InputError(
            Text(
                f"--count {count} tidak dapat dipakai untuk {loss.code}. Yang boleh: 1 - {most}; lebih dari itu pakai "
                "baris kehilangan penuh.",
                f"--count {count} cannot be used for {loss.code}. Allowed: 1 - {most}; beyond that use the row of the "
                "full loss.",
            )
        )
    return count


def _times(whole: Rate, part: Rate) -> int:
    return int(Fraction(whole.n, whole.d) / Fraction(part.n, part.d))


def check_assessed(loss: Loss, assessed: int | None) -> int | None:
    """Return the doctor's assessment (parts of a thousand) where the row leaves a range. Raises InputError."""
    if loss.up_to is None:
        if assessed is not None:
            raise InputError(
                Text(
                    f"{loss.code} bernilai tetap {loss.share.percent()}; --percent tidak dipakai.",
                    f"{loss.code} is fixed at {loss.share.percent()}; --percent is not used.",
                )
            )
        return None
    least, most = (share.n * 1000 // share.d for share in (loss.share, loss.up_to))
    if assessed is None or not least <= assessed <= most:
        raise InputError(
            Text(
                f"{loss.code} dinilai dokter antara {loss.share.percent()} dan {loss.up_to.percent()}: sebutkan dengan "
                "--percent.",
                f"{loss.code} is assessed by a doctor between {loss.share.percent()} and {loss.up_to.percent()}: say "
                "it with --percent.",
            )
        )
    return assessed


def parse_thousandths(text: str, option: str) -> int:
    """Return a percentage such as ``30``, ``37.5`` or ``30%`` as parts of a thousand, 1 to 1000."""
    written = text.strip().removesuffix("%").strip().replace(",", ".")
    whole, _, decimal = written.partition(".")
    fits = whole.isascii() and whole.isdigit() and (not decimal or (decimal.isascii() and decimal.isdigit()))
    value = int(whole) * 10 + int((decimal.rstrip("0") or "0")[:1]) if fits else 0
    if not fits or len(decimal.rstrip("0")) > 1 or not 1 <= value <= 1000:
        raise InputError(
            Text(
                f"{option} {text!r} tidak dapat dipakai. Tulis persentase di atas 0 sampai 100, misalnya 37.5.",
                f"{option} {text!r} cannot be used. Write a percentage above 0 up to 100, such as 30 or 37.5.",
            )
        )
    return value
