"""The lines of the office at revisions of this repository, and which of them came since: `office_lines.py REV...`.

For each revision two rows: the ground (the apps that the office had when it got one desk, and what they stand on)
and the whole office. Python without migrations, tests and templates; a line is code, docstring, import, comment or
blank. ``--since REV`` counts for each folder of the ground the lines that stand today and came after that revision,
by `git blame` (moved and re-indented lines keep their age).
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter, defaultdict

OFFICE = "src/payung/office"
BEFORE = {"accounts", "front", "history", "intake", "jobs", "matching", "regions", "register", "review", "ui"}
AFTER = {
    *(
        "access",
        "accounts",
        "answers",
        "cards",
        "desk",
        "duplicates",
        "face",
        "front",
        "history",
        "jobs",
        "people",
    ),
    *("posts", "regions", "submissions", "vault"),
}
KINDS = ("files", "lines", "code", "docstrings", "imports", "comments", "blank")


def git(*words: str) -> str:
    """Return what git prints."""
    return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout


def paths(revision: str) -> list[str]:
    """Return the Python files of the office at ``revision``, without migrations."""
    listed = git("ls-tree", "-r", "--name-only", revision, OFFICE).split()
    return [path for path in listed if path.endswith(".py") and "/migrations/" not in path]


def folder(path: str) -> str:
    """Return the folder of the office that ``path`` lies in; "." for its own files."""
    name = path.removeprefix(f"{OFFICE}/").split("/")[0]
    return "." if name.endswith(".py") else name


def kinds(text: str) -> Counter[str]:
    """Return how many lines of a module are of each of :data:`KINDS`."""
    docstrings: set[int] = set()
    imports: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node, clean=False
        ):
            docstrings.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imports.update(range(node.lineno, (node.end_lineno or 0) + 1))
    found: Counter[str] = Counter(files=1, docstrings=len(docstrings), imports=len(imports))
    for number, line in enumerate(text.splitlines(), 1):
        found["lines"] += 1
        if number not in docstrings | imports:
            bare = line.strip()
            found["blank" if not bare else "comments" if bare.startswith("#") else "code"] += 1
    return found


def by_folder(revision: str) -> dict[str, Counter[str]]:
    """Return the counts of every folder at ``revision``."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path in paths(revision):
        found[folder(path)] += kinds(git("show", f"{revision}:{path}"))
    return found


def since(revision: str) -> dict[str, Counter[str]]:
    """Return of each folder of the ground how many lines stood at ``revision`` (old) and came later (new)."""
    older = set(git("rev-list", revision).split())
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path in paths("HEAD"):
        if folder(path) in AFTER:
            for line in git("blame", "-w", "-M", "-C", "-p", "HEAD", "--", path).splitlines():
                word = line.split(" ")[0]
                if not line.startswith("\t") and len(word) == 40 and word.isalnum():
                    found[folder(path)]["old" if word in older else "new"] += 1
    return found


def row(name: str, counts: Counter[str]) -> str:
    """Return a line of the table."""
    return f"{name:24}" + "".join(f"{counts[kind]:>12,}" for kind in KINDS)


def main(words: list[str]) -> None:
    """Print the tables that ``words`` ask for."""
    if words[:1] == ["--since"]:
        for name, counts in sorted(since(words[1]).items()):
            print(f"{name:24}{counts['old']:>12,}{counts['new']:>12,}")
        return
    print(f"{'':24}" + "".join(f"{kind:>12}" for kind in KINDS))
    for revision in words or ["HEAD"]:
        folders = by_folder(revision)
        ground = BEFORE if "register" in folders else AFTER
        whole: Counter[str] = sum(folders.values(), Counter())
        part: Counter[str] = sum((folders[name] for name in ground), Counter())
        print(row(f"{revision}, ground", part), row(f"{revision}, whole", whole), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
