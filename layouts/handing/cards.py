"""Above the sheet, for each indicator: the unit's own target, how numbers are read, proposals, the running check."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited, target_text
from data.handing.asks import CHOICES
from data.handing.checking import Check
from data.handing.model import Board, BoardColumn
from data.handing.proposals import Goal
from data.handing.sentences import (
    asks_word,
    check_sentence,
    lacking_sentences,
    way_name,
    way_sentence,
    ways_of,
)
from data.wording import _
from layouts.components.addresses import document_address
from layouts.components.aria import aria
from layouts.ids.handing import HandingId, asks_id, check_id
from layouts.submission.words import for_script, mark


def cards(board: Board, checks: Sequence[Sequence[Component]]) -> Component:
    """One card for each column in the order of the board; `checks` are what its running check says at first."""
    drawn = [_card(board, column, check) for column, check in zip(board.columns, checks, strict=True)]
    fill = dbc.Checkbox(id=HandingId.ALL, label=_("Proposals also replace numbers that are typed already"), value=False)
    return html.Div([html.Div(drawn, className="assign-cards"), html.Div(fill, className="assign-fill")])


def check_lines(
    board: Board, column: BoardColumn, check: Check, goal: Goal | None, said: Sequence[str] = ()
) -> list[Component]:
    """The running check: what the numbers come to, whether that is enough, who is lacking; then what else is `said`."""
    sign = {True: mark("●", "met"), False: mark("▲", "miss"), None: mark("–", "soft")}[check.reached]
    verdict = {True: _("enough"), False: _("not enough"), None: ""}[check.reached]
    line: list[Component | str] = [sign, check_sentence(check, column, board, goal), f" · {verdict}" if verdict else ""]
    more = [] if check.total is None else lacking_sentences(check, board)
    return [html.P(line), *(html.P(one, className="soft") for one in (*more, *said))]


def _card(board: Board, column: BoardColumn, check: Sequence[Component]) -> Component:
    definition = column.definition
    select = dbc.Select(
        id=asks_id(column.key),
        options=[{"value": one.code, "label": asks_word(one)} for one in CHOICES],
        value=column.asks.code,
        className="assign-asks",
    )
    hidden = html.Span(f": {definition.name}", className="visually-hidden")
    label: list[Component | str] = [_("The numbers ask for"), hidden]
    ways = [
        html.Button(
            way_name(way, is_count=column.is_count),
            type="button",
            className="btn small",
            title=way_sentence(way, column, board),
            **aria(label=f"{way_name(way, is_count=column.is_count)}: {definition.name}"),
            **for_script(fill=way.value, definition=column.key),
        )
        for way in ways_of(column)
    ]
    return html.Section(
        [
            html.H2(definition.name),
            *_national(column),
            html.P(_own(board, column)),
            html.Div([html.Label(label, htmlFor=asks_id(column.key)), select], className="asks"),
            html.Div(ways, className="ways"),
            html.Div(list(check), id=check_id(column.key), className="check", **aria(live="polite")),
        ],
        className="assign-card",
    )


def _national(column: BoardColumn) -> list[Component]:
    """What is asked of the whole country, with its law: in that year or a later one."""
    said: list[Component | str] = []
    for target in column.national:
        asks = target_text(target, column.definition.measure)
        law = dcc.Link(cited(target.document), href=document_address(target.document.key))
        by = _("{target} by {year}").format(target=asks, year=target.year)
        said += [" / " if said else "", html.B(by), " (", law, ")"]
    return [html.P([_("Asked of the whole country:"), " ", *said])] if said else []


def _own(board: Board, column: BoardColumn) -> list[Component | str]:
    """The parent's own target with its law, or where to type it."""
    said: list[Component | str] = [_("Own target of {unit}:").format(unit=board.parent.title), " "]
    if not column.own:
        return [*said, _("not set yet; type it into the first row.")]
    for place, target in enumerate(column.own):
        law = dcc.Link(cited(target.document), href=document_address(target.document.key))
        said += [" / " if place else "", html.B(target_text(target, column.definition.measure)), " (", law, ")"]
    if board.own_number(column) is None:
        said.append(_(" – no single number to share out; type one into the first row."))
    return said
