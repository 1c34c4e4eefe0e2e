"""Ids of the page that asks whether the whole would arrive."""

from enum import StrEnum


class ArrivalId(StrEnum):
    """The controls; the tables are plain."""

    # The dcc.Location on the page itself: what the controls change in the address goes through it.
    ADDRESS = "arrival-address"
    UNIT = "arrival-unit"
    YEAR = "arrival-year"
    PROGRAMME = "arrival-programme"
    DEFINITION = "arrival-definition"
    BOUNDARIES = "arrival-boundaries"
