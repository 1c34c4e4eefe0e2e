"""Where one unit stands: its main indicators for the latest period that says something, judged as in the comparison."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.aims import own_aims
from data.comparisons.cells import CellMaker, maker_of
from data.comparisons.compare import OUTSIDE
from data.comparisons.model import Aim, AimKind, Cell
from data.comparisons.observing import Value
from data.comparisons.past import Past
from data.comparisons.place import default_period
from data.comparisons.published import get_published
from data.comparisons.readings import Readings
from data.comparisons.surveyed import surveyed_value
from data.judging import Verdict
from data.periods import Period
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.units.tree import Unit
from data.wording import _

# What says nothing about how the unit does.
_SILENT = frozenset({Verdict.NO_DATA, Verdict.NOT_JUDGED})
# An older period is shown for its verdicts only where it has this many of them.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One definition and the unit's cell of it, the same cell that the comparison shows."""

    definition: Definition
    cell: Cell

    @property
    def judged(self) -> bool:
        """Whether a target of the period's own year tells how the unit does."""
        mark = self.cell.primary
        return mark is not None and mark.aim.kind is not AimKind.LATER and mark.judgement.verdict not in _SILENT

    @property
    def rank(self) -> int:
        """0 where it is judged, 1 where nothing of its year could judge it, 2 where its target cannot."""
        mark = self.cell.primary
        if self.judged:
            return 0
        return 1 if mark is None or mark.aim.kind is AimKind.LATER else 2


@dataclass(frozen=True, slots=True)
class Standing:
    """The unit's lines for one period, in the order of the definitions; those without any value are left out."""

    unit: Unit
    period: Period
    lines: tuple[StandingLine, ...]

    def foremost(self, most: int) -> tuple[StandingLine, ...]:
        """At most so many of them: those that are judged, before those whose target cannot be; in their order."""
        chosen = sorted(range(len(self.lines)), key=lambda place: (self.lines[place].rank, place))[:most]
        return tuple(self.lines[place] for place in sorted(chosen))


def where_we_stand(
    session: Session, scope: Scope, unit_key: str, definitions: Sequence[Definition], periods: Sequence[Period]
) -> Standing | None:
    """The unit's standing in the first of the periods in which enough is judged, else in the first with a value.

    None where no period has any. `scope` is that of comparing. Raises NotFound for a unit outside it, and for one that
    is merely a neighbour. Two queries, however many periods and definitions (a third, once per process, for what was
    published; and those of `Past` where a target of the unit or of the nation needs it).
    """
    snapshot = get_snapshot(session)
    unit = snapshot.tree.find(unit_key)
    if unit is None or not periods or unit.id not in scope.inside(snapshot.tree, unit.within_life(periods[0].last_day)):
        raise NotFound(_("There is no such unit within your reach."))
    readings = Readings(session, snapshot.tree)
    counted = tuple(one for one in definitions if one.numerator)
    readings.load([unit.id], dict.fromkeys(periods, counted))
    nation = snapshot.tree.nation_id
    past = Past(session, snapshot, scope)
    lines = []
    for period in periods:
        makers = [maker_of(snapshot.targets, nation, one, period) for one in definitions]
        aims = {} if unit.id == nation else own_aims(snapshot.targets, unit.id, definitions, period)
        past.ask([unit.id], [maker.column for maker in makers], {unit.id: aims})
        lines.append((period, makers, aims))
    past.load(periods[0].last_day)
    found = [_standing(session, snapshot, readings, past, unit, *line) for line in lines]
    spoken = [one for one in found if one.lines]
    telling = (one for one in spoken if sum(line.judged for line in one.lines) >= _ENOUGH)
    return next(telling, spoken[0] if spoken else None)


def standing_periods(unit: Unit, today: date) -> tuple[Period, ...]:
    """The year so far, as long as its quarters are complete and back to its first one; then the last whole year."""
    so_far = default_period(unit, today)
    quarters = range(so_far.elapsed_months // 3 - 1, 0, -1)
    windows = [Period.of_quarter(so_far.year, quarter).to_date() for quarter in quarters]
    years = [] if so_far == Period.of_year(so_far.year) else [Period.of_year(so_far.year - 1)]
    return (so_far, *windows, *years)


def _standing(
    session: Session,
    snapshot: Snapshot,
    readings: Readings,
    past: Past,
    unit: Unit,
    period: Period,
    makers: Sequence[CellMaker],
    aims: Mapping[int, Aim],
) -> Standing:
    nation = unit.id == snapshot.tree.nation_id
    definitions = [maker.column.definition for maker in makers]
    published = get_published(session, snapshot.targets)
    values: dict[int, Value] = dict(readings.line(unit.id, [one for one in definitions if one.numerator], period))
    for definition in definitions:
        if definition.from_on is not None and definition.from_on > period.last_day:
            values[definition.id] = OUTSIDE
        elif not definition.numerator:
            values[definition.id] = surveyed_value(published, snapshot.tree, unit.id, definition.id, period)
    cells = []
    for maker in makers:
        value, own = values[maker.column.definition.id], aims.get(maker.column.definition.id)
        # Every period here starts in January, so a count is itself what was counted since then.
        cells.append(maker.cell(value, None, own, nation, past.beside(unit.id, maker.column, own, value)))
    return Standing(unit, period, tuple(_with_value(definitions, cells)))


def _with_value(definitions: Iterable[Definition], cells: Iterable[Cell]) -> Iterable[StandingLine]:
    pairs = zip(definitions, cells, strict=True)
    return (StandingLine(definition, cell) for definition, cell in pairs if cell.value is not None)
