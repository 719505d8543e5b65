"""Agreements and lines of money are added; an amendment is a row of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from payung.codes import Category, Occupation, Source
from payung.errors import InputError
from payung.office.history.actions import Entry, record
from payung.office.programme.actions.money import PEOPLE, Booking, book_all
from payung.office.programme.kept_files import name_of
from payung.office.programme.models import Agreement, AgreementFile, Line, Quota
from payung.office.programme.rules import check_quotas
from payung.office.programme.states import AgreementKind, EntryKind, Programme
from payung.office.regions.models import Region
from payung.office.regions.tree import contains
from payung.office.submissions.papers import files
from payung.text import Text

PARENTS: dict[AgreementKind, tuple[AgreementKind, ...]] = {
    AgreementKind.MOU: (),
    AgreementKind.PKS: (AgreementKind.MOU,),
    AgreementKind.SK: (AgreementKind.PKS,),
    AgreementKind.ADDENDUM: (AgreementKind.MOU, AgreementKind.PKS, AgreementKind.SK),
}
MUST_HAVE_PARENT = frozenset({AgreementKind.SK, AgreementKind.ADDENDUM})


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement as it is written.

    Fields
        quotas: category → people of the whole region. places: (region, category, people) below it.
        tariff: on which rule the contribution is reckoned. parties: who signs.
    """

    kind: AgreementKind
    number: str
    signed_on: dt.date
    starts: dt.date
    ends: dt.date
    region_code: str
    parent: Agreement | None = None
    title: str = ""
    parties: Sequence[str] = ()
    programmes: Sequence[str] = ("jkk", "jkm")
    quotas: Mapping[str, int] = field(default_factory=dict)
    places: Sequence[tuple[str, str, int]] = ()
    tariff: str = ""
    note: str = ""


def add_agreement(*, by: str, paper: Paper) -> Agreement:
    """Add an agreement, or an amendment of one (an addendum with its own number and days), with its quotas.

    Raises :class:`InputError` where it ends before it begins, comes before what it rests on (an SK before its PKS),
    has a number that is taken, or a quota that does not add up.
    """
    _check(paper)
    _known_places([paper.region_code, *(region for region, _, _ in paper.places)])
    check_quotas(paper.quotas, paper.places, paper.region_code)
    with transaction.atomic():
        if Agreement.objects.filter(
            region_code=paper.region_code, kind=paper.kind, number=paper.number
        ).exists():
            raise InputError(
                Text(
                    f"{paper.kind.text.id} nomor {paper.number} sudah ada. Perubahan ditulis sebagai addendum.",
                    f"{paper.kind.text.en} number {paper.number} is there already. Write a change as an addendum.",
                ),
                at="number",
            )
        made = Agreement.objects.create(
            kind=paper.kind,
            number=paper.number,
            title=paper.title,
            signed_on=paper.signed_on,
            starts=paper.starts,
            ends=paper.ends,
            parent=paper.parent,
            parent_kind=paper.parent.kind if paper.parent else "",
            region_code=paper.region_code,
            parties=list(paper.parties),
            programmes=list(paper.programmes),
            quotas=dict(paper.quotas),
            tariff=paper.tariff,
            note=paper.note,
            by=by,
        )
        whole = [(paper.region_code, category, people) for category, people in paper.quotas.items()]
        _give_quotas(by, made, [*whole, *paper.places])
        after = {
            "kind": str(paper.kind),
            "starts": paper.starts.isoformat(),
            "ends": paper.ends.isoformat(),
            "on": paper.parent.number if paper.parent else None,
            "quota": sum(paper.quotas.values()) or None,
        }
        entry = Entry(
            "agreement.add",
            f"agreement:{made.pk}",
            letter=paper.number,
            region_code=paper.region_code,
            after=after,
        )
        record(by=by, entries=[entry])
    return made


def attach(*, by: str, agreement: Agreement, file: UploadedFile[bytes]) -> AgreementFile:
    """Keep a scan or a signed file of ``agreement``, sealed; the same file twice is one."""
    name = name_of(file)
    sha256 = files.keep(file, name)
    with transaction.atomic():
        kept, new = AgreementFile.objects.get_or_create(
            agreement=agreement, sha256=sha256, defaults={"name": name, "path": f"{sha256}/{name}", "by": by}
        )
        if new:
            entry = Entry(
                "agreement.file",
                f"agreement:{agreement.pk}",
                letter=agreement.number,
                region_code=agreement.region_code,
                after={"file": name},
            )
            record(by=by, entries=[entry])
    return kept


def add_line(
    *,
    by: str,
    source: Source,
    name: str,
    amount: int,
    region_code: str,
    from_month: str,
    until_month: str,
    account_code: str = "",
    areas: Iterable[str] = (),
    categories: Iterable[str] = (),
    occupations: Iterable[str] = (),
    per_head: int | None = None,
    payer: str = "",
    agreement: Agreement | None = None,
) -> Line:
    """Add a line of money with ``amount`` rupiah as its ceiling, paying from ``from_month`` to ``until_month``.

    Raises :class:`InputError` where it ends before it begins, its name is taken, an area lies outside of whoever
    pays, or a code is not known.
    """
    name = name.strip()[:120]
    if until_month < from_month:
        raise InputError(
            Text(
                f"{name}: bulan terakhir {until_month} mendahului {from_month}.",
                f"{name}: the last month {until_month} comes before {from_month}.",
            ),
            at="until_month",
        )
    if amount < 0:
        raise InputError(
            Text(f"{name}: pagu di bawah nol.", f"{name}: the ceiling is below zero."), at="amount"
        )
    areas = sorted({str(area) for area in areas})
    _known_places([region_code, *areas])
    outside = [area for area in areas if not contains(region_code, area)]
    if outside:
        raise InputError(
            Text(
                f"{name}: wilayah {', '.join(outside)} di luar {region_code} yang membayar.",
                f"{name}: {', '.join(outside)} lies outside of {region_code}, which pays.",
            ),
            at="areas",
        )
    year = int(from_month[:4])
    with transaction.atomic():
        if Line.objects.filter(region_code=region_code, year=year, name=name).exists():
            raise InputError(
                Text(
                    f"Baris dana {name} tahun {year} sudah ada: pakai nama lain, atau tambah pagunya.",
                    f"The line {name} of {year} is there already: use another name, or raise its ceiling.",
                ),
                at="name",
            )
        line = Line.objects.create(
            source=source,
            year=year,
            name=name,
            region_code=region_code,
            account_code=account_code,
            from_month=from_month,
            until_month=until_month,
            areas=areas,
            categories=sorted({str(Category.read(str(one))) for one in categories}),
            occupations=sorted({str(Occupation.read(str(one))) for one in occupations}),
            per_head=per_head,
            payer=payer,
            agreement=agreement,
            by=by,
        )
        after = {"source": str(source), "amount": amount, "from": from_month, "until": until_month}
        entry = Entry("line.add", line.subject, region_code=region_code, after={"line": name, **after})
        record(by=by, entries=[entry])
        if amount:
            book_all(by=by, bookings=[Booking(line, EntryKind.CEILING, amount, line.subject)])
    return line


def _give_quotas(by: str, agreement: Agreement, wanted: Sequence[tuple[str, str, int]]) -> None:
    if not wanted:
        return
    quotas = Quota.objects.bulk_create(
        [Quota(agreement=agreement, region_code=region, category=category) for region, category, _ in wanted]
    )
    subject = f"agreement:{agreement.pk}"
    bookings = [
        Booking(quota, EntryKind.CEILING, people, subject)
        for quota, (_, _, people) in zip(quotas, wanted, strict=True)
        if people
    ]
    if bookings:
        book_all(by=by, bookings=bookings, books=PEOPLE)


def _check(paper: Paper) -> None:
    kind, parent = paper.kind, paper.parent
    if not paper.number.strip():
        raise InputError(Text("Tulis nomor suratnya.", "Write the number of the paper."), at="number")
    if paper.ends < paper.starts:
        raise InputError(
            Text(
                f"{kind.text.id} {paper.number} berakhir {paper.ends} sebelum mulai {paper.starts}: periksa keduanya.",
                f"{kind.text.en} {paper.number} ends on {paper.ends}, before it begins on {paper.starts}: check both.",
            ),
            at="ends",
        )
    if unknown := [str(one) for one in paper.programmes if Programme.known(str(one)) is None]:
        named, there = ", ".join(unknown), ", ".join(Programme)
        raise InputError(
            Text(
                f"{kind.text.id} {paper.number}: program {named} tidak dikenal. Yang ada: {there}.",
                f"{kind.text.en} {paper.number}: there is no programme {named}. There are: {there}.",
            ),
            at="programmes",
        )
    if parent is None and kind in MUST_HAVE_PARENT:
        first = " / ".join(one.text.id for one in PARENTS[kind])
        first_en = " / ".join(one.text.en for one in PARENTS[kind])
        raise InputError(
            Text(
                f"{kind.text.id} {paper.number} harus mengikuti {first}: catat surat itu dahulu, lalu sebut nomornya "
                "(parent).",
                f"{kind.text.en} {paper.number} must follow {first_en}: record that one first, then name it (parent).",
            ),
            at="parent",
        )
    if parent is not None and parent.kind not in PARENTS[kind]:
        raise InputError(
            Text(
                f"{kind.text.id} {paper.number} tidak dapat mengikuti {parent.kind.text.id} {parent.number}.",
                f"{kind.text.en} {paper.number} cannot follow {parent.kind.text.en} {parent.number}.",
            ),
            at="parent",
        )
    if parent is not None and paper.signed_on < parent.signed_on:
        raise InputError(
            Text(
                f"{kind.text.id} {paper.number} ditandatangani {paper.signed_on}, sebelum {parent.kind.text.id} "
                f"{parent.number} ({parent.signed_on}): periksa tanggalnya.",
                f"{kind.text.en} {paper.number} was signed on {paper.signed_on}, before {parent.kind.text.en} "
                f"{parent.number} ({parent.signed_on}): check the days.",
            ),
            at="signed_on",
        )


def _known_places(codes: Iterable[str]) -> None:
    wanted = set(codes)
    unknown = sorted(wanted - set(Region.objects.filter(code__in=wanted).values_list("code", flat=True)))
    if unknown:
        raise InputError(
            Text(
                f"Wilayah {', '.join(unknown)} tidak ada di kantor ini: periksa kodenya (mis. 62.03.01).",
                f"There is no region {', '.join(unknown)} in this office: check the code (e.g. 62.03.01).",
            ),
            at="region_code",
        )
