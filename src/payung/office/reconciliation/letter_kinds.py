"""The minutes of a month's reconciliation and of a quarter: forms 24 and 37 of the district's list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from payung.codes import Category
from payung.errors import InputError
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeState
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import Person
from payung.office.programme.models import DecreePerson
from payung.office.programme.states import IN_FORCE
from payung.office.reconciliation.models import Closing
from payung.office.reconciliation.queries import compare, current
from payung.office.reconciliation.states import ClosingState, Difference, mending
from payung.office.regions.queries import names
from payung.office.regions.tree import below
from payung.text import Text

SETS = {
    "decree": "A. Menurut SK",
    "billed": "B. Ditagih",
    "paid": "C. Dibayar (register)",
    "insurer": "D. Daftar kantor cabang",
}
HEADINGS = [
    "No.",
    "Nama",
    "Desa",
    "Perbedaan",
    "Ditagih",
    "Dibayar",
    "Cabang",
    "Tindak lanjut",
    "Pemilik",
    "Batas",
]


def _minutes(scope: Scope, key: str) -> Material | None:
    try:
        month = months.parse_month(key)
    except InputError:
        return None
    home = _home(scope)
    return Material(values_of(month, home), home, f"Rekonsiliasi {month}") if home else None


def _home(scope: Scope) -> str:
    """Return the district that whoever asks sees whole; empty where that is none, or are several."""
    there = scope.whole_districts
    return there[0] if len(there) == 1 else ""


def values_of(month: str, district: str) -> dict[str, Any]:
    """Return what the minutes of ``month`` of a district say: of a closed month what both sides signed, else what is
    so now."""
    closing = current(month, district)
    closed = closing is not None and closing.state == ClosingState.CLOSED
    if closing is not None and closed:
        totals = {name: tuple(pair) for name, pair in closing.minutes["totals"].items()}
        found = [
            (one.kind, one.person, one.village_code, one.billed, one.paid, one.insurer, one.owner, one.due_on)
            for one in closing.findings.exclude(kind="")
        ]
        corrections = [
            [one.of, str(one.person), _rp(one.paid)]
            for one in closing.findings.filter(kind="").order_by("number")
        ]
    else:
        compared = compare(month, district)
        totals = compared.totals
        found = [
            (one.kind, one.person, one.village_code, one.billed, one.paid, one.insurer, one.owner, one.due_on)
            for one in compared.differences
        ]
        corrections = [[one.of, str(one.person), _rp(one.amount)] for one in compared.corrections]
    people = Person.everybody.in_bulk({one[1] for one in found} | {int(one[1]) for one in corrections})
    known = names({one[2] for one in found})
    rows = []
    for number, (kind, person, village, billed, paid, insurer, owner, due) in enumerate(found, 1):
        how = mending(Difference.member(kind)).how.id
        name = people[person].name if person in people else "–"
        words = Difference.member(kind).text.id
        sums = [_rp(one) for one in (billed, paid, insurer)]
        rows.append(
            [
                f"{number}",
                name,
                known.get(village, village),
                words,
                *sums,
                how,
                owner.text.id,
                f"{due:%d-%m-%Y}",
            ]
        )
    for one in corrections:
        key = int(one[1])
        one[1] = people[key].name if key in people else "–"
    return {
        "month": month,
        "closed": closed,
        "digest": closing.digest if closing else "",
        "district_by": _name(closing, "district_by"),
        "branch_by": _name(closing, "branch_by"),
        "totals": [[SETS[name], *totals.get(name, (0, 0))] for name in SETS],
        "insurer": bool(closing.minutes.get("insurer_list"))
        if closing and closed
        else totals["insurer"][0] > 0,
        "differences": {"headings": HEADINGS, "rows": rows},
        "corrections": {"headings": ["Bulan", "Nama", "Jumlah (Rp)"], "rows": corrections},
    }


def _quarter(scope: Scope, key: str) -> Material | None:
    """Return who came in, left and stayed within the three months that end with ``key``."""
    try:
        last = months.parse_month(key)
    except InputError:
        return None
    home = _home(scope)
    if not home:
        return None
    first = months.add(last, -2)
    in_force = DecreePerson.objects.filter(held=True, decree__state__in=IN_FORCE)
    rows = in_force.filter(below(home, "decree__region_code")).order_by()
    begins = dict(
        rows.filter(from_month__gte=first, from_month__lte=last).values_list("category").annotate(Count("pk"))
    )
    stays = dict(
        rows.filter(from_month__lt=first, last_month__gte=last).values_list("category").annotate(Count("pk"))
    )
    left = rows.filter(last_month__gte=months.add(first, -1), last_month__lt=last).exclude(exit="")
    exits = dict(left.values_list("exit").annotate(Count("pk")))
    approved = Change.objects.filter(
        below(home, "village_code"),
        state=ChangeState.APPROVED,
        on__gte=months.first_day(first),
        on__lt=months.first_day(months.add(last, 1)),
    )
    changes = dict(approved.order_by().values_list("kind").annotate(Count("pk")))
    codes = [one for one in Category if one in begins or one in stays]
    values = {
        "first": first,
        "last": last,
        "categories": [[one.text.id, stays.get(one, 0), begins.get(one, 0)] for one in codes],
        "exits": [[one.text.id, many] for one, many in sorted(exits.items())],
        "changes": [[one.text.id, many] for one, many in sorted(changes.items())],
    }
    return Material(values, home, f"Pemutakhiran {first} s.d. {last}")


def _rp(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _name(closing: Closing | None, side: str) -> str:
    """Return the name of who signed a side, empty where nobody did."""
    from payung.office.accounts.models import User

    username = getattr(closing, side, "") if closing else ""
    user = User.objects.filter(username=username).first() if username else None
    return user.name if user else username


KINDS = (
    Kind(
        "closing_minutes",
        24,
        Text("Berita acara rekonsiliasi", "Minutes of reconciliation"),
        Office.DINSOS,
        "closing",
        "reconcile_month?bulan",
        {
            "month": "bulan",
            "closed": "Closing.state",
            "digest": "Closing.digest: sidik angka yang ditandatangani",
            "district_by": "Closing.district_by",
            "branch_by": "Closing.branch_by",
            "totals": "orang dan rupiah tiap himpunan",
            "insurer": "apakah daftar cabang sudah ada",
            "differences": "perbedaan per nama dengan pemilik dan batas",
            "corrections": "koreksi bulan yang sudah ditutup",
            "place": "diisi tangan",
        },
        needs=Permission.RECONCILIATION_APPROVE,
        reads=Permission.RECONCILIATION_VIEW,
        collect=_minutes,
        asks=(Ask("place", Text("Tempat rapat", "Where the meeting was")),),
        sheet="differences",
        paper={"wide": True},
    ),
    Kind(
        "quarter_minutes",
        37,
        Text("Berita acara pemutakhiran triwulan", "Minutes of the quarterly refresh"),
        Office.DINSOS,
        "closing",
        "reconcile_month?bulan",
        {
            "first": "dua bulan sebelum bulan ini",
            "last": "bulan ini",
            "categories": "SK yang berlaku: tetap dan masuk per kategori",
            "exits": "SK perubahan: keluar per alasan",
            "changes": "mutasi yang berlaku per jenis",
            "note": "diisi tangan",
        },
        needs=Permission.RECONCILIATION_EDIT,
        reads=Permission.RECONCILIATION_VIEW,
        collect=_quarter,
        asks=(Ask("note", Text("Catatan", "Remarks"), 3),),
    ),
)
