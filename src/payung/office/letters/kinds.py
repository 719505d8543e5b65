"""What a kind of letter is. Apps declare theirs in ``letter_kinds.py`` and name them in their face."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.face import faces
from payung.office.letters.states import Office
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.scope import Scope

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person is asked before a letter is made; left empty, the paper has a line to write on."""

    name: str
    label: Text
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Material:
    """What a letter is made of, as a collector found it.

    Fields
        values: what the template prints: texts, whole numbers (rupiah, people), days as ``YYYY-MM-DD``, lists of rows.
        region_code: where it belongs. about: its object in a few words ("Tagihan B000012").
        categories: of the people that it names; only who sees all of them sees the letter. of_one: they are those
        of one person, whom whoever sees one of them sees.
    """

    values: Values
    region_code: str
    about: str = ""
    categories: frozenset[str] = frozenset()
    of_one: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter.

    Fields
        code: its name, and that of its template (``typst/<code>.typ``). number: in the list of the district's forms.
        title: what it is called. office: who issues it. noun, page: the things it is about (``noun:key``) and the
        page of one (``name?parameter`` where the key is a parameter). fields: what the template prints → where each
        comes from. collect: finds the material for somebody's scope and a key, ``None`` where there is none within.
        needs: to issue it, besides ``letter.issue``; reads: to see it, besides ``letter.read``. asks: what is typed
        in by hand. sheet: the field that holds a list (``headings``, ``rows``), which is there as a workbook too.
        whole: it prints whole identifiers, so it is opened with a reason only. medical: it prints what a doctor
        wrote. parts: what one file gathers after its first page, each a template and a field of that name.
        paper: what the page is (``paper``: a4, a5; ``wide``: landscape). template: the one it shares, if not its own.
    """

    code: str
    number: int
    title: Text
    office: Office
    noun: str
    page: str
    fields: Mapping[str, str]
    needs: Permission
    reads: Permission
    collect: Callable[[Scope, str], Material | None]
    asks: tuple[Ask, ...] = ()
    sheet: str = ""
    whole: bool = False
    medical: bool = False
    parts: tuple[str, ...] = ()
    paper: Mapping[str, Any] = field(default_factory=dict)
    template: str = ""

    @property
    def body(self) -> str:
        """The name of its template."""
        return self.template or self.code

    def address(self, subject: str) -> str:
        """Return the page of what a letter about ``subject`` is about."""
        name, _, parameter = self.page.partition("?")
        key = subject.partition(":")[2]
        return f"{reverse(name)}?{parameter}={key}" if parameter else reverse(name, args=[key])

    def checked(self, values: Values) -> dict[str, Any]:
        """Return ``values`` in the order of the fields. Raises :class:`InputError` for one that lacks or is unknown."""
        lacking = [name for name in self.fields if name not in values]
        unknown = [name for name in values if name not in self.fields]
        if lacking or unknown:
            which = ", ".join(lacking or unknown)
            raise InputError(
                Text(
                    f"Surat {self.code}: isian {'kurang' if lacking else 'tidak dikenal'}: {which}.",
                    f"Letter {self.code}: {'missing' if lacking else 'unknown'} values: {which}.",
                )
            )
        return {name: values[name] for name in self.fields}


def number_of(key: str) -> int:
    """Return the number that a subject names (``bill:7``); 0, which no row has, where it names none."""
    return int(key) if re.fullmatch(r"[0-9]{1,18}", key) else 0


@functools.cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its code, in the order of the district's list of forms."""
    found = [kind for face in faces() for kind in face.letters]
    return {kind.code: kind for kind in sorted(found, key=lambda kind: (kind.number, kind.code))}


def kind_of(code: str) -> Kind:
    """Return the kind ``code``. Raises :class:`InputError` where no app declares it."""
    found = kinds().get(code)
    if found is None:
        raise InputError(Text(f"Tidak ada jenis surat {code!r}.", f"There is no kind of letter {code!r}."))
    return found


def of_noun(noun: str) -> Sequence[Kind]:
    """Return the kinds that are about things called ``noun``."""
    return [kind for kind in kinds().values() if kind.noun == noun]
