"""One of everything that lies in a village, and the address of every page about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from answersworld import answer
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse

from payung.office.accounts import actions as accounts
from payung.office.accounts.models import Proposal, User
from payung.office.answers.models import Phrase
from payung.office.duplicates.models import Pair
from payung.office.face import faces
from payung.office.jobs.worker import run_all
from payung.office.people.actions import heirs
from payung.office.people.models import Person
from payung.office.posts import actions as posting
from payung.office.submissions import actions as intake

PAGES: list[URLPattern] = list(get_resolver().url_patterns)  # type: ignore[arg-type]
CSV = b"NIK;NAMA;TANGGAL LAHIR\n6203990503890001;SITI;05-03-1989\n"


def things_of(code: str, person: Person, holder: Person) -> dict[str, Any]:
    """Make one of everything in the village ``code``; return the keys: each page that takes one takes one of these.

    ``person`` lives there with a household, ``holder`` there holds an office.
    """
    post = posting.open_post(by="t", region_code=code, category="kepala_desa", label="Kades")
    posting.appoint(by="t", post=post, person=holder, starts=None)
    named = heirs.Named("spouse", "Ahli Waris")
    heir = heirs.add(by="t", person=person, named=named, on=dt.date(2026, 11, 22))
    submission = intake.begin(by="operator", village_code=code, kind="rentan")
    upload = intake.upload(by="operator", submission=submission, file=SimpleUploadedFile("daftar.csv", CSV))
    run_all()
    pair = Pair.objects.create(
        left=person,
        right=holder,
        probability=0.9,
        suggestion="same",
        why="same_name",
        submission=submission,
    )
    said = answer(f"NIK;NAMA;STATUS;KETERANGAN\n{person.nik};{person.name};T;entah\n".encode(), "bpjs")
    of_apps: dict[str, Any] = {}
    for face in faces():
        if face.sample:
            of_apps |= face.sample({"person": person, "village": code, "by": "t"})
    return {
        **of_apps,
        "person_": person.pk,
        "pair_": pair.pk,
        "answer_": said.pk,
        "text_": Phrase.objects.get().pk,
        "post_show": post.pk,
        "submission_": submission.pk,
        "account_proposal": _proposal().pk,
        "account_": User.objects.order_by("pk").first().pk if User.objects.exists() else 1,  # type: ignore[union-attr]
        "code": code,
        "household_": person.household_id,
        "heir": heir.pk,
        "upload": upload.pk,
        "row": upload.rows.get().pk,
    }


def _proposal() -> Proposal:
    concerned = User.objects.order_by("pk").first() or accounts.create_user(
        by="t", username="t.usul", name="Usul", password=None
    )
    return Proposal.objects.create(user=concerned, deed="password", by="t")


def address_of(page: URLPattern, things: dict[str, Any]) -> str:
    """Return the address of ``page`` about these things; a key that nobody made is a fault of the test."""
    values = {}
    for name in page.pattern.converters:
        key = name if name != "key" else next((k for k in things if str(page.name).startswith(k)), None)
        assert key in things, f"{page.name}: say in things_of what its {name!r} is"
        values[name] = things[key]
    return reverse(str(page.name), kwargs=values)
