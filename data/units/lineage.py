"""What became of closed units, however many changes later. Pure: no session, no tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.kinds import LineageBasis, UnitLevel

# A chain of changes is as good as its weakest link; areas say least about people.
_STRENGTH = (LineageBasis.AREA, LineageBasis.POPULATION, LineageBasis.STATED, LineageBasis.WHOLE)


@dataclass(frozen=True, slots=True)
class Descent:
    """A predecessor's exact share that went to a successor."""

    predecessor_id: int
    successor_id: int
    on: date
    share: Fraction
    basis: LineageBasis


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A closed unit's share that lies in a later unit: the product along the changes between them, exact.

    `on` is the first day of the last of these changes, `basis` the weakest among them.
    """

    predecessor_id: int
    descendant_id: int
    on: date
    share: Fraction
    basis: LineageBasis


def weakest(*bases: LineageBasis) -> LineageBasis:
    """The basis that says least of those given."""
    return min(bases, key=_STRENGTH.index)


def inheritances(
    levels: Mapping[int, UnitLevel], descents: Iterable[Descent], of: Iterable[int] | None = None
) -> list[Inheritance]:
    """Every closed unit with every later unit that holds a share of it; with `of`, only these closed units.

    A district can leave to a commune and to its province at once, each with the whole of it. So that nothing counts
    twice within one level, a level that the unit's own successors reach is not reached again by way of another.
    """
    steps: dict[int, list[Descent]] = defaultdict(list)
    for descent in descents:
        steps[descent.predecessor_id].append(descent)
    done: dict[int, dict[int, Inheritance]] = {}
    wanted = list(steps if of is None else of)
    return [row for unit_id in wanted for row in _rows(unit_id, levels, steps, done).values()]


def _rows(
    unit_id: int,
    levels: Mapping[int, UnitLevel],
    steps: Mapping[int, list[Descent]],
    done: dict[int, dict[int, Inheritance]],
) -> dict[int, Inheritance]:
    if unit_id in done:
        return done[unit_id]
    found: dict[int, Inheritance] = {}
    direct = {levels[step.successor_id] for step in steps.get(unit_id, ())}
    for step in steps.get(unit_id, ()):
        _add(found, Inheritance(unit_id, step.successor_id, step.on, step.share, step.basis))
        level = levels[step.successor_id]
        for row in _rows(step.successor_id, levels, steps, done).values():
            reached = levels[row.descendant_id]
            if reached is level or (level is levels[unit_id] and reached not in direct):
                basis = weakest(step.basis, row.basis)
                _add(found, Inheritance(unit_id, row.descendant_id, row.on, step.share * row.share, basis))
    done[unit_id] = found
    return found


def _add(found: dict[int, Inheritance], row: Inheritance) -> None:
    """What came by several ways is one share."""
    other = found.get(row.descendant_id)
    if other is not None:
        on, share = max(other.on, row.on), other.share + row.share
        row = Inheritance(row.predecessor_id, row.descendant_id, on, share, weakest(other.basis, row.basis))
    found[row.descendant_id] = row
