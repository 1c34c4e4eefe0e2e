"""Reads the unit tree from its tables."""

from collections import defaultdict
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.units.tree import Descent, Inheritance, Unit, UnitState, UnitTree


def load_tree(session: Session) -> UnitTree:
    """The whole tree with its history, in four queries. What was recorded as never in force is no part of it."""
    v = t.UnitVersion
    states: dict[int, list[UnitState]] = defaultdict(list)
    columns = (v.unit_id, v.from_on, v.to_on, v.name, v.kind, v.code, v.parent_id, v.confidence)
    for row in session.execute(select(*columns).order_by(v.unit_id, v.from_on)):
        states[row.unit_id].append(UnitState(*row[1:]))
    a = t.AdminUnit
    units = [
        Unit(*row, states=tuple(states[row[0]]))
        for row in session.execute(
            select(a.id, a.key, a.level, a.opened_on, a.opening_known, a.closed_on)
            .where(a.never_in_force.is_(False))
            .order_by(a.id)
        )
    ]
    known = {unit.id for unit in units}
    descents = [
        Descent(
            row.predecessor_id,
            row.successor_id,
            row.on,
            Fraction(row.share_numerator, row.share_denominator),
            row.basis,
        )
        for row in session.scalars(select(t.UnitLineage))
        if row.successor_id in known
    ]
    c = t.UnitLineageClosure
    inherited = [
        Inheritance(*row)
        for row in session.execute(select(c.predecessor_id, c.descendant_id, c.on, c.share, c.basis))
    ]
    return UnitTree(units, descents, inherited)
