"""The registry of targets for one reader: what was set for whom within reach, by which law, and what does not fit."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from data.catalogue.model import Catalogue, Definition
from data.comparisons.place import definition_of
from data.kinds import PlanKind, UnitKind, UnitLevel
from data.refusals import Invalid
from data.scope import Grant, Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.chain import Step, steps_of
from data.targets.contradictions import Contradiction
from data.targets.findings import find_contradictions
from data.targets.query import TargetQuery
from data.targets.reach import sees
from data.targets.register import TargetInfo, TargetRegister
from data.units.naming import has_older_namesake
from data.units.order import vietnamese_order
from data.units.tree import Unit, UnitTree
from data.wording import _
from data.wording.units import dated, unit_title

_LEVELS = {level: place for place, level in enumerate(UnitLevel)}
_KINDS = {kind: place for place, kind in enumerate(PlanKind)}


class Whose(NamedTuple):
    """A unit as it was called in the target's year; `since` is its first day where an older unit had its name."""

    unit: Unit
    name: str
    kind: UnitKind
    since: date | None = None

    @property
    def title(self) -> str:
        """Its kind and name, with the day that tells it from namesakes of other days."""
        return dated(unit_title(self.kind.value, self.name), self.since, self.unit.closed_on)


@dataclass(frozen=True, slots=True)
class Entry:
    """One target of the registry. `restates` is empty too where the repeated target lies out of reach."""

    target: TargetInfo
    whose: Whose
    definition: Definition
    step: Step
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """The entries that a query asks for, in their order, and everything that the reader could have asked for.

    `whose` is the unit that the query names. Where nothing is set for it, `above` are the units above it, the nearest
    first, with the number of their targets that the rest of the query asks for; who has none is left out.
    """

    query: TargetQuery
    entries: tuple[Entry, ...]
    all: tuple[Entry, ...]
    illustrative: bool
    whose: Whose | None = None
    above: tuple[tuple[Whose, int], ...] = ()


def get_registry(session: Session, scope: Scope, query: TargetQuery, today: date) -> Registry:
    """The targets that the query asks for, within the reader's reach. `scope` is that of comparing.

    Raises NotFound for a unit out of reach, Invalid for a programme or a definition that does not exist. A fixed
    number of queries: the stamp, what was published (once per process), and the results that bases are held against.
    """
    snapshot = get_snapshot(session)
    tree, catalogue = snapshot.tree, snapshot.catalogue
    unit = scope.get(tree, query.unit, today) if query.unit is not None else None
    wanted = _definitions(catalogue, query)
    entries = list_entries(session, scope, today)
    of_everybody = [
        one
        for one in entries
        if (query.year is None or one.target.year == query.year)
        and (wanted is None or one.definition.id in wanted)
        and (query.kind is None or one.target.plan_kind is query.kind)
        and (one.contradictions or not query.contradicting)
    ]
    if unit is None:
        return Registry(query, tuple(of_everybody), entries, snapshot.illustrative)
    shown = tuple(one for one in of_everybody if one.target.unit_id == unit.id)
    above = () if shown else _above(tree, unit, of_everybody, today)
    return Registry(query, shown, entries, snapshot.illustrative, whose(tree, unit.id, today), above)


def _above(tree: UnitTree, unit: Unit, entries: Sequence[Entry], today: date) -> tuple[tuple[Whose, int], ...]:
    """The units above, the nearest first, that some of the entries belong to; and how many do."""
    counts = Counter(one.target.unit_id for one in entries)
    ancestors = [one for one in tree.ancestors(unit.id, unit.within_life(today)) if one != unit.id and counts[one]]
    nearest = sorted(ancestors, key=lambda one: _LEVELS[tree.units[one].level], reverse=True)
    return tuple((whose(tree, one, today), counts[one]) for one in nearest)


def list_entries(session: Session, scope: Scope, today: date) -> tuple[Entry, ...]:
    """Every target within reach: the nation first, then by level and name; by column, year and kind of plan."""
    snapshot = get_snapshot(session)
    placed, visible = _placed(snapshot, scope, today)
    against: dict[int, list[Contradiction]] = defaultdict(list)
    for one in find_contradictions(session, snapshot, scope, visible, today):
        for target in one.targets:
            against[target.id].append(one)
    if not against:
        return placed
    return tuple(
        replace(one, contradictions=tuple(against[one.target.id])) if one.target.id in against else one
        for one in placed
    )


# What follows from the targets alone, for each reach: tens of thousands are put in their places once for a register.
# A register belongs to one tree.
_Placed: TypeAlias = tuple[tuple[Entry, ...], dict[int, TargetInfo]]
_kept: WeakKeyDictionary[TargetRegister, dict[tuple[frozenset[Grant], date], _Placed]] = WeakKeyDictionary()
_MOST_KEPT = 32


def _placed(snapshot: Snapshot, scope: Scope, today: date) -> _Placed:
    """The entries in their order, without contradictions; and their targets by id."""
    kept = _kept.setdefault(snapshot.targets, {})
    found = kept.get((scope.grants, today))
    if found is None:
        found = _put_in_places(snapshot, scope, today)
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[scope.grants, today] = found
    return found


def _put_in_places(snapshot: Snapshot, scope: Scope, today: date) -> _Placed:
    tree, definitions = snapshot.tree, snapshot.catalogue.definitions
    visible = {one.id: one for one in snapshot.targets.targets.values() if sees(tree, scope, one, today)}
    asked = dict.fromkeys((one.unit_id, one.year) for one in visible.values())
    owners = {one: whose(tree, one[0], date(one[1], 12, 31)) for one in asked}
    order = {one: _place_of(owner) for one, owner in owners.items()}
    places = {definition_id: place for place, definition_id in enumerate(definitions)}
    steps = _steps(snapshot.targets, visible)
    entries = [
        Entry(target, owners[target.unit_id, target.year], definitions[target.definition_id], steps[target.id], ())
        for target in visible.values()
    ]
    entries.sort(
        key=lambda one: (
            *order[one.target.unit_id, one.target.year],
            places[one.definition.id],
            *_place_in_column(one.target),
        )
    )
    return tuple(entries), visible


def _steps(register: TargetRegister, visible: Mapping[int, TargetInfo]) -> dict[int, Step]:
    """Each target's place in its chain, naming others only where they are visible too."""
    asked = dict.fromkeys((one.definition_id, one.unit_id, one.year) for one in visible.values())
    return {
        step.target.id: step._replace(others=tuple(one for one in step.others if one.id in visible))
        for ask in asked
        for step in steps_of(register, *ask)
    }


def whose(tree: UnitTree, unit_id: int, day: date) -> Whose:
    """The unit as it was called on that day, or on its own last day."""
    unit = tree.units[unit_id]
    state = unit.state(day)
    return Whose(unit, state.name, state.kind, unit.opened_on if has_older_namesake(tree, unit) else None)


def _definitions(catalogue: Catalogue, query: TargetQuery) -> frozenset[int] | None:
    wanted: frozenset[int] | None = None
    if query.programme is not None:
        if query.programme not in {one.key for one in catalogue.programmes.values()}:
            raise Invalid(_("There is no programme “{programme}”.").format(programme=query.programme))
        wanted = frozenset(one.id for one in catalogue.of_programme(query.programme))
    if query.definition is not None:
        chosen = frozenset({definition_of(catalogue, query.definition).id})
        wanted = chosen if wanted is None else wanted & chosen
    return wanted


def _place_of(owner: Whose) -> tuple[int, tuple[object, ...] | object, str]:
    return _LEVELS[owner.unit.level], vietnamese_order(owner.name), owner.unit.key


def _place_in_column(target: TargetInfo) -> tuple[int, int, date, int]:
    return target.year, _KINDS[target.plan_kind], target.document.issued_on or date.max, target.id
