"""Ids of the registry of targets."""

from enum import StrEnum


class TargetsId(StrEnum):
    """Controls, the table, and the panel of one target."""

    # The dcc.Location on the page itself: what the controls change in the address goes through it.
    ADDRESS = "targets-address"
    UNIT = "targets-unit"
    YEAR = "targets-year"
    PROGRAMME = "targets-programme"
    DEFINITION = "targets-definition"
    KIND = "targets-kind"
    CONTRADICTIONS = "targets-contradictions"
    GRID = "targets-grid"
    PANEL = "targets-panel"
