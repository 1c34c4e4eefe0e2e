"""Ids of the page of published values."""

from enum import StrEnum


class PublishedId(StrEnum):
    """Controls, the table, the panel of one value, what is typed of a new value and of a correction."""

    # The dcc.Location on the page itself: what the controls and the deeds change in the address goes through it.
    ADDRESS = "published-address"
    DEFINITION = "published-definition"
    UNIT = "published-unit"
    YEAR = "published-year"
    GRID = "published-grid"
    PANEL = "published-panel"
    FILE = "published-file"
    ENTER = "published-enter"
    NEW_DEFINITION = "published-new-definition"
    NEW_PLACE = "published-new-place"
    NEW_PERIOD = "published-new-period"
    NEW_VALUE = "published-new-value"
    NEW_STANDING = "published-new-standing"
    NEW_BASIS = "published-new-basis"
    NEW_SOURCE = "published-new-source"
    NEW_CONFIDENCE = "published-new-confidence"
    NEW_NOTE = "published-new-note"
    # Which value the panel shows.
    OF = "published-of"
    FIX_VALUE = "published-fix-value"
    FIX_STANDING = "published-fix-standing"
    FIX_BASIS = "published-fix-basis"
    FIX_SOURCE = "published-fix-source"
    FIX_CONFIDENCE = "published-fix-confidence"
    FIX_NOTE = "published-fix-note"
    REASON = "published-reason"
    CORRECT = "published-correct"
    WITHDRAW = "published-withdraw"
