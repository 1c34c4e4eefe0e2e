"""Ids of the comparison."""

from enum import StrEnum


class ComparisonId(StrEnum):
    """Controls, the table, the evidence of a number, and the picture."""

    # The second dcc.Location, on the page itself: what the controls change in the address goes through it.
    ADDRESS = "comparison-address"
    PERIOD = "comparison-period"
    BOUNDARIES = "comparison-boundaries"
    LEVEL = "comparison-level"
    WITHIN = "comparison-within"
    PROGRAMME = "comparison-programme"
    COLUMNS = "comparison-columns"
    COLUMNS_APPLY = "comparison-columns-apply"
    GRID = "comparison-grid"
    EVIDENCE = "comparison-evidence"
    FIGURE_COLUMN = "comparison-figure-column"
    FIGURE_DRAW = "comparison-figure-draw"
    FIGURE = "comparison-figure"
