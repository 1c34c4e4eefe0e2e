"""The page of one unit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.comparisons.display import cited
from data.comparisons.unit_model import UnitTable
from data.kinds import Confidence, UnitLevel
from data.measures import Measure
from data.numbers import format_date
from data.targets.register import DocumentInfo
from data.units.page_model import Named, Relative, UnitPage
from data.units.tree import Unit, UnitState
from data.wording import _
from data.wording.measures import measured
from data.wording.targets import confidence_name
from data.wording.units import basis_name, kind_count, level_name, unit_title
from layouts import shell
from layouts.comparison.controls import Choice
from layouts.components.addresses import paths_address, set_target_address, unit_address
from layouts.components.facts import Fact, facts
from layouts.unit.results import actions, controls, results
from layouts.unit.series import series
from layouts.unit.targets import targets


def unit_page(
    page: UnitPage,
    definitions: Mapping[int, Definition],
    table: UnitTable,
    periods: Sequence[Choice],
    *,
    may_set: bool = False,
) -> Component:
    """Everything that is known of the unit: how it stands, the years behind it, its targets and its family.

    `definitions` names the columns of its targets; `periods` are those to choose from for the table. `may_set`:
    the reader enters targets for it.
    """
    below = [series(page, table.query), *targets(page, definitions)]
    return shell.page(
        shell.title(page.named.title, page.illustrative),
        _under(page),
        controls(table, periods),
        [
            *_breaks(page),
            results(table, has_targets=len(below) > 1),
            html.Div([html.Div(below), _aside(page, may_set=may_set)], className="two unit-page"),
        ],
        actions(table),
    )


def unit_link(named: Named) -> Component:
    """A link to the unit's page."""
    return dcc.Link(named.title, href=unit_address(named.unit.key))


def _under(page: UnitPage) -> str:
    unit = page.named.unit
    said = [level_name(unit.level.value)]
    if page.code:
        said.append(_("code {code}").format(code=page.code))
    said.append(_life(unit))
    return " · ".join(said)


def _life(unit: Unit) -> str:
    opened = format_date(unit.opened_on)
    since = _("since {day}") if unit.opening_known else _("since {day} or before")
    if unit.closed_on is None:
        return since.format(day=opened)
    return f"{since.format(day=opened)}, {_('until {day}').format(day=format_date(unit.closed_on))}"


def _ways_on(page: UnitPage) -> list[Component]:
    unit = page.named.unit
    goals = dcc.Link(_("On the way to 2030"), href=paths_address(unit.key), className="button small")
    if not page.children and unit.level is UnitLevel.COMMUNE:
        return [goals]
    args = {"within": unit.key}
    if unit.closed_on is not None:
        args |= {"year": str(unit.closed_on.year), "boundaries": unit.closed_on.isoformat()}
    below = dcc.Link(_("Compare the units below"), href=f"/compare?{urlencode(args)}", className="button small")
    return [below, goals]


def _ways_in(page: UnitPage, *, may_set: bool) -> list[Component]:
    if not may_set:
        return []
    href = set_target_address(unit=page.named.unit.key)
    return [dcc.Link(_("Enter a target"), href=href, className="button small")]


def _breaks(page: UnitPage) -> list[Component]:
    """What a reader must know first: that the unit is closed, and for which old areas it reports."""
    unit = page.named.unit
    said: list[Component] = []
    if unit.closed_on is not None and page.successors:
        heirs = _separated(unit_link(one.named) for one in page.successors)
        closed = _("This unit ended on {day}. Its area now belongs to:").format(day=format_date(unit.closed_on))
        said.append(html.P([f"{closed} ", *heirs], className="notice"))
    if page.old_areas:
        areas = _separated(unit_link(one) for one in page.old_areas)
        said.append(html.P([f"{_('Reports the last plan year of old areas:')} ", *areas], className="notice"))
    return said


def _separated(parts: Iterable[Component]) -> list[Component | str]:
    found: list[Component | str] = []
    for part in parts:
        found += [", ", part] if found else [part]
    return found


def _aside(page: UnitPage, *, may_set: bool) -> Component:
    rows: list[Fact] = []
    if page.parent is not None:
        rows.append((_("Belongs to"), unit_link(page.parent)))
    if page.children:
        below = ", ".join(kind_count(kind.value, count) for kind, count in page.children)
        rows.append((_("Units directly below"), below))
    zones = " / ".join(zone.name for zone in page.zones)
    if len(page.zones) > 1:
        rows.append((_("Fertility zone"), _("mixed: {zones}").format(zones=zones)))
    elif zones:
        rows.append((_("Fertility zone"), zones))
    shown = {zone.id for zone in page.zones}
    others = [group.title for group in page.groups if group.id not in shown]
    if others:
        rows.append((_("Groups"), ", ".join(others)))
    return html.Aside(
        [
            html.H2(_("The unit")),
            facts(rows),
            html.Div([*_ways_on(page), *_ways_in(page, may_set=may_set)], className="ways-to-change"),
            *_relatives(_("Made from"), page.named.unit, page.predecessors),
            *_relatives(_("Went into"), page.named.unit, page.successors),
            *_names(page.states),
        ],
        className="side",
    )


def _relatives(heading: str, unit: Unit, relatives: tuple[Relative, ...]) -> list[Component]:
    """The units of one's own level; those of other levels, which are many, behind a click. A shared law stands once."""
    if not relatives:
        return []
    laws = {(one.on, one.document) for one in relatives}
    shared = [html.P(_law(*next(iter(laws))), className="soft")] if len(laws) == 1 else []
    same = [one for one in relatives if one.named.unit.level is unit.level]
    others = [one for one in relatives if one.named.unit.level is not unit.level]
    found: list[Component] = [html.Hr(), html.H3(heading), *shared]
    if same:
        found.append(_listed(same, with_law=len(laws) > 1))
    if others:
        summary = html.Summary(_("Units of other levels: {count}").format(count=len(others)))
        found.append(html.Details([summary, _listed(others, with_law=len(laws) > 1)], className="more"))
    return found


def _listed(relatives: list[Relative], *, with_law: bool) -> Component:
    return html.Ul([html.Li(_relative(one, with_law=with_law)) for one in relatives], className="sources")


def _relative(one: Relative, *, with_law: bool) -> list[Component | str]:
    said = [_law(one.on, one.document)] if with_law else []
    if one.share != 1:
        share = measured(float(one.share * 100), Measure.PERCENT)
        said.append(_("share {share} {basis}").format(share=share, basis=basis_name(one.basis.value)))
    return [unit_link(one.named), html.Small("".join(f" · {part}" for part in said))]


def _law(on: date, document: DocumentInfo | None) -> str:
    return " · ".join(filter(None, (format_date(on), cited(document) if document else "")))


def _names(states: tuple[UnitState, ...]) -> list[Component]:
    """What the unit was called, of which kind and under which code, and since when."""
    if len(states) < 2:
        return []
    rows = [html.Li([unit_title(one.kind.value, one.name), html.Small(f" · {_state(one)}")]) for one in states]
    return [html.Hr(), html.H3(_("Names over time")), html.Ul(rows, className="sources")]


def _state(one: UnitState) -> str:
    said = [_("since {day}").format(day=format_date(one.from_on))]
    if one.to_on is not None:
        said.append(_("until {day}").format(day=format_date(one.to_on)))
    if one.code:
        said.append(_("code {code}").format(code=one.code))
    if one.confidence is not Confidence.HIGH:
        said.append(confidence_name(one.confidence.value))
    return ", ".join(said)
