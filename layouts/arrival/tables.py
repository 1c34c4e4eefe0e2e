"""What follows for each demand, and what each unit below adds to it."""

from dataclasses import replace
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.arriving.arithmetic import Conclusion
from data.arriving.demands import Demand
from data.arriving.listing import HEADINGS, AnswerLine, lines_of, parts_of
from data.arriving.model import Answer, Arrival, Line, Part
from data.arriving.sentences import asks_text, conclusion_glyph, sources_text, step_source
from data.targets.sentences import source_text
from data.wording import _
from layouts.components.addresses import document_address, target_address
from layouts.components.aria import aria
from layouts.components.rows import Column, Content, rows_table

_CLASSES = {Conclusion.ARRIVES: "met", Conclusion.FALLS_SHORT: "miss", Conclusion.UNSAID: "unsure"}
_NUMBERS = frozenset({"setting", "value", "distance", "weight", "part", "share", "last"})
_TOGETHER = frozenset({"source"})


def answers_table(arrival: Arrival) -> Component:
    """A row for every demand: what is asked and by which law, what follows, and how it was reckoned."""
    shown = [name for name in HEADINGS if name not in _TOGETHER]
    columns = [Column(_(HEADINGS[name]), "n" if name in _NUMBERS else "") for name in shown]
    rows = [_answer_row(arrival, line, answer, texts) for line, answer, texts in lines_of(arrival)]
    return rows_table(columns, rows, _("What follows for each thing that is asked"), "of-arrival")


def parts_section(arrival: Arrival, line: Line) -> list[Component]:
    """Every unit below with its target, and what it adds to the distance from what is in force."""
    headings, parts = parts_of(line)
    columns = [Column(text, "n" if name in _NUMBERS else "") for name, text in headings.items()]
    rows = [_part_row(arrival, part, texts, headings) for part, texts in parts]
    found: list[Component] = [html.H2(_("Unit by unit: {indicator}").format(indicator=line.definition.name))]
    if line.gap is not None:
        said = _("Held against {asks} ({source}).").format(
            asks=asks_text(line.gap.demand), source=sources_text(line.gap.demand)
        )
        found.append(html.P(said, className="soft"))
    return [*found, rows_table(columns, rows, _("What each unit adds"), "of-arrival")]


def address_of(arrival: Arrival, definition: str | None, unit: str | None = None) -> str:
    """The page's own address with another indicator opened, or none; and for another unit, where one is named."""
    place = arrival.place
    asked = replace(arrival.query, unit=unit or place.unit.key, year=place.year, definition=definition)
    return f"/arrival?{urlencode(asked.to_args())}"


def _answer_row(arrival: Arrival, line: Line, answer: Answer, texts: AnswerLine) -> list[Content]:
    name: Content = texts.definition
    if arrival.opened is None:
        name = dcc.Link(texts.definition, href=address_of(arrival, definition=line.definition.key))
    cells: dict[str, Content] = {
        **texts._asdict(),
        "definition": name,
        "asks": _asked(answer.demand, texts),
        "conclusion": _conclusion(answer, texts),
    }
    headings = {key: _(text) for key, text in HEADINGS.items() if key not in _TOGETHER}
    return _labelled({key: cells[key] for key in headings}, headings)


def _asked(demand: Demand, texts: AnswerLine) -> Content:
    """What is asked leads to the registry, and each instrument to its document."""
    links = [
        html.Div(dcc.Link(step_source(step), href=document_address(step.target.document.key)))
        for step in demand.steps
    ]
    asked = html.B(dcc.Link(texts.asks, href=target_address(demand.target.key)))
    return [asked, html.Div(links, className="sources")]


def _conclusion(answer: Answer, texts: AnswerLine) -> Content:
    said = answer.outcome.conclusion
    # A milestone of a later year decides nothing, so it has no sign.
    if answer.demand.later:
        return texts.conclusion
    sign = html.Span(conclusion_glyph(said), **aria(hidden="true"))
    return html.Span([sign, f" {texts.conclusion}"], className=_CLASSES[said])


def _part_row(arrival: Arrival, part: Part, texts: dict[str, str], headings: dict[str, str]) -> list[Content]:
    key = part.whose.unit.key
    name: list[Component | str] = [texts["unit"]]
    if part.targets:
        asked = {"unit": key, "definition": arrival.query.definition or "", "year": str(arrival.place.year)}
        name = [dcc.Link(texts["unit"], href=f"/targets?{urlencode(asked)}")]
    if part.is_whole:
        below = address_of(arrival, arrival.query.definition, unit=key)
        name += [" ", html.Small(dcc.Link(_("its own units"), href=below))]
    links = {"unit": name, "source": _sources(part)}
    return _labelled({column: links.get(column) or texts[column] for column in headings}, headings)


def _sources(part: Part) -> list[Component | str]:
    return [
        found
        for place, one in enumerate(part.targets)
        for found in ("; " if place else "", dcc.Link(source_text(one), href=target_address(one.key)))
    ]


def _labelled(cells: dict[str, Content], headings: dict[str, str]) -> list[Content]:
    """On a telephone the headings are out of sight, so each cell but the first carries its own."""
    found: list[Content] = []
    for name, content in cells.items():
        inside = content if isinstance(content, list) else [content]
        label = html.Span(f"{headings[name]}: ", className="narrow-label", **aria(hidden="true"))
        found.append([label, *inside] if found else inside)
    return found
