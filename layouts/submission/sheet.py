"""The form as a sheet: a row for each element, an input for each window, and beside it what helps to get it right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_number
from data.submissions.model import Cell, FormView, Problem, Row, Section, Severity, Window
from data.wording import _
from data.wording.judging import standing_name
from data.wording.periods import period_name, period_short
from layouts.ids.submission import SubmissionId, cell_id, dom_id, note_id, say_id, sum_id

LONGEST_NOTE = 500
LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Beside:
    """A column of numbers beside the inputs: its heading, and how to read it from a cell."""

    heading: str
    read: Callable[[Cell], int | None]
    is_sum: bool = False


def sheet(view: FormView) -> Component:
    """The whole sheet. Without the right to edit it shows the same numbers as text."""
    besides = _besides(view)
    width = 2 + len(view.windows) + len(besides)
    body = [line for section in view.sections for line in _section(view, section, besides, width)]
    return html.Div(
        html.Table([html.Thead(_heading(view, besides)), html.Tbody(body)], className="form-table"),
        id=SubmissionId.SHEET,
        className="sheet form-sheet",
    )


def _besides(view: FormView) -> list[Beside]:
    """Only the columns that have a number somewhere: an empty one would take room from the others."""
    last = view.windows[-1].period
    offered = [
        Beside(_("Previous period"), lambda cell: cell.previous),
        Beside(_("Same period last year"), lambda cell: cell.last_year),
    ]
    cells = view.cells.values()
    found = [beside for beside in offered if any(beside.read(cell) is not None for cell in cells)]
    if last.is_within_year and any(cell.earlier is not None for cell in cells):
        found.append(Beside(_("Since January"), lambda cell: cell.to_date, is_sum=True))
    return found


def _heading(view: FormView, besides: Sequence[Beside]) -> Component:
    return html.Tr(
        [
            html.Th(_("Item"), scope="col"),
            *(html.Th(_window_name(window), scope="col", className="n") for window in view.windows),
            *(html.Th(beside.heading, scope="col", className="n beside") for beside in besides),
            html.Th(_("Remarks"), scope="col"),
        ]
    )


def _window_name(window: Window) -> str:
    return f"{period_short(window.period)} ({standing_name(window.standing)})"


def _section(view: FormView, section: Section, besides: Sequence[Beside], width: int) -> list[Component]:
    heading = html.Tr(html.Th(section.name, colSpan=width, scope="colgroup"), className="sec")
    return [heading, *(_row(view, row, besides) for row in section.rows)]


def _row(view: FormView, row: Row, besides: Sequence[Beside]) -> Component:
    inputs = [html.Td(_input(view, row, cell), className="n") for cell in row.cells]
    last = row.cells[-1]
    numbers = [html.Td(_number(beside, last), className="n beside") for beside in besides]
    name: list[Component | str] = [row.element.name]
    if row.element.help:
        name.append(html.Small(row.element.help, className="help"))
    return html.Tr([html.Th(name, scope="row"), *inputs, *numbers, html.Td(_remarks(view, row), className="say")])


def _number(beside: Beside, cell: Cell) -> Component | str:
    text = number_text(beside.read(cell))
    return html.Span(text, id=sum_id(cell.id)) if beside.is_sum else text


def number_text(value: int | None) -> str:
    """A count as people write it; a dash where there is none."""
    return "–" if value is None else format_number(value)


def _input(view: FormView, row: Row, cell: Cell) -> Component | str:
    if not view.editable:
        return _read_only(cell)
    label = f"{row.element.name}, {period_name(_window_of(view, cell).period)}"
    return html.Div(
        [
            html.Label(label, htmlFor=dom_id(cell_id(cell.id)), className="visually-hidden"),
            dcc.Input(
                id=cell_id(cell.id),
                value="" if cell.value is None else format_number(cell.value),
                type="text",
                inputMode="numeric",
                autoComplete="off",
                maxLength=LONGEST_NUMBER,
                className="cell",
            ),
        ]
    )


def _read_only(cell: Cell) -> Component | str:
    if not cell.changed:
        return number_text(cell.value)
    before = _("before: {number}").format(number=number_text(cell.before))
    return html.Span([html.Mark(number_text(cell.value)), html.Small(before, className="m")])


def _window_of(view: FormView, cell: Cell) -> Window:
    return next(window for window in view.windows if window.period.code == cell.id.window)


def _remarks(view: FormView, row: Row) -> list[Component]:
    problems = [problem for cell in row.cells for problem in cell.problems]
    said = html.Div(remarks(problems), id=say_id(row.element.key))
    return [said, *(_note(view, row, cell) for cell in row.cells)]


def _note(view: FormView, row: Row, cell: Cell) -> Component:
    if not view.editable:
        return html.Small(cell.note or "", className="note-text")
    label = _("Reason, {item}").format(item=f"{row.element.name}, {period_name(_window_of(view, cell).period)}")
    return html.Div(
        [
            html.Label(label, htmlFor=dom_id(note_id(cell.id)), className="visually-hidden"),
            dcc.Input(
                id=note_id(cell.id),
                value=cell.note or "",
                type="text",
                placeholder=_("Reason"),
                maxLength=LONGEST_NOTE,
                autoComplete="off",
                className="note filled" if cell.note else "note",
            ),
        ]
    )


def remarks(problems: Sequence[Problem]) -> list[Component]:
    """The sentences beside a row. The sheet colours the row by the worst of them, through CSS alone."""
    return [_remark(problem) for problem in sorted(problems, key=lambda problem: problem.severity.value)]


def _remark(problem: Problem) -> Component:
    if problem.severity is Severity.ERROR:
        return html.Div([html.Span("▲ ", **{"aria-hidden": "true"}), problem.sentence], className="remark error")
    mark = "● " if problem.explained else "▽ "
    kind = "remark explained" if problem.explained else "remark warning"
    return html.Div([html.Span(mark, **{"aria-hidden": "true"}), problem.sentence], className=kind)
