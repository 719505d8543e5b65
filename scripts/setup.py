"""Put in place everything that `make run`, `make test` and `make check` need. Standard library only.

    python3 scripts/setup.py [--with base|dev|bench]

Every step says what it does, is skipped where its inputs have not changed, and fails with one sentence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOG = ROOT / "var/setup.log"
PYTHON_AT_LEAST = (3, 11)
NODE_AT_LEAST = 18


class SetupError(Exception):
    """One sentence that says what is missing and what to do."""


def say(sentence: str) -> None:
    """Tell the person at the terminal what is happening."""
    print(f"· {sentence}", flush=True)


def check_python() -> None:
    """Refuse a Python that is too old or has no way to make a virtual environment."""
    if sys.version_info < PYTHON_AT_LEAST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(
            f"Payung needs Python 3.11 or newer, this is {found}: install it "
            "(apt-get install python3.11) and call `make PYTHON=python3.11 ...`."
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(
            "This Python cannot make a virtual environment: install the venv module "
            "(apt-get install python3-venv), then call make again."
        ) from None


def check_folder() -> None:
    """Refuse a project folder that may not be written."""
    if not os.access(ROOT, os.W_OK | os.X_OK):
        raise SetupError(
            f"The folder {ROOT} cannot be written: copy the project to a folder of your own, then call make there."
        )


def fingerprint(*parts: Path | str) -> str:
    """Return one hash over texts and the contents of files (a missing file counts as empty)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) and part.exists() else str(part).encode()
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


class Stamps:
    """Which step was done with which inputs; kept inside the virtual environment."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "payung-setup.json"

    def done(self, step: str, value: str) -> bool:
        """Tell whether ``step`` was finished with inputs of this fingerprint."""
        return self._read().get(step) == value

    def note(self, step: str, value: str) -> None:
        """Remember that ``step`` is finished."""
        self.path.write_text(json.dumps({**self._read(), step: value}, indent=1, sort_keys=True))

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self.path.read_text()))
        except (OSError, ValueError):
            return {}


def call(command: list[str | Path], fault: str, *, path: Path | None = None) -> None:
    """Run ``command`` quietly in the project; where it fails, keep what it said in a file and raise ``fault``."""
    environment = dict(os.environ)
    if path is not None:
        environment["PATH"] = f"{path}{os.pathsep}{environment.get('PATH', '')}"
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text(f"{' '.join(words)}\n{result.stdout}{result.stderr}", encoding="utf-8")
        raise SetupError(f"{fault} What it said is in {LOG.relative_to(ROOT)}.")


def make_venv(folder: Path) -> None:
    """Make the virtual environment and its installer, uv."""
    lock = ROOT / "requirements/bootstrap.txt"
    stamps, value = Stamps(folder), fingerprint(lock, sys.version)
    python = folder / "bin/python"
    if python.exists() and stamps.done("bootstrap", value):
        return
    say(f"Making the virtual environment {folder.name}")
    shutil.rmtree(folder, ignore_errors=True)
    call(
        [sys.executable, "-m", "venv", folder],
        "The virtual environment could not be made: install the venv module "
        "(apt-get install python3-venv), then call make again.",
    )
    call(
        [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            lock,
        ],
        "The installer could not be fetched: check the network (or the proxy settings of pip), "
        "then call make again.",
    )
    stamps.note("bootstrap", value)


def install(folder: Path, name: str) -> None:
    """Install one hash-locked set of Python packages."""
    lock = ROOT / f"requirements/{name}.txt"
    stamps, value = Stamps(folder), fingerprint(lock)
    # The development set holds the base set, with the same versions.
    done = stamps.done(f"packages-{name}", value)
    if done or (name == "base" and stamps.done("packages-base-of-dev", value)):
        return
    say(f"Installing the Python packages of requirements/{name}.txt")
    uv: list[str | Path] = [folder / "bin/uv", "pip", "install", "--quiet", "--python", folder / "bin/python"]
    call(
        [*uv, "--require-hashes", "--no-deps", "--compile-bytecode", "-r", lock],
        f"The Python packages of requirements/{name}.txt could not be installed: check the network, "
        "then call make again.",
    )
    stamps.note(f"packages-{name}", value)
    if name == "dev":
        stamps.note("packages-base-of-dev", fingerprint(ROOT / "requirements/base.txt"))


def install_payung(folder: Path) -> None:
    """Make `payung` a command of the virtual environment, running from src/."""
    stamps, value = (
        Stamps(folder),
        fingerprint(
            ROOT / "pyproject.toml", ROOT / "requirements/base.in", str(ROOT), "found by a relative path"
        ),
    )
    if (folder / "bin/payung").exists() and stamps.done("payung", value):
        return
    say("Installing payung itself")
    uv: list[str | Path] = [folder / "bin/uv", "pip", "install", "--quiet", "--python", folder / "bin/python"]
    call(
        [*uv, "--no-deps", "--no-build-isolation", "--offline", "-e", "."],
        "Payung itself could not be installed.",
    )
    # Python reads this line with the locale's letters, and LC_ALL=C has none for a folder such as "Désa": name it
    # from where it is read instead.
    for line in folder.glob("lib/python3*/site-packages/__editable__.payung-*.pth"):
        line.unlink()  # the installer's own copy may be the same file under another name
        line.write_text(os.path.relpath(ROOT / "src", line.parent), encoding="ascii")
    stamps.note("payung", value)


def compile_payung() -> None:
    """Compile payung once, so that every start and every worker process is quicker."""
    call(
        [VENV / "bin/python", "-m", "compileall", "-q", "src/payung"],
        "Payung does not compile.",
    )


def node_folder() -> Path | None:
    """Return the folder of a Node.js that is new enough, or ``None``."""
    for candidate in (shutil.which("node"), str(VENV / "bin/node")):
        if candidate is None or not Path(candidate).exists():
            continue
        folder = Path(candidate).parent
        if not (folder / "npm").exists():
            continue
        try:
            version = subprocess.run([candidate, "--version"], capture_output=True, text=True).stdout
            if int(version.strip().lstrip("v").split(".")[0]) >= NODE_AT_LEAST:
                return folder
        except (OSError, ValueError):
            continue
    return None


def install_npm_packages() -> None:
    """Fetch the locked npm packages; no install script of theirs is run."""
    stamps = Stamps(VENV)
    value = fingerprint(ROOT / "package-lock.json", ROOT / ".npmrc")
    if (ROOT / "node_modules").is_dir() and stamps.done("npm", value):
        return
    folder = node_folder()
    if folder is None:
        say("This machine has no Node.js: installing it into the virtual environment")
        install(VENV, "node")
        folder = node_folder()
    if folder is None:
        raise SetupError(
            "Node.js could not be put in place: install it (apt-get install nodejs npm), then call make again."
        )
    say("Fetching the npm packages of package-lock.json")
    call(
        [folder / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        "The npm packages could not be fetched: check the network, then call make again.",
        path=folder,
    )
    stamps.note("npm", value)


def build_regions() -> None:
    """Load the list of all Indonesian regions into one compact file."""
    stamps = Stamps(VENV)
    sources = sorted((ROOT / "src/payung/regions").glob("*.py"))
    value = fingerprint(ROOT / "package-lock.json", *sources)
    if any((ROOT / "src/payung/regions").glob("wilayah.*")) and stamps.done("regions", value):
        return
    say("Loading the codes of all regions")
    call(
        [VENV / "bin/payung", "regions", "build"],
        "The codes of the regions could not be loaded.",
    )
    stamps.note("regions", value)


def build_assets() -> None:
    """Make the styles and scripts of the office ready to be served."""
    stamps = Stamps(VENV)
    office = ROOT / "src/payung/office"
    sources = sorted(
        path
        for path in office.rglob("static/**/*")
        if path.is_file() and "vendor" not in path.parts and "served" not in path.parts
    )
    value = fingerprint(ROOT / "package-lock.json", office / "assets.py", *sources)
    if (office / "served").is_dir() and stamps.done("assets", value):
        return
    say("Preparing styles and scripts of the office")
    call([VENV / "bin/payung", "assets"], "Styles and scripts could not be prepared.")
    stamps.note("assets", value)


def install_test_programs() -> None:
    """On a bare CI machine, get the browser and the database that tests drive; elsewhere change nothing.

    Tests that need a missing program skip and say so, so a failure here is only told.
    """
    if os.environ.get("CI") != "true" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    wanted = []
    if shutil.which("chromium") is None:
        wanted.append("chromium")
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and shutil.which("initdb") is None:
        wanted.append("postgresql")
    if not wanted:
        return
    say(f"Installing for the tests: {', '.join(wanted)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, capture_output=True)
    install = ["apt-get", "install", "-q", "-y", *wanted]
    if subprocess.run(install, env=quiet, capture_output=True).returncode != 0:
        say("They could not be installed; the tests that need them will say that they were skipped")


def main() -> int:
    """Do the steps in order; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with", dest="which", choices=("base", "dev", "bench"), default="base")
    which = parser.parse_args().which
    try:
        check_python()
        check_folder()
        make_venv(VENV)
        install(VENV, "dev" if which == "dev" else "base")
        install_payung(VENV)
        install_npm_packages()
        build_regions()
        build_assets()
        compile_payung()
        if which == "dev":
            install_test_programs()
        say("Everything is in place")
        if which == "bench":
            peers = ROOT / ".venv-bench"
            make_venv(peers)
            install(peers, "bench")
            install_payung(peers)
    except SetupError as fault:
        print(f"Set-up stopped: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up was interrupted; call make again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
