"""What the register says of itself: people, posts, memberships, cards."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from payung.codes import Category, Life, Occupation, Relation, Segment, Source
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import Entry, Face, Figure
from payung.office.people.models import Person
from payung.text import Text


def _figures(user: User) -> Iterable[Figure]:
    if scope := user.reach(Permission.PERSON_VIEW, Permission.PERSON_COUNT):
        people = scope.of(Person)
        url = reverse("person_list") if user.may(Permission.PERSON_VIEW) else ""
        yield Figure(Text("Orang dalam register", "People in the register"), people.count(), url)


FACE = Face(
    menu=(Entry(40, "person_list", Text("Orang", "People"), "people", (Permission.PERSON_VIEW,)),),
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
        "person.unmask": Text("NIK lengkap dilihat", "Whole NIK seen"),
        "person.standing": Text("Masuk kategori", "Category added"),
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
    },
    figures=_figures,
)
