"""What the script of the form puts into its outbox, read with distrust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from data.kinds import Standing
from data.numbers import BadNumber, parse_count
from data.refusals import Invalid
from data.submissions.model import CellId
from data.submissions.outcomes import CellDifference, EditConflict, NoteDifference
from data.submissions.typed import plain_text
from data.wording import _

MOST_CELLS = 500
LONGEST_TEXT = 2000


class Intent(StrEnum):
    """What the reader wants: save as it is typed, send, or keep their own numbers over those that they were shown."""

    SAVE = "save"
    SEND = "send"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Clashes:
    """What two people changed at the same time; true where there is any."""

    cells: tuple[CellDifference, ...]
    notes: tuple[NoteDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.cells or self.notes)


@dataclass(frozen=True, slots=True)
class Outbox:
    """One piece of work for a form: the cells and notes that changed, and what those cells said before (`seen`, and
    the reasons beside them in `seen_notes`; a page that does not say what it saw is told of every difference).

    `number` counts the script's messages, so that it knows which one was answered.
    """

    intent: Intent
    place: tuple[str, str, str]
    version: int
    number: int
    typed: dict[CellId, str]
    notes: dict[CellId, str]
    seen: dict[CellId, str]
    seen_notes: dict[CellId, str]
    standing: Standing | None

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
                _whole(raw["number"]),
                _cells(raw["typed"]),
                _cells(raw["notes"]),
                _cells(raw["seen"]),
                _cells(raw.get("seen_notes", {})),
                _standing(raw["standing"]),
            )
        except (KeyError, TypeError, ValueError):
            raise Invalid(_unreadable()) from None

    def clashes(self, refused: EditConflict) -> Clashes:
        """Of the cells and reasons that differ, those that somebody else changed too since the reader saw them."""
        notes = tuple(
            note for note in refused.notes if plain_text(self.seen_notes.get(note.cell)) != (note.theirs or "")
        )
        # Who takes the other's reason back takes the number with it that was cleared.
        noted = {note.cell for note in notes}
        cleared = {cell.cell for cell in refused.cells if cell.mine is None and cell.cell in noted}
        cells = (cell for cell in refused.cells if cell.cell in cleared or not self._as_seen(cell))
        return Clashes(tuple(cells), notes)

    def _as_seen(self, cell: CellDifference) -> bool:
        try:
            return cell.cell in self.seen and parse_count(self.seen[cell.cell]) == cell.theirs
        except BadNumber:
            return False


def read_ids(raw: object, part: str) -> Sequence[Mapping[str, str]]:
    """The ids of components of the page, each with the text that `part` names; raises Invalid for anything else."""
    ids = raw if isinstance(raw, list | tuple) else (None,)
    if not all(isinstance(one, Mapping) and isinstance(one.get(part), str) for one in ids):
        raise Invalid(_unreadable())
    return ids


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


def _standing(value: Any) -> Standing | None:
    return None if value is None else Standing(_text(value))
