"""What hands do to single values: slips of the finger, other spellings, short forms."""

from __future__ import annotations

from payung.district.words import spellings

from .draw import Draw

# Spelling families beyond the packaged ones; lower case.
_MORE = (
    "nurul norul noorul", "sri srie", "dewi dewie dewy", "yohanes johanes yohannes", "kristian christian kristyan",
    "kristina christina", "yusuf yusup jusuf", "ismail ismael", "zainal jainal zaenal", "hasan hassan",
    "husin husein husen", "fatimah patimah fatima", "khadijah hadijah khodijah", "aisyah aisah aisiyah",
    "khairul hairul chairul", "rizky rizki riski risky", "taufik taufiq topik", "fauzi pauji fauzie",
    "yulianti yuliyanti julianti", "maria mariya", "marta martha", "elisabet elisabeth", "matius mateus matheus",
    "stefanus stepanus", "fransiskus pransiskus", "oktavia octavia", "novita nopita nofita", "slamet selamet",
    "setiawan setyawan", "wahyudi wahjudi", "sumiati sumiyati", "jumiati djumiati", "rahmat rachmat rakhmat",
    "rahman rachman", "hidayat hidajat", "syarifuddin sarifudin syarifudin saripudin", "supriyadi supriadi",
)  # fmt: skip
FAMILIES: dict[str, list[str]] = {}
for _group in [*spellings(), *(line.split() for line in _MORE)]:
    _words = [word.lower() for word in _group]
    for _word in _words:
        FAMILIES.setdefault(_word, _words)
# Letters that are written for one another: old spelling, and how Central Kalimantan speaks.
_LETTERS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"), ("kh", "h"), ("sy", "s"),
    ("f", "p"), ("v", "p"), ("v", "f"), ("z", "j"), ("z", "s"), ("th", "t"), ("t", "th"), ("ph", "f"), ("q", "k"),
    ("dd", "d"), ("ll", "l"), ("nn", "n"), ("iya", "ia"), ("ia", "iya"), ("i", "y"), ("ie", "i"), ("dh", "d"),
    ("ah", "a"), ("o", "u"), ("h", ""),
)  # fmt: skip
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TITLES = {
    False: ("H. ", "H.", "Haji ", "Drs. ", "Ust. ", "Pdt. "),
    True: ("Hj. ", "Hj.", "Hajjah ", "Dra. ", "Ibu "),
}
_DEGREES = (", S.Pd", ", SE", ", S.Sos", ", A.Md", ", S.H", ", S.Ag", " S.Kom", ", SP", ", M.Pd")
_PLACES = {
    "KUALA KAPUAS": ("K. KAPUAS", "KAPUAS", "KL. KAPUAS"),
    "PALANGKA RAYA": ("PALANGKARAYA", "P. RAYA", "PLK"),
    "BANJARMASIN": ("BJM", "BANJAR MASIN"),
    "SUNGAI": ("SEI", "SEI.", "S."),
    "TUMBANG": ("TB.", "TBG", "TBG."),
    "TANJUNG": ("TJ.", "TG."),
    "KUALA": ("KL.", "K."),
    "BUKIT": ("BKT", "BKT."),
    "MUARA": ("MA.", "M."),
    "TELUK": ("TLK", "TL."),
    "PULAU": ("P.", "PL."),
}


def digit(text: str, draw: Draw, times: int = 1) -> str:
    """Return ``text`` with ``times`` digits mistyped, mostly behind the region code."""
    signs = list(text)
    for _ in range(times):
        low = 0 if draw.luck() < 0.3 else min(6, len(signs) - 1)
        at = low + draw.one(len(signs) - low)
        if signs[at].isdigit():
            signs[at] = str((int(signs[at]) + 1 + draw.one(9)) % 10)
    return "".join(signs)


def turned(text: str, draw: Draw) -> str:
    """Return ``text`` with two unlike neighbours in each other's place."""
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1]]
    if not places:
        return text
    at = places[draw.one(len(places))]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def shorter(text: str, draw: Draw) -> str:
    """Return ``text`` without one of its signs."""
    at = draw.one(len(text))
    return text[:at] + text[at + 1 :]


def longer(text: str, draw: Draw) -> str:
    """Return ``text`` with one of its signs twice."""
    at = draw.one(len(text))
    return text[:at] + text[at] + text[at:]


def key(text: str, draw: Draw) -> str:
    """Return ``text`` with one slip of the finger behind its first letter."""
    letters = [at for at, sign in enumerate(text) if sign.isalpha()]
    if len(letters) < 3:
        return text
    at = letters[1 + draw.one(len(letters) - 1)]
    luck, sign = draw.luck(), text[at].lower()
    if luck < 0.30:  # the key beside it
        row = next((row for row in _ROWS if sign in row), "aeiou")
        beside = row[max(row.find(sign) - 1, 0) : row.find(sign) + 2].replace(sign, "") or "a"
        return text[:at] + beside[draw.one(len(beside))] + text[at + 1 :]
    if luck < 0.55:
        return text[:at] + text[at + 1 :]
    if luck < 0.72:
        return text[:at] + text[at] + text[at:]
    if luck < 0.87 and at + 1 < len(text) and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if sign in "aiueo":
        return text[:at] + "aiueo"[draw.one(5)] + text[at + 1 :]
    return text[:at] + "abdghklmnrstuy"[draw.one(14)] + text[at:]


def respelt(name: str, draw: Draw) -> str:
    """Return ``name`` with one word in another spelling."""
    words = name.split(" ")
    known = [at for at, word in enumerate(words) if word.lower() in FAMILIES]
    if known and draw.luck() < 0.75:
        at = known[draw.one(len(known))]
        others = [word for word in FAMILIES[words[at].lower()] if word != words[at].lower()]
        words[at] = others[draw.one(len(others))].title()
        return " ".join(words)
    at = draw.one(len(words))
    word = words[at].lower()
    ways = [(old, new) for old, new in _LETTERS if old in word and len(word) > 2]
    if not ways:
        return name
    old, new = ways[draw.one(len(ways))]
    words[at] = word.replace(old, new, 1).title()
    return " ".join(words)


def rewritten(name: str, faults: set[str], draw: Draw) -> str:
    """Return ``name`` with ``faults`` (keys ``name_…`` of the rates that change its words)."""
    if "name_respelt" in faults:
        name = respelt(name, draw)
        if draw.luck() < 0.25:
            name = respelt(name, draw)
    words = name.split(" ")
    if "name_word_left_out" in faults and len(words) > 1:
        first = words[0] in ("Muhammad", "Ahmad", "Siti") and draw.luck() < 0.5
        del words[0 if first else 1 + draw.one(len(words) - 1)]
    if "name_initial" in faults and len(words) > 1:
        at = 0 if draw.luck() < 0.4 else 1 + draw.one(len(words) - 1)
        words[at] = words[at][0] + ("." if draw.luck() < 0.7 else "")
    if "name_turned" in faults and len(words) > 1:
        words = words[1:] + words[:1]
    if "name_joined" in faults and len(words) > 1:
        at = draw.one(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1].lower()]
    if "name_split" in faults:
        at = draw.one(len(words))
        if len(words[at]) >= 6:
            cut = 3 + draw.one(len(words[at]) - 5)
            words[at : at + 1] = [words[at][:cut], words[at][cut:].title()]
    name = " ".join(words)
    for fault, times in (("name_key", 1), ("name_keys", 2)):
        for _ in range(times if fault in faults else 0):
            name = key(name, draw)
    if "name_short_form" in faults:
        word = words[draw.one(len(words))]
        name = (word[-4:] if len(word) > 5 else word).title()
    return name


def titled(name: str, woman: bool, draw: Draw) -> str:
    """Return ``name`` with a title or a degree."""
    if draw.luck() >= 0.62:
        return name + _DEGREES[draw.one(len(_DEGREES))]
    titles = _TITLES[woman]
    return titles[draw.one(3) if draw.luck() < 0.8 else draw.one(len(titles))] + name


def aliased(name: str, woman: bool, draw: Draw) -> str:
    """Return ``name`` with what the person is called."""
    word = name.split(" ")[-1]
    called = word[-3:].title() if len(word) > 4 else word
    ways = (f" als. {called}", f" alias {called}", f" ({'Bu' if woman else 'Pak'} {called})")
    return name + ways[draw.one(3)]


def of_father(name: str, woman: bool, father: str, draw: Draw) -> str:
    """Return ``name`` with the father's."""
    usual, short = ("binti", "bt.") if woman else ("bin", "b.")
    word = usual if draw.luck() < 0.8 else short
    return f"{name} {word.title() if draw.luck() < 0.5 else word} {father}"


def place(name: str, draw: Draw) -> str:
    """Return the name of a place as another hand writes it."""
    for word, shorts in _PLACES.items():
        if word in name and draw.luck() < 0.8:
            return name.replace(word, shorts[draw.one(len(shorts))], 1)
    return key(name.title(), draw).upper() if len(name) > 5 else name


def telephone(number: str, way: float) -> str:
    """Return ``number`` as people write it; ``way`` from 0 to 1 decides how."""
    if way < 0.06:
        return "+62" + number[1:]
    if way < 0.10:
        return "62" + number[1:]
    if way < 0.18:
        return number[1:]
    if way < 0.22:
        return f"{number[:4]}-{number[4:8]}-{number[8:]}"
    return number[1:] + ".0" if way < 0.25 else number
