"""The page around the table: title, the line that says what it is, controls, evidence, legend, picture."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.coverage import coverage_text
from data.comparisons.display import CONVERTED, NOT_SHOWN
from data.comparisons.model import Comparison
from data.judging import Verdict
from data.kinds import UnitLevel
from data.numbers import format_date, format_moment
from data.wording import N_, Language, _, current_language
from data.wording.judging import verdict_explanation, verdict_glyph, verdict_word
from data.wording.periods import period_name
from data.wording.units import dated, unit_title
from layouts import shell
from layouts.comparison.controls import Choice, Controls, actions, controls
from layouts.comparison.table import table
from layouts.components.aria import aria
from layouts.components.plain import plain
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
class WayOut:
    """An address near the one that was refused, which can be shown."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that asks for what cannot be shown, in the reader's words; `as_file` says that a file can hold it."""

    sentence: str
    illustrative: bool
    as_file: bool
    way_out: WayOut | None = None


def page(content: Comparison | Refused, chosen: Controls) -> Component:
    """The page of a comparison; for an address that asks for nothing that exists, the reason above the controls."""
    if isinstance(content, Refused):
        return shell.page(
            shell.title(_("Comparison"), content.illustrative),
            _("The address of this page asks for something that cannot be shown."),
            [*controls(chosen), _courier()],
            _refusal(content),
            actions(chosen) if content.as_file else None,
        )
    return shell.page(
        shell.title(heading(content), content.illustrative),
        under(content),
        [*controls(chosen), _courier()],
        [_body(content), legend(), _drawing(figure_choices(content), current_language())],
        actions(chosen),
    )


def _refusal(content: Refused) -> Component:
    said: list[Component | str] = [content.sentence]
    if content.way_out is not None:
        said += [" ", dcc.Link(content.way_out.words, href=content.way_out.href)]
    return html.P(said, className="problem", role="alert")


def heading(comparison: Comparison) -> str:
    """How many units of which level are compared, and of which group or within which unit but the whole country."""
    title = _(_TITLES[comparison.level]).format(count=comparison.coverage.expected)
    if comparison.peers is not None:
        return f"{title} · {comparison.peers.title}"
    if comparison.within.level is UnitLevel.NATION:
        return title
    state = comparison.within.state(comparison.boundaries)
    within = dated(unit_title(state.kind.value, state.name), None, comparison.within.closed_on)
    return f"{title} · {within}"


def under(comparison: Comparison) -> str:
    """Which period, whose boundaries, how complete, how fresh."""
    said = [
        period_name(comparison.period),
        _("boundaries of {day}").format(day=format_date(comparison.boundaries)),
        coverage_text(comparison),
    ]
    if comparison.as_of is not None:
        said.append(_("updated {moment}").format(moment=format_moment(comparison.as_of)))
    return " · ".join(said)


def legend() -> Any:
    """Every sign with its word, and what the small numbers are."""
    return _legend(current_language())


@lru_cache(maxsize=len(Language))
def _legend(_language: Language) -> Any:
    signs = [
        html.Li(
            [html.Span(verdict_glyph(one), className="v"), f" {verdict_word(one)}"],
            className=VERDICT_CLASSES[one],
            title=verdict_explanation(one),
        )
        for one in _LEGEND
    ]
    small = _("Small numbers: the unit's own target, distance to the target, 95% interval where chance moves the value")
    goal = _("goal 2030: the distance to the national goal of that year, which judges nothing yet")
    counted = _("51/56: 51 of 56 units counted so far")
    converted = f"{_('converted figure')}: {_(CONVERTED)}"
    masked = _("{mark}: a small count of another unit, or what would give one away, not shown").format(mark=NOT_SHOWN)
    said = [html.Li(text) for text in (small, goal, counted, converted, masked)]
    return plain(html.Ul([*signs, *said], className="legend", **aria(label=_("Signs"))))


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
    paper = _("On paper stands what the window shows. The whole table is printed from the Excel file.")
    return html.Div(
        [
            html.Div(
                [
                    table(comparison, heading(comparison)),
                    html.P(hint, className="hint"),
                    html.P(paper, className="on-paper"),
                ]
            ),
            aside,
        ],
        className="comparison",
    )


@lru_cache(maxsize=128)
def _drawing(choices: tuple[Choice, ...], _language: Language) -> Any:
    """The picture of one column, drawn when asked for: only then does the browser load what draws it."""
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
    return plain(
        html.Section(
            [html.H2(_("Results against the target")), ask, html.Div(id=ComparisonId.FIGURE)], className="drawing"
        )
    )


def figure_choices(comparison: Comparison) -> tuple[Choice, ...]:
    """The columns that a picture can be drawn of: those with a value, what chance moves first."""
    with_values = [
        column.definition
        for place, column in enumerate(comparison.columns)
        if any(row.cells[place].value is not None for row in comparison.rows)
    ]
    return tuple(Choice(one.key, one.name) for one in sorted(with_values, key=lambda one: not one.chance))
