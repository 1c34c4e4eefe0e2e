"""Works out what a change set does, or why it cannot be done. Pure: no session, no tables."""

from collections.abc import Collection
from dataclasses import replace

from data.units.changes import checks
from data.units.changes.model import Begun, ChangeSet, Edits, Passed, Plan, Restate
from data.units.changes.names import Names
from data.units.tree import Descent, Unit, UnitState, UnitTree


def plan(
    tree: UnitTree,
    change_set: ChangeSet,
    reach: Collection[int] | None = None,
    reserved: Collection[str] = (),
) -> Plan:
    """The edits that make the change, or all reasons against it.

    `reach` are the units that whoever asks may name: everything else does not exist. `reserved` are keys that may not
    be used again.
    """
    names = Names(tree, change_set, reach, reserved)
    refusals = list(checks.of_the_set(tree, change_set, names))
    if refusals:
        return Plan(None, tuple(dict.fromkeys(refusals)))
    edits = _edits(change_set, names)
    refusals = list(checks.of_the_outcome(after(tree, edits), edits))
    return Plan(None if refusals else edits, tuple(dict.fromkeys(refusals)))


def after(tree: UnitTree, edits: Edits) -> UnitTree:
    """The tree as it will be."""
    closed, begun = set(edits.closed), {one.unit_id: one.state for one in edits.begun}
    units = [_continued(unit, edits, closed, begun) for unit in tree.units.values()]
    return UnitTree([*units, *edits.opened], [*tree.descents, *(one.descent for one in edits.passed)])


def _continued(unit: Unit, edits: Edits, closed: set[int], begun: dict[int, UnitState]) -> Unit:
    if unit.id not in closed and unit.id not in begun:
        return unit
    *before, last = unit.states
    ended = (*before, replace(last, to_on=edits.eve))
    if unit.id in closed:
        return replace(unit, closed_on=edits.eve, states=ended)
    return replace(unit, states=(*ended, begun[unit.id]))


def _edits(change_set: ChangeSet, names: Names) -> Edits:
    opened, begun = [], []
    for ref, opening in names.openings.items():
        state = UnitState(
            change_set.on, None, opening.name.strip(), opening.kind, opening.code, names.number(opening.parent),
            opening.confidence,
        )  # fmt: skip
        number = names.numbers[ref]
        opened.append(Unit(number, names.keys[ref], opening.level, change_set.on, True, None, (state,)))
        begun.append(Begun(number, state, opening.document or change_set.document))
    begun.extend(_restated(names, change_set, key) for key in dict.fromkeys(one.unit for one in change_set.restates))
    passed = [
        Passed(
            Descent(_of(names, one.predecessor), _of(names, one.successor), change_set.on, one.share, one.basis),
            one.document or change_set.document,
        )
        for reshape in change_set.reshapes
        for one in reshape.passages
    ]
    closed = tuple(_of(names, key) for reshape in change_set.reshapes for key in reshape.closes)
    return Edits(change_set.on, tuple(opened), closed, tuple(begun), tuple(passed), dict(names.keys))


def _restated(names: Names, change_set: ChangeSet, key: str) -> Begun:
    """All that one set says of one unit, as one version."""
    said = [one for one in change_set.restates if one.unit == key]
    unit = names.standing(key)
    if unit is None:
        raise ValueError(f"{key} was not checked")
    state = replace(unit.states[-1], from_on=change_set.on, to_on=None)
    for one in said:
        state = _with(names, state, one)
    # A part of a change may rest on a document of its own, or on none that is known.
    document = next((one.document for one in said if one.document), change_set.document)
    return Begun(unit.id, replace(state, confidence=said[-1].confidence), document)


def _with(names: Names, state: UnitState, one: Restate) -> UnitState:
    if one.name is not None:
        state = replace(state, name=one.name.strip())
    if one.kind is not None:
        state = replace(state, kind=one.kind)
    if one.code is not None:
        state = replace(state, code=one.code)
    return state if one.parent is None else replace(state, parent_id=names.number(one.parent))


def _of(names: Names, name: str) -> int:
    number = names.number(name)
    if number is None:
        raise ValueError(f"{name} was not checked")
    return number


