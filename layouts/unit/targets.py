"""What a unit was told to reach, document by document; what its predecessors were told stands apart, as history."""

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.targets.register import TargetInfo
from data.units.page_model import History, TargetsOf, UnitPage
from data.wording import _
from data.wording.targets import confidence_name, plan_kind_name
from layouts.components.addresses import document_address, paths_address, target_address
from layouts.ids.unit import UnitId
from layouts.unit.sums import sums


def targets(page: UnitPage, definitions: Mapping[int, Definition]) -> list[Component]:
    """The unit's own targets, the latest document first, then those that it only inherited to read."""
    lacking = page.is_open and not page.has_target_now
    if not (lacking or page.targets or page.inherited or page.sums):
        return []
    found: list[Component] = [html.H2(_("Targets by document"), id=UnitId.TARGETS_PART)]
    if lacking:
        found.append(_lacking(page))
    found += [_document(one, definitions) for one in page.targets]
    found += sums(page)
    if page.inherited:
        found.append(html.H2(_("Targets of the units it was made from")))
        found.append(html.P(_("Kept to be read: they do not judge this unit."), className="soft"))
        found += [part for history in page.inherited for part in _history(history, definitions)]
    return found


def _lacking(page: UnitPage) -> Component:
    """That nothing is set for the unit itself, and where it stands what is asked of it all the same."""
    ways: list[Component | str] = []
    if page.parent is not None:
        label = _("Targets of {unit}").format(unit=page.parent.title)
        ways = [" ", dcc.Link(label, href=f"/targets?{urlencode({'unit': page.parent.unit.key})}"), ". "]
    goals = dcc.Link(_("National goals and how far off they are"), href=paths_address(page.named.unit.key))
    said = _("Nothing is set for this unit for this year or a later one.")
    return html.P([said, *ways, goals, "."], className="notice")


def _history(history: History, definitions: Mapping[int, Definition]) -> list[Component]:
    return [html.H3(history.named.title), *(_document(one, definitions) for one in history.documents)]


def _document(one: TargetsOf, definitions: Mapping[int, Definition]) -> Component:
    """One document's targets, behind its number, date and title."""
    # An instrument without a number is cited by its title, which then need not stand there twice.
    title = f" · {one.document.title}" if one.document.number else ""
    summary = html.Summary([html.B(cited(one.document)), f"{title} ", html.Small(f"({len(one.targets)})")])
    heads = (_("Year"), _("Indicator"), _("Target"), _("As printed"), _("Kind of plan"))
    rows = [_row(target, definitions[target.definition_id]) for target in one.targets]
    table = html.Table([html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)])
    page = dcc.Link(_("All that the document sets"), href=document_address(one.document.key))
    return html.Details([summary, html.Div(table, className="sheet"), page], className="document")


def _row(target: TargetInfo, definition: Definition) -> Component:
    kind = plan_kind_name(target.plan_kind.value)
    sure = confidence_name(target.confidence.value) if target.confidence else ""
    return html.Tr(
        [
            html.Td(str(target.year)),
            html.Td(
                [dcc.Link(definition.name, href=target_address(target.key)), html.Small(f" {target.clause or ''}")]
            ),
            html.Td(html.B(target_text(target, definition.measure)), title=target.wording),
            html.Td(f"“{target.as_printed}”"),
            html.Td([kind, html.Small(f" · {sure}")] if sure else kind),
        ]
    )
