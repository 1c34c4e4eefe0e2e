"""Ids of a unit's page."""

from enum import StrEnum


class UnitId(StrEnum):
    """The list of units with its search; of one unit its table with the evidence, and the years behind it."""

    LIST = "unit-list"
    SEARCH = "unit-search"
    # The second dcc.Location, on the page itself: what the controls change in the address goes through it.
    ADDRESS = "unit-address"
    PERIOD = "unit-period"
    TABLE = "unit-table"
    EVIDENCE = "unit-evidence"
    SERIES = "unit-series"
    # Where the parts of the page begin, for links within it.
    RESULTS_PART = "unit-results"
    YEARS_PART = "unit-years"
    TARGETS_PART = "unit-targets"
