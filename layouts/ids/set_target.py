"""Ids of the page on which targets are entered."""

from enum import StrEnum


class SetId(StrEnum):
    """Fields, what is said beside and below them, and what is pressed."""

    # The dcc.Location on the page itself: what was entered is shown at its own address.
    ADDRESS = "set-address"
    # What the page was opened for: a target to correct, to take back or to adjust, by its key.
    MODE = "set-mode"
    UNIT = "set-unit"
    DOCUMENT = "set-document"
    ISSUER = "set-issuer"
    NUMBER = "set-number"
    ISSUED = "set-issued"
    SUBJECT = "set-subject"
    INDICATOR = "set-indicator"
    DEFINITION = "set-definition"
    YEAR = "set-year"
    KIND = "set-kind"
    HORIZON = "set-horizon"
    READING = "set-reading"
    LOW = "set-low"
    LOW_NAME = "set-low-name"
    HIGH = "set-high"
    WAY = "set-way"
    SIZE = "set-size"
    BASE = "set-base"
    BASE_YEAR = "set-base-year"
    BASE_VALUE = "set-base-value"
    CLAUSE = "set-clause"
    PRINTED = "set-printed"
    REASON = "set-reason"
    LIVE = "set-live"
    SAVE = "set-save"
    TAKE_BACK = "set-take-back"
    # Each with the name of what it holds.
    GROUP = "set-group"
    PROBLEM = "set-problem"
