"""The numbers of one report with what stands beside them: windows, other periods, sums since January."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data.catalogue.model import Element, Form
from data.kinds import Aggregation, Standing
from data.periods import BadPeriod, Period
from data.snapshot import Snapshot
from data.submissions.checks import Sheet
from data.submissions.lookup import Place
from data.submissions.model import CellId, Window
from data.submissions.records import Cells, load_other_periods


def windows_of(form: Form, period: Period, cells: Cells) -> tuple[Window, ...]:
    """The columns of a form: one, or for a plan report the months to date and the estimate of the year.

    How final a number is, is said by whoever reports. Until they say otherwise quarterly and yearly reports are FINAL,
    the months to date of a plan report PRELIMINARY, and the year in it is an ESTIMATE.
    """
    if not form.on_old_areas:
        return (Window(period, _standing(cells, period, Standing.FINAL)),)
    year = Period.of_year(period.year)
    return (
        Window(period, _standing(cells, period, Standing.PRELIMINARY)),
        Window(year, _standing(cells, year, Standing.ESTIMATE)),
    )


def _standing(cells: Cells, period: Period, usual: Standing) -> Standing:
    return next((cell.standing for cell_id, cell in cells.items() if cell_id.window == period.code), usual)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of other periods of the same unit, by element and period."""

    known: Mapping[CellId, int]

    def previous(self, element: Element, period: Period) -> int | None:
        """The number of the period before."""
        code = _code_before(period)
        return None if code is None else self.known.get(CellId(element.key, code))

    def last_year(self, element: Element, period: Period) -> int | None:
        """The number of the same months one year before, on the same area."""
        code = _code_last_year(period)
        return None if code is None else self.known.get(CellId(element.key, code))

    def earlier(self, element: Element, period: Period) -> int | None:
        """The sum of the year's earlier periods; None where they do not add up, or where one is missing."""
        if element.aggregation is not Aggregation.FLOW:
            return None
        values = [self.known.get(CellId(element.key, code)) for code in _codes_earlier(period)]
        return None if any(value is None for value in values) else sum(value or 0 for value in values)


def load_neighbours(session: Session, known: Snapshot, place: Place, windows: tuple[Window, ...]) -> Neighbours:
    """What stands beside the cells, in one query."""
    codes: set[str] = set()
    for window in windows:
        codes.update(_codes_earlier(window.period))
        codes.update(code for code in (_code_before(window.period), _code_last_year(window.period)) if code)
    return Neighbours(load_other_periods(session, known.catalogue, place.unit.id, place.form.id, codes))


def sheet_of(form: Form, windows: tuple[Window, ...], cells: Cells, neighbours: Neighbours) -> Sheet:
    """What the checks look at: the cells of the form, whatever else an older version of it may have held."""
    previous = {
        CellId(row.element.key, window.period.code): before
        for row in form.rows
        for window in windows
        if (before := neighbours.previous(row.element, window.period)) is not None
    }
    empty = Sheet(form, windows, {}, {}, previous)
    kept = {cell_id: cells[cell_id] for cell_id in empty.cell_ids() if cell_id in cells}
    values = {cell_id: cell.value for cell_id, cell in kept.items()}
    notes = {cell_id: cell.note for cell_id, cell in kept.items() if cell.note}
    return Sheet(form, windows, values, notes, previous)


def _code_before(period: Period) -> str | None:
    try:
        return period.previous().code
    except BadPeriod:  # before the first year that the portal knows
        return None


def _code_last_year(period: Period) -> str | None:
    try:
        return period.same_period_last_year().code
    except BadPeriod:
        return None


def _codes_earlier(period: Period) -> list[str]:
    return [earlier.code for earlier in period.since_january()[:-1]]
