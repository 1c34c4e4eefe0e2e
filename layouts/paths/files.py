"""The same ways as files."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from data.paths.model import Paths
from data.paths.query import PathsQuery
from data.wording import _


def files(paths: Paths) -> list[Component]:
    """The menu of files that say what the page says."""
    chosen = paths.chosen.definition.key if paths.chosen else ""
    asked = urlencode(PathsQuery(paths.whose.unit.key, chosen).to_args())
    links = [
        html.A(label, href=f"/export/paths.{kind}?{asked}", className="dropdown-item")
        for kind, label in (("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("Text for other programs (.csv)")))
    ]
    summary = html.Summary(_("Export"), className="btn main")
    return [html.Details([summary, html.Div(links, className="panel")], className="menu at-end")]
