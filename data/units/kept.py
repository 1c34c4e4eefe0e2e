"""The groups that a unit keeps for the units directly below it, as its people see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import UnitLevel
from data.refusals import NotFound
from data.scope import Reach, Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.register import DocumentInfo
from data.units.order import Order, vietnamese_order
from data.units.tree import Unit, UnitTree
from data.wording import _, pick
from data.wording.units import capitalised, unit_title

# The key of a kept group is its keeper's, this word, and a number.
KEPT = "-cum-"
_RANKS = {level: rank for rank, level in enumerate(UnitLevel)}


class Named(NamedTuple):
    """A unit by its key and how it is called: a province among others by its name alone, a keeper with its kind."""

    key: str
    title: str


class Member(NamedTuple):
    """A unit's membership: both days are inclusive, None is open. A unit that has closed left on its last day."""

    unit: Named
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """A group with every membership that it ever had, in the order of names."""

    key: str
    name_vi: str
    name_en: str
    from_on: date
    to_on: date | None
    document: DocumentInfo | None
    members: tuple[Member, ...]

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name_vi, self.name_en)

    def present(self, on: date) -> list[Member]:
        """Who belongs to it on that day."""
        return [one for one in self.members if one.from_on <= on and (one.to_on is None or on <= one.to_on)]

    def past(self, on: date) -> list[Member]:
        """Memberships that have ended."""
        return [one for one in self.members if one.to_on is not None and one.to_on < on]

    def to_come(self, on: date) -> list[Member]:
        """Memberships that have not begun."""
        return [one for one in self.members if one.from_on > on]


class Candidate(NamedTuple):
    """A unit directly below the keeper, and the name of the group that it is in today (empty: none)."""

    unit: Named
    group: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """What one unit keeps. `keepers` are all units for which the reader keeps groups; `standing`: it may be changed.

    `documents` are those that a group may rest on: issued by the keeper or above it.
    """

    keeper: Named
    keepers: tuple[Named, ...]
    standing: bool
    groups: tuple[KeptGroup, ...]
    candidates: tuple[Candidate, ...]
    documents: tuple[DocumentInfo, ...]
    today: date
    illustrative: bool

    def get(self, key: str) -> KeptGroup:
        """The group of that key; NotFound where this unit keeps none."""
        for group in self.groups:
            if group.key == key:
                return group
        raise no_such_group()


def no_such_group() -> NotFound:
    """One answer for a group that does not exist and for one that others keep."""
    return NotFound(_("There is no such group for you to keep."))


def keepers_of(tree: UnitTree, scope: Scope) -> list[Unit]:
    """The units for which the reader keeps groups, the highest first; `scope` is that of keeping groups."""
    held = {grant.unit_id for grant in scope.grants if Reach.OWN in grant.reaches}
    return sorted((tree.units[one] for one in held), key=lambda unit: (_RANKS[unit.level], unit.id))


def get_keeping(session: Session, scope: Scope, keeper_key: str, today: date) -> Keeping:
    """The groups of one keeper, the first where no key is given; in two queries. NotFound for anybody else's."""
    snapshot = get_snapshot(session)
    keepers = keepers_of(snapshot.tree, scope)
    keeper = next((one for one in keepers if keeper_key in ("", one.key)), None)
    if keeper is None:
        raise no_such_group()
    return _keeping(session, snapshot, keeper, keepers, today)


def get_keeping_of(session: Session, scope: Scope, group_key: str, today: date) -> Keeping:
    """What the keeper of that group keeps; NotFound for a group of anybody else, and for a reference one."""
    snapshot = get_snapshot(session)
    keepers = keepers_of(snapshot.tree, scope)
    keeper = next((one for one in keepers if one.key == group_key.rpartition(KEPT)[0]), None)
    if keeper is None:
        raise no_such_group()
    keeping = _keeping(session, snapshot, keeper, keepers, today)
    keeping.get(group_key)
    return keeping


def documents_for(snapshot: Snapshot, keeper: Unit, today: date) -> list[DocumentInfo]:
    """The documents that a group of the keeper may rest on, the latest first."""
    issuers = {keeper.id, *snapshot.tree.ancestors(keeper.id, keeper.within_life(today))}
    found = [one for one in snapshot.targets.documents.values() if one.issuer_id in issuers]
    return sorted(found, key=lambda one: (one.issued_on or date.min, one.key), reverse=True)


def _keeping(session: Session, snapshot: Snapshot, keeper: Unit, keepers: Iterable[Unit], today: date) -> Keeping:
    tree = snapshot.tree
    groups = _groups(session, snapshot, keeper, today)
    children = tree.children(keeper.id, today)
    within = {member.unit.key: group.name for group in groups for member in group.present(today)}
    candidates = [Candidate(named, within.get(named.key, "")) for named in _in_order(tree, children, today)]
    return Keeping(
        _titled(keeper, today),
        tuple(_titled(one, today) for one in keepers),
        bool(children),
        tuple(groups),
        tuple(candidates),
        tuple(documents_for(snapshot, keeper, today)),
        today,
        snapshot.illustrative,
    )


def _groups(session: Session, snapshot: Snapshot, keeper: Unit, today: date) -> list[KeptGroup]:
    """Open groups before closed ones, each in the order of names."""
    g, m = t.UnitGroup, t.UnitGroupMember
    held: Mapping[int, list[Member]] = defaultdict(list)
    units, order = snapshot.tree.units, {}
    for row in session.execute(
        select(m.group_id, m.unit_id, m.from_on, m.to_on).where(m.keeper_id == keeper.id).order_by(m.from_on)
    ):
        unit = units[row.unit_id]
        order[unit.key] = _by_name(unit, today)
        last = min((day for day in (row.to_on, unit.closed_on) if day is not None), default=None)
        held[row.group_id].append(Member(_named(unit, today), row.from_on, last))
    columns = (g.id, g.key, g.name_vi, g.name_en, g.from_on, g.to_on, g.document_id)
    groups = [
        KeptGroup(
            row.key,
            row.name_vi,
            row.name_en,
            row.from_on,
            row.to_on,
            snapshot.targets.documents.get(row.document_id),
            tuple(sorted(held[row.id], key=lambda one: (order[one.unit.key], one.from_on))),
        )
        for row in session.execute(select(*columns).where(g.keeper_id == keeper.id))
    ]
    return sorted(
        groups, key=lambda one: (one.to_on is not None and one.to_on < today, vietnamese_order(one.name), one.key)
    )


def _in_order(tree: UnitTree, unit_ids: Iterable[int], today: date) -> list[Named]:
    units = sorted((tree.units[one] for one in unit_ids), key=lambda unit: _by_name(unit, today))
    return [_named(unit, today) for unit in units]


def _by_name(unit: Unit, today: date) -> tuple[Order, str]:
    return vietnamese_order(unit.state(today).name), unit.key


def _named(unit: Unit, today: date) -> Named:
    if unit.level is UnitLevel.PROVINCE:
        return Named(unit.key, unit.state(today).name)
    return _titled(unit, today)


def _titled(unit: Unit, today: date) -> Named:
    """With its kind; in place of the nation stands who keeps its groups."""
    state = unit.state(today)
    if unit.level is UnitLevel.NATION:
        return Named(unit.key, capitalised(_("the Ministry of Health")))
    return Named(unit.key, unit_title(state.kind.value, state.name))
