"""Whether a target has judged approved results, so that it may be adjusted by a later document and not corrected."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.published import get_published
from data.kinds import UnitLevel
from data.snapshot import Snapshot
from data.targets.register import TargetInfo


def has_judged(session: Session, snapshot: Snapshot, target: TargetInfo) -> bool:
    """Whether there is an approved or a published value of the target's definition, unit and year.

    The nation's values are its provinces', which are added up on reading; those of a unit that opened within the year
    may be its predecessors'.
    """
    definition = snapshot.catalogue.definitions[target.definition_id]
    if not definition.numerator:
        published = get_published(session, snapshot.targets)
        # The nation's rates are asked of every unit, and its counts of nobody else.
        of_all = target.unit_id == snapshot.tree.nation_id and not definition.is_count
        of_unit = published.of_unit(target.unit_id, definition.id)
        values = published.of_units(definition.id) if of_all else of_unit
        return any(value.period[:4] == str(target.year) for value in values)
    r, tree = t.Rollup, snapshot.tree
    whose = (
        r.level == UnitLevel.PROVINCE
        if target.unit_id == tree.nation_id
        else r.unit_id.in_({target.unit_id, *(one.predecessor_id for one in tree.descents_into(target.unit_id))})
    )
    # Codes of periods start with their year: 2026, 2026Q1, 202601, 2026-6M.
    first, after = str(target.year), str(target.year + 1)
    of_year = or_(r.period == first, (r.period > first) & (r.period < after))
    query = select(r.unit_id).where(whose, r.definition_id == target.definition_id, of_year).limit(1)
    return session.scalar(query) is not None
