"""Look-ups that other rooms ask the law for: segments, ages, sources, minimum pay. Each dated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.errors import InputError
from payung.law import facts
from payung.law.grounds import why_not
from payung.law.loader import load
from payung.law.months import first_day
from payung.law.parameter import Book, Mark, Value
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """A value of the law with where it stands.

    Fields
        value: what it says. article, mark: where, and how sure. notes: what is open. law: version.
    """

    value: int | str
    article: str
    mark: Mark
    notes: tuple[Text, ...]
    law: str


@dataclass(frozen=True, slots=True)
class Source:
    """A funding source: its code, its name, and whose money it is (state, region, village, donor, self)."""

    code: str
    title: Text
    owner: str


def look_up(name: str, date: dt.date, key: str | int | None = None, *, book: Book | None = None) -> Answer:
    """Return the value of parameter ``name`` (its row ``key`` in a table) on ``date``.

    Raises :class:`InputError` where there is no such parameter, none in force that day, or no such row.
    """
    law = book or load()
    parameter = law.find(name)
    found = parameter.on(date)
    if found is None or found.value is None:
        when = why_not(parameter, date)
        raise InputError(
            Text(
                f"Tidak berlaku pada {date}. {when.id} ({name}).",
                f"Not in force on {date}. {when.en} ({name}).",
            ),
        )
    if key is None:
        return Answer(found.value, found.cited, found.mark, found.open_questions, law.version)
    return _row(found, parameter.title, key, law.version)


def _row(found: Value, title: Text, key: str | int, version: str) -> Answer:
    for row in found.rows:
        if row.key == key:
            notes = ((row.note,) if row.note else ()) + found.open_questions
            return Answer(row.value, found.cited, row.mark or found.mark, notes, version)
    allowed = ", ".join(str(row.key) for row in found.rows)
    raise InputError(
        Text(
            f"{title.id}: {key} tidak ada. Yang ada: {allowed}.",
            f"{title.en}: there is no {key}. There are: {allowed}.",
        )
    )


def sources(*, book: Book | None = None) -> tuple[Source, ...]:
    """Return every funding source, in the order of :data:`payung.law.facts.SOURCES`."""
    value = (book or load()).parameters["sources"].values[-1]
    rows = {row.key: row for row in value.rows}
    return tuple(
        Source(code, rows[code].title or Text(code, code), rows[code].value) for code in facts.SOURCES
    )


def segment_of(category: str, date: dt.date, *, book: Book | None = None) -> Answer:
    """Return ``pu`` or ``bpu`` for a category of domain 10.1. Where districts differ, the notes say so."""
    return look_up("default_segment", date, category, book=book)


def relief_of(source: str, month: str, *, book: Book | None = None) -> Answer:
    """Return ``relief`` or ``full``: whether ``source`` gets the relief of PP 50/2025, with the reason."""
    facts.check(source=source)
    return look_up("relief_by_source", first_day(month), source, book=book)


def default_income(date: dt.date, *, book: Book | None = None) -> Answer:
    """Return the income (rupiah a month) taken for a BPU whose list states none."""
    return look_up("bpu_default_income", date, book=book)


def minimum_siltap(role: str, date: dt.date, *, book: Book | None = None) -> Answer:
    """Return the minimum pay, rupiah a month, of ``kepala_desa``, ``sekretaris_desa`` or ``perangkat_desa``."""
    return look_up("minimum_siltap", date, role, book=book)


def age_on(birth: dt.date, date: dt.date) -> int:
    """Return full years of age; one born on 29 February turns a year older on 1 March of a common year."""
    return date.year - birth.year - ((date.month, date.day) < (birth.month, birth.day))


def occupations_refusal(number: int, date: dt.date, *, book: Book | None = None) -> Text | None:
    """Return why a BPU may not insure ``number`` occupations on ``date``, or ``None`` (PP 44/2015 art. 11(2))."""
    most = look_up("occupations_most", date, book=book)
    if number <= int(most.value):
        return None
    return Text(
        f"{number} pekerjaan: seorang BPU paling banyak mendaftarkan {most.value} ({most.article}).",
        f"{number} occupations: a BPU may insure {most.value} at most ({most.article}).",
    )


def age_refusal(birth: dt.date, enrolled: dt.date, *, book: Book | None = None) -> Text | None:
    """Return why a person born on ``birth`` may not newly enrol on ``enrolled``, or ``None``.

    Enrolment is possible from the 18th birthday to the day before the 65th. Whoever is enrolled stays.
    """
    youngest = look_up("enrolment_age_from", enrolled, book=book)
    below = look_up("enrolment_age_below", enrolled, book=book)
    age = age_on(birth, enrolled)
    if birth > enrolled:
        return Text(
            f"Tanggal lahir {birth} setelah tanggal daftar {enrolled}: periksa tanggal lahirnya.",
            f"Born on {birth}, after the enrolment of {enrolled}: check the date of birth.",
        )
    if age < int(youngest.value):
        return Text(
            f"Umur {age} tahun pada {enrolled}: belum {youngest.value} tahun ({youngest.article}).",
            f"Aged {age} on {enrolled}: not yet {youngest.value} ({youngest.article}).",
        )
    if age >= int(below.value):
        return Text(
            f"Umur {age} tahun pada {enrolled}: pendaftaran baru harus di bawah {below.value} tahun ({below.article}).",
            f"Aged {age} on {enrolled}: a new enrolment must be below {below.value} ({below.article}).",
        )
    return None


def source_refusal(
    source: str, category: str, month: str, *, kelurahan: bool = False, book: Book | None = None
) -> Text | None:
    """Return why ``source`` may not pay for ``category`` in ``month``, or ``None`` where nothing forbids it.

    ``kelurahan`` says that the place is a kelurahan, which has no village money.
    """
    facts.check(source=source)
    law = (book or load()).on(first_day(month))
    if law.source_bans and category in law.source_bans.get(source, ()):
        article = look_up("source_bans", first_day(month), book=book).article
        return Text(
            f"{source} tidak boleh membayar iuran {category} pada {month} ({article}).",
            f"{source} may not pay for {category} in {month} ({article}).",
        )
    if kelurahan and source in law.village_money["kelurahan"]:
        return Text(
            f"Kelurahan tidak punya APBDes, jadi {source} tidak dapat membayar; pakai APBD.",
            f"A kelurahan has no village budget, so {source} cannot pay; use APBD.",
        )
    return None
