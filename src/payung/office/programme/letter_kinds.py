"""Letters about decrees: forms 11, 12, 13 and 38 of the district's list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from payung.codes import Category, Source
from payung.engine.contributions import price
from payung.law import default_income, months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import Person
from payung.office.people.queries import alive
from payung.office.programme.grounds import grounds
from payung.office.programme.models import Decree, DecreePerson
from payung.office.programme.queries import cost_by_line
from payung.office.programme.queries.people import annex, difference
from payung.office.regions.queries import names
from payung.people.nik import mask
from payung.text import Text

ANNEX = (
    "No.",
    "NIK",
    "Nama",
    "Tempat, tgl lahir",
    "L/P",
    "Alamat",
    "Desa",
    "Kecamatan",
    "Pekerjaan",
    "Kategori",
    "Masa",
)
LEAVING = ("No.", "NIK", "Nama", "Desa", "Kategori", "Alasan keluar", "Sampai")


def _decree(scope: Scope, key: str) -> Decree | None:
    """Return the decree ``key`` where it belongs within ``scope``."""
    found = Decree.objects.select_related("line", "previous").filter(pk=int(key)).first()
    return found if found is not None and scope.covers(found.region_code) else None


def _facts(decree: Decree, people: int) -> dict[str, Any]:
    return {
        "number": decree.number,
        "signed_on": f"{decree.signed_on}" if decree.signed_on else "",
        "title": decree.title,
        "from_month": decree.from_month,
        "until_month": decree.until_month,
        "line": decree.line.name,
        "source": decree.line.source.text.id,
        "account": decree.line.account_code,
        "people": people,
        "hash": decree.hash,
    }


FACTS = {
    **{
        name: f"Decree.{name}"
        for name in ("number", "signed_on", "title", "from_month", "until_month", "hash")
    },
    "line": "Line.name",
    "source": "Line.source",
    "account": "Line.account_code",
    "people": "lampiran SK",
}


def rows_of(rows: Iterable[DecreePerson]) -> list[list[str]]:
    """Return the rows of an annex as its paper has them; NIKs masked, the hash is over the whole ones."""
    listed = list(rows)
    people = Person.everybody.in_bulk({row.person_id for row in listed})
    known = names({row.village_code for row in listed})
    found = []
    for number, row in enumerate(listed, 1):
        person = people[row.person_id]
        born = ", ".join(
            part
            for part in (person.birth_place, f"{person.birth_date:%d-%m-%Y}" if person.birth_date else "")
            if part
        )
        units = f" RT {person.rt}/RW {person.rw}" if person.rt or person.rw else ""
        found.append(
            [
                f"{number}",
                mask(row.nik or ""),
                row.name,
                born,
                person.sex,
                f"{person.address}{units}".strip(),
                known.get(row.village_code, row.village_code),
                known.get(row.village_code.rpartition(".")[0], ""),
                person.job or (person.occupation.text.id if person.occupation else ""),
                row.category.text.id,
                f"{row.from_month} – {row.last_month}",
            ]
        )
    return found


def _leaving(rows: Iterable[DecreePerson]) -> list[list[str]]:
    listed = list(rows)
    known = names({row.village_code for row in listed})
    return [
        [
            f"{number}",
            mask(row.nik or ""),
            row.name,
            known.get(row.village_code, row.village_code),
            row.category.text.id,
            row.exit.text.id if row.exit else "",
            row.last_month,
        ]
        for number, row in enumerate(listed, 1)
    ]


def _categories(*rows: Iterable[DecreePerson]) -> frozenset[str]:
    return frozenset(str(row.category) for part in rows for row in part)


def _annex(scope: Scope, key: str) -> Material | None:
    decree = _decree(scope, key)
    if decree is None or not decree.hash:
        return None
    return Material(annex_values(decree), decree.region_code, f"SK {decree}", _categories(annex(decree)))


def annex_values(decree: Decree) -> dict[str, Any]:
    """Return what the annex of a decree says, on whatever paper."""
    rows = list(annex(decree))
    return {**_facts(decree, len(rows)), "annex": {"headings": list(ANNEX), "rows": rows_of(rows)}}


def _text(scope: Scope, key: str) -> Material | None:
    decree = _decree(scope, key)
    if decree is None or not decree.hash:
        return None
    changes, people = difference(decree), annex(decree)
    counted = dict(people.order_by().values_list("category").annotate(Count("pk")))
    agreement, before = decree.agreement, decree.previous
    on = decree.signed_on or timezone.localdate()
    values = {
        **_facts(decree, people.count()),
        "amount": sum(cost_by_line(changes.comes).values()),
        "categories": [[one.text.id, counted[one]] for one in Category if one in counted],
        "reserve": decree.reserve.count(),
        "agreement": f"{agreement.kind.text.id} nomor {agreement.number}" if agreement else "",
        "before": f"SK {before}" if before else "",
        "counts": changes.counts(),
        "grounds": [[one.cite, one.mark == "periksa"] for one in grounds(decree.line.source, on)],
    }
    return Material(values, decree.region_code, f"SK {decree}", frozenset(str(one) for one in counted))


def _change(scope: Scope, key: str) -> Material | None:
    decree = _decree(scope, key)
    if decree is None or not decree.hash or decree.previous is None:
        return None
    changes = difference(decree)
    comes, leaves = list(changes.comes), list(changes.leaves)
    before = decree.previous
    values = {
        **_facts(decree, annex(decree).count()),
        "before": f"{before.number or before} {before.signed_on:%d-%m-%Y}"
        if before.signed_on
        else f"{before}",
        "counts": changes.counts(),
        "comes": {"headings": list(ANNEX), "rows": rows_of(comes)},
        "leaves": {"headings": list(LEAVING), "rows": _leaving(leaves)},
    }
    return Material(values, decree.region_code, f"SK {decree}", _categories(comes, leaves))


def _notice(scope: Scope, key: str) -> Material | None:
    """Return everybody whose cover ends with the decree and goes on in none; the dead get no letter."""
    decree = _decree(scope, key)
    if decree is None or not decree.hash:
        return None
    goes_on = DecreePerson.objects.filter(
        person=OuterRef("person"),
        segment=OuterRef("segment"),
        held=True,
        last_month__gt=OuterRef("last_month"),
    )
    ending = annex(decree).filter(last_month=decree.until_month).exclude(Exists(goes_on))
    rows = list(ending.filter(alive("person")))
    if not rows:
        return None
    known = names({row.village_code for row in rows})
    after = months.add(decree.until_month, 1)
    values = {
        **_facts(decree, len(rows)),
        "notices": [
            {"name": row.name, "village": known.get(row.village_code, ""), "segment": row.segment.text.id}
            for row in rows
        ],
        "after": after,
        "alone": paid_alone(after),
    }
    return Material(values, decree.region_code, f"SK {decree}", _categories(rows))


def paid_alone(month: str) -> int:
    """Return the rupiah that a BPU of the lowest income pays for ``month`` on their own, by the law of that month."""
    income = int(default_income(months.first_day(month)).value)
    one = {"person": [1], "segment": ["bpu"], "income": [income], "sector": ["other"], "risk": [1]}
    schema = {
        "person": pl.Int64,
        "segment": pl.String,
        "income": pl.Int64,
        "sector": pl.String,
        "risk": pl.Int64,
    }
    return int(price(pl.DataFrame(one, schema=schema), [month], str(Source.MANDIRI))["total"][0])


def _kind(code: str, number: int, title: Text, fields: dict[str, str], collect: Any, **values: Any) -> Kind:
    return Kind(
        code,
        number,
        title,
        values.pop("office", Office.DINSOS),
        "decree",
        "decree_show",
        {**FACTS, **fields},
        needs=Permission.DECREE_EDIT,
        reads=Permission.PERSON_VIEW,
        collect=collect,
        **values,
    )


KINDS = (
    _kind(
        "decree_text",
        11,
        Text("Konsep SK penetapan", "Draft of the decree itself"),
        {
            "amount": "hukum: iuran yang masuk",
            "categories": "lampiran SK",
            "reserve": "daftar cadangan",
            "agreement": "Agreement.number",
            "before": "SK yang diubah",
            "counts": "masuk, keluar, tetap",
            "grounds": "data/grounds.yaml pada tanggal SK",
            "reasons": "diisi tangan",
        },
        _text,
        office=Office.BUPATI,
        asks=(Ask("reasons", Text("Pertimbangan lain", "Further reasons"), 3),),
    ),
    _kind(
        "decree_annex",
        11,
        Text("Lampiran SK", "Annex of a decree"),
        {"annex": "lampiran SK, NIK tersamar"},
        _annex,
        office=Office.BUPATI,
        sheet="annex",
        paper={"wide": True},
    ),
    _kind(
        "decree_change",
        12,
        Text("Lampiran SK perubahan", "Annex of a follow-up decree"),
        {
            "before": "SK yang diubah",
            "counts": "masuk, keluar, tetap",
            "comes": "yang masuk",
            "leaves": "yang keluar dengan alasan",
        },
        _change,
        office=Office.BUPATI,
        sheet="leaves",
        paper={"wide": True},
    ),
    _kind(
        "cover_ends",
        38,
        Text("Pemberitahuan akhir penjaminan", "Notice that cover ends"),
        {
            "notices": "yang tidak dilanjutkan SK lain, tanpa yang meninggal",
            "after": "bulan pertama tanpa penjaminan",
            "alone": "hukum: iuran mandiri sebulan, penghasilan terendah",
            "contact": "diisi tangan",
        },
        _notice,
        asks=(Ask("contact", Text("Agen PERISAI atau kantor (nama, telepon)", "PERISAI agent or office")),),
    ),
)
