"""What a reader must know before the numbers of a way."""

from dash import html
from dash.development.base_component import Component

from data.paths.listing import closed_text, crossed_text
from data.paths.model import Paths
from data.units.breaks import Break


def notices(paths: Paths) -> list[Component]:
    """That the unit has closed, and each change of its area that the years cross, with its law."""
    found: list[Component] = [html.P(_crossed(one), className="notice") for one in paths.breaks]
    closed = closed_text(paths)
    if closed:
        found.insert(0, html.P(closed, className="notice"))
    return found


def _crossed(one: Break) -> list[Component | str]:
    text, laws = crossed_text(one)
    return [text, " ", html.Small(laws)] if laws else [text]
