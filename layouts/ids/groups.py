"""Ids of the pages of kept groups."""

from enum import StrEnum


class GroupsId(StrEnum):
    """What is typed and ticked, what is pressed, and the body of a group's page, which is drawn anew after a deed."""

    # The second dcc.Location, on the page itself: a new group's address goes through it.
    ADDRESS = "groups-address"
    BODY = "groups-body"
    # Which keeper's list, or which group, the page shows.
    OF = "groups-of"
    NAME = "groups-name"
    ENGLISH = "groups-english"
    DOCUMENT = "groups-document"
    FROM = "groups-from"
    UNITS = "groups-units"
    CREATE = "groups-create"
    RENAME = "groups-rename"
    ADD = "groups-add"
    LEAVERS = "groups-leavers"
    LEAVE_FROM = "groups-leave-from"
    REMOVE = "groups-remove"
    CLOSE_FROM = "groups-close-from"
    CLOSE = "groups-close"
