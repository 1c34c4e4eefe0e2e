"""From both parts of a value to a cell: the value, its interval, and how it stands to each target."""

from dataclasses import dataclass

from data.comparisons.model import Absence, Aim, Amount, Cell, Column, Gap, Judged, Source
from data.comparisons.readings import Reading
from data.judging import Judgement, Observed, Reason, Verdict, interval_of, judge
from data.kinds import Aggregation, Standing
from data.measures import Measure
from data.periods import Period

Marks = tuple[Judged | None, Judged | None, Judged | None]

SMALL = 5
MASKED = Cell(None, absence=Absence(Gap.MASKED))
OUTSIDE = Cell(None, absence=Absence(Gap.OUTSIDE_DATES))
_BY_ZERO = Absence(Gap.DIVISION_BY_ZERO)
_NO_DATA = Observed(None, 0)
_NO_SUM = Judgement(Verdict.NOT_JUDGED, None, Reason.NO_SUM_TO_DATE)


@dataclass(frozen=True, slots=True)
class CellMaker:
    """Makes the cells of one column for one period.

    `months` is how far into the year the period reaches for judging: a quarter or a month that ends in December is
    still not the year. `to_date` says that a count is judged by what was counted since 1 January.
    """

    column: Column
    period: Period
    months: int
    to_date: bool

    def cell(self, reading: Reading | Absence, so_far: Reading | Absence | None, own: Aim | None, nation: bool) -> Cell:
        """A unit's cell. `so_far` is the reading since 1 January, where `to_date` asks for it."""
        if isinstance(reading, Absence):
            return self._empty(reading, own, nation)
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
            running, by_own, by_nation, by_later,
        )  # fmt: skip

    def published(self, value: float, preliminary: bool, own: Aim | None, nation: bool) -> Cell:
        """A cell of a published value, which brings no parts."""
        standing = Standing.PRELIMINARY if preliminary else Standing.FINAL
        observed = Observed(value, self.period.year, self.months, standing.value, chance=self.column.definition.chance)
        by_own, by_nation, by_later = self._marks(observed, own, nation)
        return Cell(value, source=Source.PUBLISHED, standing=standing, own=by_own, national=by_nation, later=by_later)

    def _unsummed(self, value: float, reading: Reading, own: Aim | None, nation: bool) -> Cell:
        """A count that is there while an earlier part of its year is not: shown, and judged by nothing."""
        by_own, by_nation, by_later = (Judged(aim, _NO_SUM) if aim else None for aim in self._aims(own, nation))
        return Cell(
            value, reading.numerator, None, reading.counted, reading.expected, reading.source, reading.standing, None,
            None, None, by_own, by_nation, by_later,
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


def maker_of(column: Column, period: Period) -> CellMaker:
    """The maker of a column's cells for that period."""
    definition = column.definition
    is_stock = definition.numerator_kind is Aggregation.STOCK
    whole_year = period.starts_in_january or is_stock or period.elapsed_months != 12
    to_date = definition.is_count and definition.numerator_kind is Aggregation.FLOW and not period.starts_in_january
    return CellMaker(column, period, period.elapsed_months if whole_year or to_date else 11, to_date)


def masked(reading: Reading | Absence) -> bool:
    """Whether a neighbour below the province may not see it: one of its counts is from 1 to 4."""
    if isinstance(reading, Absence):
        return False
    parts: tuple[Amount, Amount] = (reading.numerator, reading.denominator or 0)
    return any(part != 0 and -SMALL < part < SMALL for part in parts)
