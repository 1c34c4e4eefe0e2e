"""Writes edits into the tables, and what follows from them: the closures of the tree and of the lineage."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.units.changes.model import Begun, Edits, Passed
from data.units.closure import Link, closure
from data.units.lineage import inheritances
from data.units.tree import Unit, UnitTree

# A statement takes a limited number of values.
_AT_ONCE = 500
Row = TypeVar("Row")
_ONE_STATEMENT = {"render_nulls": True}


def write_edits(session: Session, edits: Edits, documents: Mapping[str, int]) -> Edits:
    """Units, versions and lineage. Returns the same edits with the numbers that the database gave to opened units."""
    edits = _open(session, edits)
    for chunk in chunks(edits.closed):
        session.execute(update(t.AdminUnit).where(t.AdminUnit.id.in_(chunk)).values(closed_on=edits.eve))
    version = t.UnitVersion
    for chunk in chunks([*edits.closed, *edits.restated]):
        last = version.unit_id.in_(chunk), version.to_on.is_(None), version.from_on < edits.on
        session.execute(update(version).where(*last).values(to_on=edits.eve))
    _put(session, version, (_version(one, documents) for one in edits.begun))
    _put(session, t.UnitLineage, (_lineage(one, documents) for one in edits.passed))
    return edits


def _open(session: Session, edits: Edits) -> Edits:
    if not edits.opened:
        return edits
    _put(session, t.AdminUnit, (
        {"key": unit.key, "level": unit.level, "opened_on": unit.opened_on, "opening_known": unit.opening_known,
         "closed_on": None, "never_in_force": False}
        for unit in edits.opened
    ))  # fmt: skip
    given: dict[str, int] = {}
    for chunk in chunks([unit.key for unit in edits.opened]):
        rows = session.execute(select(t.AdminUnit.key, t.AdminUnit.id).where(t.AdminUnit.key.in_(chunk)))
        given.update((key, unit_id) for key, unit_id in rows)
    return _renumbered(edits, {unit.id: given[unit.key] for unit in edits.opened})


def _renumbered(edits: Edits, given: Mapping[int, int]) -> Edits:
    """The edits, with numbers of units replaced by those given."""

    def begun(one: Begun) -> Begun:
        above = one.state.parent_id
        parent = None if above is None else given.get(above, above)
        return replace(one, unit_id=given.get(one.unit_id, one.unit_id), state=replace(one.state, parent_id=parent))

    def passed(one: Passed) -> Passed:
        successor = given.get(one.descent.successor_id, one.descent.successor_id)
        return replace(one, descent=replace(one.descent, successor_id=successor))

    def opened(unit: Unit) -> Unit:
        above = unit.states[0].parent_id
        parent = None if above is None else given.get(above, above)
        return replace(unit, id=given[unit.id], states=(replace(unit.states[0], parent_id=parent),))

    return replace(
        edits,
        opened=tuple(map(opened, edits.opened)),
        begun=tuple(map(begun, edits.begun)),
        passed=tuple(map(passed, edits.passed)),
    )


def _version(one: Begun, documents: Mapping[str, int]) -> dict[str, object]:
    state = one.state
    return {
        "unit_id": one.unit_id, "from_on": state.from_on, "to_on": state.to_on, "name": state.name,
        "kind": state.kind, "code": state.code, "parent_id": state.parent_id, "confidence": state.confidence,
        "document_id": documents[one.document] if one.document else None,
    }  # fmt: skip


def _lineage(one: Passed, documents: Mapping[str, int]) -> dict[str, object]:
    descent = one.descent
    return {
        "predecessor_id": descent.predecessor_id, "successor_id": descent.successor_id, "on": descent.on,
        "share_numerator": descent.share.numerator, "share_denominator": descent.share.denominator,
        "basis": descent.basis, "document_id": documents[one.document] if one.document else None,
    }  # fmt: skip


def moved_units(before: UnitTree, tree: UnitTree, touched: Iterable[int]) -> set[int]:
    """The touched units whose place in the tree or whose life is another now, with everything that ever was below."""
    moved = {one for one in touched if _places(before, one) != _places(tree, one)}
    below: dict[int, set[int]] = defaultdict(set)
    for either in (before, tree) if moved else ():
        for unit in either.units.values():
            for state in unit.states:
                if state.parent_id is not None:
                    below[state.parent_id].add(unit.id)
    todo = list(moved)
    while todo:
        new = below[todo.pop()] - moved
        moved |= new
        todo.extend(new)
    return moved


def _places(tree: UnitTree, unit_id: int) -> list[tuple[int | None, date, date | None]]:
    """Its parents with their days; a new name alone is no new place."""
    unit = tree.units.get(unit_id)
    spans: list[tuple[int | None, date, date | None]] = []
    for state in unit.states if unit else ():
        if spans and spans[-1][0] == state.parent_id:
            spans[-1] = (state.parent_id, spans[-1][1], state.to_on)
        else:
            spans.append((state.parent_id, state.from_on, state.to_on))
    return spans


def rewrite_tree_closure(session: Session, tree: UnitTree, unit_ids: Collection[int]) -> None:
    """The stored ancestors of these units, and of no others, as they follow from the tree."""
    c = t.UnitClosure
    for chunk in chunks(sorted(unit_ids)):
        session.execute(delete(c).where(c.descendant_id.in_(chunk)))
    links = (
        Link(unit.id, state.parent_id, state.from_on, state.to_on)
        for unit in tree.units.values()
        for state in unit.states
    )
    spans = closure(links, [one for one in unit_ids if one in tree.units])
    _put(session, c, (
        {"ancestor_id": one.ancestor, "descendant_id": one.descendant, "from_on": one.from_on, "to_on": one.to_on,
         "depth": one.depth}
        for one in spans
    ))  # fmt: skip


def rewrite_lineage_closure(session: Session, tree: UnitTree, unit_ids: Collection[int]) -> None:
    """What became of these closed units, and of everything that had gone into them, as it follows from the lineage."""
    c = t.UnitLineageClosure
    older = {one for unit_id in unit_ids if unit_id in tree.units for one in tree.predecessors(unit_id)}
    concerned = {*unit_ids, *older}
    for chunk in chunks(sorted(concerned)):
        session.execute(delete(c).where(c.predecessor_id.in_(chunk)))
    levels = {unit.id: unit.level for unit in tree.units.values()}
    _put(session, c, (
        {"predecessor_id": one.predecessor_id, "descendant_id": one.descendant_id, "on": one.on, "share": one.share,
         "basis": one.basis}
        for one in inheritances(levels, tree.descents, concerned)
    ))  # fmt: skip


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows, as many at once as a statement takes."""
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _put(session: Session, table: type[t.Base], rows: Iterable[dict[str, object]]) -> None:
    if listed := list(rows):
        session.execute(insert(table), listed, execution_options=_ONE_STATEMENT)
