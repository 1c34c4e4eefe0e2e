"""Ids of a unit's page."""

from enum import StrEnum


class UnitId(StrEnum):
    """The list of units and the series of one."""

    LIST = "unit-list"
    SERIES = "unit-series"
