"""A unit's table: every definition with its result, cumulated and a year before, its targets, and the years behind it.

The result is the cell that a comparison makes, from the same class; all other values pass the same masking, and what
is derived from two numbers is derived only where the reader sees both.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.aims import own_aims
from data.comparisons.cells import CellMaker, maker_of
from data.comparisons.compare import Table
from data.comparisons.model import Aim, Cell
from data.comparisons.observing import Value
from data.comparisons.place import Place, place_of_unit
from data.comparisons.published import PublishedValue
from data.comparisons.sums import is_stock
from data.comparisons.unit_model import Above, NoChange, NotRanked, Ranked, UnitLine, UnitTable
from data.comparisons.unit_query import UnitQuery
from data.comparisons.unit_ranks import peers_of, rank_all
from data.judging import NoShare, Reason, percent_of_plan
from data.periods import FIRST_YEAR, Frequency, Period
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.reach import sees
from data.units.naming import title_of
from data.units.tree import Unit

SERIES_YEARS = 5
# With these a share of the year's plan would say nothing, although there is a value.
_NO_SUM = frozenset({Reason.PART_OF_YEAR, Reason.NO_SUM_TO_DATE})


def get_unit_table(session: Session, scope: Scope, query: UnitQuery, today: date) -> UnitTable:
    """The table of a unit's page for the reader behind the scope, which is that of comparing.

    Raises NotFound for a unit out of reach. A fixed number of queries, however many definitions there are; ranks cost
    as many again as a comparison.
    """
    snapshot = get_snapshot(session)
    tree = snapshot.tree
    definitions = snapshot.catalogue.definitions.values()
    place = place_of_unit(snapshot, scope, query.key, query.period, definitions, today)
    unit, day = place.within, place.boundaries
    parent = tree.parent(unit.id, day)
    above = None if parent in (None, tree.nation_id) else parent
    lines, as_of = _Lines(session, snapshot, scope, place, above, today).all(ranked=query.ranks)
    peers = tree.peers(unit.id, day)
    return UnitTable(
        query,
        unit,
        title_of(tree, unit.id, day),
        place.period,
        day,
        None if above is None else Above(tree.units[above].key, title_of(tree, above, day)),
        lines,
        unit.id not in place.inside,
        len(peers),
        len(peers) - len(peers_of(snapshot, scope, place)) - 1,
        as_of,
        snapshot.illustrative,
    )


class _Lines:
    """Makes the lines of one place with one unit."""

    def __init__(
        self, session: Session, snapshot: Snapshot, scope: Scope, place: Place, above: int | None, today: date
    ) -> None:
        self._session, self._snapshot, self._scope, self._place = session, snapshot, scope, place
        self._unit: Unit = place.within
        self._above = {} if above is None else self._aims_above(above, today)

    def all(self, *, ranked: bool) -> tuple[tuple[UnitLine, ...], datetime | None]:
        """The lines, and the latest approval among the period's own figures; none for a period out of reach."""
        place, unit = self._place, self._unit
        if not place.unit_ids:
            return (), None
        table = Table(self._session, self._snapshot, self._scope, place)
        cells = table.row(unit.id).cells
        as_of = table.readings.as_of
        shown = self._beside(table)
        ranks: Mapping[int, Ranked | NotRanked] = {}
        if ranked:
            columns = [maker.column for maker in table.makers]
            ranks = rank_all(self._session, self._snapshot, self._scope, place, columns, self._above)
        lines = (
            self._line(maker, cell, shown, ranks.get(maker.column.definition.id))
            for maker, cell in zip(table.makers, cells, strict=True)
        )
        return tuple(lines), as_of

    def _aims_above(self, above: int, today: date) -> dict[int, Aim]:
        """What the unit above is to reach, as far as the registry shows it to this reader."""
        tree, place = self._snapshot.tree, self._place
        found = own_aims(self._snapshot.targets, above, place.definitions, place.period)
        return {
            key: aim
            for key, aim in found.items()
            if all(sees(tree, self._scope, target, today) for target in aim.targets)
        }

    def _beside(self, table: Table) -> dict[Period, dict[int, Value]]:
        """The unit's values of other periods as the reader sees them, by definition; no period out of reach."""
        place, unit = self._place, self._unit
        period = place.period
        asked = [period, *_years(period), *([] if period.starts_in_january else [period.to_date()])]
        if period.year > FIRST_YEAR:
            asked.append(period.same_period_last_year())
        reached = [
            one for one in dict.fromkeys(asked) if self._scope.covers(self._snapshot.tree, unit.id, one.last_day)
        ]
        wanted = dict.fromkeys(reached, place.definitions)
        table.readings.load((unit.id,), wanted)
        table.masking.load((unit.id,), wanted)
        return {
            one: table.masking.hide(
                unit.id, one, {each.id: table.value(unit.id, each, one) for each in place.definitions}
            )
            for one in reached
        }

    def _line(
        self,
        maker: CellMaker,
        cell: Cell,
        shown: Mapping[Period, Mapping[int, Value]],
        rank: Ranked | NotRanked | None,
    ) -> UnitLine:
        period, column = self._place.period, maker.column
        definition = column.definition
        earlier = period.same_period_last_year() if period.year > FIRST_YEAR else None

        def cell_of(one: Period | None) -> Cell | None:
            if one is None or one not in shown:
                return None
            return self._maker(definition, one).plain(shown[one][definition.id])

        summed = not (period.starts_in_january or definition.surveyed or is_stock(definition))
        before = cell_of(earlier)
        values = (shown[one][definition.id] for one in (period, earlier) if one is not None and one in shown)
        return UnitLine(
            column,
            cell,
            cell_of(period.to_date()) if summed else None,
            before,
            change_between(definition, cell, before, values),
            share_of_plan(cell, nation=self._unit.id == self._snapshot.tree.nation_id),
            self._above.get(definition.id),
            tuple((one.year, cell_of(one)) for one in _years(period)),
            rank,
        )

    def _maker(self, definition: Definition, period: Period) -> CellMaker:
        return maker_of(self._snapshot.targets, self._snapshot.tree.nation_id, definition, period)


def change_between(
    definition: Definition, cell: Cell, before: Cell | None, values: Iterable[Value] = ()
) -> float | NoChange | None:
    """The value less that of a year before; None where one of them is missing or hidden."""
    if cell.value is None or before is None or before.value is None:
        return None
    bases = {one.basis for one in values if isinstance(one, PublishedValue)}
    if len(bases) > 1:
        return NoChange.BASIS
    if definition.is_count and any(one.counted < one.expected for one in (cell, before)):
        return NoChange.PARTIAL
    return cell.value - before.value


def share_of_plan(cell: Cell, *, nation: bool = False) -> float | NoShare:
    """The result in percent of the unit's own target: a count since 1 January, a rate as it stands.

    Of a result that is hidden nothing is said: with the plan, which is public, its share would tell the count.
    """
    plan = cell.own or (cell.national if nation else None)
    if plan is None:
        return NoShare.NO_PLAN
    if cell.value is None:
        return NoShare.NO_RESULT
    aim, judgement = plan
    if judgement.reason in _NO_SUM:
        return NoShare.NO_SUM
    return percent_of_plan(aim.goal, cell.value if cell.to_date is None else cell.to_date)


def _years(period: Period) -> list[Period]:
    """The last whole years up to the period, oldest first."""
    last = period.year if period.frequency is Frequency.YEARLY else period.year - 1
    return [Period.of_year(year) for year in range(max(last - SERIES_YEARS + 1, FIRST_YEAR), last + 1)]
