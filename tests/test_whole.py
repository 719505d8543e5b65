"""A clone is complete: nothing of the project reads or cites what lies outside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "tests", "bench", "scripts", "docs", "requirements")
FILES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml", "package.json")
ENDINGS = {".py", ".md", ".yaml", ".json", ".toml", ".in", ".sh", ".html", ".js", ".css", ".txt", ""}
MADE = {"__pycache__", "served", "vendor"}  # by `make setup`, from elsewhere
# Put together here, so that this file itself does not cite them.
OUTSIDE = ("../" + "shared", "/" + "work/", "shared/" + "reference")


def test_no_file_reads_or_cites_what_is_outside():
    found = []
    paths = [ROOT / name for name in FILES]
    for folder in FOLDERS:
        paths += [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in ENDINGS]
    assert len(paths) > 500
    for path in paths:
        if MADE & set(path.parts) or any(part.endswith(".egg-info") for part in path.parts):
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{path.relative_to(ROOT)}: {word}" for word in OUTSIDE if word in text]
    assert found == []


def test_nothing_asks_polars_to_format():
    """``pl.format`` ends a process where a column lies in memory in more than one way; ``pl.concat_str`` does not."""
    asked = "pl." + "format("
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    assert len(files) > 500
    assert [str(path.relative_to(ROOT)) for path in files if asked in path.read_text("utf-8")] == []
