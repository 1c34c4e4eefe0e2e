"""What units are called where several stand in one list: neither name nor kind tells all of them apart.

Nor does it over time: Bắc Ninh to 30/06/2025 is another unit than Bắc Ninh since 01/07/2025.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from data.kinds import UnitLevel
from data.units.tree import Unit, UnitTree
from data.wording.units import dated, unit_title


def title_of(tree: UnitTree, unit_id: int, day: date) -> str:
    """The unit as it was called on that day: the country as such, a province by its name, what is below it with its
    kind.
    """
    unit = tree.units[unit_id]
    state = unit.state(day)
    return state.name if unit.level is UnitLevel.PROVINCE else unit_title(state.kind.value, state.name)


def titles(tree: UnitTree, unit_ids: Iterable[int], day: date) -> tuple[str, ...]:
    """The units' titles in their order; namesakes of a kind carry the unit above: `Xã Tân Lập (Huyện Bù Đăng)`."""
    ids = tuple(unit_ids)
    apart = parents_of_namesakes(tree, ids, day)
    return tuple(
        f"{title_of(tree, one, day)} ({apart[one]})" if one in apart else title_of(tree, one, day) for one in ids
    )


def parents_of_namesakes(tree: UnitTree, unit_ids: Iterable[int], day: date) -> dict[int, str]:
    """Of those units that share kind and name with another one of them, the title of the unit above."""
    states = {one: tree.units[one].state(day) for one in unit_ids}
    counts = Counter((state.kind, state.name) for state in states.values())
    if len(counts) == len(states):
        return {}
    return {
        one: title_of(tree, state.parent_id, day)
        for one, state in states.items()
        if counts[state.kind, state.name] > 1 and state.parent_id is not None
    }


def told_apart(tree: UnitTree, unit: Unit, title: str) -> str:
    """The title with the day that tells the unit from its namesake, for wherever both may stand.

    Of a closed unit its last day; of one that took its name over from a unit that it was made of, its first.
    """
    return dated(title, unit.opened_on if has_older_namesake(tree, unit) else None, unit.closed_on)


def has_older_namesake(tree: UnitTree, unit: Unit) -> bool:
    """Whether one of the units of its level that it was made of had its name."""
    before = (tree.units[one.predecessor_id] for one in tree.descents_into(unit.id))
    return any(one.level is unit.level and one.states[-1].name == unit.states[0].name for one in before)
