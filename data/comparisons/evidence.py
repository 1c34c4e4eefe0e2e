"""What stands behind one cell of a comparison, for whoever opens a number."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Catalogue, Definition, Part
from data.comparisons.cells import maker_of
from data.comparisons.compare import Table
from data.comparisons.display import row_title
from data.comparisons.evidence_model import CitedTarget, Evidence, GroupValue, Side, Term
from data.comparisons.model import Amount, Cell, Gap
from data.comparisons.place import Place, definition_of, find_place, place_of_unit
from data.comparisons.published import get_published
from data.comparisons.query import ComparisonQuery
from data.comparisons.tracing import load_ingredients, load_missing
from data.kinds import GroupKind
from data.periods import FIRST_YEAR, Period
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.documents import find_sentence, load_texts
from data.targets.parts import planned_parts
from data.targets.register import TargetInfo, rivals
from data.units.groups import list_groups
from data.units.naming import told_apart
from data.units.tree import Unit
from data.wording import _

SERIES_YEARS = 5


def get_evidence(
    session: Session, scope: Scope, query: ComparisonQuery, unit_key: str, definition_key: str, today: date
) -> Evidence:
    """The evidence of one number of the query's table, its total line included.

    The cell is made as `compare` makes it. Raises NotFound for a unit that the table does not list, Invalid for a
    definition that does not exist, and what `compare` raises. A fixed number of queries.
    """
    snapshot = get_snapshot(session)
    definition = definition_of(snapshot.catalogue, definition_key)
    place = find_place(snapshot, scope, replace(query, definitions=(definition.key,), programme=None), today)
    unit = snapshot.tree.find(unit_key)
    if unit is None or unit.id not in (*place.unit_ids, place.within.id):
        raise NotFound(_("There is no such unit within your reach."))
    return _evidence(session, snapshot, scope, replace(place, unit_ids=(unit.id,), within=unit))


def get_unit_evidence(
    session: Session, scope: Scope, unit_key: str, period: Period | None, definition_key: str, today: date
) -> Evidence:
    """The evidence of one number of a unit's page, where the unit stands on its own area; raises as `get_evidence`."""
    snapshot = get_snapshot(session)
    definition = definition_of(snapshot.catalogue, definition_key)
    place = place_of_unit(snapshot, scope, unit_key, period, (definition,), today)
    if not place.unit_ids:
        raise NotFound(_("There is no such unit within your reach."))
    return _evidence(session, snapshot, scope, place)


def _evidence(session: Session, snapshot: Snapshot, scope: Scope, place: Place) -> Evidence:
    """What stands behind the one cell of a place with one unit and one definition."""
    unit, (definition,) = place.within, place.definitions
    table = Table(session, snapshot, scope, place)
    row = table.row(unit.id)
    cell = row.cells[0]
    ingredients = load_ingredients(session, snapshot.tree, table.readings, unit, definition, place.period)
    hidden = cell.absence is not None and cell.absence.gap is Gap.MASKED
    if row.neighbour and not hidden:
        # Whoever sees a sum need not see what it was made of; and all but one of its parts would be all of them.
        traced = table.readings.trace(unit.id, definition, place.period)
        hidden = not all(scope.covers(snapshot.tree, one, part.last_day) for one, part, _, _ in traced)
    published = get_published(session, snapshot.targets)
    return Evidence(
        place.period,
        place.boundaries,
        unit,
        told_apart(snapshot.tree, unit, row_title(row)),
        row.neighbour,
        definition,
        cell,
        _side(snapshot.catalogue, definition.numerator, cell.numerator),
        _side(snapshot.catalogue, definition.denominator, cell.denominator) if definition.is_ratio else None,
        () if hidden else ingredients,
        () if row.neighbour else load_missing(session, snapshot, table.readings, unit, definition, place.period),
        _cited(session, snapshot, unit, definition, cell, place.period),
        _series(snapshot, scope, place, table, unit, definition),
        published.of_unit(unit.id, definition.id),
        _of_groups(session, snapshot, unit, definition, place.period),
        snapshot.illustrative,
    )


def _side(catalogue: Catalogue, parts: tuple[Part, ...], amount: Amount | None) -> Side:
    return Side(tuple(Term(part.sign, catalogue.elements[part.element_id]) for part in parts), amount)


def _cited(
    session: Session, snapshot: Snapshot, unit: Unit, definition: Definition, cell: Cell, period: Period
) -> tuple[CitedTarget, ...]:
    """What judges the cell, then what else was set for the unit for that year or a later one and judges nothing."""
    marks = [mark for mark in (cell.own, cell.national, cell.later) if mark is not None]
    # A change beside the level it leads to is one demand said twice: the level is what judges.
    judging = [
        (target, mark.aim.kind, mark.judgement if target in rivals(mark.aim.targets) else None)
        for mark in marks
        for target in mark.aim.targets
    ]
    cited = {target.id for target, _, _ in judging}
    others = [
        target
        for target in snapshot.targets.of_unit(unit.id)
        if target.definition_id == definition.id and target.year >= period.year and target.id not in cited
    ]
    others.sort(key=lambda target: (target.year, target.id))
    texts = load_texts(session, {target.document.id for target in (*(one[0] for one in judging), *others)})

    def sentence(target: TargetInfo) -> str | None:
        text = texts.get(target.document.id)
        return text and find_sentence(text, target.as_printed, f"{target.wording_vi} {definition.name_vi}")

    return (
        *(
            CitedTarget(target, kind, judgement, sentence(target), planned_parts(snapshot, target))
            for target, kind, judgement in judging
        ),
        *(CitedTarget(target, None, None, sentence(target)) for target in others),
    )


def _series(
    snapshot: Snapshot, scope: Scope, place: Place, table: Table, unit: Unit, definition: Definition
) -> tuple[tuple[Period, Cell], ...]:
    """The same window of the last years on the same boundaries, this one included, as far as the reader reached the
    unit when they ended.
    """
    period = place.period
    periods = [period]
    while len(periods) < SERIES_YEARS and periods[0].year > FIRST_YEAR:
        periods.insert(0, periods[0].same_period_last_year())
    periods = [one for one in periods if one == period or scope.covers(snapshot.tree, unit.id, one.last_day)]
    wanted = dict.fromkeys(periods[:-1], (definition,))
    table.readings.load((unit.id,), wanted)
    table.masking.load((unit.id,), wanted)
    nation = snapshot.tree.nation_id
    found = []
    for one in periods:
        shown = table.masking.hide(unit.id, one, {definition.id: table.value(unit.id, definition, one)})
        maker = maker_of(snapshot.targets, nation, definition, one)
        # A line of values: each year's verdict stands in that year's table.
        found.append((one, maker.plain(shown[definition.id])))
    return tuple(found)


def _of_groups(
    session: Session, snapshot: Snapshot, unit: Unit, definition: Definition, period: Period
) -> tuple[GroupValue, ...]:
    published = get_published(session, snapshot.targets)
    groups = list_groups(session, [unit.id], period.last_day).get(unit.id, [])
    return tuple(
        GroupValue(group.title, value)
        for group in groups
        if group.kind is GroupKind.REGION
        for value in published.of_group(group.id, definition.id)
    )
