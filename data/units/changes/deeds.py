"""The kinds of change that people know, as the two primitives that they are made of."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from data.kinds import LineageBasis, UnitKind
from data.units.changes.model import Opening, Passage, Reshape, Restate


class Deed(StrEnum):
    """What people call a change. MOVE is under another parent; CLOSE leaves its area to a unit of another level."""

    MERGE = "MERGE"
    SPLIT = "SPLIT"
    RENAME = "RENAME"
    KIND = "KIND"
    CODE = "CODE"
    MOVE = "MOVE"
    OPEN = "OPEN"
    CLOSE = "CLOSE"


def merge(units: Sequence[str], into: Opening) -> Reshape:
    """Units become one. A unit that takes in another and keeps its name closes too: its area is another."""
    return Reshape(tuple(units), (into,), tuple(Passage(unit, into.ref) for unit in units))


def split(unit: str, parts: Sequence[tuple[Opening, Fraction]], basis: LineageBasis) -> Reshape:
    """A unit becomes several, each with a share that rests on `basis`."""
    passages = tuple(passage(unit, part.ref, share, basis) for part, share in parts)
    return Reshape((unit,), tuple(part for part, _share in parts), passages)


def open_unit(unit: Opening) -> Reshape:
    """A unit opens that takes over no other's area."""
    return Reshape((), (unit,), ())


def close(unit: str, into: str) -> Reshape:
    """A unit closes, and a unit of another level that stands has its area: a district goes to its province."""
    return Reshape((unit,), (), (Passage(unit, into),))


def rename(unit: str, name: str) -> Restate:
    """Another name."""
    return Restate(unit, name=name)


def change_kind(unit: str, kind: UnitKind, name: str | None = None) -> Restate:
    """A commune becomes a ward, often under another name."""
    return Restate(unit, kind=kind, name=name)


def change_code(unit: str, code: str) -> Restate:
    """Another official code."""
    return Restate(unit, code=code)


def move(unit: str, parent: str) -> Restate:
    """Under another parent."""
    return Restate(unit, parent=parent)


def passage(predecessor: str, successor: str, share: Fraction, basis: LineageBasis) -> Passage:
    """A share; the whole is the whole, whatever it was said to rest on."""
    return Passage(predecessor, successor, share, LineageBasis.WHOLE if share == 1 else basis)
