"""Ids of the page on which a closed unit's draft is carried over."""

from enum import StrEnum


class CarryId(StrEnum):
    """What is carried over, the button that does it, and what came of it."""

    PLACE = "carry-place"
    COPY = "carry-copy"
    OUTCOME = "carry-outcome"
