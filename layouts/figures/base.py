"""What all pictures share: colours, type, number format, and the one place where a graph is made."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.wording import N_, Language, _, current_language

Figure = dict[str, Any]

# The colours of the light page. The style sheet turns each of them, wherever a picture holds it, into the custom
# property of that name, so that a picture follows the page into the dark without being drawn anew.
COLOURS = {
    "ink": "#16212b",
    "soft": "#586774",
    "line": "#dde4ea",
    "accent": "#0b5a86",
    "met": "#0f6b54",
    "met-soft": "#e3f3ee",
    "miss": "#a83e18",
    "slow": "#875d00",
    "unsure": "#55616d",
}
# The signs of the verdicts come from the two fonts at the end wherever the ones before them lack them.
FONT = "'Segoe UI', Roboto, 'Noto Sans', 'Segoe UI Symbol', 'DejaVu Sans', system-ui, sans-serif"

# What the picture's own buttons say; the rest of them are removed. The first one would send the picture to a cloud.
_REMOVED = ("sendChartToCloud", "select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d")
_BUTTONS = {
    "Download plot": N_("Save the picture"),
    "Download plot as a png": N_("Save the picture"),
    "Download plot as a PNG": N_("Save the picture"),
    "Download plot as SVG": N_("Save the picture"),
    "Zoom": N_("Draw a frame to look closer"),
    "Pan": N_("Move the picture"),
    "Reset axes": N_("Show everything again"),
    "Double-click to zoom back out": N_("Double-click to show everything again"),
}


def shared_layout(**own: Any) -> Figure:
    """The layout that every picture starts from, with the picture's own parts in it."""
    vietnamese = current_language() is Language.VI
    return {
        "separators": ",." if vietnamese else ".,",
        "font": {"family": FONT, "size": 13, "color": COLOURS["ink"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 40, "b": 48},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
        "dragmode": "pan",
        **own,
    }


def axis(title: str = "", **own: Any) -> Figure:
    """An axis with its measure on it."""
    return {
        "title": {"text": title, "font": {"size": 12.5, "color": COLOURS["soft"]}, "standoff": 12},
        "tickfont": {"size": 12.5, "color": COLOURS["soft"]},
        "gridcolor": COLOURS["line"],
        "linecolor": COLOURS["line"],
        "zeroline": False,
        "automargin": True,
        **own,
    }


def config() -> Any:
    """What a graph may do: no logo, no way to another host, buttons and numbers in the reader's language."""
    language = current_language().value
    return {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "showTips": True,
        "modeBarButtonsToRemove": list(_REMOVED),
        # Scripts may load no picture from memory, which a bitmap would need; a drawing goes into a document as well.
        "toImageButtonOptions": {"format": "svg", "filename": "so-sanh"},
        "locale": language,
        "locales": {language: {"dictionary": {key: _(text) for key, text in _BUTTONS.items()}, "format": {}}},
    }


def graph(graph_id: str, figure: Mapping[str, Any], caption: str) -> Component:
    """The picture with its caption. Loads the drawing library when the first one appears."""
    height = figure["layout"]["height"]
    return html.Figure(
        [
            html.Figcaption(caption),
            dcc.Graph(id=graph_id, figure=dict(figure), config=config(), style={"height": f"{height}px"}),
        ],
        className="picture",
    )
