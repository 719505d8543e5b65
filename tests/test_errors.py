import pickle

from payung.errors import InputError
from payung.text import Text, current_language


def test_input_error_travels_between_processes_whole():
    fault = pickle.loads(pickle.dumps(InputError(Text("berkas kosong", "empty file"))))
    assert (fault.read("id"), fault.read("en"), fault.exit_code) == ("berkas kosong", "empty file", 2)


def test_current_language_follows_the_environment(monkeypatch):
    monkeypatch.delenv("PAYUNG_LANG", raising=False)
    assert current_language() == "id"
    monkeypatch.setenv("PAYUNG_LANG", "en_GB")
    assert current_language() == "en"
    assert Text("ya", "yes").read() == "yes"
