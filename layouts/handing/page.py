"""The page on which targets are handed down: controls, and the sheet with what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.handing.model import Board
from data.numbers import format_number
from data.targets.register import DocumentInfo
from data.wording import _
from data.wording.periods import period_short
from layouts import shell
from layouts.components.aria import aria
from layouts.components.controls import Control, selects
from layouts.handing.cards import cards
from layouts.handing.giving import giving_form
from layouts.ids.handing import HandingId
from layouts.submission.words import for_script

# Where the sheet is, and where what became of it is.
SHEET, FOLLOWED = "/assign", "/followed"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the body of the sheet is drawn from. `state` is what the script draws the sheet from."""

    board: Board
    checks: tuple[list[Component], ...]
    documents: tuple[DocumentInfo, ...]
    state: dict[str, Any]


def sheet_page(drawing: Drawing, controls: Sequence[Control]) -> Component:
    """The sheet to fill in; of a unit with none below it a sentence."""
    board, query = drawing.board, drawing.state["query"]
    if not board.children:
        said = _("There is no unit below {unit} to hand targets down to.").format(unit=board.parent.title)
        return shell.page(
            shell.title(_("Hand down targets"), board.illustrative),
            board.parent.title,
            controls_row(controls),
            html.P(said, className="soft"),
        )
    href = f"/export/assign.xlsx?{urlencode(query)}"
    return shell.page(
        shell.title(_("Hand down targets"), board.illustrative),
        _under(board, query),
        controls_row(controls),
        [
            html.Div(id=HandingId.READ),
            html.Div(id=HandingId.NOTICE),
            html.Div(body(drawing), id=HandingId.BODY),
            dcc.Store(id=HandingId.BOX),
            dcc.Store(id=HandingId.ANSWER),
            dcc.Store(id=HandingId.ORDER),
            dcc.Store(id=HandingId.GIVEN),
            dcc.Store(id=HandingId.ASKED),
        ],
        [
            html.Button(_("Read a filled workbook…"), id=HandingId.UPLOAD, type="button", className="btn"),
            html.A(_("Take the workbook (.xlsx)"), href=href, className="btn"),
        ],
    )


def body(drawing: Drawing) -> list[Component]:
    """Everything that is drawn anew after something was given."""
    board, state = drawing.board, drawing.state
    adjusting = any(cell.given for cell in board.cells.values())
    sheet = html.Div(id=HandingId.SHEET, className="sheet assign-sheet", **for_script(form=state["key"]))
    about = aria(live="polite", label=_("History of a target"))
    aside = html.Aside(id=HandingId.PANEL, className="side", tabIndex=-1, **about)
    return [
        cards(board, drawing.checks),
        html.Div([html.Div(sheet), aside], className="comparison targets"),
        giving_form(drawing.documents, adjusting=adjusting),
        dcc.Store(id=HandingId.STATE, data=state),
    ]


def refused_page(title: str, sentence: str, controls: Sequence[Control], illustrative: bool) -> Component:
    """The reason why the address cannot be answered, and what can be chosen instead; without `controls` nothing can."""
    registry = html.P(dcc.Link(_("To the registry of targets"), href="/targets", className="btn"))
    return shell.page(
        shell.title(title, illustrative),
        _("The address of this page asks for something that cannot be shown.") if controls else None,
        controls_row(controls) if controls else None,
        [html.P(sentence, className="problem", role="alert"), registry],
    )


def view_links(query: dict[str, str], here: str) -> Component:
    """The two pages side by side: the sheet, and what became of it."""
    words = urlencode(query)
    links = [
        dcc.Link(label, href=f"{path}?{words}", className="on" if path == here else "off")
        for path, label in ((SHEET, _("Hand down")), (FOLLOWED, _("Orientation, given, reached")))
    ]
    return html.Nav(links, className="assign-views", **aria(label=_("Views")))


def _under(board: Board, query: dict[str, str]) -> list[Component | str]:
    said = [
        board.parent.title,
        _("targets of {year}").format(year=board.year),
        _("units directly below: {count}").format(count=format_number(len(board.children))),
        _("results of {year}").format(year=period_short(board.last)),
    ]
    return [" · ".join(said), view_links(query, SHEET)]


def controls_row(controls: Sequence[Control]) -> list[Component]:
    """The lists, and what the page needs to change its address."""
    return [*selects(controls), dcc.Location(id=HandingId.ADDRESS, refresh="callback-nav")]
