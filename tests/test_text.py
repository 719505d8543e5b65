import pytest

from payung.text import Text


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        (Text("Padan BPJS", "Insurer check"), Text("padan BPJS", "insurer check")),
        (Text("NIK kosong", "NIK empty"), Text("NIK kosong", "NIK empty")),
        (Text("", "X"), Text("", "x")),
    ],
)
def test_sentence_inside_another_keeps_its_abbreviations(said: Text, inside: Text) -> None:
    assert said.inside() == inside
