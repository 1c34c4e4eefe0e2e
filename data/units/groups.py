"""The named groups that units belong to: regions, fertility zones, sex-ratio groups, competition groups."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import GroupKind, UnitLevel
from data.units.tree import UnitTree
from data.wording import pick
from data.wording.units import dated, group_title

# What a decision drew for the units of its day, and nobody has drawn anew since they merged.
INHERITED = frozenset({GroupKind.FERTILITY_ZONE, GroupKind.SEX_RATIO_GROUP})


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it is named."""

    id: int
    key: str
    kind: GroupKind
    name_vi: str
    name_en: str
    until: date | None = None

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name_vi, self.name_en)

    @property
    def title(self) -> str:
        """Its name, so that it says what it is: `Vùng Đồng bằng sông Hồng`; with its last day where it has one, for
        the regions of 2025 carry names of those before them.
        """
        return dated(group_title(self.kind.value, self.name), None, self.until)


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit's membership from a day to a day (inclusive; None is open)."""

    unit_id: int
    from_on: date
    to_on: date | None

    def holds(self, on: date) -> bool:
        """Whether the unit belongs to the group on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, slots=True, eq=False)
class DatedGroup:
    """A group with all its memberships. `keeper_id` is the unit that keeps it; None for a reference fact."""

    group: Group
    keeper_id: int | None
    memberships: tuple[Membership, ...]

    def members(self, tree: UnitTree, on: date) -> tuple[int, ...]:
        """The units that belong to it on a day and stand on it; of a kept group only those below its keeper.

        Zones were drawn before the mergers: a merged unit is in the one that all of its parts were in, or in none.
        """
        found = [one.unit_id for one in self.memberships if one.holds(on) and self._stands(tree, one.unit_id, on)]
        if self.group.kind in INHERITED:
            heirs = {heir for one in self.memberships for heir in _heirs(tree, one.unit_id)}
            found += sorted(one for one in heirs - set(found) if tree.units[one].is_open(on) and self._took(tree, one))
        return tuple(found)

    def nearest_days(self, tree: UnitTree, on: date) -> list[date]:
        """For each membership the day on which it and the unit hold that lies nearest to `on`; the nearest first."""
        days = set()
        for one in self.memberships:
            unit = tree.units[one.unit_id]
            first = max(one.from_on, unit.opened_on)
            last = min(one.to_on or date.max, unit.closed_on or date.max)
            if first <= last:
                days.add(min(max(on, first), last))
        return sorted(days, key=lambda day: (abs(day - on), day))

    def level(self, tree: UnitTree) -> UnitLevel | None:
        """The level of its units; None before it has any."""
        return tree.units[self.memberships[0].unit_id].level if self.memberships else None

    def above(self, tree: UnitTree) -> int:
        """The unit whose parts its units are."""
        return tree.nation_id if self.keeper_id is None else self.keeper_id

    def _took(self, tree: UnitTree, unit_id: int) -> bool:
        """Whether every unit that it was made of belonged to the group to its last day."""
        parts = _parts(tree, unit_id)
        return bool(parts) and all(self._held_last(tree, one) for one in parts)

    def _held_last(self, tree: UnitTree, unit_id: int) -> bool:
        last = tree.units[unit_id].closed_on
        own = any(one.unit_id == unit_id and last is not None and one.holds(last) for one in self.memberships)
        return own or self._took(tree, unit_id)

    def _stands(self, tree: UnitTree, unit_id: int, on: date) -> bool:
        return tree.units[unit_id].is_open(on) and self.keeper_id in (None, tree.parent(unit_id, on))


def _heirs(tree: UnitTree, unit_id: int) -> set[int]:
    """The units of the same level that took it over, however many steps on."""
    level, found, todo = tree.units[unit_id].level, set(), [unit_id]
    while todo:
        for descent in tree.descents_out_of(todo.pop()):
            if tree.units[descent.successor_id].level is level and descent.successor_id not in found:
                found.add(descent.successor_id)
                todo.append(descent.successor_id)
    return found


def _parts(tree: UnitTree, unit_id: int) -> list[int]:
    """The units of the same level that it was made of, one step back."""
    before = (descent.predecessor_id for descent in tree.descents_into(unit_id))
    return [one for one in before if tree.units[one].level is tree.units[unit_id].level]


def load_groups(session: Session) -> dict[str, DatedGroup]:
    """Every group by its key, in the order in which they are offered; in two queries."""
    g, m = t.UnitGroup, t.UnitGroupMember
    held: dict[int, list[Membership]] = defaultdict(list)
    for row in session.execute(select(m.group_id, m.unit_id, m.from_on, m.to_on).order_by(m.unit_id, m.from_on)):
        held[row.group_id].append(Membership(*row[1:]))
    columns = (g.id, g.key, g.kind, g.name_vi, g.name_en, g.to_on, g.keeper_id)
    rows = session.execute(select(*columns).order_by(g.id)).all()
    return {row.key: DatedGroup(Group(*row[:6]), row.keeper_id, tuple(held[row.id])) for row in rows}


def list_groups(session: Session, unit_ids: Iterable[int], on: date) -> dict[int, list[Group]]:
    """The groups of each unit on a day, by unit; in one query. A unit that had closed keeps those of its last day."""
    g, m, a = t.UnitGroup, t.UnitGroupMember, t.AdminUnit
    rows = session.execute(
        select(m.unit_id, g.id, g.key, g.kind, g.name_vi, g.name_en, g.to_on)
        .join(g, g.id == m.group_id)
        .join(a, a.id == m.unit_id)
        .where(
            m.unit_id.in_(list(unit_ids)),
            or_(m.from_on <= on, m.from_on <= a.opened_on),
            or_(m.to_on.is_(None), m.to_on >= on, m.to_on == a.closed_on),
        )
        .order_by(m.unit_id, g.kind, g.id)
    )
    found: dict[int, list[Group]] = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(Group(*row[1:]))
    return found
