"""YAML that people write: every fault names the file and, where there is one, the line; references end."""

from __future__ import annotations

from pathlib import Path

import pytest

from payung.errors import InputError
from payung.yaml_files import node_of, values_of


def test_values_are_those_of_yaml_or_as_written() -> None:
    assert values_of("a: 0012\nb: [1, no]", "f.yaml") == {"a": 10, "b": [1, False]}
    assert values_of(b"\xef\xbb\xbfa: 0012\nb: no", "f.yaml", words=True) == {"a": "0012", "b": "no"}
    assert values_of("# nothing\n", "f.yaml") is None
    assert node_of("", "f.yaml") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: 1\nb: [1\n", r"f\.yaml, baris 3"),
        (b"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", r"f\.yaml, baris 5: c tertulis dua kali"),
        (b"- {a: 1}\n- {a: 1, a: 2}\n", r"f\.yaml, baris 2: a tertulis dua kali"),
        (b"a: \xff\xfe", r"f\.yaml.* YAML"),
        (b"a: 2027-02-31", r"f\.yaml"),
        (b"a: !!python/object/apply:os.system ['true']", r"f\.yaml"),
        (b"a: 1\n---\nb: 2\n", r"f\.yaml, baris"),
    ],
)
def test_faults_name_the_file_and_the_line(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        values_of(content, "f.yaml")


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"f\.yaml"):
        node_of(tmp_path / "f.yaml", "f.yaml")


def test_references_are_read_as_programs_write_them() -> None:
    assert values_of("a: &a [2027-01]\nb: {c: *a, d: *a}", "f.yaml") == {
        "a": ["2027-01"],
        "b": {"c": ["2027-01"], "d": ["2027-01"]},
    }
    assert values_of("a: &a {x: 1}\nb: {<<: *a, y: 2}", "f.yaml")["b"] == {"x": 1, "y": 2}


def test_references_to_references_that_would_be_gigabytes_are_refused() -> None:
    many = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    for content in (many, "a: &a [*a]"):
        with pytest.raises(InputError, match=r"f\.yaml, baris \d+"):
            values_of(content, "f.yaml")


def test_what_lies_too_deep_is_refused() -> None:
    with pytest.raises(InputError, match=r"f\.yaml"):
        values_of("[" * 5000 + "]" * 5000, "f.yaml")
