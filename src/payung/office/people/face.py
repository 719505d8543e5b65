"""What the register says of itself: people, posts, memberships, cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from payung.codes import Category, Life, Occupation, Relation, Segment, Source
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.desk.numbers import sealed
from payung.office.desk.words import day
from payung.office.face import SHOWN_HITS, Entry, Face, Figure, Hit, Hits, Noun, Rows, Sought
from payung.office.history.models import Event
from payung.office.people.actions import refusals
from payung.office.people.actions.facts import BY_HAND
from payung.office.people.models import DEAD, Person
from payung.office.people.queries import covered_in, found_by, is_member
from payung.text import Text

WATCHED = 30  # days


def _figures(user: User) -> Iterable[Figure]:
    # Whoever may count people counts all of them, also those who stay unread: numbers without a way to names.
    if scope := user.reach(Permission.PERSON_COUNT, Permission.PERSON_VIEW):
        people = scope.of(Person)
        url = "" if user.may(Permission.PERSON_COUNT) else reverse("person_list")
        yield Figure(Text("Orang dalam register", "People in the register"), Rows(people), url)
    if user.may(Permission.SUBMISSION_ACCEPT):
        yield from _by_hand(user)


def _by_hand(user: User) -> Iterable[Figure]:
    """Tell an agency of people whom a village entered past camat and dinas, until they are covered or dead."""
    rows = user.scope(Permission.PERSON_VIEW).of(Person).filter(standings__source=BY_HAND).distinct()
    month = f"{timezone.localdate():%Y-%m}"
    open_ = Rows(rows.filter(~covered_in(month)).exclude(life_status=DEAD))
    label = Text("Dicatat tangan tanpa usulan, belum terlindungi", "Entered by hand on no list, not covered")
    yield Figure(label, open_, f"{reverse('person_list')}?asal=tangan&lindung=belum", "warn", quiet=True)


def _watched(user: User) -> Iterable[Figure]:
    """Yield how often somebody was told that a NIK is recorded out of their reach, for whoever sees log and names."""
    if not (user.may(Permission.LOG_VIEW) and user.may(Permission.PERSON_VIEW)):
        return
    since = timezone.now() - dt.timedelta(days=WATCHED)
    asked = Event.objects.filter(action=refusals.ACTION, at__gte=since)
    seen = Rows(asked.filter(user.scope(Permission.LOG_VIEW).in_places("region_code")))
    label = Text(
        f"NIK orang lain yang dicoba, {WATCHED} hari", f"NIKs of others that somebody tried, {WATCHED} days"
    )
    url = f"{reverse('history')}?apa={refusals.ACTION}&sejak={WATCHED}"
    yield Figure(label, seen, url, quiet=True)


def _seeks(user: User, sought: Sought) -> Iterable[Hits]:
    """Yield whom the list of people finds by this text, then whose names are only like it."""
    if not user.may(Permission.PERSON_VIEW):
        return
    sure, alike = found_by(user.scope(Permission.PERSON_VIEW), sought, SHOWN_HITS)
    url = f"{reverse('person_list')}?{urlencode({'cari': sealed(sought.text)})}"
    if sure:
        rows = tuple(_hit(person) for person in sure[:SHOWN_HITS])
        yield Hits(Text("Orang", "People"), "people", rows, len(sure) > SHOWN_HITS, url)
    if alike:
        label = Text("Orang yang namanya mirip", "People with names like it")
        yield Hits(label, "people", tuple(_hit(person) for person in alike), unsure=True)


def _hit(person: Any) -> Hit:
    place = person.village_name or person.village_code
    born = f" · {day(person.birth_date)}" if person.birth_date else ""
    note = f"{person.masked or '–'} · {place}{born}"
    life = Life.DEAD if person.dead else None
    return Hit(person.name, reverse("person_show", args=[person.pk]), note, life)


FACE = Face(
    menu=(Entry(130, "person_list", Text("Orang", "People"), "people", (Permission.PERSON_VIEW,)),),
    nouns={"person": Noun(Text("orang", "person"), "person_show")},
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
        refusals.ACTION: Text(
            "Mencoba NIK yang tercatat di luar jangkauannya",
            "Tried a NIK that is recorded out of their reach",
        ),
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
    late=_watched,
    figures=_figures,
    seeks=(_seeks,),
    sent=(is_member,),
)
