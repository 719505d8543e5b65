"""Things that hold for the whole office."""

from __future__ import annotations

import ast
import inspect
import io
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.template.loader import get_template
from django.urls import get_resolver

import payung.office
from payung import codes
from payung.codes import Level
from payung.office import guards
from payung.office.access.roles import ROLES, RoleCode
from payung.office.desk import words
from payung.office.face import deeds
from payung.office.history.models import Event
from payung.people.nik import Sex
from payung.regions import codes as regions
from payung.text import Language

OFFICE = Path(payung.office.__file__).parent
TEMPLATES = sorted(OFFICE.rglob("templates/**/*.html"))
MOST_REMEMBERED = 50_000  # entries; some 600 bytes each where a past of two years is the key
SENTENCE = re.compile(r"""\{%\s*t\s+("[^"]*"|'[^']*')\s+("[^"]*"|'[^']*')?""")


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


def test_settings_pass_the_checks_for_deployment() -> None:
    found = io.StringIO()
    call_command("check", deploy=True, stdout=found, stderr=found, fail_level="WARNING")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_stands_in_both_languages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    get_template(path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix())
    for id_, en in SENTENCE.findall(text):
        assert en, f"{path.name}: {id_} has no English"
        holes = [set(re.findall(r"\{(\w+)\}", side)) for side in (id_, en)]
        assert holes[0] == holes[1], f"{path.name}: {id_} and {en} name different things"


def test_no_page_has_inline_style_or_script() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<script>", text), path.name


def test_no_page_writes_a_number_or_date_of_its_own() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8").replace("event.at|date:'c'", "")  # for machines
        assert not re.search(r"\|(date|time|floatformat|intcomma)\b", text), path.name


def test_every_recorded_action_has_a_name_on_the_time_line() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in OFFICE.rglob("*.py"))
    actions = set(
        re.findall(r'(?:Entry|_entry|entry_of|_note|_holding_entry)\(\s*(?:user, )?"(\w+\.\w+)"', source)
    )
    assert len(actions) > 15
    assert actions <= set(deeds())


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("id", ("12.345", "Rp1.000", "5 Agu 2026", "1,2 MB")),
        ("en", ("12,345", "Rp1,000", "5 Aug 2026", "1.2 MB")),
    ],
)
def test_numbers_and_dates_follow_the_language(language: str, shown: tuple[str, ...]) -> None:
    import datetime as dt

    from django.utils import translation

    with translation.override(language):
        day = words.day(dt.date(2026, 8, 5))
        assert (words.number(12345), words.rupiah(1000), day, words.size(1_234_567)) == shown


@pytest.mark.django_db
def test_health_tells_when_work_is_stuck(client: Any) -> None:
    import datetime as dt

    from django.utils import timezone

    from payung.office.jobs.models import Job

    assert client.get("/sehat/").status_code == 200
    job = Job.objects.create(kind="x", subject="y", asked_by="t")
    Job.objects.filter(pk=job.pk).update(created=timezone.now() - dt.timedelta(hours=1))
    assert client.get("/sehat/").status_code == 503
    Job.objects.update(state=Job.State.RUNNING, heartbeat=timezone.now())
    assert client.get("/sehat/").status_code == 200
    Job.objects.update(
        heartbeat=timezone.now() - dt.timedelta(hours=1)
    )  # its worker died, and there is no other
    assert client.get("/sehat/").status_code == 503
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_request_that_django_refuses_is_answered_in_words(client: Any) -> None:
    for answer in (client.get("/masuk/", headers={"host": "lain.example"}), _too_many_files(client)):
        assert answer.status_code == 400
        assert "tidak ada yang tersimpan" in answer.content.decode()


def _too_many_files(client: Any) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post("/masuk/", {"files": [SimpleUploadedFile("a.csv", b"x") for _ in range(101)]})


def test_lines_of_templates_are_short_enough_to_edit() -> None:
    long = [
        f"{path.relative_to(OFFICE)}:{number}"
        for path in sorted(OFFICE.rglob("templates/**/*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


VOCABULARY = re.compile(r"models\.(?:CharField|TextField)\(.*# \"?\w+\"?(?:, \"?\w+\"?)+(?: or \w+)?$")


def test_no_column_has_choices_without_words_and_tone() -> None:
    """A vocabulary is a code (payung.codes) in a ``CodeField``, not a list of choices in Django's way."""
    loose = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("payung.")
        for field in model._meta.get_fields()
        if getattr(field, "choices", None)
    ]
    assert loose == []


def test_levels_sexes_and_languages_are_those_of_the_rooms_below() -> None:
    assert set(get_args(regions.Level)) == {*Level}
    assert set(get_args(Sex)) == {*codes.Sex}
    assert set(get_args(Language)) == {*codes.Language}
    assert set(ROLES) == {*RoleCode}


@pytest.mark.django_db(transaction=True)
def test_a_column_is_changed_under_guards_and_all_of_them_stand_afterwards() -> None:
    before = guards.prints()
    assert len(before) > 60
    tables = connection.introspection.table_names()
    try:
        for target in (("programme", "0003"), ("programme", "0004")):  # of a table that guards of others name
            call_command("migrate", *target, verbosity=0)
            assert guards.prints() == before
    finally:  # the tests after this one share the database
        call_command("migrate", verbosity=0)
    assert sorted(connection.introspection.table_names()) == sorted(tables)


def test_no_column_keeps_its_vocabulary_in_a_comment() -> None:
    found = {
        f"{path.relative_to(OFFICE).as_posix()}:{line.split()[0]}"
        for path in OFFICE.rglob("*.py")
        if "migrations" not in path.parts
        for line in path.read_text("utf-8").splitlines()
        if VOCABULARY.search(line)
    }
    assert found == set()


ROLES_OF_FILES = {
    "__init__", "face", "states", "models", "rules", "queries", "actions", "work", "papers", "forms", "lists",
    "pages", "urls", "api", "ddl", "proofs", "letter_kinds",
}  # fmt: skip
# What is no role of every app, and stands beside them: what Django asks for, and rooms of one app.
OF_ONE_APP = {
    "accounts": {
        "adapter", "apps", "bulk", "codes", "confirmation", "context", "hashers", "idle", "intake", "many",
        "middleware", "passwords", "proposals", "second_factor", "signals", "slips",
    },
    "answers": {"agencies"},
    "api": {"bounds", "bulks", "hooks", "acts", "document", "problems", "resources", "tokens", "once"},
    "arrears": {"board"},
    "bills": {"forecast", "prices", "statements", "unbillable"},
    "changes": {"endings", "quarters", "dispatch"},
    "check": {"letters", "limits"},
    "deaths": {"sheets"},
    "donors": {"written"},
    "exports": {"apps"},
    "exchange": {"layouts", "values"},
    "insight": {
        *("ahead", "board", "charts", "counted", "distributions", "figures", "kept", "maps", "tallies", "targets"),
    },
    "letters": {"answer_kinds", "kinds", "submission_kinds", "village_kinds"},
    "months": {"losses", "pasts", "postings"},
    "notices": {"apps"},
    "people": {"spellings"},
    "programme": {
        *("advice", "decree_pages", "grounds", "journal", "kept_files", "letters", "paper_kinds", "signatures"),
        "written",
    },
    "submissions": {"ways"},
}  # fmt: skip
WITH_PAGES = sorted(path.parent for path in OFFICE.glob("*/models.py") if (path.parent / "urls.py").exists())


@pytest.mark.parametrize("app", WITH_PAGES, ids=lambda path: path.name)
def test_files_of_an_app_are_roles(app: Path) -> None:
    names = {path.stem for path in app.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert names - ROLES_OF_FILES - {"migrations", "templatetags"} <= OF_ONE_APP.get(app.name, set())


def test_rules_know_no_request_and_ask_no_database() -> None:
    rules = [path for path in OFFICE.rglob("*.py") if "rules" in (path.stem, path.parent.name)]
    assert len(rules) > 8
    for path in rules:
        found = re.findall(r"django\.http|\.objects\b|\btransaction\b|\brecord\(", path.read_text("utf-8"))
        assert found == [], path.relative_to(OFFICE)


def test_no_row_of_a_list_gets_an_attribute_hung_on() -> None:
    """What a cell needs beside its row stands in a line of its own (:meth:`ListPage.shown`)."""
    found = {
        path.relative_to(OFFICE).as_posix()
        for path in OFFICE.rglob("*.py")
        if re.search(
            r"^\s+(?!request|view)\w+\.\w+(, \w+\.\w+)* = .*# type: ignore\[attr-defined\]",
            path.read_text("utf-8"),
            re.M,
        )
        and "ListPage" in path.read_text("utf-8")
    }
    assert found == set()


def test_no_page_asks_for_the_permission_that_opened_it() -> None:
    """A page whose rule is one permission has what that reaches in ``request.scope``."""
    asked = []
    for page in get_resolver().url_patterns:
        rule, view = page.callback.rule, inspect.unwrap(page.callback)
        if rule.kind == "permission" and len(rule.permissions) == 1:
            name = f"Permission.{rule.permissions[0].name}"
            if inspect.isfunction(view) and name in inspect.getsource(view):
                asked.append(str(page.name))
    assert asked == []


# Words in -ing that are nouns: of the trade (blocking, matching, spelling) and of the house (a listing, a standing).
NOUNS = {"blocking", "encoding", "listing", "mapping", "matching", "ranking", "spelling", "standing"}


def test_a_file_is_called_by_a_noun_or_a_role() -> None:
    """By the things it is about and not by doings: whoever looks for a thing finds it by its name."""
    doings = {path.stem for path in OFFICE.parent.rglob("*.py") if path.stem.endswith("ing")}
    assert doings <= NOUNS


def test_what_a_process_remembers_has_bounds() -> None:
    """A process lives for months: what it keeps by texts, people or days of the office has a limit that is small."""
    without = set()
    for path in sorted(OFFICE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            names = {ast.unparse(one) for one in node.decorator_list}
            if names & {"cache", "functools.cache"} and node.args.args:
                without.add(f"{path.relative_to(OFFICE)}:{node.name}")
            for limit in re.findall(
                r"lru_cache(?:\(maxsize=([0-9_]+|None)\))?$", "\n".join(sorted(names)), re.M
            ):
                assert limit not in ("", "None"), (path, node.name)
                assert int(limit) <= MOST_REMEMBERED, (path, node.name)
    # By what the program itself names: a room, an action, a key of the secret.
    assert without == {
        "accounts/second_factor.py:_cipher",
        "desk/numbers.py:_of",
        "face/read.py:_own",
        "unsaid.py:_patterns",
        "vault/files.py:_of",
        "vault/sealed.py:_cipher",
    }
