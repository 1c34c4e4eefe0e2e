"""Ids of the page of one's own account."""

from enum import StrEnum


class AccountId(StrEnum):
    """The fields of the form for a new password, and the line under its heading."""

    OLD = "account-old"
    NEW = "account-new"
    AGAIN = "account-again"
    HINT = "account-hint"
