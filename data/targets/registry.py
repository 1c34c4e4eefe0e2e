"""The registry of targets for one reader: what was set for whom within reach, by which law, and what does not fit."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from data.catalogue.model import Catalogue, Definition
from data.comparisons.place import definition_of
from data.kinds import PlanKind, UnitKind, UnitLevel
from data.refusals import Invalid
from data.scope import Scope
from data.snapshot import get_snapshot
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
    """The entries that a query asks for, in their order, and everything that the reader could have asked for."""

    query: TargetQuery
    entries: tuple[Entry, ...]
    all: tuple[Entry, ...]
    illustrative: bool


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
    shown = tuple(
        one
        for one in entries
        if (unit is None or one.target.unit_id == unit.id)
        and (query.year is None or one.target.year == query.year)
        and (wanted is None or one.definition.id in wanted)
        and (query.kind is None or one.target.plan_kind is query.kind)
        and (one.contradictions or not query.contradicting)
    )
    return Registry(query, shown, entries, snapshot.illustrative)


def list_entries(session: Session, scope: Scope, today: date) -> tuple[Entry, ...]:
    """Every target within reach: the nation first, then by level and name; by column, year and kind of plan."""
    snapshot = get_snapshot(session)
    tree, definitions = snapshot.tree, snapshot.catalogue.definitions
    visible = {one.id: one for one in snapshot.targets.targets.values() if sees(tree, scope, one, today)}
    against: dict[int, list[Contradiction]] = defaultdict(list)
    for one in find_contradictions(session, snapshot, scope, visible, today):
        for target in one.targets:
            against[target.id].append(one)
    entries = [
        Entry(
            target,
            whose(tree, target.unit_id, date(target.year, 12, 31)),
            definitions[target.definition_id],
            step_of(snapshot.targets, target, visible),
            tuple(against[target.id]),
        )
        for target in visible.values()
    ]
    places = {definition_id: place for place, definition_id in enumerate(definitions)}
    entries.sort(key=lambda one: (*_place_of(one.whose), places[one.definition.id], *_place_in_column(one.target)))
    return tuple(entries)


def whose(tree: UnitTree, unit_id: int, day: date) -> Whose:
    """The unit as it was called on that day, or on its own last day."""
    unit = tree.units[unit_id]
    state = unit.state(day)
    return Whose(unit, state.name, state.kind, unit.opened_on if has_older_namesake(tree, unit) else None)


def step_of(register: TargetRegister, target: TargetInfo, visible: Mapping[int, TargetInfo]) -> Step:
    """The target's place in its chain, naming others only where they are visible too."""
    steps = steps_of(register, target.definition_id, target.unit_id, target.year)
    found = next(step for step in steps if step.target.id == target.id)
    return found._replace(others=tuple(one for one in found.others if one.id in visible))


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
