"""The picture of one column: results with their intervals against the target."""

from collections.abc import Iterator
from math import isfinite

from dash import html
from dash.development.base_component import Component

from data.comparisons.display import aim_text, row_title, shown
from data.comparisons.model import Aim, Cell, Column, Comparison, Row
from data.judging import Verdict
from data.measures import Measure
from data.wording import _
from data.wording.judging import verdict_glyph
from data.wording.measures import measure_name
from data.wording.periods import period_name
from layouts.figures.base import graph
from layouts.figures.intervals import Dot, TargetBand, interval_dots
from layouts.help import VERDICT_CLASSES
from layouts.ids.comparison import ComparisonId


def picture(comparison: Comparison) -> Component:
    """Every unit with a value, the highest on top, the whole above them; the same numbers stand in the table."""
    column = comparison.columns[0]
    measure = column.definition.measure
    rows = [row for row in comparison.rows if row.cells[0].value is not None]
    if not rows:
        return html.P(_("There is no value to draw."), className="soft")
    rows.sort(key=lambda row: row.cells[0].value or 0.0, reverse=True)
    total = [comparison.total] if comparison.total and comparison.total.cells[0].value is not None else []
    band = target_band(column, measure)
    figure = interval_dots(
        [dot(row, measure) for row in (*total, *rows)],
        band,
        f"{column.definition.name}, {measure_name(measure)}".rstrip(", "),
        _("own target"),
    )
    return graph(f"{ComparisonId.FIGURE}-graph", figure, _caption(comparison, column, band))


def dot(row: Row, measure: Measure) -> Dot:
    """A row of one cell as its line of the picture."""
    cell = row.cells[0]
    text, small, verdict, word, why = shown(cell, measure)
    glyph = verdict_glyph(Verdict(verdict)) if verdict else ""
    tone = VERDICT_CLASSES[Verdict(verdict)] if verdict else "accent"
    return Dot(
        row_title(row),
        float(cell.value or 0),
        cell.low,
        cell.high,
        _own_target(cell),
        f"{text} {glyph}".rstrip(),
        "<br>".join(filter(None, (f"<b>{row_title(row)}</b>: {text}", small, word, why))),
        tone,
        cell.converted,
    )


def target_band(column: Column, measure: Measure) -> TargetBand | None:
    """The nation's acceptable values in that year, else in the nearest later one; None where nothing judges."""
    for aim in (column.national, column.later):
        if aim is not None and (band := aim.goal.band) is not None and (isfinite(band.floor) or isfinite(band.ceiling)):
            return TargetBand(band.floor, band.ceiling, _band_label(aim, measure))
    return None


def _band_label(aim: Aim, measure: Measure) -> str:
    return f"{aim_text(aim, measure)} · {aim.targets[0].document.short} · {aim.year}"


def _own_target(cell: Cell) -> float | None:
    """The edge that the unit's own target sets; None where it has none or it is no single number."""
    band = cell.own.aim.goal.band if cell.own else None
    if band is None:
        return None
    ends = list(_finite(band.floor, band.ceiling))
    return ends[0] if ends else None


def _finite(*ends: float) -> Iterator[float]:
    return (end for end in ends if isfinite(end))


def _caption(comparison: Comparison, column: Column, band: TargetBand | None) -> str:
    said = [f"{column.definition.name}, {period_name(comparison.period).lower()}"]
    if any(row.cells[0].low is not None for row in comparison.rows):
        said.append(_("line: 95% interval"))
    if band is not None:
        said.append(_("shaded: acceptable under {target}").format(target=band.label))
    if any(row.cells[0].own is not None for row in comparison.rows):
        said.append(_("small stroke: the unit's own target"))
    if any(row.cells[0].converted for row in comparison.rows):
        said.append(_("ring: converted figure"))
    said.append(_("the same numbers stand in the table above"))
    return " · ".join(said)
