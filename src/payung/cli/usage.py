"""A command that cannot be understood, said in the two languages of the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperGroup
from typer.exceptions import TyperException

from payung.errors import InputError
from payung.text import Text

_SAID = (  # what the library says -> the same in Indonesian
    (r"No such option: (\S+?)", r"Pilihan \1 tidak dikenal."),
    (
        r"No such option: (\S+) (?:Did you mean |\(Possible options: )(.*?)[?)]*",
        r"Pilihan \1 tidak dikenal. Mungkin: \2.",
    ),
    (r"No such command '(.*?)'.*", r"Perintah '\1' tidak dikenal."),
    (r"Missing (?:argument|option|parameter) '(.*?)'", r"Belum disebutkan: \1."),
    (r"Option '(.*?)' requires an argument", r"Pilihan \1 harus diikuti isinya."),
    (r"Option '(.*?)' does not take a value", r"Pilihan \1 tidak memakai isi."),
    (r"Invalid value for '(.*?)': [Pp]ath '(.*?)' does not exist", r"\1: berkas '\2' tidak ada."),
    (
        r"Invalid value for '(.*?)': [Ff]ile '(.*?)' is a directory",
        r"\1: '\2' itu folder; berikan satu berkas.",
    ),
    (
        r"Invalid value for '(.*?)': Input should be a valid integer.*",
        r"\1 harus bilangan bulat.",
    ),
    (r"Got unexpected extra argument\(?s?\)? \((.*)\)", r"Kelebihan: \1."),
)


def in_indonesian(said: str) -> str:
    """Return what the library says in Indonesian; what is not known here is quoted."""
    for pattern, sentence in _SAID:
        found = re.fullmatch(pattern + r"\.?", said, re.DOTALL)
        if found:
            return found.expand(sentence)
    return f"Perintah ini tidak dapat dipakai: {said}"


@contextmanager
def said_plainly(path: str) -> Iterator[None]:
    """Turn a fault of usage below ``path`` into an :class:`InputError` of one sentence; the help text stays."""
    try:
        yield
    except TyperException as error:
        said = error.format_message()
        if type(error).__name__ == "NoArgsIsHelpError":  # it carries the help text itself
            raise
        where = getattr(getattr(error, "ctx", None), "command_path", path)
        said = said if said.endswith(".") else f"{said}."
        raise InputError(
            Text(f"{in_indonesian(said)} Lihat: {where} --help.", f"{said} See: {where} --help.")
        ) from None


class PlainGroup(TyperGroup):
    """A group of commands whose usage errors are one sentence, in the language of this process."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with said_plainly(ctx.command_path):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with said_plainly(ctx.command_path):
            return super().invoke(ctx)
