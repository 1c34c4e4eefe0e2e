"""Where a value comes from: the roll-ups that went into it, who approved them, and which children are missing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.evidence_model import Ingredient, MissingChild
from data.comparisons.model import Source
from data.comparisons.readings import Readings, Traced
from data.comparisons.sums import Reading
from data.kinds import UnitLevel
from data.periods import Period
from data.rollups.lines import required_levels
from data.snapshot import Snapshot
from data.units.areas import bases_of
from data.units.naming import titles, told_apart
from data.units.tree import Unit, UnitTree
from data.wording.units import acting_name

# (unit, period) → when it was approved, and by which unit where the roll-up is an own form's.
Moments = dict[tuple[int, str], datetime]
Deciders = dict[tuple[int, str], int | None]


def load_ingredients(
    session: Session, tree: UnitTree, readings: Readings, unit: Unit, definition: Definition, period: Period
) -> tuple[Ingredient, ...]:
    """The roll-ups behind the unit's value, in order of periods; in two queries, none where there is no value."""
    traced = readings.trace(unit.id, definition, period) if definition.numerator else []
    if not traced:
        return ()
    names = {part: _names(tree, traced, part) for part in {part for _, part, _, _ in traced}}
    moments = _moments(session, traced, definition)
    deciders = _deciders(session, traced, definition)
    return tuple(
        Ingredient(
            told_apart(tree, tree.units[one], names[part][one]),
            part,
            share,
            bases_of(tree, unit.id, one, part.last_day),
            reading.numerator,
            reading.denominator,
            reading.counted,
            reading.expected,
            reading.source,
            reading.standing,
            _approver(tree, one, part, reading, deciders),
            moments.get((one, part.code)),
        )
        for one, part, share, reading in traced
    )


def _names(tree: UnitTree, traced: Sequence[Traced], part: Period) -> dict[int, str]:
    """What the units behind a value were called when the period ended, namesakes told apart."""
    ids = [one for one, period, _, _ in traced if period == part]
    return dict(zip(ids, titles(tree, ids, part.last_day), strict=True))


def load_missing(
    session: Session, snapshot: Snapshot, readings: Readings, unit: Unit, definition: Definition, period: Period
) -> tuple[MissingChild, ...]:
    """The children that a sum lacks or has in part, of the ingredient that lacks the most; in one query at most."""
    tree = snapshot.tree
    if unit.level is UnitLevel.NATION:
        provinces = readings.provinces(period)
        lacking = [one for one in provinces if not isinstance(readings.get(one, definition, period), Reading)]
        return tuple(MissingChild(tree.units[one].state(period.last_day).name, 0, 1) for one in lacking)
    summed = [one for one in readings.trace(unit.id, definition, period) if one[3].source is Source.CHILDREN]
    if not summed:
        return ()
    parent, part, _, reading = max(summed, key=lambda one: one[3].expected - one[3].counted)
    if reading.counted >= reading.expected:
        return ()
    children = tree.children(parent, part.last_day)
    r = t.Rollup
    levels = {tree.units[child].level for child in children}
    rows = session.execute(
        select(r.unit_id, r.counted, r.expected).where(
            r.period == part.code, r.level.in_(levels), r.unit_id.in_(children), r.definition_id == definition.id
        )
    )
    there = {child: (counted, expected) for child, counted, expected in rows}
    required = required_levels(snapshot.catalogue, part.frequency).get(definition.id, frozenset())
    found = []
    for child, name in zip(children, titles(tree, children, part.last_day), strict=True):
        counted, expected = there.get(child, (0, 1 if tree.units[child].level in required else 0))
        if counted < expected:
            found.append(MissingChild(name, counted, expected))
    return tuple(sorted(found))


def _approver(tree: UnitTree, unit_id: int, period: Period, reading: Reading, deciders: Deciders) -> str | None:
    """Who approved it: of a sum its own unit, which approves its children; of an own form the unit that decided."""
    if reading.source is Source.CHILDREN:
        above: int | None = unit_id
    else:
        above = deciders.get((unit_id, period.code)) or tree.parent(unit_id, period.last_day)
    if above is None:
        return None
    state = tree.units[above].state(period.last_day)
    return acting_name(state.kind, told_apart(tree, tree.units[above], state.name))


def _moments(session: Session, traced: Sequence[Traced], definition: Definition) -> Moments:
    r = t.Rollup
    rows = session.execute(
        select(r.unit_id, r.period, r.approved_at).where(
            r.period.in_({period.code for _, period, _, _ in traced}),
            r.unit_id.in_({unit_id for unit_id, _, _, _ in traced}),
            r.definition_id == definition.id,
        )
    )
    return {(unit_id, period): moment for unit_id, period, moment in rows}


def _deciders(session: Session, traced: Sequence[Traced], definition: Definition) -> Deciders:
    own = {unit_id for unit_id, _, _, reading in traced if reading.source is not Source.CHILDREN}
    elements = [part.element_id for part in (*definition.numerator, *definition.denominator)]
    s, v, r = t.Submission, t.Revision, t.Result
    rows = session.execute(
        select(s.unit_id, r.period, func.max(v.decided_unit_id))
        .join(v, v.submission_id == s.id)
        .join(r, r.revision_id == v.id)
        .where(
            v.in_force,
            s.unit_id.in_(own),
            r.period.in_({period.code for _, period, _, _ in traced}),
            r.element_id.in_(elements),
        )
        .group_by(s.unit_id, r.period)
    )
    return {(unit_id, period): decider for unit_id, period, decider in rows}
