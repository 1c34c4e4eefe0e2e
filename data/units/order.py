"""The Vietnamese order of names, which neither database sorts by: letters first, tones only where letters are equal."""

import re
from functools import lru_cache

# The alphabet, each vowel with its tones in the order of dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_ALPHABET = (
    "aàảãáạ ăằẳẵắặ âầẩẫấậ b c d đ eèẻẽéẹ êềểễếệ f g h iìỉĩíị j k l m n "
    "oòỏõóọ ôồổỗốộ ơờởỡớợ p q r s t uùủũúụ ưừửữứự v w x yỳỷỹýỵ z"
)
_LETTERS = {letter: (place, tone) for place, tones in enumerate(_ALPHABET.split()) for tone, letter in enumerate(tones)}
_PIECES = re.compile(r"[0-9]+|[^0-9]")

Order = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


@lru_cache(maxsize=16384)
def vietnamese_order(name: str) -> Order:
    """A key for sorting by name: `Cà Mau` before `Cao Bằng`, `Đà Nẵng` after `Dak`, `Phường 2` before `Phường 10`."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for piece in _PIECES.findall(name.lower()):
        place, tone = _LETTERS.get(piece, (-1, 0))
        if piece.isascii() and piece.isdigit():
            letters.append((1, int(piece)))
        elif place >= 0:
            letters.append((2, place))
        else:
            letters.append((0, 0) if piece.isspace() else (3, ord(piece)))
        tones.append(tone)
    return tuple(letters), tuple(tones)
