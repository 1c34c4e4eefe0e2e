"""The registry's page: controls, what contradicts what, the table, and beside it the target that was opened."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.numbers import format_number
from data.targets.listing import HEADINGS, line_of, owner_name, sentences_of
from data.targets.registry import Registry
from data.wording import _
from layouts import shell
from layouts.components.addresses import paths_address, set_target_address
from layouts.components.aria import aria
from layouts.components.controls import Control, selects
from layouts.components.grid import TEXT_FILTER, grid
from layouts.ids.targets import TargetsId

_ROW_HEIGHT, _HEADERS = 62, 50
# A browser is sent no more than it can show at once; the files have everything.
MOST_ROWS, MOST_SENTENCES = 2000, 100
# The width of each column in pixels, at least; what is left over goes by the same measure.
_WIDTHS = {
    "unit": 105, "definition": 170, "year": 78, "asks": 125, "kind": 100, "document": 140, "clause": 85, "printed": 105,
    "place": 110, "relation": 150, "contradictions": 92, "confidence": 92,
}  # fmt: skip


def page(
    registry: Registry,
    definitions: Mapping[int, Definition],
    controls: Sequence[Control],
    query: str,
    opened: Sequence[Component] = (),
    *,
    may_set: bool = False,
) -> Component:
    """The registry with what was asked for; `query` is the part of the address that the files are asked for with.
    `may_set`: the reader enters targets.
    """
    return shell.page(
        shell.title(_("Registry of targets"), registry.illustrative),
        _under(registry),
        [*selects(controls), dcc.Location(id=TargetsId.ADDRESS, refresh="callback-nav")],
        [*_contradictions(registry, definitions), _body(registry, opened)],
        [*_enter(registry, may_set=may_set), *_files(query)],
    )


def refused(sentence: str, controls: Sequence[Control], illustrative: bool) -> Component:
    """The reason why the address cannot be answered, and what can be chosen instead."""
    return shell.page(
        shell.title(_("Registry of targets"), illustrative),
        _("The address of this page asks for something that cannot be shown."),
        [*selects(controls), dcc.Location(id=TargetsId.ADDRESS, refresh="callback-nav")],
        html.P(sentence, className="problem", role="alert"),
    )


def _under(registry: Registry) -> list[Component | str]:
    shown, every = len(registry.entries), len(registry.all)
    said = _("targets shown: {shown} of {every} within your reach").format(
        shown=format_number(min(shown, MOST_ROWS)), every=format_number(every)
    )
    return [f"{said} · ", dcc.Link(_("Documents"), href="/document")]


def _enter(registry: Registry, *, may_set: bool) -> list[Component]:
    """The way to enter a target, for the unit, indicator and year that are looked at."""
    if not may_set:
        return []
    query = registry.query
    asked = {"definition": query.definition, "year": str(query.year) if query.year else None}
    state = {name: value for name, value in asked.items() if value}
    return [dcc.Link(_("Enter a target"), href=set_target_address(**state), className="button")]


def _files(query: str) -> list[Component]:
    links = [
        html.A(label, href=f"/export/targets.{kind}?{query}".rstrip("?"), className="dropdown-item")
        for kind, label in (("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("Text for other programs (.csv)")))
    ]
    summary = html.Summary(_("Export"), className="btn main")
    return [html.Details([summary, html.Div(links, className="panel")], className="menu at-end")]


def _contradictions(registry: Registry, definitions: Mapping[int, Definition]) -> list[Component]:
    """Each contradiction of the shown targets in a sentence; open where they were asked for."""
    sentences = sentences_of(registry, definitions)
    if not sentences:
        return []
    summary = html.Summary(_("Contradictions found: {count}").format(count=format_number(len(sentences))))
    lines = [html.Li(sentence) for sentence in sentences[:MOST_SENTENCES]]
    if len(sentences) > MOST_SENTENCES:
        more = _("{count} more: choose a unit or an indicator, or take the file, which has them all.")
        lines.append(html.Li(more.format(count=format_number(len(sentences) - MOST_SENTENCES))))
    listed = html.Ul(lines)
    return [html.Details([summary, listed], open=registry.query.contradicting, className="contradictions notice")]


def _body(registry: Registry, opened: Sequence[Component]) -> Component:
    aside = html.Aside(
        list(opened),
        id=TargetsId.PANEL,
        className="side",
        tabIndex=-1,
        **aria(live="polite", label=_("What stands behind a target")),
    )
    hint = html.P(_("Choose a row to see what stands behind the target and what is in force."), className="hint")
    table = [*_too_many(registry), _table(registry), hint] if registry.entries else _nothing(registry)
    return html.Div([html.Div(table), aside], className="comparison targets")


def _nothing(registry: Registry) -> list[Component]:
    """Why the table is empty, and where what is looked for may stand: at the units above, or with fewer conditions."""
    ways: list[Component] = []
    said = _("No target within your reach answers to all of these choices.")
    owner, rest = registry.whose, registry.query.to_args()
    if owner is not None and registry.above:
        said = _("{unit} has no targets of its own of this kind. What is set above it:").format(unit=owner_name(owner))
        for above, count in registry.above:
            label = _("{unit}: {count} targets").format(unit=owner_name(above), count=format_number(count))
            href = f"/targets?{urlencode({**rest, 'unit': above.unit.key})}"
            ways.append(html.Li(dcc.Link(label, href=href)))
    elif rest:
        ways.append(html.Li(dcc.Link(_("All targets within your reach"), href="/targets")))
    if owner is not None:
        label = _("Is {unit} on its way to the goals of 2030?").format(unit=owner_name(owner))
        ways.append(html.Li(dcc.Link(label, href=paths_address(owner.unit.key))))
    return [html.Div([html.P(said), html.Ul(ways)], className="notice")]


def _too_many(registry: Registry) -> list[Component]:
    if len(registry.entries) <= MOST_ROWS:
        return []
    said = _("The table shows the first {most} of {count} targets: choose a unit or an indicator. Files have all.")
    counts = {"most": format_number(MOST_ROWS), "count": format_number(len(registry.entries))}
    return [html.P(said.format(**counts), className="notice")]


def _table(registry: Registry) -> Component:
    rows = [{"key": entry.target.key, **line_of(entry)._asdict()} for entry in registry.entries[:MOST_ROWS]]
    for row in rows:
        row["contradictions"] = row["contradictions"] or ""
    height = _HEADERS + _ROW_HEIGHT * max(len(rows), 2)
    return grid(
        TargetsId.GRID,
        [_column(name) for name in HEADINGS],
        rows,
        label=_("Registry of targets"),
        every_column={"wrapHeaderText": True, "cellClass": "lines", **TEXT_FILTER},
        options={"rowHeight": _ROW_HEIGHT, "tooltipShowDelay": 600},
        listeners={
            "cellClicked": ["gridOpen(params, setEventData)"],
            "cellKeyDown": ["gridOpen(params, setEventData)"],
        },
        style={"height": f"min({height}px, max(440px, calc(100vh - 160px)))"},
    )


def _column(name: str) -> dict[str, Any]:
    column: dict[str, Any] = {
        "colId": name,
        "field": name,
        "headerName": _(HEADINGS[name]),
        "minWidth": _WIDTHS[name],
        "flex": _WIDTHS[name],
        "tooltipField": name,
    }
    if name in ("unit", "definition"):
        column["comparator"] = {"function": "gridByName"}
    if name == "year":
        column["wrapHeaderText"] = False
    if name in ("year", "contradictions"):
        column |= {"filter": False, "cellClass": "lines n", "headerClass": "period-heading"}
    return column
