"""Letters of the way from a sub-district to the agency's decision: forms 1, 6, 7 and 8 of the district's list."""

from __future__ import annotations

from django.db.models import Count

from payung.codes import Agency, Category, Relation
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.answers.models import Answer, Line, Outcome, Result
from payung.office.answers.states import PASSED, REFUSED, End, kind, refuses
from payung.office.desk.numbers import key_of
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.letters.village_kinds import PERSON
from payung.office.people.models import Person
from payung.office.people.queries import alive
from payung.office.regions.models import Region
from payung.office.regions.queries import names
from payung.office.regions.tree import below
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.states import State
from payung.people.nik import mask
from payung.text import Text

REFUSED_ROWS = ("No.", "NIK", "Nama", "Desa", "Sebab")
RETURNED = "returned"


def _worker(scope: Scope, key: str) -> Material | None:
    """Return what is known of a person, for the form that an RT takes along; the rest is written by hand."""
    person = scope.of(Person).select_related("household").filter(alive(), pk=key_of(key) or 0).first()
    if person is None:
        return None
    known = names([person.village_code])
    born = [person.birth_place, f"{person.birth_date:%d-%m-%Y}" if person.birth_date else ""]
    membership = person.memberships.filter(kpj__isnull=False).order_by("-from_month").first()
    values = {
        "name": person.name,
        "nik": person.nik or "",
        "kk": (person.household.kk or "") if person.household else "",
        "birth": ", ".join(part for part in born if part),
        "sex": {"L": "Laki-laki", "P": "Perempuan"}.get(person.sex, ""),
        "address": person.address,
        "rt": person.rt,
        "rw": person.rw,
        "village": known.get(person.village_code, person.village_code),
        "subdistrict": known.get(person.village_code.rpartition(".")[0], ""),
        "job": person.job or (person.occupation.text.id if person.occupation else ""),
        "income": person.income,
        "disability": {True: "ya", False: "tidak"}.get(person.disability, "")
        if person.disability is not None
        else "",
        "kpj": (membership.kpj or "") if membership else "",
        "phone": person.phone or "",
        "mother": person.mother,
        "heirs": [
            [heir.name, Relation.member(heir.relation).text.id, heir.nik or "", heir.phone or ""]
            for heir in person.heirs.all()
        ],
    }
    categories = frozenset(str(one) for one in person.standings.values_list("category", flat=True))
    return Material(values, person.village_code, person.name, categories, of_one=True)


def _cover(scope: Scope, key: str) -> Material | None:
    """Return what the villages of a sub-district have sent on, and which have not; nothing where none has."""
    place = Region.objects.filter(scope.in_places("code"), code=key, level="subdistrict").first()
    if place is None:
        return None
    villages = list(Region.objects.filter(below(key, "code"), level="village").order_by("code"))
    passed = [state for state in State if state not in (State.DRAFT, State.RETURNED, State.SUBMITTED)]
    rows = (
        Row.objects.filter(
            submission__in=scope.of(Submission).filter(below(key, "village_code"), state__in=passed)
        )
        .filter(replaced=False, dropped="")
        .exclude(verdict=RETURNED)
        .order_by()
        .values_list("submission__village_code", "category")
        .annotate(Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for village, category, many in rows:
        counts.setdefault(village, {})[str(category or "")] = many
    if not counts:
        return None
    used = [str(one) for one in Category if any(str(one) in found for found in counts.values())]
    listed = [
        [
            f"{number}",
            village.name,
            *(f"{counts[village.code].get(category, 0)}" for category in used),
            f"{sum(counts[village.code].values())}",
        ]
        for number, village in enumerate([one for one in villages if one.code in counts], 1)
    ]
    values = {
        "subdistrict": place.name,
        "villages": {
            "headings": ["No.", "Desa/Kelurahan", *(Category.member(one).text.id for one in used), "Jumlah"],
            "rows": listed,
        },
        "total": sum(sum(found.values()) for found in counts.values()),
        "missing": [village.name for village in villages if village.code not in counts],
    }
    return Material(values, key, f"Kecamatan {place.name}", frozenset(used))


def _matching(scope: Scope, key: str) -> Material | None:
    """Return how the rows of an answer of Dukcapil ended; nothing of other agencies, and before it was read."""
    answer = scope.of(Answer).filter(pk=key_of(key) or 0, agency=Agency.DUKCAPIL, read=True).first()
    if answer is None:
        return None
    lines = answer.lines.filter(scope.condition(Line))
    outcomes = dict(lines.order_by().values_list("outcome").annotate(Count("pk")))
    said = Result.objects.filter(line__in=lines.order_by().values("pk"))
    codes = dict(said.order_by().values_list("code").annotate(Count("pk")))
    kept = [code for code in codes if refuses(str(code or ""))]
    out = list(said.filter(code__in=kept).select_related("person").order_by("person__village_code", "pk"))
    known = names({row.person.village_code for row in out})
    values = {
        "answered_on": f"{answer.answered_on}",
        "file": answer.name,
        "sha256": answer.sha256,
        "total": sum(outcomes.values()),
        "matched": sum(many for code, many in codes.items() if code and not refuses(str(code))),
        "results": [[kind(str(code or "")).name.id, many] for code, many in sorted(codes.items()) if many],
        "unknown": outcomes.get(Line.UNKNOWN, 0),
        "unusable": outcomes.get(Line.UNUSABLE, 0),
        "refused": {
            "headings": list(REFUSED_ROWS),
            "rows": [
                [
                    f"{number}",
                    mask(row.person.nik or ""),
                    row.person.name,
                    known.get(row.person.village_code, ""),
                    kind(str(row.code or "")).name.id,
                ]
                for number, row in enumerate(out, 1)
            ],
        },
    }
    standings = Person.objects.filter(pk__in=[row.person_id for row in out]).values_list(
        "standings__category"
    )
    categories = frozenset(str(one) for (one,) in standings if one)
    return Material(values, answer.region_code, f"Jawaban {answer.pk}", categories)


def _verified(scope: Scope, key: str) -> Material | None:
    """Return how the people of a list ended; nothing before anybody did."""
    found = scope.of(Submission).filter(pk=key_of(key) or 0).first()
    ended = Outcome.objects.filter(submission=found) if found is not None else Outcome.objects.none()
    counts: dict[tuple[str, str], int] = {
        (end, str(code or "")): many
        for end, code, many in ended.order_by().values_list("end", "code").annotate(Count("pk"))
    }
    if found is None or not counts:
        return None
    code = found.village_code
    known = names([code])
    out = list(ended.filter(end=REFUSED).select_related("person", "row").order_by("row_id"))
    passed = sum(many for (end, _), many in counts.items() if end == PASSED)
    values = {
        "village": known.get(code, code),
        "subdistrict": known.get(code.rpartition(".")[0], ""),
        "submission": found.pk,
        "kind": found.kind.text.id,
        "total": sum(counts.values()),
        "passed": passed,
        "ends": [
            [End.member(end).text.id, kind(reason).name.id if reason else "–", many]
            for (end, reason), many in sorted(
                counts.items(), key=lambda one: (one[0][0] != PASSED, one[0][1])
            )
        ],
        "refused": {
            "headings": [*REFUSED_ROWS[:3], REFUSED_ROWS[4]],
            "rows": [
                [f"{number}", mask(row.person.nik or ""), row.person.name, kind(str(row.code or "")).name.id]
                for number, row in enumerate(out, 1)
            ],
        },
    }
    rows = found.rows.filter(replaced=False).exclude(category="").values_list("category", flat=True)
    return Material(values, code, f"Usulan {found.pk}", frozenset(str(one) for one in rows))


BY_HAND = "diisi tangan"
KINDS = (
    Kind(
        "worker_form",
        1,
        Text("Formulir pendataan pekerja", "Form to record a worker"),
        Office.DESA,
        "person",
        "person_show",
        {
            **PERSON,
            **{name: f"Person.{name}" for name in ("income", "disability", "phone", "mother")},
            "kk": "Household.kk",
            "kpj": "Membership.kpj",
            "heirs": "Heir",
            "taken_by": BY_HAND,
        },
        needs=Permission.LETTER_ISSUE,
        reads=Permission.PERSON_VIEW,
        collect=_worker,
        asks=(Ask("taken_by", Text("Petugas pendata", "Recorded by")),),
        whole=True,
    ),
    Kind(
        "subdistrict_cover",
        6,
        Text("Surat pengantar camat", "Cover letter of the sub-district"),
        Office.CAMAT,
        "subdistrict",
        "board?kecamatan",
        {
            "subdistrict": "Region.name",
            "villages": "Row per desa dan kategori, usulan yang sudah disetujui camat",
            "total": "jumlahnya",
            "missing": "desa yang belum",
            "to": BY_HAND,
        },
        needs=Permission.LETTER_ISSUE,
        reads=Permission.SUBMISSION_VIEW,
        collect=_cover,
        asks=(Ask("to", Text("Kepada (dinas)", "To (agency)")),),
        sheet="villages",
    ),
    Kind(
        "matching_minutes",
        7,
        Text("Berita acara pemadanan Dukcapil", "Minutes of matching with the civil registry"),
        Office.DINSOS,
        "answer",
        "answer_show",
        {
            "answered_on": "Answer.answered_on",
            "file": "Answer.name",
            "sha256": "Answer.sha256",
            "total": "Line",
            "matched": "Result tanpa penolakan",
            "results": "Result per kelas",
            "unknown": "Line: tidak dikenal",
            "unusable": "Line: tidak terpakai",
            "refused": "Result yang menolak, NIK tersamar",
            "place": BY_HAND,
            "registry": BY_HAND,
        },
        needs=Permission.ANSWER_EDIT,
        reads=Permission.ANSWER_VIEW,
        collect=_matching,
        asks=(
            Ask("place", Text("Tempat", "Place")),
            Ask("registry", Text("Pejabat Disdukcapil (nama, jabatan)", "Official of the registry")),
        ),
        sheet="refused",
    ),
    Kind(
        "verification_minutes",
        8,
        Text("Berita acara verifikasi dan validasi", "Minutes of verification"),
        Office.DINSOS,
        "submission",
        "submission_show",
        {
            "village": "Region.name",
            "subdistrict": "Region.name",
            "submission": "Submission.pk",
            "kind": "Submission.kind",
            "total": "Outcome",
            "passed": "Outcome: lolos",
            "ends": "Outcome per sebab",
            "refused": "Outcome: ditolak, NIK tersamar",
            **dict.fromkeys(("team", "method", "sample", "sample_result"), BY_HAND),
        },
        needs=Permission.LETTER_ISSUE,
        reads=Permission.SUBMISSION_VIEW,
        collect=_verified,
        asks=(
            Ask("team", Text("Tim (nama, jabatan)", "Team (names, offices)"), 3),
            Ask("method", Text("Cara memeriksa", "Method")),
            Ask("sample", Text("Sampel lapangan (jumlah)", "Sample in the field (how many)")),
            Ask("sample_result", Text("Hasil sampel", "Result of the sample"), 2),
        ),
        sheet="refused",
    ),
)
