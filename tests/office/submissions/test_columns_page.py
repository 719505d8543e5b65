"""Whoever corrects a column sees what stands in it, and what was only guessed comes first."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from officeworld import VILLAGE, nik
from submissionsworld import send, sheet

from payung.office.submissions import actions
from payung.office.submissions.models import Upload

pytestmark = pytest.mark.django_db
ROWS = [
    (nik(n), f"SITI {name}", "05-03-1989", "Petani karet") for n, name in enumerate(("AMINAH", "WATI"), 1)
]


def _sent() -> Upload:
    return send(actions.begin(by="operator", village_code=VILLAGE, kind="rentan"), sheet(*ROWS))


def test_samples_stand_beside_each_column_with_numbers_masked(make_user: Any, sign_in: Any) -> None:
    upload = _sent()
    address = f"/usulan/{upload.submission_id}/berkas/{upload.pk}/"
    page = sign_in(make_user("operator")).get(address).content.decode()
    assert "SITI AMINAH" in page
    assert "Petani karet" in page
    assert nik(1) not in page


def test_samples_are_sealed_at_rest(regions: None) -> None:
    upload = _sent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT samples FROM submissions_upload")
        assert b"AMINAH" not in bytes(cursor.fetchone()[0])
    assert "AMINAH" in (upload.samples or "")
    assert "samples" not in upload.tables[0]


def test_guessed_column_of_names_is_said_on_the_list(make_user: Any, sign_in: Any) -> None:
    upload = _sent()
    client = sign_in(make_user("operator"))
    address = f"/usulan/{upload.submission_id}/"
    assert "hanya dikira-kira" not in client.get(address).content.decode()
    for column in upload.tables[0]["columns"]:
        if column["field"] == "name":
            column["confidence"] = 0.4
    upload.save(update_fields=["tables"])
    assert "hanya dikira-kira" in client.get(address).content.decode()
    page = client.get(f"{address}berkas/{upload.pk}/").content.decode()
    assert page.index("<strong>NAMA</strong>") < page.index("<strong>NIK</strong>")


def test_name_that_is_too_long_to_keep_says_so(regions: None) -> None:
    name = "SITI " + "RAHMAWATI " * 20
    upload = send(
        actions.begin(by="operator", village_code=VILLAGE, kind="rentan"),
        sheet(*ROWS, (nik(9), name.strip(), "05-03-1989", "Petani")),
    )
    kept = upload.rows.get(nik_index__isnull=False, name__startswith="SITI RAHMAWATI").name
    assert len(kept) <= 150
    assert kept.endswith("…")
