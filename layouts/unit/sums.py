"""What the targets of a unit's predecessors would add up to: to be read beside the results, never to judge them."""

from collections import defaultdict

from dash import html
from dash.development.base_component import Component

from data.comparisons.display import target_text
from data.targets.adding import Hindrance, TargetSum, Unadded
from data.units.inheriting import InheritedTarget
from data.units.page_model import UnitPage
from data.wording import N_, _
from data.wording.targets import target_phrase

_WHY = {
    Hindrance.MISSING: N_("{year}: no target of {units} for {indicators}"),
    Hindrance.TWO_IN_FORCE: N_("{year}: two targets of {units} in force for {indicators}"),
    Hindrance.KIND: N_("{year}: targets of {units} that cannot be added up: {indicators}"),
    Hindrance.DIFFERENT: N_("{year}: targets of {units} that ask for different things: {indicators}"),
    Hindrance.NO_WEIGHT: N_("{year}: no year in which {units} have approved denominators for {indicators}"),
}


def sums(page: UnitPage) -> list[Component]:
    """The sums, and for the others why there is none; nothing where no predecessor had a target."""
    if not page.sums:
        return []
    added = [(one, one.total) for one in page.sums if isinstance(one.total, TargetSum)]
    found: list[Component] = [
        html.H3(_("What the old targets would add up to")),
        html.P(_("For information: a target belongs to its own unit, and these sums judge nothing."), className="soft"),
    ]
    if added:
        heads = (_("Year"), _("Indicator"), _("Sum"), _("Added up from"))
        rows = [_row(one, total) for one, total in added]
        table = html.Table([html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)])
        found.append(html.Div(table, className="sheet"))
    reasons = [html.Li(reason) for reason in _reasons(page.sums)]
    if reasons:
        summary = html.Summary([_("Not added up:"), " ", str(len(page.sums) - len(added))])
        found.append(html.Details([summary, html.Ul(reasons)], className="document", open=not added))
    return found


def _row(one: InheritedTarget, total: TargetSum) -> Component:
    measure = one.definition.measure
    low, high = (round(float(end), measure.decimals) for end in (total.low, total.high))
    phrase = target_phrase(total.operator, low, high, measure, direction=total.direction)
    parts = "; ".join(f"{name}: {target_text(target, measure)}" for name, target in one.parts)
    by = _("weighted by the denominators of {year}").format(year=one.weighted_by) if one.weighted_by else ""
    return html.Tr(
        [
            html.Td(str(one.year)),
            html.Td(one.definition.name),
            html.Td(html.B(phrase)),
            html.Td([parts, html.Small(f" · {by}")] if by else parts),
        ]
    )


def _reasons(inherited: tuple[InheritedTarget, ...]) -> list[str]:
    """One line for each reason, year and set of units, with the indicators that it holds for."""
    found: dict[tuple[int, Hindrance, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in inherited:
        if isinstance(one.total, Unadded):
            found[one.year, one.total.why, one.hindered_by].append(one.definition.short)
    return [
        _(_WHY[why]).format(year=year, units=", ".join(units), indicators=", ".join(names))
        for (year, why, units), names in found.items()
    ]
