"""The paths of one unit for one reader, in a fixed number of queries, however many definitions have a goal."""

from collections.abc import Iterable, Mapping
from datetime import date
from math import inf

from sqlalchemy.orm import Session

from data.catalogue.model import Catalogue, Definition
from data.comparisons.model import Column
from data.comparisons.past import Past
from data.comparisons.place import definition_of, home_of
from data.judging import Band, pace_to
from data.measures import Measure
from data.paths.goals import GoalOver, goals_over
from data.paths.model import GoalOf, Path, Paths
from data.paths.series import Series
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.reach import sees
from data.targets.registry import whose
from data.units.breaks import breaks_of, lineage_of, load_laws
from data.units.tree import Unit
from data.wording import _

# How many years back a pace is looked for: older ones tell of other plans, and a straight line bends over more.
YEARS_BACK = 7


def get_paths(session: Session, scope: Scope, unit_key: str, definition_key: str, today: date) -> Paths:
    """The unit's paths to the goals of later years. `scope` is that of comparing; no key is the reader's own.

    With a definition that one alone is read, and is `chosen` even where it has no goal. Raises NotFound for a unit out
    of reach, Invalid for a definition that does not exist.
    """
    snapshot = get_snapshot(session)
    unit = _unit(snapshot, scope, unit_key, today)
    asked = definition_of(snapshot.catalogue, definition_key) if definition_key else None
    goals = _goals(snapshot, scope, unit, [asked] if asked else _in_order(snapshot.catalogue), today)
    years = _years(unit, today)
    series = Series(session, snapshot, scope, unit, tuple(goals), years)
    zones = _zones(session, snapshot, scope, unit, goals, today)
    found = tuple(_path(snapshot, series, one, over, zones, today) for one, over in goals.items())
    laws = load_laws(session, snapshot, unit.id, lineage_of(snapshot.tree, [unit.id]))
    breaks = breaks_of(snapshot.tree, [unit.id], laws)
    return Paths(
        whose(snapshot.tree, unit.id, today),
        years,
        found,
        tuple(one for one in breaks if years and one.on > date(years[0], 1, 1)),
        snapshot.illustrative,
        found[0] if asked else None,
    )


def _unit(snapshot: Snapshot, scope: Scope, key: str, today: date) -> Unit:
    found = scope.get(snapshot.tree, key, today) if key else home_of(snapshot.tree, scope)
    if found is None:
        raise NotFound(_("There is no such unit within your reach."))
    return found


def _in_order(catalogue: Catalogue) -> list[Definition]:
    """All definitions, those of one programme together, as in the comparison."""
    last = len(catalogue.programmes) + 1
    found = catalogue.definitions.values()
    return sorted(found, key=lambda one: (one.programme.position if one.programme else last, one.headline or inf))


def _years(unit: Unit, today: date) -> tuple[int, ...]:
    """The last complete years; of a closed unit those up to the one in which it closed."""
    last = today.year - 1
    until = last if unit.closed_on is None else min(last, unit.closed_on.year)
    return tuple(range(last - YEARS_BACK + 1, until + 1))


def _goals(
    snapshot: Snapshot, scope: Scope, unit: Unit, definitions: Iterable[Definition], today: date
) -> dict[Definition, tuple[GoalOver, ...]]:
    """By definition the goals over the unit; without one only where a single definition is asked for."""
    definitions = list(definitions)
    found = {
        one: goals_over(
            snapshot.targets, snapshot.tree, unit, one, today, lambda target: sees(snapshot.tree, scope, target, today)
        )
        for one in definitions
    }
    return {one: over for one, over in found.items() if over or len(definitions) == 1}


def _zones(
    session: Session,
    snapshot: Snapshot,
    scope: Scope,
    unit: Unit,
    goals: Mapping[Definition, tuple[GoalOver, ...]],
    today: date,
) -> frozenset[str]:
    """The fertility zones of the unit's area; asked for only where a goal is set by zone."""
    by_zone = [
        Column(one, None, over.aim, False) for one, all_of in goals.items() for over in all_of if over.aim.by_zone
    ]
    if not by_zone:
        return frozenset()
    past = Past(session, snapshot, scope)
    past.ask([unit.id], by_zone, {})
    past.load(unit.within_life(today))
    return past.zones(unit.id)


def _path(
    snapshot: Snapshot,
    series: Series,
    definition: Definition,
    goals: Iterable[GoalOver],
    zones: frozenset[str],
    today: date,
) -> Path:
    years, observed = series.of(definition)
    within = _possible(definition)
    found = []
    for over in goals:
        aim = over.aim.of_zones(zones)
        owner = whose(snapshot.tree, over.unit_id, today)
        found.append(GoalOf(over.setter, owner, aim, pace_to(aim.goal, observed, within)))
    return Path(definition, years, tuple(found))


def _possible(definition: Definition) -> Band:
    """The values that there can be: no count and no share below zero, no share above a hundred percent."""
    if any(part.sign < 0 for part in definition.numerator):
        return Band(-inf, inf)
    return Band(0.0, 100.0 if definition.measure is Measure.PERCENT else inf)
