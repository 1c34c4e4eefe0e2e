"""Whose request it is, and which units it may touch.

Every data function takes `(session, scope, …)` first. A scope is made by the policy from the roles of an account; data
knows nothing of logins. An empty scope sees nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from data.refusals import NotFound
from data.units.tree import Unit, UnitTree
from data.wording import _


class Reach(StrEnum):
    """How far a permission goes on the tree, seen from the unit at which the role is held."""

    OWN = "OWN"
    CHILDREN = "CHILDREN"
    SUBTREE = "SUBTREE"
    PEERS = "PEERS"
    ANCESTORS = "ANCESTORS"
    PREDECESSORS = "PREDECESSORS"
    NATION = "NATION"  # everything, and only for roles held at the nation


# Units seen only through these reaches are neighbours: small counts are masked, drafts and names are not shown.
NEIGHBOURLY = frozenset({Reach.PEERS, Reach.ANCESTORS})
_ALL = frozenset(Reach)
_NOT_NEIGHBOURLY = _ALL - NEIGHBOURLY


@dataclass(frozen=True, slots=True)
class Grant:
    """The reaches that one role gives at one unit."""

    unit_id: int
    reaches: frozenset[Reach]


@dataclass(frozen=True, slots=True)
class Scope:
    """The account that asks, and its grants for one permission."""

    account_id: int | None
    grants: frozenset[Grant]

    def units(self, tree: UnitTree, on: date) -> frozenset[int]:
        """All units within reach on the tree of that day."""
        return _collect(tree, self.grants, on, _ALL)

    def inside(self, tree: UnitTree, on: date) -> frozenset[int]:
        """The units within reach that are not merely neighbours."""
        return _collect(tree, self.grants, on, _NOT_NEIGHBOURLY)

    def covers(self, tree: UnitTree, unit_id: int, on: date) -> bool:
        """Whether a fact of the unit for a period that ends on that day is within reach.

        The tree is that of the day, or of the unit's own last day if that was earlier.
        """
        return unit_id in self.units(tree, tree.units[unit_id].within_life(on))

    def ever(self, tree: UnitTree, on: date) -> frozenset[int]:
        """Every unit whose facts are within reach on that day, the closed ones on their own last day."""
        return _ever(tree, self, on)

    def get(self, tree: UnitTree, key: str, on: date) -> Unit:
        """The unit with that key, looked up within the scope. Raises NotFound, the same for absent and out of reach."""
        unit = tree.find(key)
        if unit is None or not self.covers(tree, unit.id, on):
            raise NotFound(_("There is no such unit within your reach."))
        return unit


# A page asks several times how far the same reader sees on the same day; the nation's answer holds thousands of units.
# The tree never changes, and the grants are part of the key.
@lru_cache(maxsize=64)
def _collect(tree: UnitTree, grants: frozenset[Grant], on: date, wanted: frozenset[Reach]) -> frozenset[int]:
    found: set[int] = set()
    for grant in grants:
        reaches = grant.reaches & wanted
        if Reach.NATION in reaches:
            return frozenset(tree.units)
        if Reach.PREDECESSORS in reaches:
            found |= tree.predecessors(grant.unit_id)
        for holder, day in _holders(tree, grant.unit_id, on):
            for reach in reaches:
                found |= _reached(tree, holder, reach, day)
    return frozenset(found)


@lru_cache(maxsize=64)
def _ever(tree: UnitTree, scope: Scope, on: date) -> frozenset[int]:
    by_day: dict[date, set[int]] = {}
    for unit in tree.units.values():
        by_day.setdefault(unit.within_life(on), set()).add(unit.id)
    return frozenset().union(*(ids & scope.units(tree, day) for day, ids in by_day.items()))


def _holders(tree: UnitTree, unit_id: int, on: date) -> Iterator[tuple[int, date]]:
    """Who stands for the unit on that day: itself, before it opened its predecessors, after its last day nobody.

    A closed unit keeps its history, for facts are looked up on days of their own units' lives; it has no peers any
    more, and what was below it and lives on belongs to others.
    """
    if tree.units[unit_id].is_open(on):
        yield unit_id, on
    elif on < tree.units[unit_id].opened_on:
        for older, _share in tree.composition(unit_id, on) or ():
            yield older, on


def _reached(tree: UnitTree, unit_id: int, reach: Reach, on: date) -> frozenset[int]:
    if reach is Reach.OWN:
        return frozenset((unit_id,))
    if reach is Reach.CHILDREN:
        return frozenset(tree.children(unit_id, on))
    if reach is Reach.SUBTREE:
        return tree.subtree(unit_id, on)
    if reach is Reach.PEERS:
        return frozenset(tree.peers(unit_id, on))
    if reach is Reach.ANCESTORS:
        return frozenset(tree.ancestors(unit_id, on))
    return frozenset()
