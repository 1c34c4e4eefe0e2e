"""Units of one name told apart by their days: Bắc Ninh to 30/06/2025 is another unit than Bắc Ninh since 01/07/2025."""

from data.units.tree import Unit, UnitTree
from data.wording.units import dated


def told_apart(tree: UnitTree, unit: Unit, title: str) -> str:
    """The title with the day that tells the unit from its namesake, for wherever both may stand.

    Of a closed unit its last day; of one that took its name over from a unit that it was made of, its first.
    """
    return dated(title, unit.opened_on if has_older_namesake(tree, unit) else None, unit.closed_on)


def has_older_namesake(tree: UnitTree, unit: Unit) -> bool:
    """Whether one of the units of its level that it was made of had its name."""
    before = (tree.units[one.predecessor_id] for one in tree.descents_into(unit.id))
    return any(one.level is unit.level and one.states[-1].name == unit.states[0].name for one in before)
