"""A closed unit's draft beside one's own, and carrying its numbers over into the empty cells."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_number
from data.submissions.carrying import Carried, CarryCell, CarryView, Leftover
from data.wording import _
from data.wording.periods import period_name
from layouts.components.rows import Column, Content, rows_table
from layouts.ids.carrying import CarryId
from layouts.shell import page, title
from layouts.submission.words import form_href, unit_name


def leftover_list(leftovers: Sequence[Leftover]) -> list[Component]:
    """Drafts that closed units left, for the unit that reports instead; nothing where there are none."""
    if not leftovers:
        return []
    shown = []
    for one in leftovers:
        about = f"{unit_name(one.older)} · {one.form_name} · {period_name(one.period)}"
        link = html.A([html.Span(_("View")), html.Span(f": {about}", className="visually-hidden")], href=href(one),
                      className="btn")  # fmt: skip
        said = _("It closed before the period ended; you report this period and may take its numbers over.")
        body = html.Div([html.H3(about), html.P(said)])
        shown.append(html.Div([body, html.Div(link, className="go")], className="due"))
    return [html.H2(_("Drafts of closed units")), html.Div(shown, className="todo")]


def leftovers_page(leftovers: Sequence[Leftover], illustrative: bool) -> Component:
    """Which drafts can be carried over."""
    nothing = html.P(_("No closed unit has left a draft that you report instead."))
    heading = title(_("Carry over"), illustrative)
    under = _("Numbers of closed units that your unit reports instead")
    return page(heading, under, content=leftover_list(leftovers) or nothing)


def href(one: Leftover) -> str:
    """Where one draft is carried over."""
    where = {"unit": one.unit.key, "form": one.form_key, "period": one.period.code, "from": one.older.key}
    return f"/carry?{urlencode(where)}"


def carry_page(view: CarryView, store: dict[str, object], illustrative: bool) -> Component:
    """Both drafts, number by number, and the button. `store` is what the button sends."""
    one = view.leftover
    about = f"{one.form_name} · {period_name(one.period)}"
    under = _("From the draft of {older} into that of {unit}").format(
        older=unit_name(one.older), unit=unit_name(one.unit)
    )
    columns = (
        Column(_("What is counted")),
        Column(unit_name(one.older), "n"),
        Column(unit_name(one.unit), "n"),
        Column(_("On copying")),
    )
    rows: list[list[Content]] = [_row(cell) for cell in view.cells]
    empty = sum(cell.ours is None for cell in view.cells)
    button = html.Button(_("Copy into the empty cells: {count}").format(count=format_number(empty)), id=CarryId.COPY,
                         type="button", className="btn main", disabled=not empty)  # fmt: skip
    only = _("These numbers count the area of {older} only: add what the rest of your area counted.").format(
        older=unit_name(one.older)
    )
    return page(
        title(_("Carry over: {about}").format(about=about), illustrative),
        under,
        content=[
            html.Div([html.P(only), button, dcc.Store(id=CarryId.PLACE, data=store)], id=CarryId.OUTCOME),
            rows_table(columns, rows, _("Both drafts"), "drafts"),
        ],
    )


def _row(cell: CarryCell) -> list[Content]:
    ours = "–" if cell.ours is None else format_number(cell.ours)
    then = _("is copied") if cell.ours is None else _("stays as it is")
    return [cell.name, format_number(cell.theirs), ours, then]


def carried(done: Carried) -> list[Component]:
    """What was copied and what was left, by name."""
    one = done.leftover
    copied = _("Numbers copied: {count}").format(count=format_number(len(done.copied)))
    lines: list[Component] = [html.P(html.Strong(copied))]
    if done.left:
        lines.append(html.P(_("Left as they were, because they were filled in:")))
        lines.append(html.Ul([html.Li(name) for name in done.left]))
    link = html.A(_("To your form"), href=form_href(one.unit.key, one.form_key, one.period), className="btn")
    return [html.Div([*lines, html.P(link)], className="form-notice stands", role="status")]
