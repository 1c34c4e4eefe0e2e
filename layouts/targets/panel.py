"""One target opened: what it asks and by which law, then the chain from the nation down to its unit."""

from collections.abc import Mapping, Sequence, Set

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.measures import Measure
from data.numbers import format_number
from data.targets.chain import Link, Place, Step
from data.targets.changing import NOTHING_TO_CHANGE, Changing
from data.targets.contradictions import Contradiction
from data.targets.listing import owner_name
from data.targets.panel import TargetPanel
from data.targets.registry import Whose
from data.targets.sentences import (
    contradiction_name,
    contradiction_sentence,
    deed_text,
    judging_sentence,
    place_name,
    source_text,
    why_sentence,
)
from data.wording import _
from data.wording.measures import measured
from data.wording.targets import confidence_word, plan_kind_name, target_convention
from data.wording.units import capitalised
from layouts.comparison.cited import attach_form
from layouts.components.addresses import document_address, target_address, unit_address
from layouts.components.aria import aria
from layouts.components.facts import Fact, facts
from layouts.targets.history import history, ways_to_change

# So many contradictions are said at once; a share-out among fifty communes would bury what else stands behind a target.
_MOST_SAID = 5


def target_panel(
    panel: TargetPanel,
    definitions: Mapping[int, Definition],
    attachable: Set[str],
    changing: Changing = NOTHING_TO_CHANGE,
) -> list[Component]:
    """The panel's content. `attachable` holds the keys of the documents that the reader may attach a text to;
    `changing` is what the reader may do with the target.
    """
    return [
        _head(panel),
        *_asks(panel),
        *ways_to_change(panel.entry.target.key, changing),
        *_law(panel, attachable),
        *history(panel),
        *_chain(panel),
        *([html.H3(_("Contradictions"))] if panel.contradictions else []),
        *contradictions(panel.contradictions, definitions, panel.owners),
    ]


def contradictions(
    found: Sequence[Contradiction], definitions: Mapping[int, Definition], owners: Mapping[int, Whose]
) -> list[Component]:
    """A list with each contradiction in a sentence, after the kind that it is of; nothing where there is none."""
    if not found:
        return []
    listed = [
        html.Li([html.B(contradiction_name(one.kind)), ": ", contradiction_sentence(one, definitions, owners)])
        for one in found
    ]
    first = html.Ul(listed[:_MOST_SAID], className="sources contradictions")
    if len(listed) <= _MOST_SAID:
        return [first]
    summary = html.Summary(_("Further contradictions: {count}").format(count=format_number(len(listed) - _MOST_SAID)))
    rest = html.Ul(listed[_MOST_SAID:], className="sources contradictions")
    return [first, html.Details([summary, rest], className="more")]


def _head(panel: TargetPanel) -> Component:
    target = panel.entry.target
    close = html.Button("×", type="button", className="plain close-evidence", **aria(label=_("Close")))
    name = dcc.Link(owner_name(panel.entry.whose), href=unit_address(panel.entry.whose.unit.key))
    heading = html.H2([name, f" · {panel.entry.definition.short} · {target.year}"])
    return html.Div([heading, close], className="head")


def _asks(panel: TargetPanel) -> list[Component]:
    target, measure = panel.entry.target, panel.entry.definition.measure
    rows: list[Fact] = [
        (_("Indicator"), panel.entry.definition.name),
        (_("Target"), html.B(target_text(target, measure))),
    ]
    if target.baseline_year is not None:
        base = measured(target.baseline_value, measure) if target.baseline_value is not None else _("not known")
        rows.append((_("Base year {year}").format(year=target.baseline_year), base))
    convention = target_convention(target.operator, target.direction, measure)
    parts: list[Component] = [facts(rows), html.P(target.wording)]
    if panel.entry.step.place is Place.WITHDRAWN:
        parts.insert(0, html.P(why_sentence(panel.entry.step), className="notice"))
    if convention:
        parts.append(html.P(convention, className="soft"))
    if target.note:
        parts.append(html.P(target.note, className="soft", lang="vi"))
    return parts


def _law(panel: TargetPanel, attachable: Set[str]) -> list[Component]:
    target, unknown = panel.entry.target, _("not known")
    document = dcc.Link(cited(target.document), href=document_address(target.document.key))
    rows: list[Fact] = [
        (_("Document"), document),
        (_("Clause"), html.Span(target.clause, lang="vi") if target.clause else unknown),
        (_("As printed"), html.Span(f"“{target.as_printed}”", lang="vi")),
        (_("Kind of plan"), capitalised(plan_kind_name(target.plan_kind.value))),
        (_("Confidence"), capitalised(confidence_word(target.confidence.value)) if target.confidence else unknown),
        (_("Source"), html.Span(target.source, lang="vi") if target.source else unknown),
        (_("Entered"), _entered(panel)),
    ]
    parts: list[Component] = [facts(rows)]
    if panel.sentence:
        parts.append(html.Blockquote(panel.sentence, lang="vi"))
    elif target.document.key in attachable:
        parts.append(attach_form(target.document))
    return parts


def _entered(panel: TargetPanel) -> str:
    return _("with the portal's reference facts") if panel.entered is None else deed_text(panel.entered)


def _chain(panel: TargetPanel) -> list[Component]:
    """The way from the nation to the unit: at each stop what was set, what is in force, and why."""
    measure, current, year = panel.entry.definition.measure, panel.entry.target.key, panel.entry.target.year
    links = [_link(owner, link, measure, current, year) for owner, link in panel.chain]
    heading = html.H3(_("What is in force for {year}, from the nation down").format(year=year))
    return [heading, html.Ol(links, className="chain")]


def _link(owner: Whose, link: Link, measure: Measure, current: str, year: int) -> Component:
    steps = [_step(step, measure, step.target.key == current) for step in link.steps]
    said = html.P(judging_sentence(link, year), className="soft")
    return html.Li([html.B(owner_name(owner)), *([html.Ul(steps)] if steps else []), said])


def _step(step: Step, measure: Measure, current: bool) -> Component:
    target = step.target
    asks = target_text(target, measure)
    named: Component = html.B(asks) if current else dcc.Link(asks, href=target_address(target.key))
    tone = "in-force" if step.place is Place.JUDGES else ""
    return html.Li(
        [
            named,
            f" · {plan_kind_name(target.plan_kind.value)} · ",
            html.Span(place_name(step.place), className="place"),
            html.Div([source_text(target), ", ", html.Span(f"“{target.as_printed}”", lang="vi")], className="soft"),
            html.Div(why_sentence(step), className="soft"),
        ],
        className=tone,
    )
