"""What a workbook of targets to hand down consists of, and how its cells say whose number stands in them.

A corner cell names the workbook's year and the unit that hands down. The row of the corner holds the keys of columns,
its column the keys of units: both are hidden, and go along when rows are sorted and columns moved. Reading goes by them
alone, never by places or headings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from data.judging.operators import CHANGES, Direction, Operator
from data.measures import Measure
from data.refusals import Invalid
from data.wording import _

CORNER = "#targets"
# Columns and rows that hold no number: of them only headings, codes and names are looked at.
CODES, NAMES = "#code", "#name"
HEADINGS, OWN = "#headings", "#own"
MOST_SHOWN = 200

_SIGNED = frozenset({Operator.DELTA, Operator.DELTA_RELATIVE})


@dataclass(frozen=True, slots=True)
class SheetUnit:
    """A unit that targets are handed to: its key, its official code, its name with its kind."""

    key: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """An indicator to hand down, how its numbers are to be read, and the parent's own target in words."""

    key: str
    name: str
    measure: Measure
    operator: Operator
    direction: Direction | None
    own: str

    @property
    def signed(self) -> bool:
        """Whether its numbers may lie below zero, as a fall by so many points does."""
        return self.operator in _SIGNED

    @property
    def is_change(self) -> bool:
        """Whether its numbers are changes against a base year."""
        return self.operator in CHANGES


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook to be filled: for whom and which year, its rows and columns, and the numbers that stand already.

    `parent` is the key of the unit that hands down; `values` are by keys of unit and column, in the column's measure.
    """

    title: str
    parent: str
    year: int
    units: tuple[SheetUnit, ...]
    columns: tuple[SheetColumn, ...]
    values: Mapping[tuple[str, str], float]

    @property
    def corner(self) -> str:
        """What the corner cell says: `#targets/2026/p04`."""
        return f"{CORNER}/{self.year}/{self.parent}"


class CellProblem(NamedTuple):
    """What is wrong with a cell (`D7`; empty for the whole file), in the reader's words."""

    cell: str
    sentence: str


class RefusedWorkbook(Invalid):
    """A workbook of which nothing was read: the first `MOST_SHOWN` problems, and a last one that counts the others."""

    def __init__(self, problems: list[CellProblem]) -> None:
        first = problems[0]
        said = f"{first.cell}: {first.sentence}" if first.cell else first.sentence
        if len(problems) > 1:
            sentence = _("{sentence} Nothing was read; problems in all: {count}.")
            super().__init__(sentence.format(sentence=said, count=len(problems)))
        else:
            super().__init__(_("{sentence} Nothing was read.").format(sentence=said))
        self.problems: tuple[CellProblem, ...] = tuple(problems[:MOST_SHOWN])
        more = len(problems) - MOST_SHOWN
        if more > 0:
            self.problems += (CellProblem("", _("Problems that are not listed: {count}.").format(count=more)),)
