"""Surveyed values on boundaries that are not those of their time: never added up, never divided."""

from data.comparisons.model import Absence, Gap
from data.comparisons.published import Published, PublishedValue
from data.periods import Period
from data.units.naming import titles
from data.units.tree import UnitTree


def surveyed_value(
    published: Published, tree: UnitTree, unit_id: int, definition_id: int, period: Period
) -> PublishedValue | Absence:
    """What was published for exactly that unit and period; else why there is nothing.

    A unit that opened after the period may have a value of its own, published back in time. Where it has none, what
    was published for the units of that time is named, for it cannot be added up. A unit that had closed is told so.
    """
    found = published.exactly(unit_id, definition_id, period)
    if isinstance(found, PublishedValue):
        return found
    unit, last = tree.units[unit_id], period.last_day
    if last < unit.opened_on and (made_of := tree.composition(unit_id, last)):
        ids = [one for one, _share in made_of]
        there = zip(
            titles(tree, ids, last), (published.exactly(one, definition_id, period) for one in ids), strict=True
        )
        values = tuple((name, value.value) for name, value in there if isinstance(value, PublishedValue))
        return Absence(Gap.SURVEYED_THEN, values=values)
    if unit.closed_on is not None and unit.closed_on < last and found.gap is Gap.NOT_PUBLISHED:
        heirs = sorted(tree.descents_out_of(unit_id), key=lambda descent: -descent.share)
        return Absence(Gap.MERGED, titles(tree, (heir.successor_id for heir in heirs), last)) if heirs else found
    return found
