"""The named groups that a reader may compare by. A group narrows the rows; it never shows what lies out of reach."""

from datetime import date

from data.kinds import UnitLevel
from data.numbers import format_date
from data.refusals import Invalid, NotFound
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.groups import DatedGroup
from data.wording import _


class EmptyGroup(Invalid):
    """The group has no unit within the reader's reach on the boundaries' day; on `day` it has."""

    def __init__(self, sentence: str, day: date) -> None:
        super().__init__(sentence)
        self.day = day


def find_peers(snapshot: Snapshot, scope: Scope, key: str, day: date) -> DatedGroup:
    """The group with that key. Raises NotFound where it does not exist or never held a unit within the reader's reach,
    EmptyGroup where it merely holds none on that day."""
    group = snapshot.groups.get(key)
    if group is not None:
        if _reached(snapshot, scope, group, day):
            return group
        days = group.nearest_days(snapshot.tree, day)
        other = next((one for one in days if _reached(snapshot, scope, group, one)), None)
        if other is not None:
            raise EmptyGroup(_empty(group, day, other), other)
    raise NotFound(_("There is no such group within your reach."))


def list_peers(snapshot: Snapshot, scope: Scope, level: UnitLevel, day: date) -> list[DatedGroup]:
    """The groups that hold a unit of that level within the reader's reach on that day."""
    groups = [one for one in snapshot.groups.values() if one.level(snapshot.tree) is level]
    return [one for one in groups if _reached(snapshot, scope, one, day)]


def _reached(snapshot: Snapshot, scope: Scope, group: DatedGroup, day: date) -> bool:
    return not scope.units(snapshot.tree, day).isdisjoint(group.members(snapshot.tree, day))


def _empty(group: DatedGroup, day: date, other: date) -> str:
    if other < day:
        sentence = _("The group “{group}” holds units until {other}, so it is empty on the boundaries of {day}.")
    else:
        sentence = _("The group “{group}” holds units from {other} on, so it is empty on the boundaries of {day}.")
    return sentence.format(group=group.group.title, other=format_date(other), day=format_date(day))
