"""What attacks tried, counted where they are played; `scripts/security_figures.py` writes docs/security.md with it."""

from __future__ import annotations

import json
import os

# Name in the table → the test that counts it, in the order of the table.
FIGURES = {
    "addresses × roles, opened exactly by the permissions of the role": (
        "tests/office/access/test_pages.py::test_role_opens_exactly_the_pages_of_its_permissions"
    ),
    "things of another region × roles × GET and POST": (
        "tests/office/access/test_pages.py::test_role_opens_nothing_of_another_region"
    ),
    "addresses without signing in": (
        "tests/office/access/test_pages.py::test_every_page_that_is_not_public_sends_strangers_to_the_login"
    ),
    "keys beyond any table × 4 roles × GET and POST": (
        "tests/attack/test_access.py::test_number_too_large_for_a_table_is_no_address_of_any_page"
    ),
    "odd numbers × forms and filters": (
        "tests/attack/test_access.py::test_odd_numbers_in_forms_are_refused_and_no_fault"
    ),
    "other methods than GET, HEAD and POST": "tests/attack/test_access.py::test_other_methods_are_refused",
    "rows of lists about people of other villages": (
        "tests/office/submissions/test_own_village.py::"
        "test_whatever_a_village_uploads_nothing_of_another_village_changes"
    ),
    "ways to touch a list, then to decide on it": (
        "tests/attack/test_access.py::test_whoever_touched_a_list_neither_endorses_nor_accepts_it"
    ),
    "ways for one administrator to be the only one": (
        "tests/attack/test_guessing.py::test_administrator_becomes_alone_neither_by_closing_nor_by_ending_the_other"
    ),
    "NIKs of others asked one by one, and told at most 5 times": (
        "tests/attack/test_guessing.py::test_correcting_a_nik_asks_no_more_than_adding"
    ),
    "kills of a worker while a list lay open": (
        "tests/attack/test_files.py::test_killed_while_a_list_lies_open_leaves_nothing_open"
    ),
    "bombs, each beyond what a machine of 4 GB carries": (
        "tests/attack/test_files.py::test_bombs_are_refused_and_cost_neither_worker_nor_reader_much"
    ),
    "papers that pretend, hide another file, swell or name a path": (
        "tests/office/cases/test_hostile_papers.py::test_what_hides_in_a_paper_or_hangs_on_it_is_not_kept"
    ),
    "rewritings of the history in the office's own database": (
        "tests/office/history/test_rewriting.py::test_each_rewriting_is_found_also_after_the_office_went_on"
    ),
    "rewritings of the history by statements, on both databases": (
        "tests/attack/test_history.py::test_rewritings_by_statements_are_found_on_both_databases"
    ),
    "sealed values moved to another row": (
        "tests/office/people/test_bound_values.py::test_values_swapped_in_the_minute_they_were_made_are_found_at_once"
    ),
    "numbers tried on the public page from a thousand addresses": (
        "tests/attack/test_public_check.py::test_ten_thousand_numbers_teach_hardly_anything"
    ),
}


def tried(figure: str, many: int = 1, *, through: int = 0) -> None:
    """Count ``many`` tries of one figure, of which ``through`` were let through; where PAYUNG_FIGURES names a file."""
    assert figure in FIGURES, figure
    path = os.environ.get("PAYUNG_FIGURES")
    if path:
        line = json.dumps([figure, many, through], ensure_ascii=False) + "\n"
        file = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644
        )  # whole lines of several processes
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)
