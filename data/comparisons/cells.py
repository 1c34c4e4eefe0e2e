"""From both parts of a value to a cell: the value, its interval, and how it stands to each target."""

from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from data.catalogue.model import Definition
from data.comparisons.aims import column_of
from data.comparisons.model import Absence, Aim, Beside, Cell, Column, Gap, Judged, Source
from data.comparisons.observing import Value, observed_of
from data.comparisons.published import PublishedValue
from data.comparisons.sums import Reading
from data.judging import Judgement, Observed, Reason, Verdict, interval_of, judge
from data.kinds import Aggregation, Standing
from data.periods import Period
from data.targets.register import TargetRegister

# What a cell follows from: its reading, that since 1 January, the unit's own aim, whether the unit is the nation, and
# what stands beside it.
Key = tuple[Value, Value | None, Aim | None, bool, Beside]
Aims = tuple[Aim | None, Aim | None, Aim | None]
Marks = tuple[Judged | None, Judged | None, Judged | None]

NOTHING_BESIDE = Beside()

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

    def cell(
        self, value: Value, so_far: Value | None, own: Aim | None, nation: bool, beside: Beside = NOTHING_BESIDE
    ) -> Cell:
        """A unit's cell. `so_far` is its value since 1 January, where `to_date` asks for it; `beside` is what the
        aims ask for beyond that.
        """
        key = value, so_far, own, nation, beside
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            made = self._made[key] = self._make(value, so_far, self._aims(own, nation, beside), beside)
        return made

    def plain(self, value: Value) -> Cell:
        """The value with its interval, held against nothing."""
        if isinstance(value, Absence):
            return Cell(None, absence=value)
        return replace(self.cell(value, None, None, True), own=None, national=None, later=None)

    def _make(self, value: Value, so_far: Value | None, aims: Aims, beside: Beside) -> Cell:
        if isinstance(value, Absence):
            return _empty(value, aims)
        if isinstance(value, PublishedValue):
            return self._published(value, aims, beside)
        return self._reported(value, so_far, aims, beside)

    def _reported(self, reading: Reading, so_far: Value | None, aims: Aims, beside: Beside) -> Cell:
        definition = self.column.definition
        above, below = reading.numerator, reading.denominator
        if definition.denominator:
            if not below:
                return _empty(_BY_ZERO, aims)
            value = float(above * definition.factor / below)
        else:
            value, below = float(above), None
        judged, running = value, None
        if self.to_date:
            if not isinstance(so_far, Reading):
                return _unsummed(value, reading, aims)
            judged = running = float(so_far.numerator)
        observed = observed_of(definition, self.period, self.months, judged, reading, beside.earlier)
        if isinstance(so_far, Reading) and self.to_date and not observed.partial:
            # What is missing from an earlier part of the year is missing from its sum.
            observed = replace(observed, partial=so_far.is_partial)
        by_own, by_nation, by_later = _marks(observed, aims)
        interval = interval_of(observed) if definition.chance else None
        low, high = interval or (None, None)
        return Cell(
            value, above, below, reading.counted, reading.expected, reading.source, reading.standing, low, high,
            running, by_own, by_nation, by_later, converted=reading.converted,
        )  # fmt: skip

    def _published(self, published: PublishedValue, aims: Aims, beside: Beside) -> Cell:
        """A published value brings no parts."""
        standing = Standing.PRELIMINARY if published.preliminary else Standing.FINAL
        observed = observed_of(
            self.column.definition, self.period, self.months, published.value, published, beside.earlier
        )
        own, national, later = _marks(observed, aims)
        return Cell(
            published.value, source=Source.PUBLISHED, standing=standing, own=own, national=national, later=later
        )

    def _aims(self, own: Aim | None, nation: bool, beside: Beside) -> Aims:
        column = self.column
        if column.by_own_only and not nation:
            return own, None, None
        national, later = column.national, column.later
        if not nation:
            national, later = (aim and (aim.of_parts or aim) for aim in (national, later))
        if not beside.zones:
            return own, national, later
        national, later = (aim and aim.of_zones(beside.zones) for aim in (national, later))
        return own, national, later


def _marks(observed: Observed, aims: Aims) -> Marks:
    own, national, later = aims
    return (
        Judged(own, judge(own.goal, observed)) if own else None,
        Judged(national, judge(national.goal, observed)) if national else None,
        Judged(later, judge(later.goal, observed)) if later else None,
    )


def _empty(absence: Absence, aims: Aims) -> Cell:
    own, national, later = _marks(_NO_DATA, aims)
    return Cell(None, own=own, national=national, later=later, absence=absence)


def _unsummed(value: float, reading: Reading, aims: Aims) -> Cell:
    """A count that is there while an earlier part of its year is not: shown, and judged by nothing."""
    own, national, later = (Judged(aim, _NO_SUM) if aim else None for aim in aims)
    return Cell(
        value, reading.numerator, None, reading.counted, reading.expected, reading.source, reading.standing, None,
        None, None, own, national, later, converted=reading.converted,
    )  # fmt: skip


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
