"""The words of the field: one list, for its own page and below the titles of the pages that use them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from payung.office.handbook.glossary import words, words_of

pytestmark = pytest.mark.django_db
NAMES = {str(page.name) for page in get_resolver().url_patterns}  # type: ignore[union-attr]


def test_each_word_stands_once_and_on_pages_that_there_are() -> None:
    keys = [one.key for one in words()]
    assert len(keys) > 30
    assert len(set(keys)) == len(keys)
    for one in words():
        for begins in one.pages:
            assert any(name.startswith(begins) for name in NAMES), (one.key, begins)
        assert all((one.word.id, one.word.en, one.means.id, one.means.en)), one.key
        assert len(one.means.id) < 160, one.key  # help beside a word, no lecture


def test_pages_of_the_commonest_ways_explain_their_words() -> None:
    for name in (
        "submission_show",
        "submission_list",
        "board",
        "answer_home",
        "bill_show",
        "case_show",
        "card_list",
    ):
        assert words_of(name), name
    assert {one.key for one in words_of("card_list")} >= {"kpj"}
    assert words_of("me") == ()


def test_a_page_explains_its_words_and_leads_to_all_of_them(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator"))
    page = client.get(reverse("submission_list")).content.decode()
    assert "Mencocokkan daftar desa" in page
    assert reverse("handbook_words") in page
    whole = client.get(reverse("handbook_words")).content.decode()
    assert len(re.findall("<dt>", whole)) == len(words())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Comparing a village" in client.get(reverse("handbook_words")).content.decode()
