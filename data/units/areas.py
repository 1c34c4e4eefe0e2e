"""Which unit's area is which other's on another day, and what the shares on the way rest on."""

from datetime import date

from data.kinds import LineageBasis
from data.units.tree import Descent, UnitTree


def bases_of(tree: UnitTree, unit_id: int, older_id: int, on: date) -> tuple[LineageBasis, ...]:
    """What the older unit's share rests on, wherever it was split on its way to this one; `on` is a day of its life."""
    found = {descent.basis for descent in _between(tree, unit_id, older_id, on) if descent.share != 1}
    return tuple(basis for basis in LineageBasis if basis in found)


def units_of_area(tree: UnitTree, unit_id: int, on: date) -> tuple[int, ...]:
    """The units of that day on whose area this unit stands or stood: itself, those it came from, those it went into.

    Empty where its level had ended by then, or where nobody knows what it was made of.
    """
    unit = tree.units[unit_id]
    if unit.is_open(on):
        return (unit_id,)
    if on < unit.opened_on:
        return tuple(one for one, _share in tree.composition(unit_id, on) or ())
    found: dict[int, None] = {}
    todo = [unit_id]
    while todo:
        one = todo.pop(0)
        if tree.units[one].is_open(on):
            found[one] = None
        else:
            todo += [heir.successor_id for heir in same_level(tree, tree.descents_out_of(one))]
    return tuple(found)


def same_level(tree: UnitTree, descents: tuple[Descent, ...]) -> tuple[Descent, ...]:
    """Those between units of one level: the only ones along which facts are added up."""
    units = tree.units
    return tuple(one for one in descents if units[one.predecessor_id].level is units[one.successor_id].level)


def _between(tree: UnitTree, unit_id: int, older_id: int, on: date) -> set[Descent]:
    """The descents that lead from the older unit to this one."""
    if unit_id == older_id:
        return set()
    found: set[Descent] = set()
    for descent in same_level(tree, tree.descents_into(unit_id)):
        if any(one == older_id for one, _share in tree.composition(descent.predecessor_id, on) or ()):
            found |= {descent, *_between(tree, descent.predecessor_id, older_id, on)}
    return found
