"""Ids of the comparison."""

from enum import StrEnum


class ComparisonId(StrEnum):
    """Controls, the table, the evidence of a number, and the picture."""

    PERIOD = "comparison-period"
    BOUNDARIES = "comparison-boundaries"
    LEVEL = "comparison-level"
    WITHIN = "comparison-within"
    PROGRAMME = "comparison-programme"
    COLUMNS = "comparison-columns"
    COLUMNS_APPLY = "comparison-columns-apply"
    COLUMNS_RESET = "comparison-columns-reset"
    GRID = "comparison-grid"
    EVIDENCE = "comparison-evidence"
    FIGURE_COLUMN = "comparison-figure-column"
    FIGURE_DRAW = "comparison-figure-draw"
    FIGURE = "comparison-figure"
