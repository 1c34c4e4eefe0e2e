"""Results as dots, with the interval that chance leaves open, against the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from layouts.figures.base import COLOURS, Figure, axis, shared_layout

ROW_HEIGHT = 27
_ABOVE, _BELOW = 58, 56
_ROOM = 0.06
# The right part of the picture holds the numbers written beside the intervals.
_ROOM_FOR_LABELS = 0.2


@dataclass(frozen=True, slots=True)
class Dot:
    """One unit: where its dot and its interval stand, its own target, and how the verdict is written and coloured.

    `hollow`: the number rests on a weight, and its dot is a ring.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    own_target: float | None
    label: str
    explained: str
    tone: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class TargetBand:
    """The acceptable values, an open end being infinite, and what they come from."""

    floor: float
    ceiling: float
    label: str


def interval_dots(dots: Sequence[Dot], band: TargetBand | None, measure: str, own_target_label: str) -> Figure:
    """One line per unit, in the order given from the top; the target as a band with its edge and its name."""
    low, high = _range(dots, band)
    return {
        "data": [_intervals(dots), _own_targets(dots, own_target_label), _labels(dots)],
        "layout": shared_layout(
            height=_ABOVE + _BELOW + ROW_HEIGHT * max(len(dots), 1),
            margin={"l": 8, "r": 8, "t": _ABOVE, "b": _BELOW},
            xaxis=axis(measure, range=[low, high], fixedrange=True, side="bottom"),
            yaxis=axis(
                # By place and not by name: two communes may bear one name.
                tickmode="array",
                tickvals=list(range(len(dots))),
                ticktext=[dot.name for dot in dots],
                range=[len(dots) - 0.5, -0.5],
                fixedrange=True,
                showgrid=False,
                tickfont={"size": 13, "color": COLOURS["ink"]},
            ),
            shapes=_shapes(band, low, high),
            annotations=_annotations(band, low, high),
        ),
    }


def _intervals(dots: Sequence[Dot]) -> Figure:
    colours = [COLOURS[dot.tone] for dot in dots]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.value for dot in dots],
        "y": list(range(len(dots))),
        "marker": {
            "color": colours,
            "size": 9,
            "symbol": ["circle-open" if dot.hollow else "circle" for dot in dots],
            "line": {"width": [2 if dot.hollow else 0 for dot in dots]},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_reach(dot.high, dot.value) for dot in dots],
            "arrayminus": [_reach(dot.value, dot.low) for dot in dots],
            "color": COLOURS["accent"],
            "thickness": 2,
            "width": 0,
        },
        "customdata": [dot.explained for dot in dots],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _own_targets(dots: Sequence[Dot], label: str) -> Figure:
    own = [(place, dot.own_target) for place, dot in enumerate(dots) if dot.own_target is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [target for _, target in own],
        "y": [place for place, _ in own],
        "marker": {"symbol": "line-ns", "size": 14, "line": {"width": 2, "color": COLOURS["met"]}},
        "hovertemplate": f"{label}: %{{x}}<extra></extra>",
    }


def _labels(dots: Sequence[Dot]) -> Figure:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [dot.high if dot.high is not None and isfinite(dot.high) else dot.value for dot in dots],
        "y": list(range(len(dots))),
        "text": [f"  {dot.label}" for dot in dots],
        "textposition": "middle right",
        "textfont": {"size": 12.5, "color": [COLOURS[dot.tone] for dot in dots]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _shapes(band: TargetBand | None, low: float, high: float) -> list[Figure]:
    if band is None:
        return []
    left, right = max(band.floor, low), min(band.ceiling, high)
    area: Figure = {
        "type": "rect", "xref": "x", "yref": "paper", "x0": left, "x1": right, "y0": 0, "y1": 1,
        "fillcolor": COLOURS["met-soft"], "line": {"width": 0}, "layer": "below",
    }  # fmt: skip
    edges: list[Figure] = [
        {
            "type": "line", "xref": "x", "yref": "paper", "x0": end, "x1": end, "y0": 0, "y1": 1,
            "line": {"color": COLOURS["met"], "width": 1.5, "dash": "dash"}, "layer": "below",
        }
        for end in dict.fromkeys((band.floor, band.ceiling))
        if isfinite(end)
    ]  # fmt: skip
    return [area, *edges]


def _annotations(band: TargetBand | None, low: float, high: float) -> list[Figure]:
    if band is None:
        return []
    edge = band.ceiling if isfinite(band.ceiling) else band.floor
    return [
        {
            "x": edge, "xref": "x", "y": 1, "yref": "paper", "yshift": 8, "text": band.label, "showarrow": False,
            "xanchor": "left" if edge - low < (high - low) / 2 else "right", "yanchor": "bottom",
            "font": {"size": 12.5, "color": COLOURS["met"]},
        }
    ]  # fmt: skip


def _range(dots: Sequence[Dot], band: TargetBand | None) -> tuple[float, float]:
    """From the leftmost to the rightmost thing drawn, with room for the labels."""
    places = [dot.value for dot in dots]
    places += [end for dot in dots for end in (dot.low, dot.high, dot.own_target) if end is not None and isfinite(end)]
    places += [end for end in (band.floor, band.ceiling) if isfinite(end)] if band else []
    if not places:
        return 0.0, 1.0
    low, high = min(places), max(places)
    width = (high - low) or abs(high) or 1.0
    return low - width * _ROOM, high + width * _ROOM_FOR_LABELS


def _reach(upper: float | None, lower: float | None) -> float:
    """The length of one arm of an interval; none where its end is unknown or infinite."""
    if upper is None or lower is None or not isfinite(upper - lower):
        return 0.0
    return upper - lower
