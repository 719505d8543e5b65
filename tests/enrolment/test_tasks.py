from pathlib import Path

import pytest

from payung.enrolment.tasks import Workers


@pytest.mark.parametrize(("count", "large"), [(0, False), (3, False), (3, True), (20, False)])
def test_workers_run_does_every_task_once(tmp_path, count, large):
    told = []
    tasks = [(Path.write_text, (tmp_path / f"{number}", str(number))) for number in range(count)]
    with Workers() as workers:
        workers.run(tasks, lambda: told.append(1), large=large)
    assert len(told) == count
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == sorted(map(str, range(count)))


@pytest.mark.parametrize("count", [2, 20])
def test_workers_run_raises_the_fault_of_a_task(tmp_path, count):
    good = [(Path.write_text, (tmp_path / f"{number}", "x")) for number in range(count)]
    with Workers() as workers, pytest.raises(FileNotFoundError, match="nowhere"):
        workers.run([*good, (Path.read_text, (tmp_path / "nowhere",))], lambda: None)
