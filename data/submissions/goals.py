"""A form's numbers beside the unit's own targets: what was counted since January of what the plan asks for."""

from collections.abc import Callable, Iterator

from data.catalogue.model import Catalogue, Definition, Part
from data.kinds import Aggregation
from data.periods import Period
from data.snapshot import Snapshot
from data.submissions.lookup import Place
from data.submissions.model import CellId, TargetProgress, Window
from data.submissions.records import Cells
from data.submissions.sheets import Neighbours
from data.targets.register import TargetInfo

MONTHS = 12
Reading = Callable[[Part], int | None]


def target_progress(
    known: Snapshot, place: Place, windows: tuple[Window, ...], cells: Cells, neighbours: Neighbours
) -> tuple[TargetProgress, ...]:
    """The targets in force for the unit and the year, for every definition that the form can say something about."""
    on_form = {row.element.id for row in place.form.rows}
    found: list[TargetProgress] = []
    for definition in _counted(known.catalogue, on_form):
        targets = known.targets.in_force(definition.id, place.unit.id, place.period.year, place.period.last_day)
        if not targets:
            continue
        for window in windows:
            value = _value(known.catalogue, definition, window.period, cells, neighbours)
            elapsed = window.period.elapsed_months / MONTHS
            share = _share(definition, targets, value)
            found.append(TargetProgress(definition, targets, window, value, share, elapsed))
    return tuple(found)


def _counted(catalogue: Catalogue, on_form: set[int]) -> Iterator[Definition]:
    for definition in catalogue.definitions.values():
        parts = (*definition.numerator, *definition.denominator)
        if parts and all(part.element_id in on_form for part in parts):
            yield definition


def _value(
    catalogue: Catalogue, definition: Definition, period: Period, cells: Cells, neighbours: Neighbours
) -> float | None:
    """The value since January; None where a part is missing, or where part of a year says nothing about the year."""
    running_rate = definition.numerator_kind is Aggregation.FLOW and definition.denominator_kind is Aggregation.STOCK
    if running_rate and period.is_within_year:
        return None

    def reading(part: Part) -> int | None:
        return _to_date(catalogue, part, period, cells, neighbours)

    above, below = _sum(definition.numerator, reading), _sum(definition.denominator, reading)
    if above is None or not definition.is_ratio:
        return None if above is None else float(above)
    return above / below * definition.factor if below else None


def _to_date(catalogue: Catalogue, part: Part, period: Period, cells: Cells, neighbours: Neighbours) -> int | None:
    """One element since January: a flow added up, a stock as it stands, a distinct count only where it began then."""
    element = catalogue.elements[part.element_id]
    cell = cells.get(CellId(element.key, period.code))
    if cell is None:
        return None
    if element.aggregation is Aggregation.FLOW:
        earlier = neighbours.earlier(element, period)
        return None if earlier is None else earlier + cell.value
    return cell.value if element.aggregation is Aggregation.STOCK or period.starts_in_january else None


def _sum(parts: tuple[Part, ...], reading: Reading) -> int | None:
    values = [(part.sign, reading(part)) for part in parts]
    return None if any(value is None for _sign, value in values) else sum(sign * (value or 0) for sign, value in values)


def _share(definition: Definition, targets: tuple[TargetInfo, ...], value: float | None) -> float | None:
    """Percent of the plan, as a fraction: for counts with one value only, since a rate's share of a rate misleads."""
    if value is None or not definition.is_count or len(targets) != 1:
        return None
    low, high = targets[0].low, targets[0].high
    return value / low if low and low == high else None
