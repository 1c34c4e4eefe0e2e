"""What the script of the form puts into its outbox, read with distrust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from data.refusals import Invalid
from data.submissions.model import CellId
from data.wording import _

MOST_CELLS = 500
LONGEST_TEXT = 2000


class Intent(StrEnum):
    """What the reader wants: save as it is typed, send, or keep their own numbers after a conflict."""

    SAVE = "save"
    SEND = "send"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Outbox:
    """One piece of work for a form. `number` counts the script's messages, so that it knows which one was answered."""

    intent: Intent
    place: tuple[str, str, str]
    version: int
    number: int
    typed: dict[CellId, str]
    notes: dict[CellId, str]

    @classmethod
    def read(cls, raw: object) -> Self:
        """The outbox as it came; raises Invalid where it is not what the page's own script would put there."""
        if not isinstance(raw, Mapping):
            raise Invalid(_unreadable())
        try:
            return cls(
                Intent(raw["intent"]),
                (_text(raw["unit"]), _text(raw["form"]), _text(raw["period"])),
                _whole(raw["version"]),
                _whole(raw.get("number", 0)),
                _cells(raw["typed"]),
                _cells(raw["notes"]),
            )
        except (KeyError, TypeError, ValueError):
            raise Invalid(_unreadable()) from None


def _unreadable() -> str:
    return _("The page sent something that cannot be read. Nothing was changed; reload the page and try again.")


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise TypeError("not a short text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise TypeError("not a small whole number")
    return value


def _cells(value: Any) -> dict[CellId, str]:
    if not isinstance(value, Mapping) or len(value) > MOST_CELLS:
        raise TypeError("not the cells of a form")
    return {CellId.parse(_text(name)): _text(text) for name, text in value.items()}
