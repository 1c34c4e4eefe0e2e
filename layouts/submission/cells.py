"""One row's own cells: the inputs or numbers of its windows, and beside them what is said about them."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from data.numbers import format_number
from data.submissions.model import Cell, CellId, FormView, Problem, Row, Severity, Window
from data.wording import _
from data.wording.periods import period_name, period_short
from layouts.ids.submission import cell_id, dom_id, note_id, say_id
from layouts.submission.words import for_script, mark, number_text, window_name

LONGEST_NOTE = 500
LONGEST_NUMBER = 40


def number_cell(view: FormView, row: Row, cell: Cell) -> Component:
    """The input of a cell; where nobody may type, its number, marked where the revision before had another."""
    content = _input(view, row, cell) if view.editable else _read_only(view, cell)
    return html.Td(content, className="n entered", role="cell")


def remarks_cell(view: FormView, row: Row) -> Component:
    """What is said about a row, with room for a reason beside each warning."""
    said = remarks([problem for cell in row.cells for problem in cell.problems], view.windows)
    if not view.editable:
        notes = [_note_text(view, cell) for cell in row.cells if cell.note]
        return html.Td([*said, *notes], className="say", role="cell")
    notes = [_note(view, row, cell, place) for place, cell in enumerate(row.cells)]
    return html.Td([html.Div(said, id=say_id(row.element.key)), *notes], className="say", role="cell")


def remarks(problems: Sequence[Problem], windows: Sequence[Window]) -> list[Component]:
    """The sentences beside a row, errors first; where the row has several windows each says which.

    Style sheet and script read from their classes what to colour, whose input is wrong, and where a reason is wanted.
    """
    return [_remark(problem, windows) for problem in sorted(problems, key=lambda problem: problem.severity.value)]


def _remark(problem: Problem, windows: Sequence[Window]) -> Component:
    codes = [window.period.code for window in windows]
    place = codes.index(problem.cell.window) if problem.cell and problem.cell.window in codes else 0
    if problem.severity is Severity.ERROR:
        kind, sign = "error", mark("▲", "miss")
    elif problem.explained:
        kind, sign = "explained", mark("●", "met")
    else:
        kind, sign = "warning", mark("▽", "slow")
    which = [html.B(f"{period_short(windows[place].period)}: ")] if len(windows) > 1 else []
    return html.Div([sign, *which, problem.sentence], className=f"remark {kind} w{place}")


def cell_text(value: int | None) -> str:
    """A cell's number as it stands in its input; nothing where there is none."""
    return "" if value is None else format_number(value)


def _input(view: FormView, row: Row, cell: Cell) -> Component:
    component_id = cell_id(cell.id)
    # The row says what is counted, so what is seen of the label is the window alone, and only where rows are blocks.
    item = html.Span(f"{row.element.name}, ", className="visually-hidden")
    label: list[Component | str] = [item, _window(view, cell.id)]
    return html.Div(
        [
            html.Label(label, htmlFor=dom_id(component_id), className="window"),
            _slot("cell", component_id, cell_text(cell.value), LONGEST_NUMBER),
        ]
    )


def _window(view: FormView, cell: CellId) -> str:
    """The cell's window: in short where several stand in one row."""
    window = next(window for window in view.windows if window.period.code == cell.window)
    return window_name(window) if len(view.windows) > 1 else period_name(window.period)


def _read_only(view: FormView, cell: Cell) -> list[Component | str]:
    label = html.Span(f"{_window(view, cell.id)} ", className="window")
    if not cell.changed:
        return [label, number_text(cell.value)]
    before = _("before: {number}").format(number=number_text(cell.before))
    return [label, html.Mark(number_text(cell.value)), html.Small(before, className="m")]


def _note_text(view: FormView, cell: Cell) -> Component:
    several = len(view.windows) > 1
    given = _("Reason, {window}: {reason}") if several else _("Reason: {reason}")
    return html.Div(given.format(window=_window(view, cell.id), reason=cell.note), className="note-text")


def _note(view: FormView, row: Row, cell: Cell, place: int) -> Component:
    component_id = note_id(cell.id)
    several = len(view.windows) > 1
    seen = _("Reason, {window}").format(window=_window(view, cell.id)) if several else _("Reason")
    label: list[Component | str] = [html.Span(f"{row.element.name}: ", className="visually-hidden"), seen]
    return html.Div(
        [
            html.Label(label, htmlFor=dom_id(component_id)),
            _slot("note", component_id, cell.note or "", LONGEST_NOTE),
        ],
        className=f"reason w{place}",
    )


def _slot(kind: str, component_id: dict[str, str], value: str, longest: int) -> Component:
    """Where the page's script puts an input of its own, and what the server has for it.

    Dash's own input hands every key to Dash, and takes over the value that Dash knows whenever the page is drawn again.
    What is typed here belongs to the person and the script: it stays until the script has seen it saved.
    """
    return html.Span(className=kind, **for_script(input=dom_id(component_id), value=value, longest=str(longest)))
