"""What the rules take beside the law: each fact once, with its words, its range, and never empty.

Facts are checked before any rule runs, for one person here and for a table in ``payung.engine``.
"""

from __future__ import annotations

from dataclasses import dataclass

from payung.codes import Sector, Source
from payung.errors import InputError
from payung.text import Text

MOST_RUPIAH = 10**12  # keeps every product below 2**53, so that JavaScript is exact as well
MOST_PAY = 10**9  # rupiah a month, for contributions and benefits alike; benefits multiply it by 80 and more
EMPLOYERS = ("none", "private", "state")  # none: a BPU, or a PU whose employer is not known
PARTS = (
    "jkk-care",
    "jkk-money",
    "jkm-funeral",
    "jkm-lump",
    "jkm-periodic",
    "jkm-scholarship",
    "jkm-waiting",
)  # of benefits, as the articles about arrears part them
SECTORS: tuple[str, ...] = tuple(one.value for one in Sector)
SOURCES: tuple[str, ...] = tuple(one.value for one in Source)  # the house's list of who pays (payung.codes)


LEVELS = ("tk", "sd", "smp", "sma", "pt")


@dataclass(frozen=True, slots=True)
class Fact:
    """One input of a rule: a whole number from ``least`` to ``most``, or one of ``choices``."""

    name: str
    title: Text
    unit: str
    least: int = 0
    most: int = MOST_RUPIAH
    choices: tuple[str, ...] = ()

    def allowed(self) -> str:
        """Return what may be given, in figures that need no translation."""
        return ", ".join(self.choices) if self.choices else f"{self.least} - {self.most}"

    def check(self, value: object) -> None:
        """Raise :class:`InputError` where ``value`` is not allowed."""
        if self.choices:
            fits = value in self.choices
        else:
            whole = isinstance(value, int) and not isinstance(value, bool)
            fits = whole and self.least <= value <= self.most  # type: ignore[operator]
        if not fits:
            raise InputError(self.refusal(value))

    def refusal(self, value: object) -> Text:
        """Return the sentence that refuses ``value`` and says what may be given."""
        return Text(
            f"{self.title.id}: {value} tidak dapat dipakai. Yang boleh: {self.allowed()}.",
            f"{self.title.en}: {value} cannot be used. Allowed: {self.allowed()}.",
        )


def _facts(*facts: Fact) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


FACTS = _facts(
    Fact("segment", Text("segmen", "segment"), "code", choices=("bpu", "pu")),
    Fact("income", Text("penghasilan", "income"), "rupiah", most=MOST_PAY),
    Fact("wage", Text("upah", "wage"), "rupiah", most=MOST_PAY),
    Fact("amount", Text("jumlah", "amount"), "rupiah"),
    Fact("sector", Text("sektor", "sector"), "code", choices=SECTORS),
    Fact("source", Text("sumber dana", "funding source"), "code", choices=SOURCES),
    Fact("risk", Text("kelas risiko", "risk class"), "class", 1, 5),
    Fact("employer", Text("jenis pemberi kerja", "kind of employer"), "code", choices=EMPLOYERS),
    Fact(
        "unpaid", Text("bulan menunggak berturut-turut", "consecutive months in arrears"), "months", 0, 1200
    ),
    Fact(
        "not_due",
        Text("bulan belum dibayar dan belum jatuh tempo", "unpaid months not due yet"),
        "months",
        0,
        12,
    ),
    Fact("part", Text("bagian manfaat", "part of a benefit"), "code", choices=PARTS),
    Fact(
        "unsettled",
        Text("hitungannya belum jelas (1) atau jelas (0)", "the counting is open (1) or settled (0)"),
        "yes/no",
        0,
        1,
    ),
    Fact("gap", Text("bulan kosong", "months of gap"), "months", 0, 1200),
    Fact("paid_months", Text("bulan iuran", "paid months"), "months", 0, 1200),
    Fact("cover_months", Text("bulan kepesertaan", "months of membership"), "months", 0, 1200),
    Fact("cover_days", Text("hari kepesertaan", "days of membership"), "days", 0, 40_000),
    Fact(
        "waited",
        Text("masa tunggu selesai (1) atau belum (0)", "waiting time over (1) or not (0)"),
        "yes/no",
        0,
        1,
    ),
    Fact("months", Text("bulan tidak mampu bekerja", "months of incapacity"), "months", 0, 600),
    Fact("loss", Text("cacat", "loss"), "code"),
    Fact("units", Text("kelipatan", "units"), "units", 1, 10),
    Fact(
        "lost_function",
        Text("fungsi hilang (per seribu)", "loss of function (per thousand)"),
        "per thousand",
        1,
        1000,
    ),
    Fact(
        "assessed",
        Text("penilaian dokter (per seribu)", "doctor's assessment (per thousand)"),
        "per thousand",
        1,
        1000,
    ),
    Fact("children", Text("jumlah anak", "children"), "children", 0, 30),
    Fact("level", Text("jenjang", "level"), "code", choices=LEVELS),
    Fact("cost", Text("biaya", "cost"), "rupiah"),
    Fact(
        "centre_price",
        Text("harga pusat rehabilitasi pemerintah", "price of the government rehabilitation centre"),
        "rupiah",
    ),
    Fact("kind", Text("jenis biaya", "kind of cost"), "code"),
    Fact("contract", Text("nilai kontrak", "contract value"), "rupiah"),
    Fact("wages", Text("jumlah upah proyek", "wages of the project"), "rupiah"),
    Fact("days_late", Text("hari terlambat", "days late"), "days", 0, 3660),
    Fact("months_late", Text("bulan terlambat", "months late"), "months", 0, 600),
    Fact("daily", Text("upah sehari", "daily wage"), "rupiah", most=MOST_PAY),
    Fact("placement", Text("bulan penempatan", "months of placement"), "months", 6, 24),
    Fact("extension", Text("bulan perpanjangan", "months of extension"), "months", 0, 120),
)


def check(**values: object) -> None:
    """Check each named fact; raise :class:`InputError` for the first that is not allowed."""
    for name, value in values.items():
        FACTS[name].check(value)
