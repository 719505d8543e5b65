import os
import signal
import subprocess
import sys
import time
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


def test_workers_run_leaves_nobody_writing_after_a_fault(tmp_path):
    # Workers find a function by its module: one of the tests is not on their path.
    late = [f"import time; time.sleep(1.5); open({str(tmp_path / f'late-{n}')!r}, 'w')" for n in range(19)]
    slow = [(exec, (code,)) for code in late]
    tasks = [(Path.read_text, (tmp_path / "full",)), *slow]
    with Workers() as workers, pytest.raises(FileNotFoundError, match="full"):
        workers.run(tasks, lambda: None)
    time.sleep(2)
    assert not list(tmp_path.glob("late-*"))


@pytest.mark.parametrize("pause", [0.3, 1.0])
def test_interrupt_ends_a_job_with_workers_at_once(tmp_path, pause):
    """Ctrl-C goes to every process of the terminal; only the first may stumble over it."""
    code = (
        "import sys, time\n"
        "from payung.enrolment.tasks import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers() as workers:\n"
        "        print('begun', flush=True)\n"
        "        workers.run([(time.sleep, (30,))] * 20, lambda: None)\n"
    )
    (tmp_path / "job.py").write_text(code)
    job = subprocess.Popen(
        [sys.executable, str(tmp_path / "job.py")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert job.stdout.readline() == "begun\n"
    time.sleep(pause)
    os.killpg(job.pid, signal.SIGINT)
    _, said = job.communicate(timeout=20)
    assert said.count("Traceback") == 1
    assert said.strip().endswith("KeyboardInterrupt")
