"""May this person be enrolled? Each rule is a named switch with its legal basis.

A rule is a test over the frame of persons (see :mod:`payung.enrolment.persons`). Where a fact is missing the
rule does not refuse: what it needs is asked for by the rules ``nik_known`` and ``birth_date_known``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import polars as pl

from payung.errors import InputError
from payung.people.occupations import NOT_WORKING, PUBLIC_SERVANTS
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules may ask besides the person.

    Fields
        first_day: the first day of the first month of cover.
        minimum_age: whole years, inclusive.
        age_limit: whole years, exclusive.
        banned_categories: categories that the funding source may not pay for.
        kelurahan_excluded: whether the funding source does not exist in a kelurahan (village money).
        max_decile: the highest welfare decile that is admitted, or ``None`` where the district set none.
        area: code of the district (or province) whose people are covered, or ``None`` where it is not clear.
    """

    first_day: dt.date
    minimum_age: int
    age_limit: int
    banned_categories: frozenset[str] = frozenset()
    kelurahan_excluded: bool = False
    max_decile: int | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition of enrolment.

    Fields
        name: the switch.
        reason: reason code (domain list) of a person whom the rule refuses.
        title: what the rule asks.
        basis: the legal basis, with its confidence mark where the text was not seen.
        refuses: true where the person must be refused; null counts as false.
        sentence: why, to be shown to the village.
        remedy: what the village can do.
        welfare_only: the rule does not apply to office-holders.
    """

    name: str
    reason: str
    title: Text
    basis: str
    refuses: Callable[[Circumstances], pl.Expr]
    sentence: Text
    remedy: Text
    welfare_only: bool = False


def age_on(day: dt.date) -> pl.Expr:
    """Return the age in whole years on ``day``; a person born on 29 February ages on 1 March."""
    born = pl.col("birth_date")
    month_day = born.dt.month().cast(pl.Int64) * 100 + born.dt.day().cast(pl.Int64)
    had_birthday = month_day <= day.month * 100 + day.day
    return (day.year - born.dt.year().cast(pl.Int64) - pl.when(had_birthday).then(0).otherwise(1)).cast(
        pl.Int64
    )


def _where() -> pl.Expr:
    """Return the code of the village, or of the sub-district whose office the person holds."""
    return pl.coalesce("village_code", "district_code")


STATE_ENTERPRISE = "bumn_bumd"  # a public servant of the household, but insured like any employee

RULES: tuple[Rule, ...] = (
    Rule(
        "nik_known",
        "NIK_FORMAT",
        Text("NIK 16 angka yang sah", "a valid sixteen-digit NIK"),
        "Perbup Batang 30/2024 ps. 9 (e-KTP)",
        lambda _: pl.col("nik_state").ne_missing("valid"),
        Text("NIK tidak ada atau tidak sah.", "The NIK is missing or not valid."),
        Text("Isi NIK sesuai KTP, sebagai teks 16 angka.", "Enter the NIK as on the KTP, as 16-digit text."),
    ),
    Rule(
        "birth_date_known",
        "DATA_KURANG",
        Text("tanggal lahir diketahui", "birth date known"),
        "Perbup Batang 30/2024 ps. 9",
        lambda _: pl.col("birth_date").is_null(),
        Text("Tanggal lahir belum diisi.", "The birth date is missing."),
        Text("Isi tanggal lahir sesuai KTP.", "Enter the birth date as on the KTP."),
    ),
    Rule(
        "alive",
        "MENINGGAL",
        Text("masih hidup", "alive"),
        "PP 44/2015 ps. 1",
        lambda _: pl.col("life_status").eq_missing("meninggal"),
        Text("Tercatat meninggal.", "Recorded as deceased."),
        Text(
            "Bila masih hidup, betulkan status dan lampirkan KTP.",
            "If alive, mend the status and attach the KTP.",
        ),
    ),
    Rule(
        "resident",
        "PINDAH",
        Text("penduduk kabupaten", "resident of the district"),
        "Perbup Batang 30/2024 ps. 8",
        lambda _: pl.col("life_status").eq_missing("pindah"),
        Text("Tercatat pindah ke luar.", "Recorded as moved away."),
        Text(
            "Bila sudah kembali, lampirkan KK terbaru.",
            "If back again, attach the newest family card.",
        ),
    ),
    Rule(
        "own_area",
        "LUAR_WILAYAH",
        Text("desanya di kabupaten ini", "the village lies in this district"),
        "Perbup Batang 30/2024 ps. 8",
        lambda c: pl.lit(False) if c.area is None else ~_where().str.starts_with(c.area),
        Text("Desanya di kabupaten lain.", "The village lies in another district."),
        Text(
            "Usulkan di kabupatennya; bila desa keliru, betulkan. Bila beberapa kabupaten memang dibayar bersama, "
            "sebutkan kode provinsi dengan --district.",
            "Propose in that district; mend the village if it is wrong. Where several districts are paid together, "
            "give the code of the province with --district.",
        ),
    ),
    Rule(
        "minimum_age",
        "USIA_MUDA",
        Text("sudah cukup umur pada bulan pertama", "old enough in the first month"),
        "Perbup Batang 30/2024 ps. 8; aturan program daerah",
        lambda c: age_on(c.first_day) < c.minimum_age,
        Text("Belum berusia 18 tahun pada bulan pertama.", "Not yet 18 in the first month."),
        Text(
            "Usulkan kembali setelah berusia 18 tahun; bila tanggal lahir salah, betulkan.",
            "Propose again after the 18th birthday; mend the birth date if it is wrong.",
        ),
    ),
    Rule(
        "age_limit",
        "USIA_LEWAT",
        Text("belum 65 tahun pada bulan pertama", "under 65 in the first month"),
        "Perbup Batang 30/2024 ps. 8; praktik BPJS Ketenagakerjaan",
        lambda c: age_on(c.first_day) >= c.age_limit,
        Text("Sudah berusia 65 tahun atau lebih pada bulan pertama.", "65 or older in the first month."),
        Text(
            "Tidak dapat didaftarkan baru; bila tanggal lahir salah, betulkan.",
            "Cannot be newly enrolled; mend the birth date if it is wrong.",
        ),
    ),
    Rule(
        "household_without_official",
        "KK_ASN",
        Text("tidak ada ASN/TNI/Polri/BUMN/BUMD dalam KK", "no public servant on the family card"),
        "Perbup Batang 30/2024 ps. 8",
        lambda _: pl.col("household_official").fill_null(False) | (pl.col("occupation") == STATE_ENTERPRISE),
        Text("Ada anggota KK yang ASN/TNI/Polri/BUMN/BUMD.", "A public servant is on the family card."),
        Text(
            "Usulkan orang lain; bila keliru, lampirkan KK.",
            "Propose another person; if wrong, attach the family card.",
        ),
        welfare_only=True,
    ),
    Rule(
        "other_regime",
        "KK_ASN",
        Text("bukan ASN, TNI atau Polri", "not a civil servant, soldier or police officer"),
        "PP 70/2015; PP 102/2015",
        lambda _: pl.col("occupation").is_in(sorted(PUBLIC_SERVANTS - {STATE_ENTERPRISE})),
        Text(
            "Pekerjaan tertulis ASN/TNI/Polri: dilindungi Taspen atau Asabri.",
            "Listed as ASN/TNI/Polri: insured with Taspen or Asabri.",
        ),
        Text(
            "Bila bukan ASN/TNI/Polri, betulkan pekerjaan.",
            "If not ASN/TNI/Polri, mend the occupation.",
        ),
        welfare_only=True,
    ),
    Rule(
        "is_worker",
        "TIDAK_BEKERJA",
        Text("bekerja", "is a worker"),
        "Perbup Batang 30/2024 ps. 9 (surat keterangan bekerja)",
        lambda _: pl.col("occupation").is_in(sorted(NOT_WORKING)),
        Text("Pekerjaan tertulis tidak bekerja.", "The list says that this person does not work."),
        Text(
            "Bila bekerja, isi pekerjaan sebenarnya dan lampirkan surat keterangan bekerja.",
            "If working, enter the true occupation and attach the letter of employment.",
        ),
        welfare_only=True,
    ),
    Rule(
        "welfare_decile",
        "DESIL_LUAR",
        Text("desil kesejahteraan dalam batas kabupaten", "welfare decile within the district's limit"),
        "Inpres 8/2025 (DTSEN); batas ditetapkan kabupaten",
        lambda c: pl.lit(False) if c.max_decile is None else pl.col("decile") > c.max_decile,
        Text("Desil kesejahteraan di luar batas.", "The welfare decile is beyond the limit."),
        Text(
            "Bila keadaan berubah, ajukan pemutakhiran DTSEN.",
            "If circumstances changed, ask for a DTSEN update.",
        ),
        welfare_only=True,
    ),
    Rule(
        "source_may_pay",
        "SUMBER_DANA",
        Text("sumber dana boleh membayar", "the funding source may pay"),
        "Permendesa 16/2025 Lampiran II-J; kelurahan tidak memiliki APBDes",
        lambda c: (
            pl.col("category").is_in(sorted(c.banned_categories))
            | (
                pl.lit(c.kelurahan_excluded)
                & pl.col("village_code").str.contains(r"\.1\d{3}$").fill_null(False)
            )
        ),
        Text(
            "Sumber dana ini tidak boleh membayar iuran orang ini.",
            "This funding source may not pay for this person.",
        ),
        Text("Gunakan sumber dana lain.", "Use another funding source."),
    ),
)

RULE_NAMES = tuple(rule.name for rule in RULES)


def rules_without(names: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules that stay on when ``names`` are switched off.

    Raises ``InputError`` for a name that is no rule.
    """
    unknown = sorted(set(names) - set(RULE_NAMES))
    if unknown:
        known = ", ".join(RULE_NAMES)
        raise InputError(
            Text(
                f"Tidak ada aturan bernama {', '.join(unknown)}; yang ada: {known}.",
                f"There is no rule called {', '.join(unknown)}; there are: {known}.",
            )
        )
    return tuple(rule for rule in RULES if rule.name not in names)


def judge(
    persons: pl.DataFrame, rules: Sequence[Rule], circumstances: Circumstances, offices: Collection[str]
) -> pl.DataFrame:
    """Return ``persons`` with ``refused_by``: the names of all rules that refuse, in the order of the rules.

    ``offices`` are the categories to which welfare rules do not apply.
    """
    in_office = pl.col("category").is_in(sorted(offices)).fill_null(False)
    tests = []
    for rule in rules:
        refuses = rule.refuses(circumstances).fill_null(False)
        if rule.welfare_only:
            refuses = refuses & ~in_office
        tests.append(pl.when(refuses).then(pl.lit(rule.name)))
    if not tests:
        return persons.with_columns(pl.lit([], dtype=pl.List(pl.String)).alias("refused_by"))
    return persons.with_columns(pl.concat_list(tests).list.drop_nulls().alias("refused_by"))
