"""Letters about a village's list and its posts: forms 4, 5 and 13 of the district's list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from payung.codes import Category, Verdict
from payung.law.policy import age_on
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.desk.numbers import key_of
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import Membership
from payung.office.posts.models import Post
from payung.office.posts.queries import holding_on
from payung.office.regions.models import Region
from payung.office.regions.queries import names
from payung.office.submissions.models import Row, Submission
from payung.people.nik import mask
from payung.text import Text

LIST = (
    *("No.", "NIK", "No. KK", "Nama", "Tempat, tgl lahir", "Usia", "L/P", "Alamat", "Pekerjaan"),
    *("Kategori", "Desil", "Ket"),
)
ROSTER = ("No.", "NIK", "Nama", "Jabatan", "Nomor SK", "Mulai", "Akhir", "Upah dasar (Rp)", "KPJ")


def _submission(scope: Scope, key: str) -> Submission | None:
    return scope.of(Submission).filter(pk=key_of(key) or 0).first()


def _rows(submission: Submission) -> list[Row]:
    """Return the rows that count, in the order of the files."""
    return list(submission.rows.filter(replaced=False).order_by("upload_id", "sheet", "row", "pk"))


def _line(number: int, row: Row, on: dt.date) -> list[str]:
    listing: dict[str, Any] = row.facts.get("listing", {})

    def said(name: str) -> str:
        value = listing.get(name)
        return "" if value is None else str(value)

    born = dt.date.fromisoformat(said("birth_date")) if said("birth_date") else None
    birth = ", ".join(part for part in (said("birth_place"), f"{born:%d-%m-%Y}" if born else "") if part)
    units = f" RT {said('rt')}/RW {said('rw')}" if said("rt") or said("rw") else ""
    category = Category.known(row.category) if row.category else None
    return [
        f"{number}",
        row.masked,
        mask(said("kk")),
        row.name,
        birth,
        f"{age_on(born, on)}" if born else "",
        said("sex"),
        f"{said('address')}{units}".strip(),
        said("job"),
        category.text.id if category else "",
        said("decile"),
        "perlu perbaikan" if row.verdict == Verdict.RETURNED else "",
    ]


def _facts(submission: Submission, rows: list[Row]) -> dict[str, Any]:
    code = submission.village_code
    known = names([code])
    return {
        "village": known.get(code, code),
        "subdistrict": known.get(code.rpartition(".")[0], ""),
        "submission": submission.pk,
        "kind": submission.kind.text.id,
        "proposed": sum(row.verdict != Verdict.RETURNED for row in rows),
        "returned": sum(row.verdict == Verdict.RETURNED for row in rows),
    }


FACTS = {
    "village": "Region.name",
    "subdistrict": "Region.name",
    "submission": "Submission.pk",
    "kind": "Submission.kind",
    "proposed": "Row: diterima atau dengan catatan",
    "returned": "Row: perlu perbaikan",
}


def _categories(rows: list[Row]) -> frozenset[str]:
    return frozenset(str(row.category) for row in rows if row.category)


def _proposal(scope: Scope, key: str) -> Material | None:
    found = _submission(scope, key)
    rows = _rows(found) if found else []
    if found is None or not rows:
        return None
    today = timezone.localdate()
    listed = [_line(number, row, today) for number, row in enumerate(rows, 1)]
    table = {"headings": list(LIST), "rows": listed}
    values = {**_facts(found, rows), "rows": table}
    return Material(values, found.village_code, f"Usulan {found.pk}", _categories(rows))


def _meeting(scope: Scope, key: str) -> Material | None:
    found = _submission(scope, key)
    if found is None:
        return None
    rows = _rows(found)
    out = [[row.name, row.dropped] for row in found.rows.exclude(dropped="").order_by("pk")]
    values = {**_facts(found, rows), "names": [row.name for row in rows], "out": out}
    return Material(values, found.village_code, f"Usulan {found.pk}", _categories(rows))


def _roster(scope: Scope, key: str) -> Material | None:
    if not Region.objects.filter(scope.in_places("code"), code=key, level="village").exists():
        return None
    today = timezone.localdate()
    posts = list(scope.of(Post).filter(region_code=key))
    held = {
        one.post_id: one
        for one in reversed(list(holding_on(today).filter(post__in=posts).select_related("person")))
    }
    memberships = Membership.objects.filter(
        kpj__isnull=False, person__in=[one.person_id for one in held.values()]
    )
    numbers = {one.person_id: one.masked for one in memberships.order_by("from_month", "pk")}
    rows = []
    for number, post in enumerate(posts, 1):
        one = held.get(post.pk)
        rows.append(
            [
                f"{number}",
                one.person.masked if one else "",
                one.person.name if one else "(kosong)",
                post.label,
                one.decree if one else "",
                f"{one.starts:%d-%m-%Y}" if one and one.starts else "",
                f"{one.ends:%d-%m-%Y}" if one and one.ends else "",
                f"{one.pay:,}".replace(",", ".") if one and one.pay is not None else "",
                numbers.get(one.person_id, "") if one else "",
            ]
        )
    village = names([key]).get(key, key)
    values = {"village": village, "on": f"{today}", "roster": {"headings": list(ROSTER), "rows": rows}}
    return Material(values, key, village, frozenset(str(post.category) for post in posts))


KINDS = (
    Kind(
        "meeting_minutes",
        4,
        Text("Berita acara musyawarah desa", "Minutes of the village meeting"),
        Office.DESA,
        "submission",
        "submission_show",
        {**FACTS, "names": "Row", "out": "Row.dropped", "place": "diisi tangan", "present": "diisi tangan"},
        needs=Permission.LETTER_ISSUE,
        reads=Permission.SUBMISSION_VIEW,
        collect=_meeting,
        asks=(Ask("place", Text("Tempat", "Place")), Ask("present", Text("Yang hadir", "Who was present"))),
    ),
    Kind(
        "proposal_list",
        5,
        Text("Daftar usulan calon peserta", "List of those proposed"),
        Office.DESA,
        "submission",
        "submission_show",
        {**FACTS, "rows": "Row: yang berlaku, NIK tersamar"},
        needs=Permission.LETTER_ISSUE,
        reads=Permission.SUBMISSION_VIEW,
        collect=_proposal,
        sheet="rows",
        paper={"wide": True},
    ),
    Kind(
        "roster_list",
        13,
        Text("Daftar pejabat desa", "Roster of a village's officials"),
        Office.DESA,
        "village",
        "post_village",
        {"village": "Region.name", "on": "hari ini", "roster": "Post, Holding; NIK tersamar"},
        needs=Permission.LETTER_ISSUE,
        reads=Permission.POST_VIEW,
        collect=_roster,
        sheet="roster",
        paper={"wide": True},
    ),
)
