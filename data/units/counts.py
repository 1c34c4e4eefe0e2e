"""How many units stand on a day: by level, by kind, and in each region."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data.kinds import GroupKind, UnitKind, UnitLevel
from data.snapshot import get_snapshot
from data.units.groups import list_groups


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """The units of a day: all of each level, of each level's kinds, and of each level within each region by name.

    `beyond` counts the units that stand in no region of that day.
    """

    levels: dict[UnitLevel, int]
    kinds: dict[UnitLevel, dict[UnitKind, int]]
    regions: dict[str, dict[UnitLevel, int]]
    beyond: dict[UnitLevel, int]


def count_units(session: Session, day: date) -> UnitCounts:
    """Counts on the tree of that day; one query beside the snapshot."""
    tree = get_snapshot(session).tree
    by_level = {level: tree.at_level(level, day) for level in UnitLevel}
    kinds = {
        level: dict(Counter(tree.units[one].state(day).kind for one in ids).most_common())
        for level, ids in by_level.items()
    }
    provinces = by_level[UnitLevel.PROVINCE]
    groups = list_groups(session, provinces, day)
    regions: dict[str, Counter[UnitLevel]] = {}
    beyond: Counter[UnitLevel] = Counter()
    for province in provinces:
        below = Counter(tree.units[one].level for one in tree.subtree(province, day))
        own = [group for group in groups.get(province, ()) if group.kind is GroupKind.REGION]
        for group in own:
            regions.setdefault(group.name, Counter()).update(below)
        if not own:
            beyond.update(below)
    levels = {level: len(ids) for level, ids in by_level.items()}
    return UnitCounts(levels, kinds, {name: dict(found) for name, found in regions.items()}, dict(beyond))
