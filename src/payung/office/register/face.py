"""What the register says of itself: people, posts, memberships, cards."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category, Life, Occupation, Relation, Segment, Source
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import Entry, Face, Figure, Task
from payung.office.register import cards
from payung.office.register.cards import KIND_NAMES
from payung.office.register.models import DEAD, Person
from payung.office.register.queries import STATES, covered_in, post_counts
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.CARD_EDIT):
        return
    overdue = cards.late(timezone.localdate())
    many = cards.waiting(user.scope(Permission.CARD_EDIT)).aggregate(
        many=Count("pk"), late=Count("pk", filter=overdue)
    )
    if many["many"]:
        url = reverse("card_list")
        label = Text("Kartu belum diserahkan", "Cards not handed over")
        yield Task(label, many["many"], many["late"], url, f"{url}?lama=lewat", cards.LATE)


def _late(user: User) -> Iterable[Figure]:
    today = timezone.localdate()
    if scope := user.reach(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT):
        many = sum(line["ended"] for line in post_counts(scope, today).values())
        label = Text(
            "Jabatan yang masanya berakhir dan belum diisi", "Offices whose term ended, not filled again"
        )
        yield Figure(label, many, f"{reverse('roster_list')}?keadaan=ended")
    if user.may(Permission.CARD_VIEW):
        many = cards.waiting(user.scope(Permission.CARD_VIEW)).filter(cards.late(today)).count()
        label = Text(
            f"Kartu yang menunggu lebih dari {cards.LATE} hari",
            f"Cards that have waited for more than {cards.LATE} days",
        )
        yield Figure(label, many, f"{reverse('card_list')}?lama=lewat")


def _figures(user: User) -> Iterable[Figure]:
    if scope := user.reach(Permission.PERSON_VIEW, Permission.PERSON_COUNT):
        people = scope.of(Person)
        month = f"{timezone.localdate():%Y-%m}"
        total, covered = people.count(), people.filter(covered_in(month)).count()
        # Whoever died is not covered and needs no cover any more.
        open_ = total - covered - people.filter(~covered_in(month), Q(life_status=DEAD)).count()
        url = reverse("person_list") if user.may(Permission.PERSON_VIEW) else ""
        yield Figure(Text("Orang dalam register", "People in the register"), total, url)
        yield Figure(
            Text("Terlindungi bulan ini", "Covered this month"), covered, url and f"{url}?lindung=ya", "good"
        )
        yield Figure(
            Text("Belum terlindungi", "Not covered"),
            open_,
            url and f"{url}?lindung=belum",
            "warn" if open_ else "good",
        )
    if scope := user.reach(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT):
        counts = list(post_counts(scope, timezone.localdate()).values())
        totals = {state: sum(line[state] for line in counts) for state in STATES}
        url = reverse("roster_list")
        yield Figure(
            Text("Pejabat belum terlindungi", "Office holders not covered"),
            totals["uncovered"],
            f"{url}?keadaan=uncovered",
            "bad" if totals["uncovered"] else "good",
        )
        yield Figure(
            Text("Jabatan lowong atau berakhir", "Offices vacant or ended"),
            totals["vacant"] + totals["ended"],
            f"{url}?keadaan=kosong",
            "warn" if totals["vacant"] + totals["ended"] else "good",
        )


FACE = Face(
    menu=(
        Entry(40, "person_list", Text("Orang", "People"), "people", (Permission.PERSON_VIEW,)),
        Entry(45, "card_list", Text("Kartu", "Cards"), "card", (Permission.CARD_VIEW,)),
        Entry(
            50,
            "roster_board",
            Text("Jabatan", "Offices"),
            "office",
            (Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        ),
    ),
    deeds={
        "person.create": Text("Dicatat dalam register", "Entered in the register"),
        "person.change": Text("Data diubah", "Data changed"),
        "person.merge": Text("Digabung: ini orang yang sama", "Merged: this is the same person"),
        "person.merged": Text("Digabung ke orang lain", "Merged into another person"),
        "person.unmerge": Text("Penggabungan diurungkan", "Merge undone"),
        "person.unmerged": Text("Menjadi orang sendiri lagi", "A person of its own again"),
        "person.nik": Text("NIK dibetulkan", "NIK corrected"),
        "heir.add": Text("Ahli waris dicatat", "Heir written down"),
        "heir.change": Text("Data ahli waris diubah", "Heir changed"),
        "heir.remove": Text("Ahli waris dihapus", "Heir removed"),
        "card.receive": Text("Kartu datang dari cabang", "Card came from the branch"),
        "card.hand_over": Text("Kartu diserahkan", "Card handed over"),
        "person.unmask": Text("NIK lengkap dilihat", "Whole NIK seen"),
        "person.standing": Text("Masuk kategori", "Category added"),
        "post.create": Text("Jabatan dibuat", "Post made"),
        "holding.start": Text("Mulai menjabat", "Took office"),
        "holding.end": Text("Berhenti menjabat", "Left office"),
        "membership.start": Text("Kepesertaan dicatat", "Membership recorded"),
    },
    names={
        "name": Text("nama", "name"),
        "nik": Text("NIK", "NIK"),
        "birth_date": Text("tanggal lahir", "birth date"),
        "birth_place": Text("tempat lahir", "birth place"),
        "sex": Text("jenis kelamin", "sex"),
        "mother": Text("ibu kandung", "mother"),
        "address": Text("alamat", "address"),
        "rt": Text("RT", "RT"),
        "rw": Text("RW", "RW"),
        "job": Text("pekerjaan", "job"),
        "occupation": (Text("kode pekerjaan", "occupation code"), Occupation),
        "income": (Text("penghasilan", "income"), "rupiah"),
        "disability": Text("disabilitas", "disability"),
        "decile": Text("desil", "decile"),
        "life_status": (Text("status hidup", "life status"), Life),
        "has_phone": Text("ada nomor HP", "has a phone number"),
        "category": (Text("kategori", "category"), Category),
        "categories": (Text("kategori", "categories"), Category),
        "post": Text("jabatan", "office"),
        "pay": (Text("penghasilan tetap", "pay"), "rupiah"),
        "source": (Text("sumber", "source"), Source),
        "segment": (Text("segmen", "segment"), Segment),
        "from": Text("dari bulan", "from month"),
        "until": Text("sampai bulan", "until month"),
        "kpj": Text("KPJ", "KPJ"),
        "kk": Text("KK", "KK"),
        "phone": Text("nomor HP", "phone number"),
        "decile_version": Text("terbitan desil", "release of the decile"),
        "heir": Text("ahli waris", "heir"),
        "relation": (Text("hubungan", "relation"), Relation),
        "has_account": Text("punya rekening", "has an account"),
        "card": (Text("kartu", "card"), lambda code: KIND_NAMES.get(code)),
        "received_on": Text("diterima", "received"),
        "handed_on": Text("diserahkan", "handed over"),
        "handed_to": Text("diterima oleh", "taken by"),
        "handed_by": Text("diserahkan oleh", "handed over by"),
    },
    waits=_waits,
    late=_late,
    figures=_figures,
)
