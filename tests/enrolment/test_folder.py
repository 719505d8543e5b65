import errno
from pathlib import Path

import pytest

from payung.enrolment.folder import MARK, check_target, whole_folder
from payung.errors import InputError


def write(out, text):
    with whole_folder(out) as folder:
        (folder / MARK).write_text(text)


def write_half(out):
    with whole_folder(out) as folder:
        (folder / MARK).write_text("half")
        raise RuntimeError


def test_whole_folder_replaces_earlier_results(tmp_path):
    out = tmp_path / "hasil"
    write(out, "1")
    (out / "cadangan.xlsx").write_text("x")
    (out / ".~lock.usulan.xlsx#").write_text("x")
    write(out, "2")
    assert (out / MARK).read_text() == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["hasil"]
    assert [path.name for path in out.iterdir()] == [MARK]


def test_whole_folder_keeps_earlier_results_when_the_run_fails(tmp_path):
    out = tmp_path / "hasil"
    write(out, "1")
    with pytest.raises(RuntimeError):
        write_half(out)
    assert (out / MARK).read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["hasil"]


def test_whole_folder_leaves_nothing_when_the_first_run_fails(tmp_path):
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "hasil"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_whole_folder_refuses_a_folder_of_somebody_else(tmp_path):
    out = tmp_path / "dokumen"
    out.mkdir()
    (out / "skripsi.docx").write_text("x")
    with pytest.raises(InputError, match="berisi berkas lain"):
        write(out, "1")
    with pytest.raises(InputError, match="bukan folder"):
        write(out / "skripsi.docx", "1")


def test_whole_folder_finishes_a_run_that_was_killed_between_the_renames(tmp_path):
    out = tmp_path / "hasil"
    write(out, "1")
    out.rename(tmp_path / ".hasil.lama")
    with pytest.raises(RuntimeError), whole_folder(out):
        raise RuntimeError
    assert (out / MARK).read_text() == "1"


def test_whole_folder_refuses_earlier_results_beside_somebodys_own_file(tmp_path):
    out = tmp_path / "hasil"
    write(out, "1")
    (out / "catatan kades.docx").write_text("x")
    with pytest.raises(InputError, match=r"'catatan kades\.docx'"):
        write(out, "2")
    assert (out / "catatan kades.docx").read_text() == "x"
    assert (out / MARK).read_text() == "1"


def test_whole_folder_refuses_a_place_below_a_file_and_the_folder_one_is_in(tmp_path, monkeypatch):
    (tmp_path / "catatan.txt").write_text("x")
    with pytest.raises(InputError, match=r"catatan\.txt' adalah berkas"):
        write(tmp_path / "catatan.txt/dalam/hasil", "1")
    (tmp_path / "hasil/dalam").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "hasil")
    (tmp_path / "hasil/dalam").rmdir()
    with pytest.raises(InputError, match="tempat Anda bekerja"):
        check_target(tmp_path / "hasil")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_whole_folder_says_that_the_disk_does_not_take_the_results(tmp_path, code):
    def write_on_a_bad_disk():
        with whole_folder(tmp_path / "hasil") as folder:
            (folder / MARK).write_text("half")
            raise OSError(code, "no")

    with pytest.raises(InputError, match=r"tidak dapat ditulis ke .*hasil' \(no\)"):
        write_on_a_bad_disk()
    assert list(tmp_path.iterdir()) == []


def test_whole_folder_of_other_results_and_the_fault_of_another_file(tmp_path):
    out = tmp_path / "hasil"
    for _ in range(2):
        with whole_folder(out, {MARK, "pairs.parquet"}) as folder:
            (folder / MARK).write_text("x")
            (folder / "pairs.parquet").write_text("x")
    with pytest.raises(InputError, match=r"'pairs\.parquet'"):
        write(out, "2")
    with pytest.raises(FileNotFoundError), whole_folder(tmp_path / "lain"):
        Path("/nowhere/list.csv").read_text()
