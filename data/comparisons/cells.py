"""From both parts of a value to a cell: the value, its interval, and how it stands to each target."""

from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from data.catalogue.model import Definition
from data.comparisons.aims import column_of
from data.comparisons.model import Absence, Aim, Cell, Column, Gap, Judged, Source
from data.comparisons.published import PublishedValue
from data.comparisons.sums import Reading
from data.judging import Judgement, Observed, Reason, Verdict, interval_of, judge
from data.kinds import Aggregation, Standing
from data.measures import Measure
from data.periods import Period
from data.targets.register import TargetRegister

# What a cell follows from: its reading, that since 1 January, the unit's own aim, and whether the unit is the nation.
Value = Reading | Absence | PublishedValue
Key = tuple[Value, Value | None, Aim | None, bool]
Marks = tuple[Judged | None, Judged | None, Judged | None]

# A count from 1 to one less than this is not shown of a neighbour below the province.
SMALL = 5
_MOST_KEPT = 4096
_BY_ZERO = Absence(Gap.DIVISION_BY_ZERO)
_NO_DATA = Observed(None, 0)
_NO_SUM = Judgement(Verdict.NOT_JUDGED, None, Reason.NO_SUM_TO_DATE)


@dataclass(frozen=True, slots=True, eq=False)
class CellMaker:
    """Makes the cells of one column for one period.

    `months` is how far into the year the period reaches for judging: a quarter or a month that ends in December is
    still not the year. `to_date` says that a count is judged by what was counted since 1 January. A cell follows from
    its numbers and aims alone, so those that were made are kept: the next reader's table has the same numbers.
    """

    column: Column
    period: Period
    months: int
    to_date: bool
    _made: dict[Key, Cell] = field(default_factory=dict)

    def cell(self, value: Value, so_far: Value | None, own: Aim | None, nation: bool) -> Cell:
        """A unit's cell. `so_far` is its value since 1 January, where `to_date` asks for it."""
        key = value, so_far, own, nation
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            made = self._made[key] = self._make(value, so_far, own, nation)
        return made

    def plain(self, value: Value) -> Cell:
        """The value with its interval, held against nothing."""
        if isinstance(value, Absence):
            return Cell(None, absence=value)
        return replace(self.cell(value, None, None, True), own=None, national=None, later=None)

    def _make(self, value: Value, so_far: Value | None, own: Aim | None, nation: bool) -> Cell:
        if isinstance(value, Absence):
            return self._empty(value, own, nation)
        if isinstance(value, PublishedValue):
            return self._published(value, own, nation)
        return self._reported(value, so_far, own, nation)

    def _reported(self, reading: Reading, so_far: Value | None, own: Aim | None, nation: bool) -> Cell:
        definition = self.column.definition
        above, below = reading.numerator, reading.denominator
        if definition.denominator:
            if not below:
                return self._empty(_BY_ZERO, own, nation)
            value = float(above * definition.factor / below)
        else:
            value, below = float(above), None
        judged, running = value, None
        if self.to_date:
            if not isinstance(so_far, Reading):
                return self._unsummed(value, reading, own, nation)
            judged = running = float(so_far.numerator)
        observed = self._observed(judged, reading)
        by_own, by_nation, by_later = self._marks(observed, own, nation)
        interval = interval_of(observed) if definition.chance else None
        low, high = interval or (None, None)
        return Cell(
            value, above, below, reading.counted, reading.expected, reading.source, reading.standing, low, high,
            running, by_own, by_nation, by_later, converted=reading.converted,
        )  # fmt: skip

    def _published(self, published: PublishedValue, own: Aim | None, nation: bool) -> Cell:
        """A published value brings no parts."""
        value, standing = published.value, Standing.PRELIMINARY if published.preliminary else Standing.FINAL
        observed = Observed(value, self.period.year, self.months, standing.value, chance=self.column.definition.chance)
        by_own, by_nation, by_later = self._marks(observed, own, nation)
        return Cell(value, source=Source.PUBLISHED, standing=standing, own=by_own, national=by_nation, later=by_later)

    def _unsummed(self, value: float, reading: Reading, own: Aim | None, nation: bool) -> Cell:
        """A count that is there while an earlier part of its year is not: shown, and judged by nothing."""
        by_own, by_nation, by_later = (Judged(aim, _NO_SUM) if aim else None for aim in self._aims(own, nation))
        return Cell(
            value, reading.numerator, None, reading.counted, reading.expected, reading.source, reading.standing, None,
            None, None, by_own, by_nation, by_later, converted=reading.converted,
        )  # fmt: skip

    def _empty(self, absence: Absence, own: Aim | None, nation: bool) -> Cell:
        by_own, by_nation, by_later = self._marks(_NO_DATA, own, nation)
        return Cell(None, own=by_own, national=by_nation, later=by_later, absence=absence)

    def _observed(self, value: float | None, reading: Reading) -> Observed:
        definition = self.column.definition
        return Observed(
            value,
            self.period.year,
            self.months,
            reading.standing.value,
            reading.numerator,
            reading.denominator,
            definition.chance,
            definition.numerator_kind is Aggregation.FLOW,
            definition.measure is not Measure.BOYS_PER_100_GIRLS,
            definition.factor,
            definition.numerator_kind is Aggregation.STOCK,
        )

    def _marks(self, observed: Observed, own: Aim | None, nation: bool) -> Marks:
        own, national, later = self._aims(own, nation)
        return (
            Judged(own, judge(own.goal, observed)) if own else None,
            Judged(national, judge(national.goal, observed)) if national else None,
            Judged(later, judge(later.goal, observed)) if later else None,
        )

    def _aims(self, own: Aim | None, nation: bool) -> tuple[Aim | None, Aim | None, Aim | None]:
        column = self.column
        return (own, None, None) if column.by_own_only and not nation else (own, column.national, column.later)


# Makers depend on the targets and the period alone. A register never changes, and its makers go when it goes.
_makers: WeakKeyDictionary[TargetRegister, dict[tuple[int, str], CellMaker]] = WeakKeyDictionary()


def maker_of(targets: TargetRegister, nation_id: int, definition: Definition, period: Period) -> CellMaker:
    """The maker of a definition's cells for that period."""
    kept = _makers.setdefault(targets, {})
    key = definition.id, period.code
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        is_flow, is_stock = (definition.numerator_kind is kind for kind in (Aggregation.FLOW, Aggregation.STOCK))
        to_date = definition.is_count and is_flow and not period.starts_in_january
        as_the_year = period.starts_in_january or is_stock or to_date
        months = period.elapsed_months if as_the_year else min(period.elapsed_months, 11)
        kept[key] = CellMaker(column_of(targets, nation_id, definition, period), period, months, to_date)
    return kept[key]
