"""What the script of the page for handing down sends: everything in it is the browser's word, and read with care."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from data.handing.asks import Asks, asks_of_code
from data.handing.giving import NewDocument
from data.handing.model import Place
from data.handing.proposals import Way
from data.handing.query import HandingQuery
from data.numbers import parse_date
from data.refusals import Invalid, TooLarge
from data.wording import _
from layouts.handing.giving import NEW_DOCUMENT

MOST_CELLS = 20_000
LONGEST = 400
_WORDS = ("unit", "year", "programme", "definitions")


class Intent(StrEnum):
    """What the script wants: the running check, a proposal filled in, or everything given."""

    CHECK = "check"
    FILL = "fill"
    GIVE = "give"
    ANYWAY = "anyway"


@dataclass(frozen=True, slots=True)
class HandingBox:
    """One message. `texts` are the cells that are not empty; `seen` the targets that cells showed when they were drawn.

    `way`, `definition` and `everything` (typed numbers are replaced too) belong to a proposal; `warned` names the
    warnings that were shown before.
    """

    number: int
    intent: Intent
    query: HandingQuery
    texts: Mapping[Place, str]
    asks: Mapping[str, Asks]
    seen: Mapping[Place, str]
    way: Way | None
    definition: str
    everything: bool
    document: Mapping[str, Any]
    warned: str

    @classmethod
    def read(cls, sent: object) -> Self:
        """The message; raises Invalid for what no page sends, TooLarge for more cells than any board has."""
        box = _mapping(sent)
        texts, seen = _mapping(box.get("cells")), _mapping(box.get("seen"))
        if len(texts) > MOST_CELLS or len(seen) > MOST_CELLS:
            raise TooLarge(_("These are too many targets at a time. Nothing was kept."))
        number, way = box.get("number"), box.get("way")
        return cls(
            number if isinstance(number, int) else 0,
            _intent(box.get("intent")),
            query_of(box.get("query")),
            {_place(place): _text(text) for place, text in texts.items()},
            {str(key): asks_of_code(code) for key, code in _mapping(box.get("asks")).items()},
            {_place(place): _text(key) for place, key in seen.items()},
            Way(way) if isinstance(way, str) and way in Way.__members__ else None,
            _text(box.get("definition")),
            box.get("everything") is True,
            _mapping(box.get("document")),
            _text(box.get("warned")),
        )

    def cited(self) -> str | NewDocument:
        """The document by which it is given; Invalid where its day is none."""
        chosen = _text(self.document.get("key"))
        if chosen != NEW_DOCUMENT:
            return chosen
        number, title = _text(self.document.get("number")), _text(self.document.get("subject"))
        return NewDocument(number, _day(_text(self.document.get("day"))), title)


def query_of(sent: object) -> HandingQuery:
    """The query that the page was drawn with."""
    words = _mapping(sent)
    return HandingQuery.from_args({name: _text(words.get(name)) for name in _WORDS})


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError:
        shown = "".join(letter for letter in text[:40] if letter.isprintable())
        said = _("“{day}” is not a day: write the document's date as 05/12/2025.") if shown else _(
            "Give the document's number, date and subject."
        )  # fmt: skip
        raise Invalid(said.format(day=shown)) from None


def _mapping(sent: object) -> Mapping[str, Any]:
    if sent is None:
        return {}
    if not isinstance(sent, Mapping):
        raise _unreadable()
    return sent


def _intent(word: object) -> Intent:
    if not isinstance(word, str) or word not in {one.value for one in Intent}:
        raise _unreadable()
    return Intent(word)


def _place(text: object) -> Place:
    unit, bar, definition = text.partition("|") if isinstance(text, str) else ("", "", "")
    if not bar:
        raise _unreadable()
    return unit, definition


def _text(typed: object) -> str:
    """What was typed; a browser may send anything in its place, which is nothing."""
    return typed[:LONGEST] if isinstance(typed, str) else ""


def _unreadable() -> Invalid:
    return Invalid(
        _("The page sent something that cannot be read. Nothing was changed; reload the page and try again.")
    )
