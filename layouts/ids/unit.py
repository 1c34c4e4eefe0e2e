"""Ids of a unit's page."""

from enum import StrEnum


class UnitId(StrEnum):
    """The list of units with its search, and what one of them reported."""

    LIST = "unit-list"
    SEARCH = "unit-search"
    SERIES = "unit-series"
