"""The page around the table: title, the line that says what it is, controls, evidence, legend, picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import NOT_SHOWN
from data.comparisons.model import Comparison
from data.judging import Verdict
from data.kinds import UnitLevel
from data.numbers import format_date, format_moment
from data.wording import N_, _
from data.wording.judging import verdict_explanation, verdict_glyph, verdict_word
from data.wording.periods import period_name
from data.wording.units import unit_title
from layouts import shell
from layouts.comparison.controls import Choice, Controls, actions, controls
from layouts.comparison.table import table
from layouts.components.aria import aria
from layouts.help import VERDICT_CLASSES
from layouts.ids.comparison import ComparisonId

_TITLES = {
    UnitLevel.PROVINCE: N_("Comparison of {count} provinces and cities"),
    UnitLevel.DISTRICT: N_("Comparison of {count} districts"),
    UnitLevel.COMMUNE: N_("Comparison of {count} communes and wards"),
}
_LEGEND = (
    Verdict.MET,
    Verdict.ON_TRACK,
    Verdict.EXPECTED,
    Verdict.BEHIND,
    Verdict.NOT_MET,
    Verdict.UNCERTAIN,
    Verdict.NOT_JUDGED,
    Verdict.NO_DATA,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that asks for what cannot be shown, in the reader's words; `as_file` says that a file can hold it."""

    sentence: str
    illustrative: bool
    as_file: bool


def page(content: Comparison | Refused, chosen: Controls) -> Component:
    """The page of a comparison; for an address that asks for nothing that exists, the reason above the controls."""
    if isinstance(content, Refused):
        return shell.page(
            shell.title(_("Comparison"), content.illustrative),
            _("The address of this page asks for something that cannot be shown."),
            [*controls(chosen), _courier()],
            html.P(content.sentence, className="problem", role="alert"),
            actions(chosen) if content.as_file else None,
        )
    return shell.page(
        shell.title(heading(content), content.illustrative),
        under(content),
        [*controls(chosen), _courier()],
        [_body(content), legend(), _drawing(content)],
        actions(chosen),
    )


def heading(comparison: Comparison) -> str:
    """What is compared: how many units of which level, and within which unit, where that is not the whole country."""
    title = _(_TITLES[comparison.level]).format(count=comparison.expected)
    if comparison.within.level is UnitLevel.NATION:
        return title
    state = comparison.within.state(comparison.boundaries)
    return f"{title} · {unit_title(state.kind.value, state.name)}"


def under(comparison: Comparison) -> str:
    """Which period, whose boundaries, how complete, how fresh."""
    said = [
        period_name(comparison.period),
        _("boundaries of {day}").format(day=format_date(comparison.boundaries)),
        _("approved {approved}/{expected}").format(approved=comparison.approved, expected=comparison.expected),
    ]
    if comparison.as_of is not None:
        said.append(_("updated {moment}").format(moment=format_moment(comparison.as_of)))
    return " · ".join(said)


def legend() -> Component:
    """Every sign with its word, and what the small numbers are."""
    signs = [
        html.Li(
            [html.Span(verdict_glyph(one), className="v"), f" {verdict_word(one)}"],
            className=VERDICT_CLASSES[one],
            title=verdict_explanation(one),
        )
        for one in _LEGEND
    ]
    small = _("Small numbers: the unit's own target, distance to the target, 95% interval where chance moves the value")
    masked = _("{mark}: a small count of another unit, or what would give one away, not shown").format(mark=NOT_SHOWN)
    return html.Ul([*signs, html.Li(small), html.Li(masked)], className="legend", **aria(label=_("Signs")))


def _courier() -> Component:
    """Carries a change of the controls into the address; the page is then drawn anew from there."""
    return dcc.Location(id=ComparisonId.ADDRESS, refresh="callback-nav")


def _body(comparison: Comparison) -> Component:
    aside = html.Aside(
        id=ComparisonId.EVIDENCE,
        className="side",
        tabIndex=-1,
        **aria(live="polite", label=_("What stands behind a number")),
    )
    hint = _("Choose a number to see what stands behind it.")
    return html.Div(
        [html.Div([table(comparison, heading(comparison)), html.P(hint, className="hint")]), aside],
        className="comparison",
    )


def _drawing(comparison: Comparison) -> Component:
    """The picture of one column, drawn when asked for: only then does the browser load what draws it."""
    choices = figure_choices(comparison)
    options = [{"value": choice.value, "label": choice.label} for choice in choices]
    first = choices[0].value if choices else None
    select = dbc.Select(id=ComparisonId.FIGURE_COLUMN, options=options, value=first)
    ask = html.Div(
        [
            html.Div([html.Label(_("Picture of"), htmlFor=ComparisonId.FIGURE_COLUMN), select], className="field"),
            html.Button(_("Draw"), id=ComparisonId.FIGURE_DRAW, type="button", disabled=not choices),
        ],
        className="ask",
    )
    return html.Section(
        [html.H2(_("Results against the target")), ask, html.Div(id=ComparisonId.FIGURE)], className="drawing"
    )


def figure_choices(comparison: Comparison) -> Sequence[Choice]:
    """The columns that a picture can be drawn of: those with a value, what chance moves first."""
    with_values = [
        column.definition
        for place, column in enumerate(comparison.columns)
        if any(row.cells[place].value is not None for row in comparison.rows)
    ]
    return [Choice(one.key, one.name) for one in sorted(with_values, key=lambda one: not one.chance)]
