"""What became of a target over time, and what its reader may do with it."""


from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import target_text
from data.numbers import format_moment
from data.targets.changing import Changing
from data.targets.panel import TargetPanel
from data.targets.sentences import deed_text, source_text
from data.targets.versions import Version
from data.wording import _
from data.wording.targets import plan_kind_name
from layouts.components.addresses import set_target_address, target_address


def history(panel: TargetPanel) -> list[Component]:
    """Everything that was set for the indicator, unit and year, in the order in which it was entered; nothing where
    there is only the opened target, which says itself who entered it.
    """
    if len(panel.versions) < 2 and panel.version.withdrawn_at is None:
        return []
    listed = [_version(one, panel) for one in panel.versions]
    return [html.H3(_("History of this target")), html.Ol(listed, className="history")]


def ways_to_change(key: str, changing: Changing) -> list[Component]:
    """Links to correct, to take back, to adjust; and why the first two are not there."""
    links = []
    if changing.correct:
        links.append(dcc.Link(_("Correct"), href=set_target_address(correct=key), className="button small"))
        links.append(dcc.Link(_("Withdraw"), href=set_target_address(withdraw=key), className="button small"))
    if changing.adjust:
        label = _("Adjust by a new document")
        links.append(dcc.Link(label, href=set_target_address(adjust=key), className="button small"))
    found: list[Component] = [html.Div(links, className="ways-to-change")] if links else []
    if changing.judged:
        said = _("It has judged approved results, and so is adjusted and not corrected.")
        found.append(html.P(said, className="soft"))
    return found


def _version(one: Version, panel: TargetPanel) -> Component:
    target, measure = one.target, panel.entry.definition.measure
    asks = target_text(target, measure)
    named: Component = html.B(asks)
    if target.id != panel.entry.target.id:
        named = dcc.Link(asks, href=target_address(target.key))
    gone = one.withdrawn_at is not None
    lines: list[Component] = [
        html.Span([html.Del(named) if gone else named, f" · {plan_kind_name(target.plan_kind.value)}"]),
        html.Div(source_text(target), className="soft"),
        html.Div(_entered(one), className="soft"),
    ]
    if gone:
        lines.append(html.Div(_ended(one, {each.target.id: each for each in panel.versions}), className="soft"))
    return html.Li(lines, className="gone" if gone else None)


def _entered(one: Version) -> str:
    if one.entered is None:
        return _("entered with the portal's reference facts")
    said = _("corrects what was there: {deed}") if one.corrects else _("entered: {deed}")
    return said.format(deed=deed_text(one.entered))


def _ended(one: Version, versions: dict[int, Version]) -> str:
    corrected = any(each.corrects == one.target.key for each in versions.values())
    said = _("corrected: {deed}") if corrected else _("taken back: {deed}")
    when = deed_text(one.ended) if one.ended else format_moment(one.withdrawn_at) if one.withdrawn_at else ""
    text = said.format(deed=when)
    return f"{text}. {_('Why')}: {one.ended.reason}" if one.ended and one.ended.reason else text
