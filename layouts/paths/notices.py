"""What a reader must know before the numbers of a way."""

from dash import html
from dash.development.base_component import Component

from data.comparisons.display import cited
from data.numbers import format_date
from data.paths.model import Paths
from data.units.breaks import Break
from data.wording import _


def notices(paths: Paths) -> list[Component]:
    """That the unit has closed, and each change of its area that the years cross, with its law."""
    found: list[Component] = [html.P(_crossed(one), className="notice") for one in paths.breaks]
    closed = paths.whose.unit.closed_on
    if closed is not None:
        said = _("This unit closed on {day}: its goals can be read and judge nobody.")
        found.insert(0, html.P(said.format(day=format_date(closed)), className="notice"))
    return found


def _crossed(one: Break) -> list[Component | str]:
    said = _("The series of {unit} breaks on {day}: what stands before is the sum of {units}.")
    laws = "; ".join(cited(law) for law in one.documents)
    text = said.format(unit=one.into, day=format_date(one.on), units=", ".join(one.made_of))
    return [text, " ", html.Small(laws)] if laws else [text]
