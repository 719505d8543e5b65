"""From the cells of a list to clean values: one column after another, never one cell after another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from payung.people import categories, dates, niks, occupations, phones, values
from payung.people.nik import LENGTH
from payung.people.values import LEAST_PAY, by_distinct, present
from payung.rosters import remarks
from payung.rosters.headings import plain
from payung.rosters.mapping import Column

# fields that are taken from the sheet; the raw text of each is kept beside the clean value
USED = (
    "nik", "kk", "kpj", "name", "household_head", "birth_date", "birth_place", "birth_place_date", "sex", "mother",
    "phone", "address", "hamlet", "rt", "rw", "rt_rw", "sls", "village", "village_code", "district", "district_code",
    "regency", "job", "position", "category", "income", "wage", "segment", "disability", "decile", "welfare",
    "household_official", "life_status", "note", "nik_or_kpj", "nik_or_kk", "relation", "age", "status",
    "end_date", "employee_no", "nik_kk", "kk_nik", "name_nik", "email", "heir", "heir_nik", "heir_relation",
    "heir_phone", "bpjstk_flag", "insurance_kind", "start_date", "decree_no",
)  # fmt: skip
WEEKDAY = r"(?i:senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|ahad)"
NO_NIK = r"(?i)^(belum|tidak|tdk|blm|proses|dalam proses|sedang|menyusul|hilang|baru|[xX?*]+|0+)\b"
# sixteen digits between signs, or behind the words that say what they are
LABELLED = r"(?i)^(?:no)?(?:nik|ktp|nikktp|kk|nokk)?[^0-9a-z]*([0-9]{16})[^0-9a-z]*$"
COUNTED = r"^[0-9]{1,4}\s*[.)]\s*([^0-9\s])"  # the number of the row in front of the name
PER_MONTH = re.compile(
    r"(?i)^\s*(?:±|~|\+/-|kurang lebih|kira-kira|sekitar|rata-rata)\s*|\s*(?:/|per|se)\s*(?:bln|bulan)\.?\s*$"
)
SCIENTIFIC = r"(?i)^\d([.,]\d+)?e\+?\d+$"
Take = Callable[..., pl.Series]  # gives the first of the named fields that is filled, row by row
EMAIL = r"([a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+)"
# people are called so too; and how programs spell an empty cell
LIKE_BLANK = ("nan", "na", "null", "none", "nil", "n/a", "kosong")
OF_PROGRAMS = ("nan", "NaN", "na", "null", "Null", "none", "N/A", "n/a", "kosong", "KOSONG", "Kosong")
ONE_DIGIT = "^(" + "|".join(f"{digit}+" for digit in range(10)) + ")$"
# a rank within an office that only the title of the list names; any other position speaks for itself
RANK = r"(?i)^(wakil\s+)?(ketua|sekretaris|bendahara|anggota|kepala|staf|koordinator)\b[\s.,IVX\d]*$"
EXACT = 2**53  # above this a number in a workbook no longer holds every digit


_FROM_TITLE = ("rt", "rw", "address", "village", "district", "regency")


def around(
    context: pl.DataFrame, area: Mapping[str, str], category: str | None, member: str | None, marks: pl.Series
) -> pl.DataFrame:
    """Return what rows around the people say, with what the title of the list says where they are silent.

    ``context`` are the columns of :data:`payung.rosters.context.FIELDS`; ``area`` is village, district and regency as
    the title rows name them, ``category`` the category that the title names, ``member`` the status of membership.
    Adds ``title_category``, ``title_member`` and ``marks`` (:mod:`payung.rosters.row_marks`).
    """
    named = [pl.col(field).fill_null(pl.lit(value)) for field, value in area.items() if field in _FROM_TITLE]
    return context.with_columns(
        *named,
        pl.lit(category, dtype=pl.String).alias("title_category"),
        pl.lit(member, dtype=pl.String).alias("title_member"),
        marks.alias("marks"),
    )


def raw_columns(body: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return the raw text of every used field, tidied of invisible characters; a field without a column is absent."""
    place = places(columns)
    return body.select(pl.col(name).alias(field) for field, name in place.items())


def places(columns: Sequence[Column]) -> dict[str, str]:
    """Return field -> column name of the sheet, the first where a field has several."""
    found: dict[str, str] = {}
    for column in columns:
        if column.field in USED:
            found.setdefault(column.field, f"c{column.at}")
    return found


def clean(
    raw: pl.DataFrame,
    kinds: pl.DataFrame,
    context: pl.DataFrame,
    *,
    percent: bool,
    on: dt.date,
) -> pl.DataFrame:
    """Return the clean values of the people rows.

    ``raw`` are the tidied texts by field, ``kinds`` the kinds of their cells by field, ``context`` what the rows
    around the people say (see :func:`around`). ``percent``: the decile column holds percentiles. Columns are those
    of a listing that a sheet can give, and these for the checks: ``nik_ok``, ``nik_date``, ``nik_sex``, ``kk_date``
    (the birth date that the KK would hold if it were a NIK), ``cell_date``, ``date_text``, ``life``, ``life_from``,
    ``servant``, ``remark``, ``member`` and
    ``insured_by`` (what a column of memberships and one of insurances says).
    """
    frame = raw.select(present(pl.all()))
    height = frame.height

    def given(*fields: str) -> pl.Series:
        """Return the first of ``fields`` that is filled, row by row."""
        have = [pl.col(field) for field in fields if field in frame.columns]
        if not have:
            return pl.Series([None] * height, dtype=pl.String)
        if len(have) == 1:
            return frame[have[0].meta.output_name()]
        return frame.select(pl.coalesce(have).alias("x")).to_series()

    out: dict[str, pl.Series] = {}
    out.update(_numbers(frame, kinds, on))
    out["kk"] = _first(out["kk"], context["kk"])
    out["name"] = given("name", "household_head").str.replace(COUNTED, "$1")
    out.update(_birth(frame, kinds, on))
    out["nik_date"] = _of_century(out["nik_date"], out["cell_date"], given("age"), on)
    out["name"], out["name_like_blank"] = _names_like_blanks(raw, out["name"], out["nik_ok"])
    out["mother"], out["phone"] = given("mother"), phones.read_column(given("phone"))
    out["email"] = given("email").str.to_lowercase().str.extract(EMAIL, 1)
    out["heir_name"], out["heir_relation"] = given("heir"), given("heir_relation")
    out["heir_nik"] = _nik_of_heir(given("heir_nik"), kinds, out["nik"], on)
    out["heir_phone"] = phones.read_column(given("heir_phone"))
    out["sex"] = by_distinct(given("sex"), values.sex, pl.String)
    out.update(_place(given, context))
    out.update(_work(given, context))
    out["disability"] = by_distinct(given("disability"), values.disability, pl.Boolean)
    out["decile"] = _decile(given("decile"), percent)
    out["welfare"] = _first(
        by_distinct(given("welfare"), values.welfare, pl.String),
        by_distinct(given("category"), _welfare_in_category, pl.String),
    )
    out["servant"] = by_distinct(given("note"), remarks.read_official, pl.Boolean)
    said = by_distinct(given("household_official"), _official, pl.Boolean)
    out["household_official"] = _first(said, out["servant"])
    out["remark"] = by_distinct(given("note"), remarks.read_note, pl.String)
    out["member"] = by_distinct(given("bpjstk_flag"), remarks.read_member, pl.Boolean)
    out["insured_by"] = by_distinct(given("insurance_kind"), remarks.read_labour_insurance, pl.Boolean)
    out["life"], out["life_from"] = _life(given)
    out["life_status"] = out["life"].replace({"hilang": None, "tidak valid": None})
    return pl.DataFrame([column.alias(name) for name, column in out.items()])


def _nik_of_heir(written: pl.Series, kinds: pl.DataFrame, own: pl.Series, on: dt.date) -> pl.Series:
    """Return the NIKs of heirs that can be one and are not the person's own; what Excel cut is none."""
    if written.null_count() == written.len():
        return written
    bare = written.str.replace_all(r"[\s.'`\-_]", "").str.replace(LABELLED, "$1")
    number = (
        kinds["heir_nik"] == ord("n")
        if "heir_nik" in kinds.columns
        else pl.repeat(False, own.len(), eager=True)
    )
    text = pl.col("heir_nik")
    large = text.str.ends_with("0") | (text.cast(pl.Int64, strict=False).fill_null(EXACT) >= EXACT)
    sound = pl.col("ok") & ~(number & large) & ~text.str.contains(ONE_DIGIT) & (text != own).fill_null(True)
    return (
        pl.DataFrame({"heir_nik": bare})
        .with_columns(niks.decode(bare, on=on)["ok"])
        .select(pl.when(sound).then(text))
        .to_series()
    )


def _names_like_blanks(raw: pl.DataFrame, name: pl.Series, valid: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the names with those that look like words for nothing (NAN, NA, NULL), and which these are.

    They are names where a valid NIK stands beside; spelt as programs spell an empty cell they are asked about.
    """
    written = next((raw[field] for field in ("name", "household_head") if field in raw.columns), None)
    if written is None:
        return name, pl.Series([None] * name.len(), dtype=pl.String)
    frame = pl.DataFrame({"name": name, "written": written, "valid": valid})
    like = (
        pl.col("written").str.to_lowercase().is_in(list(LIKE_BLANK))
        & pl.col("valid")
        & pl.col("name").is_null()
    )
    program = pl.col("written").is_in(list(OF_PROGRAMS))
    found = frame.select(
        pl.when(like).then("written").otherwise("name").alias("name"),
        pl.when(like & program).then(pl.lit("program")).when(like).then(pl.lit("name")).alias("like"),
    )
    return found["name"], found["like"]


def _first(column: pl.Series, otherwise: pl.Series) -> pl.Series:
    """Return ``column`` with its empty places taken from ``otherwise``."""
    if not column.null_count() or otherwise.null_count() == otherwise.len():
        return column
    return pl.select(pl.coalesce(column, otherwise)).to_series()


def _numbers(frame: pl.DataFrame, kinds: pl.DataFrame, on: dt.date) -> dict[str, pl.Series]:
    """Return NIK with its state, KK and KPJ."""
    height = frame.height
    none = pl.lit(None, dtype=pl.String)

    def digits(field: str) -> pl.Expr:
        if field not in frame.columns:
            return none
        bare = pl.col(field).str.replace_all(r"[\s.'`\-_]", "")
        longer = (frame[field].str.len_bytes() > LENGTH).any()
        return bare.str.replace(LABELLED, "$1") if longer else bare

    either = digits("nik_or_kpj")
    nik = pl.coalesce(
        digits("nik"),
        pl.when(either.str.len_bytes() >= 14).then(either),
        pl.when(digits("nik_or_kk").str.len_bytes() == 16).then(digits("nik_or_kk"))
        if "nik" not in frame.columns
        else none,
    )
    scientific = pl.col("nik").str.contains(SCIENTIFIC) if "nik" in frame.columns else pl.lit(False)
    read = frame.with_columns(
        pl.when(scientific)
        .then(pl.col("nik") if "nik" in frame.columns else none)
        .otherwise(nik)
        .alias("nik"),
        digits("kk").alias("kk"),
        pl.coalesce(digits("kpj"), pl.when(either.str.len_bytes() == 11).then(either)).alias("kpj"),
    ).select("nik", "kk", "kpj")
    if "nik" in frame.columns:
        unknown = frame["nik"].str.contains(NO_NIK)
        read = read.with_columns(pl.when(~unknown.fill_null(False)).then(pl.col("nik")))
    decoded = niks.decode(read["nik"], on=on)
    number = kinds["nik"] == ord("n") if "nik" in kinds.columns else pl.repeat(False, height, eager=True)
    text = pl.col("nik")
    same = text.str.contains(ONE_DIGIT)
    damaged = text.str.contains(SCIENTIFIC) | (
        number
        & (text.str.len_bytes() >= 15)
        & (text.str.ends_with("0") | (text.cast(pl.Int64, strict=False).fill_null(EXACT) >= EXACT))
    )
    state = read.with_columns(decoded["ok"]).select(
        pl.when(text.is_null()).then(pl.lit("blank"))
        .when(damaged).then(pl.lit("damaged"))
        .when(pl.col("ok") & ~same & (text != pl.col("kk")).fill_null(True)).then(pl.lit("valid"))
        .otherwise(pl.lit("malformed")).alias("nik_state")
    ).to_series()  # fmt: skip
    return {
        "nik": read["nik"],
        "nik_state": state,
        "nik_ok": state == "valid",
        "nik_number": number,
        "nik_date": decoded["nik_date"],
        "nik_sex": decoded["nik_sex"],
        "kk_date": niks.decode(read["kk"], on=on)["nik_date"],
        "kk": read["kk"],
        "kpj": read["kpj"],
    }


def _birth(frame: pl.DataFrame, kinds: pl.DataFrame, on: dt.date) -> dict[str, pl.Series]:
    height = frame.height
    none = pl.Series([None] * height, dtype=pl.String)
    place, text = none, none
    if "birth_place_date" in frame.columns:
        both = by_distinct(
            frame["birth_place_date"],
            lambda cell: dict(zip(("place", "date"), _place_and_date(cell), strict=True)),
            pl.Struct({"place": pl.String, "date": pl.String}),
        )
        place, text = both.struct.field("place"), both.struct.field("date")
        unread = both.struct.field("date").is_null() & frame["birth_place_date"].str.contains(r"\d")
        text = pl.select(pl.when(unread).then(frame["birth_place_date"]).otherwise(text)).to_series()
        place = pl.select(pl.when(~unread).then(place)).to_series()
    if "birth_date" in frame.columns:
        text = _first(frame["birth_date"], text)
    if "birth_place" in frame.columns:
        place = _first(frame["birth_place"], place)
    return {"birth_place": place, "date_text": text, "cell_date": dates.read_column(text, on=on)}


def _of_century(of_nik: pl.Series, written: pl.Series, age: pl.Series, on: dt.date) -> pl.Series:
    """Return the birth dates of NIKs a hundred years earlier where the list proves it: by its own date, or by the age.

    A NIK holds two digits of the year: 25 is 1925 of somebody who is a hundred years old.
    """
    years = age.str.extract(r"^(\d{2,3})\b", 1).cast(pl.Int32, strict=False)
    frame = pl.DataFrame({"nik": of_nik, "written": written, "age": years})
    early = pl.col("nik").dt.offset_by("-1200mo")
    old = (pl.col("age") >= 99) & ((pl.lit(on.year) - early.dt.year() - pl.col("age")).abs() <= 1)
    proved = (pl.col("written") == early) | (pl.col("written").is_null() & old)
    return frame.select(pl.when(proved.fill_null(False)).then(early).otherwise("nik")).to_series()


def _place_and_date(cell: str) -> tuple[str | None, str | None]:
    """Return (place, date text) of a cell that holds both; the name of a weekday is no place."""
    place, date = dates.split_place(cell)
    if place is None or date is None:
        return place, date
    place = re.sub(r"(?i)[\s,;./\-]*\b(?:tgl|tanggal|pada(?: tanggal)?)?[\s.,;]*$", "", place)
    place = re.sub(rf"[\s,;./\-]*\b{WEEKDAY}$", "", place)
    return place or None, date


def _place(take: Take, context: pl.DataFrame) -> dict[str, pl.Series]:
    address = take("address")
    pair = pl.Struct({"rt": pl.String, "rw": pl.String})

    def both(column: pl.Series) -> pl.Series:
        return by_distinct(
            column, lambda text: dict(zip(("rt", "rw"), values.rt_and_rw(text), strict=True)), pair
        )

    rt_own, rw_own = take("rt"), take("rw")
    sources = [both(rt_own), both(take("rt_rw")), both(address), both(take("sls"))]
    alone = {
        "rt": by_distinct(rt_own, values.neighbourhood, pl.String),
        "rw": by_distinct(rw_own, values.neighbourhood, pl.String),
    }
    alone["rw"] = _first(alone["rw"], both(rw_own).struct.field("rw"))
    out = {}
    for field in ("rt", "rw"):
        found = alone[field]
        for source in sources:
            found = _first(found, source.struct.field(field))
        out[field] = _first(found, context[field])
    out["address"] = _first(_first(address, context["address"]), _first(take("hamlet"), context["hamlet"]))
    for field in ("village", "district", "regency"):
        out[field] = _first(take(field), context[field])
    out["code"] = _dotted(take("village_code"))
    return out


def _dotted(code: pl.Series) -> pl.Series:
    """Return codes of ten digits with points, others as they are."""
    return code.str.replace(r"^(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})$", "$1.$2.$3.$4")


def _work(take: Take, context: pl.DataFrame) -> dict[str, pl.Series]:
    written = by_distinct(take("job"), occupations.label, pl.String)
    position = _first(take("position"), context["position"])
    job = _first(written, position)
    code = _first(
        by_distinct(written, occupations.read, pl.String), by_distinct(position, occupations.read, pl.String)
    )
    category = by_distinct(position, categories.read, pl.String)
    category = _first(category, by_distinct(take("category"), categories.read, pl.String))
    office = by_distinct(written, _office, pl.String)
    category = _first(category, office)
    silent = [
        pl.col(field).is_null() | pl.col(field).str.contains(RANK) for field in ("position", "category")
    ]
    told = pl.DataFrame(
        {"position": position, "category": take("category"), "title": context["title_category"]}
    )
    title = told.select(pl.when(pl.all_horizontal(silent)).then("title")).to_series()
    category = _first(category, title)
    return {
        "job": job,
        "occupation": code,
        "transport": code.is_in(sorted(occupations.TRANSPORT)),
        "category": category,
        "income": by_distinct(take("income", "wage"), _month_pay, pl.Int64),
        "segment": by_distinct(take("segment", "status"), values.segment, pl.String),
    }


def _month_pay(text: str) -> int | None:
    """Return rupiah a month; less than :data:`LEAST_PAY` is written in thousands, by the day or wrong: not known."""
    amount = values.money(PER_MONTH.sub("", text))
    return None if amount is not None and amount < LEAST_PAY else amount


def _office(text: str) -> str | None:
    found = categories.read(text)
    return found if found in categories.OFFICES else None


def holds_percentiles(columns: Sequence[Column]) -> bool:
    """Return whether the decile column says percentiles."""
    return any(
        column.field == "decile" and "persentil" in plain(column.heading).replace("percentile", "persentil")
        for column in columns
    )


def _decile(column: pl.Series, percent: bool) -> pl.Series:
    if not percent:
        return by_distinct(column, values.decile, pl.Int64)
    number = column.str.replace(r"\.0$", "").cast(pl.Int64, strict=False)
    return pl.select(pl.when(number.is_between(1, 100)).then((number + 9) // 10)).to_series()


def _welfare_in_category(text: str) -> str | None:
    """Return a class of welfare that a category names; "rentan" alone is a category of the programme."""
    return values.welfare(text) if "miskin" in text.lower() or "ekstr" in text.lower() else None


def _official(text: str) -> bool | None:
    said = values.yes_no(text)
    return said if said is not None else remarks.read_household(text)


def _life(take: Take) -> tuple[pl.Series, pl.Series]:
    """Return whether the person lives, and the field that says so: its own column, a status, a remark or the name."""
    life = by_distinct(take("life_status"), values.life_status, pl.String)
    said_by = pl.select(pl.when(life.is_not_null()).then(pl.lit("life_status"))).to_series()
    readers = (
        ("note", take("note"), remarks.read_life),
        ("status", take("status"), remarks.read_life),
        ("name", take("name", "household_head"), remarks.read_late),
    )
    for field, text, read in readers:
        remark = by_distinct(text, read, pl.String)
        said_by = _first(said_by, pl.select(pl.when(remark.is_not_null()).then(pl.lit(field))).to_series())
        life = _first(life, remark)
    return life, said_by
