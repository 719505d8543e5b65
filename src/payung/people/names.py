"""Personal names as Indonesian lists write them: titles off, spelling families to one sound.

Two spellings of one name share a *sound*: ``Achmad``, ``Akhmad`` and ``Ahmat`` all sound ``amat``. The rules are
those of the spelling reforms of 1947 and 1972 (oe/u, dj/j, tj/c, j/y, ch/kh) and of how people here hear foreign
letters (f, v and p; z and j; q and k; o and u; e and i). A sound is coarse on purpose: it finds candidates and
forgives spelling; it is never shown to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

# Written before a name without being part of it. Gusti, Andi, Raden and the like stay: people keep them.
TITLES = frozenset(
    [
        "h",
        "hj",
        "haji",
        "hajah",
        "hajjah",
        "kh",
        "kyai",
        "kiai",
        "ust",
        "ustd",
        "ustad",
        "ustadz",
        "ustadzah",
        "ustz",
        "ustzh",
        "ustazah",
        "tgk",
        "drs",
        "dra",
        "dr",
        "drg",
        "drh",
        "ir",
        "prof",
        "pdt",
        "pdp",
        "pastor",
        "romo",
        "sr",
        "suster",
        "br",
        "ev",
        "pdm",
        "pnt",
        "bpk",
        "bapak",
        "pak",
        "bp",
        "ibu",
        "bu",
        "sdr",
        "sdri",
        "saudara",
        "saudari",
        "tn",
        "ny",
        "nn",
        "alm",
        "almh",
        "almarhum",
        "almarhumah",
    ]
)

# "son of", "daughter of": what follows is the father's name.
PATRONYMS = frozenset(["bin", "binti", "binte", "bt", "bte", "b"])
# What follows is what the neighbours call the person.
ALIASES = frozenset(["als", "alias", "panggilan", "dipanggil"])
# Cut short so often that the short form stands for the word.
SHORT_FORMS = {
    **dict.fromkeys(
        ["muh", "moh", "mhd", "mohd", "muhd", "moch", "much", "mukh", "moc", "md", "mhmd", "mhmmd"],
        "muhammad",
    ),
    **dict.fromkeys(["ach", "akh", "ahm", "achm"], "ahmad"),
    **dict.fromkeys(["abd", "abdl", "abdoel"], "abdul"),
    **dict.fromkeys(["st", "sti"], "siti"),
    **dict.fromkeys(["yoh", "joh"], "yohanes"),
    **dict.fromkeys(["fr", "frans"], "fransiskus"),
}
# Degrees need a comma, a dot between their letters, or no vowel at all: "S.Pd" is one, "Ali" and "M. Ali" are not.
_AFTER_COMMA = r",.*$"
_DOTTED_DEGREE = (
    r"\s+(?:s\.\s?(?:pd|kom|sos|ag|th|hut|ked|kep|keb|farm|si|ip|ap|gz|km|tp|pt|pi|psi|hum|kes|mt|ak|h|e|t|p|m|i)"
    r"|m\.\s?(?:pd|kom|ag|th|hut|kes|si|ap|hum|kn|h|m|t|p)|a\.\s?(?:md|ma|ks)|am\.?d|spd|skom|ssos|shut|skep|amd"
    r"|amkeb|mpd|s\.?pd\.?i|sp\.\s?\w{1,3})\b[.\s]*(?:(?:pd|keb|kep|sd|i|k|h|si|gz|kes|farm)\b[.\s]*)*$"
)
_NOT_LETTER = r"[^a-z\s]+"

# Words that stand before so many names that they tell nobody apart.
PREFIXES = ("muhammad", "ahmad", "abdul", "siti", "nur", "sri")
_INITIAL_SOUNDS = {"f": "p", "v": "p", "c": "k", "q": "k", "y": "j", "z": "j", "o": "u", "e": "i"}
_SOUND_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"oe", "u"),
        (r"dj", "j"),
        (r"tj", "c"),
        (r"sj", "s"),
        (r"nj", "ny"),
        (r"dz", "z"),
        (r"ph", "p"),
        (r"ch(?=[rl])", "k"),
        (r"[ck]h", "h"),
        (r"s[yh]", "s"),
        (r"([tdgb])h", r"\1"),
        (r"[fv]", "p"),
        (r"[qc]", "k"),
        (r"x", "ks"),
        (r"[ey]y?$|ie$", "i"),
        (r"iy(?=[aeou])", "i"),
        (r"y(?=[bcdfghklmnpqrstvwxz])", "i"),
        (r"uw(?=[aeio])", "u"),
        (r"(?<=[bcdfgklmnprst])y(?=[aeou])", "i"),
        (r"(?<=[bcdfgjklmnprstz])w(?=[aeio])", "u"),
        (r"z$|z(?=[bcdfghklmnpqrstvwx])", "s"),
        (r"[zy]", "j"),
        (r"o+", "u"),
        (r"e", "i"),
        (r"(?<!^)h", ""),
        (r"(.)\1+", r"\1"),
        (r"d$", "t"),
        (r"b$", "p"),
        (r"g$", "k"),
    )
)


def sound(word: str) -> str:
    """Return the sound of one word of a name: lower-case letters, the same for all members of a spelling family.

    ``word`` is one word in lower-case ASCII letters. A word that the rules would empty keeps its letters.
    """
    if len(word) == 1:
        return _INITIAL_SOUNDS.get(word, word)
    heard = SHORT_FORMS.get(word, word)
    for pattern, put in _SOUND_RULES:
        heard = pattern.sub(put, heard)
    return heard or word


def words(name: str) -> list[str]:
    """Return the words of ``name`` in lower-case letters: no titles, degrees, aliases, nor father's name."""
    found: list[str] = words_of(pl.Series([name])).to_list()[0]
    return found


def sounds(name: str) -> list[str]:
    """Return the sound of each word of ``name``, in the order written."""
    return [sound(word) for word in words(name)]


def words_of(names: pl.Series) -> pl.Series:
    """Return for each name the list of its words, as :func:`words` does; null for a null name.

    A leading ``M`` before another word is read as Muhammad, as everybody here reads it.
    """
    text = (
        names.str.normalize("NFKD")
        .str.to_lowercase()
        .str.replace(r"[(\[{].*$", "")
        .str.replace(r"\s@.*$|\s[a/]k[a/]?\s.*$", "")
        .str.replace(_AFTER_COMMA, "")
        .str.replace(_DOTTED_DEGREE, "")
        .str.replace_all(r"['`’´\x{0300}-\x{036f}]", "")
        .str.replace_all(_NOT_LETTER, " ")
        .str.strip_chars()
    )
    frame = pl.DataFrame({"text": text}).select(_strip(pl.col("text").str.extract_all(r"[a-z]+")))
    return frame.to_series()


def _strip(parts: pl.Expr) -> pl.Expr:
    """Return the list of words without titles, and cut before a patronym or an alias."""
    cut_words = sorted(PATRONYMS | ALIASES)
    element = pl.element()
    # A cut word counts from the second place on, and only with something after it.
    cut = parts.list.slice(1).list.eval(element.is_in(cut_words).arg_max() + 1)
    has_cut = parts.list.slice(1).list.eval(element.is_in(cut_words).any()).list.first()
    kept = pl.when(has_cut).then(parts.list.slice(0, cut.list.first())).otherwise(parts)
    bare = kept.list.eval(element.filter(~element.is_in(sorted(TITLES))))
    bare = pl.when(bare.list.len() > 0).then(bare).otherwise(kept)
    leading_m = (bare.list.first() == "m") & (bare.list.len() > 1)
    return pl.when(leading_m).then(pl.concat_list(pl.lit("muhammad"), bare.list.slice(1))).otherwise(bare)


def sounds_of(distinct: Sequence[str]) -> pl.DataFrame:
    """Return a frame ``word, sound`` for these distinct words."""
    return pl.DataFrame(
        {"word": list(distinct), "sound": [sound(word) for word in distinct]},
        schema={"word": pl.String, "sound": pl.String},
    )
