import pytest

from payung.enrolment.tasks import run_tasks


def write(path, text):
    path.write_text(text)


def fail(path):
    raise ValueError(f"cannot write {path.name}")


@pytest.mark.parametrize(("count", "large"), [(0, False), (3, False), (3, True), (20, False)])
def test_run_tasks_does_every_task_once(tmp_path, count, large):
    told = []
    tasks = [(write, (tmp_path / f"{number}", str(number))) for number in range(count)]
    run_tasks(tasks, lambda: told.append(1), large=large)
    assert len(told) == count
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == sorted(map(str, range(count)))


@pytest.mark.parametrize("count", [2, 20])
def test_run_tasks_raises_the_fault_of_a_task(tmp_path, count):
    tasks = [(write, (tmp_path / f"{number}", "x")) for number in range(count)] + [(fail, (tmp_path / "b",))]
    with pytest.raises(ValueError, match="cannot write b"):
        run_tasks(tasks, lambda: None)
