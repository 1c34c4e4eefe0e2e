"""The form as a sheet: a row for each element, an input for each window, and beside it what helps to get it right.

The table keeps its roles by name, because on a telephone the style sheet lays its rows out as blocks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from data.periods import Frequency, Period
from data.submissions.model import Cell, FormView, Row, Section
from data.submissions.totals import Total, TotalCell, totals_of
from data.wording import _
from data.wording.judging import standing_name
from data.wording.periods import period_name, period_short
from layouts.components.aria import aria
from layouts.ids.submission import SubmissionId, sum_id
from layouts.submission.cells import number_cell, remarks_cell
from layouts.submission.words import for_script, form_key, number_text

Line = Component


@dataclass(frozen=True, slots=True)
class Beside:
    """A column of numbers beside the inputs: its heading, what it covers, and how to read it from a cell."""

    heading: str
    covers: str
    read: Callable[[Cell | TotalCell], int | None]
    is_sum: bool = False


def sheet(view: FormView) -> Component:
    """The whole sheet. Without the right to edit it shows the same numbers as text, and no ids."""
    besides = _besides(view)
    width = 2 + len(view.windows) + len(besides)
    kind = f"form-table windows-{len(view.windows)}" + ("" if view.editable else " read-only")
    label = f"{view.form.name}, {period_name(view.period)}"
    table = html.Table(
        [
            html.Thead(_heading(view, besides), role="rowgroup"),
            *(html.Tbody(_section(view, section, besides, width), role="rowgroup") for section in view.sections),
        ],
        className=kind,
        role="table",
        **aria(label=label),
    )
    if not view.editable:
        return html.Div(table, className="sheet form-sheet")
    return html.Div(table, id=SubmissionId.SHEET, className="sheet form-sheet", **for_script(form=form_key(view)))


def live_numbers(view: FormView) -> dict[str, str]:
    """Every number that follows from the cells, by the name under which it stands on the sheet."""
    sums = {_name(cell): number_text(cell.to_date) for cell in view.cells.values()}
    for section in view.sections:
        for total in totals_of(section).values():
            sums[f"{total.key}.to_date"] = number_text(total.cells[-1].to_date)
            for place, cell in enumerate(total.cells):
                sums[f"{total.key}.{place}"] = number_text(cell.value)
    return sums


def _name(cell: Cell) -> str:
    return f"{cell.id}.to_date"


def _besides(view: FormView) -> list[Beside]:
    """Only the columns that have a number somewhere: an empty one would take room from the others."""
    last = view.windows[-1].period
    offered = [Beside(_("Previous period"), _before(last), lambda cell: cell.previous)]
    # For a year the period before is the same period last year.
    if last.frequency is not Frequency.YEARLY:
        same = period_short(last.same_period_last_year())
        offered.append(Beside(_("Same period last year"), same, lambda cell: cell.last_year))
    cells = view.cells.values()
    found = [beside for beside in offered if any(beside.read(cell) is not None for cell in cells)]
    if last.is_within_year and any(cell.earlier is not None for cell in cells):
        to_date = period_short(last.to_date())
        found.append(Beside(_("Since January"), to_date, lambda cell: cell.to_date, is_sum=True))
    return found


def _before(period: Period) -> str:
    return period_short(period.previous())


def _heading(view: FormView, besides: Sequence[Beside]) -> Component:
    # Where the writer says how final the numbers are, that is said above the sheet and may change.
    chosen = view.editable and not view.form.on_old_areas
    windows = [
        _column(period_short(window.period), "" if chosen else standing_name(window.standing), "n entered")
        for window in view.windows
    ]
    numbers = [_column(beside.heading, beside.covers, "n beside") for beside in besides]
    return html.Tr(
        [_column(_("Item"), "", "item"), *windows, *numbers, _column(_("Remarks"), "", "say")], role="row"
    )


def _column(heading: str, covers: str, kind: str) -> Component:
    small = [html.Small(covers)] if covers else []
    return html.Th([heading, *small], scope="col", role="columnheader", className=kind)


def _section(view: FormView, section: Section, besides: Sequence[Beside], width: int) -> list[Component]:
    heading = html.Th(section.name, colSpan=width, scope="rowgroup", role="rowheader")
    lines: list[Component] = [html.Tr(heading, className="sec", role="row")]
    totals = totals_of(section)
    for row in section.rows:
        lines.append(_row(view, row, besides))
        if row.element.key in totals:
            lines.append(_total_row(view, totals[row.element.key], besides))
    return lines


def _row(view: FormView, row: Row, besides: Sequence[Beside]) -> Component:
    name: list[Component | str] = [row.element.name]
    if row.element.help:
        name.append(html.Small(row.element.help, className="help"))
    last = row.cells[-1]
    return html.Tr(
        [
            html.Th(name, scope="row", role="rowheader"),
            *(number_cell(view, row, cell) for cell in row.cells),
            *(_number(view, beside, last, _name(last)) for beside in besides),
            remarks_cell(view, row),
        ],
        role="row",
    )


def _total_row(view: FormView, total: Total, besides: Sequence[Beside]) -> Component:
    sums = [
        html.Td(_live(view, f"{total.key}.{place}", cell.value), className="n entered", role="cell")
        for place, cell in enumerate(total.cells)
    ]
    numbers = [_number(view, beside, total.cells[-1], f"{total.key}.to_date") for beside in besides]
    said = html.Td(html.Small(_("added up by the form")), className="say", role="cell")
    name = html.Th(total.name, scope="row", role="rowheader")
    return html.Tr([name, *sums, *numbers, said], className="total", role="row")


def _number(view: FormView, beside: Beside, cell: Cell | TotalCell, name: str) -> Component:
    value = beside.read(cell)
    shown = _live(view, name, value) if beside.is_sum else number_text(value)
    # The heading stands beside the number where there is no room for a row of headings, nor for empty numbers.
    kind = "n beside never" if beside.is_sum and isinstance(cell, Cell) and cell.earlier is None else "n beside"
    return html.Td(shown, className=kind, role="cell", **for_script(label=beside.heading))


def _live(view: FormView, name: str, value: int | None) -> Component | str:
    """A number that follows from the cells; where they can be typed into, one that can be renewed."""
    return html.Span(number_text(value), id=sum_id(name)) if view.editable else number_text(value)
