"""The annex on paper: tagged PDF/A with its hash; anybody may check its code, and learns nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from officeworld import NEIGHBOUR, VILLAGE
from programmeworld import draft, line_of, people, pks, signed

from payung.office.access.scope import Area, Scope
from payung.office.history.models import Event
from payung.office.letters.kinds import kind_of
from payung.office.programme import letters
from payung.office.programme.actions import freeze
from payung.office.programme.letter_kinds import annex_values

pytestmark = pytest.mark.django_db


def test_the_annex_is_set_with_its_hash_and_code(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    pks()
    decree = signed(line_of(10**8), people(1, 60, name='Orang "Aneh" #set $x$ <a>'))
    response = client.get(reverse("decree_paper", args=[decree.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert b"pdfaid" in response.content
    assert b"/StructTreeRoot" in response.content
    assert Event.objects.filter(action="decree.paper", letter="1/SK").exists()
    values = annex_values(decree)
    rows = values["annex"]["rows"]
    assert (values["hash"], len(rows)) == (decree.hash, 60)
    assert all("6203990503890001" not in cell for row in rows for cell in row)


def test_page_and_letter_of_the_annex_are_one_paper(make_user: Any) -> None:
    """The same template and content; the page has the code of the hash where the letter has a number."""
    pks()
    decree = signed(line_of(10**8), people(1, 2))
    kind = kind_of("decree_annex")
    material = kind.collect(Scope((Area("62.03"),)), f"{decree.pk}")
    assert material is not None
    assert material.values == annex_values(decree)
    paper = letters.annex_pdf(decree, check="https://contoh/sk/periksa/", on=decree.signed_on)
    assert paper == letters.annex_pdf(decree, check="https://contoh/sk/periksa/", on=decree.signed_on)
    assert b"pdfuaid" in paper  # as every letter: for screen readers too


def test_only_who_sees_everybody_in_it_gets_the_paper(make_user: Any, sign_in: Any) -> None:
    pks()
    decree = signed(line_of(10**8), [*people(1, 1), *people(2, 1, NEIGHBOUR)])
    page = reverse("decree_paper", args=[decree.pk])
    assert sign_in(make_user("operator", VILLAGE)).get(page).status_code == 404
    assert sign_in(make_user("dpmd")).get(page).status_code == 404  # sees officials only
    assert sign_in(make_user("bkad")).get(page).status_code == 403
    assert sign_in(make_user("inspektorat")).get(page).status_code == 200


def test_a_draft_has_no_paper_and_says_why(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    decree = draft(line_of(10**8), people(1, 1))
    response = client.get(reverse("decree_paper", args=[decree.pk]), follow=True)
    assert "Bekukan dahulu" in response.content.decode()


def test_a_broken_template_blocks_nothing(make_user: Any, sign_in: Any, monkeypatch: Any) -> None:
    import typst

    client = sign_in(make_user("dinsos"))
    pks()
    decree = signed(line_of(10**8), people(1, 1))

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("unknown variable")

    monkeypatch.setattr(typst, "compile", broken)
    response = client.get(reverse("decree_paper", args=[decree.pk]), follow=True)
    assert "unknown variable" in response.content.decode()
    assert "Keputusannya tetap" in response.content.decode()


def test_anybody_may_check_a_code_and_learns_nothing_else() -> None:
    from officeworld import PLACES

    from payung.office.regions.models import Region

    Region.objects.bulk_create([Region(code=c, name=n, level=v) for c, (n, v) in PLACES.items()])
    pks()
    decree = signed(line_of(10**8), people(1, 2))
    waiting = freeze(by="t", decree=draft(line_of(10**8, name="dua"), people(5, 1)))
    page = reverse("decree_check")
    shown = Client().get(page, {"kode": letters.code_of(decree)}).content.decode()
    assert "ada di kantor" in shown
    assert "1/SK" not in shown
    for code in (letters.code_of(waiting), "0000-0000-0000-0000", decree.hash[:8], "' OR 1=1", "\x00"):
        assert "Tidak ada lampiran" in Client().get(page, {"kode": code}).content.decode() or code == "\x00"
