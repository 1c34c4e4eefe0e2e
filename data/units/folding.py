"""How names of units are compared with what people type: without marks, signs and capitals, with kinds before them."""

import re
from unicodedata import normalize

from data.kinds import UnitKind

# As people write them before a name, folded; what is longer comes first.
KINDS = {
    "thanh pho": UnitKind.CITY,
    "thi tran": UnitKind.TOWNSHIP,
    "dac khu": UnitKind.SPECIAL_ZONE,
    "phuong": UnitKind.WARD,
    "thi xa": UnitKind.TOWN,
    "huyen": UnitKind.RURAL_DISTRICT,
    "quan": UnitKind.URBAN_DISTRICT,
    "tinh": UnitKind.PROVINCE,
    "xa": UnitKind.COMMUNE,
    "tp": UnitKind.CITY,
    "tt": UnitKind.TOWNSHIP,
    "tx": UnitKind.TOWN,
    "dk": UnitKind.SPECIAL_ZONE,
    "p": UnitKind.WARD,
    "h": UnitKind.RURAL_DISTRICT,
    "q": UnitKind.URBAN_DISTRICT,
    "t": UnitKind.PROVINCE,
    "x": UnitKind.COMMUNE,
}
_APOSTROPHES = re.compile("['’`]")
_SIGNS = re.compile(r"[^0-9a-z]+")
_KIND = re.compile(rf"({'|'.join(KINDS)}) ?(?=\d)|({'|'.join(KINDS)}) ")


def folded(text: str) -> str:
    """Small letters without marks, words set apart by single spaces: `tp ho chi minh`, `ea hleo`, `ba ria vung tau`."""
    plain = normalize("NFD", marked(text).replace("đ", "d"))
    letters = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    return _SIGNS.sub(" ", _APOSTROPHES.sub("", letters)).strip()


def marked(text: str) -> str:
    """Small letters with their marks, each spelt in one way."""
    return normalize("NFC", text).lower().strip()


def has_marks(text: str) -> bool:
    """Whether whoever typed it wrote Vietnamese letters."""
    return any(letter > "\u007f" for letter in marked(text))


def initials(name: str) -> str:
    """What a folded name of three words or more is cut down to: `hcm`, `brvt`; nothing for shorter ones."""
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def split_kind(typed: str) -> tuple[str, str]:
    """The kind that folded words begin with, as a key of KINDS, and what follows; no kind where nothing follows."""
    found = _KIND.match(typed)
    if found is None or found.end() == len(typed):
        return "", typed
    return found[1] or found[2], typed[found.end() :]
