"""Ids of the page on which units change, and of that on which people follow them."""

from enum import StrEnum


class ChangeId(StrEnum):
    """Fields (with the name of each), what is kept on the way, the two buttons that do it, and what they answer."""

    FIELD = "change-field"
    DRAFT = "change-draft"
    APPLY = "change-apply"
    UNDO = "change-undo"
    DECIDE = "change-decide"
    OUTCOME = "change-outcome"


class ProposalId(StrEnum):
    """One role that is to follow its unit: the two buttons, and what they answer."""

    NUMBER = "proposal-number"
    ACCEPT = "proposal-accept"
    DECLINE = "proposal-decline"
    DECIDE = "proposal-decide"
