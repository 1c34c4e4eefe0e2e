"""Everything that the portal knows of one unit, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.aims import own_aims
from data.comparisons.cells import maker_of
from data.comparisons.compare import OUTSIDE
from data.comparisons.masking import Masking
from data.comparisons.model import Cell
from data.comparisons.observing import Value
from data.comparisons.past import Past
from data.comparisons.published import get_published
from data.comparisons.query import TODAY
from data.comparisons.readings import Readings
from data.comparisons.surveyed import surveyed_value
from data.kinds import GroupKind, UnitKind
from data.periods import Period, last_complete_quarter
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.places import has_plan_of_its_last_year, standing_unit
from data.targets.reach import sees
from data.targets.register import TargetInfo
from data.units.areas import units_of_area
from data.units.breaks import Laws, breaks_of, lineage_of, load_laws
from data.units.groups import Group, list_groups
from data.units.inheriting import inherited_targets
from data.units.naming import has_older_namesake
from data.units.order import vietnamese_order
from data.units.page_model import History, Line, Named, Relative, TargetsOf, UnitPage
from data.units.tree import Unit, UnitTree

YEARS_BACK = 4


def get_unit_page(
    session: Session, scope: Scope, unit_key: str, today: date, boundaries: date | None = None
) -> UnitPage:
    """The page of a unit. `scope` is that of comparing; raises NotFound outside it.

    Its series is the one that was reported, on the areas of each time; with `boundaries` it is that of the units which
    stood on its area on that day, brought to their area throughout.

    What the units reported is shown for the periods at whose end they were within reach, and targets as the registry
    shows them.
    """
    snapshot = get_snapshot(session)
    tree = snapshot.tree
    unit = scope.get(tree, unit_key, today)
    day = unit.within_life(today)
    parent = tree.parent(unit.id, day)
    before = [tree.units[one.predecessor_id] for one in tree.descents_into(unit.id)]
    groups = list_groups(session, [unit.id, *(one.id for one in before)], day)
    own_targets = _targets_of(snapshot, scope, unit, today)
    histories = [(one, _targets_of(snapshot, scope, one, today)) for one in before]
    shown = [unit, *(one for one in before if one.level is unit.level)]
    if boundaries is not None:
        shown = [tree.units[one] for one in units_of_area(tree, unit.id, boundaries)]
    definitions, periods = snapshot.catalogue.headline(), _periods(shown[0] if shown else unit, today)
    shown = [one for one in shown if one is unit or _covered(tree, scope, one, periods)]
    crossed = [one.id for one in shown] if boundaries is not None else [unit.id]
    laws = load_laws(session, snapshot, unit.id, lineage_of(tree, crossed))
    return UnitPage(
        _named(tree, unit, day),
        unit.state(day).code,
        unit.states,
        None if parent is None else _named(tree, tree.units[parent], day),
        _children(tree, unit, day),
        *_relatives(snapshot, unit, laws),
        tuple(groups.get(unit.id, ())),
        _zones(groups, unit, before),
        own_targets,
        any(target.year >= today.year for document in own_targets for target in document.targets),
        tuple(History(_named(tree, one, day), told) for one, told in histories if told),
        definitions,
        periods,
        boundaries,
        _days(tree, boundaries, today),
        _lines(session, snapshot, scope, shown, definitions, periods, across=boundaries is not None),
        tuple(one for one in breaks_of(tree, crossed, laws) if one.on > periods[0].first_day),
        inherited_targets(session, snapshot, scope, unit, today),
        tuple(_named(tree, one, today) for one in _old_areas(snapshot, unit, today)),
        unit.id not in scope.inside(tree, day),
        snapshot.illustrative,
    )


def _named(tree: UnitTree, unit: Unit, day: date) -> Named:
    state = unit.state(day)
    return Named(unit, state.name, state.kind, unit.opened_on if has_older_namesake(tree, unit) else None)


def _covered(tree: UnitTree, scope: Scope, unit: Unit, periods: Iterable[Period]) -> bool:
    """Whether the reader reaches what the unit reported for one of the periods."""
    return any(scope.covers(tree, unit.id, period.last_day) for period in periods)


def _children(tree: UnitTree, unit: Unit, day: date) -> tuple[tuple[UnitKind, int], ...]:
    kinds = Counter(tree.units[child].state(day).kind for child in tree.children(unit.id, day))
    return tuple(kinds.most_common())


def _relatives(snapshot: Snapshot, unit: Unit, laws: Laws) -> tuple[tuple[Relative, ...], tuple[Relative, ...]]:
    """Predecessors and successors, each with the law that made it so."""
    tree, units = snapshot.tree, snapshot.tree.units
    before, after = (
        [
            Relative(_named(tree, units[one], descent.on), descent.on, descent.share, descent.basis, laws.get(pair))
            for descent in descents
            for pair in [(descent.predecessor_id, descent.successor_id)]
            for one in pair
            if one != unit.id
        ]
        for descents in (tree.descents_into(unit.id), tree.descents_out_of(unit.id))
    )
    return _ordered(unit, before), _ordered(unit, after)


def _ordered(unit: Unit, relatives: list[Relative]) -> tuple[Relative, ...]:
    """Those of the unit's own level first, then by share and name."""

    def place(relative: Relative) -> tuple[object, ...]:
        other = relative.named
        return other.unit.level is not unit.level, -relative.share, vietnamese_order(other.name), other.unit.key

    return tuple(sorted(relatives, key=place))


def _zones(groups: dict[int, list[Group]], unit: Unit, before: Iterable[Unit]) -> tuple[Group, ...]:
    """The fertility zones of the unit's area: its own, else those of the units that it was made of."""

    def of(unit_ids: Iterable[int]) -> dict[int, Group]:
        kind = GroupKind.FERTILITY_ZONE
        return {group.id: group for one in unit_ids for group in groups.get(one, ()) if group.kind is kind}

    found = of([unit.id]) or of(one.id for one in before)
    return tuple(found[key] for key in sorted(found))


def _targets_of(snapshot: Snapshot, scope: Scope, unit: Unit, today: date) -> tuple[TargetsOf, ...]:
    """What was set for the unit, as far as the reader sees it, by document, the latest document first."""
    found: dict[int, list[TargetInfo]] = defaultdict(list)
    for target in snapshot.targets.of_unit(unit.id):
        if sees(snapshot.tree, scope, target, today):
            found[target.document.id].append(target)
    documents = [snapshot.targets.documents[one] for one in found]
    documents.sort(key=lambda one: (one.issued_on or date.min, one.id), reverse=True)
    return tuple(
        TargetsOf(one, tuple(sorted(found[one.id], key=lambda target: (target.year, target.id)))) for one in documents
    )


def _old_areas(snapshot: Snapshot, unit: Unit, today: date) -> list[Unit]:
    """Closed units with a plan for the year they closed in, for which this one stands and reports that year."""
    tree = snapshot.tree
    found = [
        one
        for one in tree.units.values()
        if one.closed_on is not None
        and has_plan_of_its_last_year(snapshot.targets, one)
        and standing_unit(tree, one.id, today) == unit.id
    ]
    return sorted(found, key=lambda one: one.key)


def _periods(unit: Unit, today: date) -> tuple[Period, ...]:
    """The last years, and this year up to its last complete quarter; for a closed unit its own last years."""
    so_far = last_complete_quarter(today).to_date()
    last = unit.closed_on.year if unit.closed_on else so_far.year
    years = [Period.of_year(year) for year in range(last - YEARS_BACK, last)]
    return (*years, Period.of_year(last) if last < so_far.year else so_far)


def _days(tree: UnitTree, chosen: date | None, today: date) -> tuple[tuple[date, str], ...]:
    """Boundaries to choose from: today's, those before provinces were merged, and the day that was asked for."""
    days = {*tree.last_days_of_provinces, *([chosen] if chosen else [])} - {today}
    return ((today, TODAY), *((day, day.isoformat()) for day in sorted(days, reverse=True)))


def _lines(
    session: Session,
    snapshot: Snapshot,
    scope: Scope,
    units: list[Unit],
    definitions: tuple[Definition, ...],
    periods: tuple[Period, ...],
    *,
    across: bool,
) -> tuple[Line, ...]:
    """The units' cells; `across`: also of periods before a unit opened, from what it was made of."""
    readings, published = Readings(session, snapshot.tree), get_published(session, snapshot.targets)
    counted = tuple(one for one in definitions if one.numerator)
    ids = [unit.id for unit in units]
    readings.load(ids, dict.fromkeys(periods, counted))
    masking = Masking(session, snapshot, scope)
    masking.load(ids, dict.fromkeys(periods, counted))
    nation = snapshot.tree.nation_id
    past = Past(session, snapshot, scope)
    aims = {
        (unit.id, period): {} if unit.id == nation else own_aims(snapshot.targets, unit.id, definitions, period)
        for unit in units
        for period in periods
    }
    for period in periods:
        columns = [maker_of(snapshot.targets, nation, one, period).column for one in definitions]
        past.ask([unit.id for unit in units], columns, {unit.id: aims[unit.id, period] for unit in units})
    past.load(periods[-1].last_day)

    def cell(unit: Unit, definition: Definition, period: Period) -> Cell | None:
        lived = unit.opened_on <= period.last_day and (unit.closed_on is None or period.first_day <= unit.closed_on)
        value: Value
        if not scope.covers(snapshot.tree, unit.id, period.last_day):
            return None
        if not definition.numerator:
            value = surveyed_value(published, snapshot.tree, unit.id, definition.id, period)
        elif not (lived or (across and units_of_area(snapshot.tree, unit.id, period.last_day))):
            return None
        elif definition.from_on is not None and definition.from_on > period.last_day:
            value = OUTSIDE
        else:
            value = readings.get(unit.id, definition, period)
        value = masking.hide(unit.id, period, {definition.id: value})[definition.id]
        maker, own = maker_of(snapshot.targets, nation, definition, period), aims[unit.id, period].get(definition.id)
        if own is None and maker.column.national is None:
            # The distance from a later year's goal belongs to the last year alone, and stands in the comparison.
            return maker.plain(value)
        # Every period here starts in January, so a count is itself what was counted since then.
        return maker.cell(value, None, own, unit.id == nation, past.beside(unit.id, maker.column, own, value))

    lines = []
    for unit in units:
        day = unit.within_life(periods[-1].last_day)
        rows = tuple(tuple(cell(unit, one, period) for period in periods) for one in definitions)
        lines.append(Line(_named(snapshot.tree, unit, day), rows))
    return tuple(lines)
