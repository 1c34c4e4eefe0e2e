"""Everything that the portal knows of one unit, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.aims import own_aims
from data.comparisons.cells import hide_small, maker_of
from data.comparisons.compare import BELOW_PROVINCE, OUTSIDE
from data.comparisons.model import Cell
from data.comparisons.observing import Value
from data.comparisons.past import Past
from data.comparisons.published import get_published
from data.comparisons.readings import Readings
from data.kinds import GroupKind, UnitKind
from data.periods import Period, last_complete_quarter
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.places import has_plan_of_its_last_year, standing_unit
from data.targets.register import DocumentInfo, TargetInfo
from data.units.groups import Group, list_groups
from data.units.order import vietnamese_order
from data.units.page_model import History, Line, Named, Relative, TargetsOf, UnitPage
from data.units.tree import Unit, UnitTree

YEARS_BACK = 4


def get_unit_page(session: Session, scope: Scope, unit_key: str, today: date) -> UnitPage:
    """The page of a unit. `scope` is that of comparing; raises NotFound outside it."""
    snapshot = get_snapshot(session)
    tree = snapshot.tree
    unit = scope.get(tree, unit_key, today)
    day = unit.within_life(today)
    parent = tree.parent(unit.id, day)
    before = [tree.units[one.predecessor_id] for one in tree.descents_into(unit.id)]
    groups = list_groups(session, [unit.id, *(one.id for one in before)], day)
    own_targets = _targets_of(snapshot, unit)
    definitions, periods = snapshot.catalogue.headline(), _periods(unit, today)
    shown = [unit, *(one for one in before if one.level is unit.level and _covered(tree, scope, one))]
    return UnitPage(
        _named(unit, day),
        unit.state(day).code,
        unit.states,
        None if parent is None else _named(tree.units[parent], day),
        _children(tree, unit, day),
        *_relatives(session, snapshot, unit),
        tuple(groups.get(unit.id, ())),
        _zones(groups, unit, before),
        own_targets,
        any(target.year >= today.year for document in own_targets for target in document.targets),
        tuple(History(_named(one, day), documents) for one in before if (documents := _targets_of(snapshot, one))),
        definitions,
        periods,
        _lines(session, snapshot, scope, shown, definitions, periods),
        tuple(_named(one, today) for one in _old_areas(snapshot, unit, today)),
        unit.id not in scope.inside(tree, day),
        snapshot.illustrative,
    )


def _named(unit: Unit, day: date) -> Named:
    state = unit.state(day)
    return Named(unit, state.name, state.kind)


def _covered(tree: UnitTree, scope: Scope, unit: Unit) -> bool:
    return scope.covers(tree, unit.id, unit.closed_on or unit.opened_on)


def _children(tree: UnitTree, unit: Unit, day: date) -> tuple[tuple[UnitKind, int], ...]:
    kinds = Counter(tree.units[child].state(day).kind for child in tree.children(unit.id, day))
    return tuple(kinds.most_common())


def _relatives(session: Session, snapshot: Snapshot, unit: Unit) -> tuple[tuple[Relative, ...], tuple[Relative, ...]]:
    """Predecessors and successors, each with the law that made it so."""
    line = t.UnitLineage
    here = (line.predecessor_id == unit.id) | (line.successor_id == unit.id)
    laws: dict[tuple[int, int], DocumentInfo | None] = {
        (older, newer): snapshot.targets.documents.get(document) if document else None
        for older, newer, document in session.execute(
            select(line.predecessor_id, line.successor_id, line.document_id).where(here)
        )
    }
    units = snapshot.tree.units
    before, after = (
        [
            Relative(_named(units[one], descent.on), descent.on, descent.share, descent.basis, laws.get(pair))
            for descent in descents
            for pair in [(descent.predecessor_id, descent.successor_id)]
            for one in pair
            if one != unit.id
        ]
        for descents in (snapshot.tree.descents_into(unit.id), snapshot.tree.descents_out_of(unit.id))
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


def _targets_of(snapshot: Snapshot, unit: Unit) -> tuple[TargetsOf, ...]:
    """What was set for the unit, by document, the latest document first."""
    found: dict[int, list[TargetInfo]] = defaultdict(list)
    for target in snapshot.targets.of_unit(unit.id):
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


def _lines(
    session: Session,
    snapshot: Snapshot,
    scope: Scope,
    units: list[Unit],
    definitions: tuple[Definition, ...],
    periods: tuple[Period, ...],
) -> tuple[Line, ...]:
    readings, published = Readings(session, snapshot.tree), get_published(session, snapshot.targets)
    counted = tuple(one for one in definitions if one.numerator)
    readings.load((unit.id for unit in units), dict.fromkeys(periods, counted))
    nation = snapshot.tree.nation_id
    past = Past(session, snapshot.tree, published)
    aims = {
        (unit.id, period): {} if unit.id == nation else own_aims(snapshot.targets, unit.id, definitions, period)
        for unit in units
        for period in periods
    }
    for period in periods:
        columns = [maker_of(snapshot.targets, nation, one, period).column for one in definitions]
        past.ask([unit.id for unit in units], columns, {unit.id: aims[unit.id, period] for unit in units})
    past.load(periods[-1].last_day)

    def cell(unit: Unit, definition: Definition, period: Period, hides: bool) -> Cell | None:
        lived = unit.opened_on <= period.last_day and (unit.closed_on is None or period.first_day <= unit.closed_on)
        value: Value
        if not definition.numerator:
            value = published.exactly(unit.id, definition.id, period)
        elif not lived:
            return None
        elif definition.from_on is not None and definition.from_on > period.last_day:
            value = OUTSIDE
        else:
            value = readings.get(unit.id, definition, period)
        shown = hide_small({0: value})[0] if hides else value
        maker, own = maker_of(snapshot.targets, nation, definition, period), aims[unit.id, period].get(definition.id)
        if own is None and maker.column.national is None:
            # The distance from a later year's goal belongs to the last year alone, and stands in the comparison.
            return maker.plain(shown)
        # Every period here starts in January, so a count is itself what was counted since then.
        return maker.cell(
            shown, None, own, unit.id == nation, past.beside(unit.id, maker.column, own, shown, masked=hides)
        )

    lines = []
    for unit in units:
        day = unit.within_life(periods[-1].last_day)
        hides = unit.level in BELOW_PROVINCE and unit.id not in scope.inside(snapshot.tree, day)
        rows = tuple(tuple(cell(unit, one, period, hides) for period in periods) for one in definitions)
        lines.append(Line(_named(unit, day), rows))
    return tuple(lines)
