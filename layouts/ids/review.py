"""Ids of the page on which a report is approved or returned."""

from enum import StrEnum


class ReviewId(StrEnum):
    """The decision: two buttons, a reason, where the outcome is said, and the column that it replaces."""

    REVISION = "review-revision"
    APPROVE = "review-approve"
    RETURN = "review-return"
    REASON = "review-reason"
    OUTCOME = "review-outcome"
    DECIDE = "review-decide"
