"""Ids of what surrounds every page."""

from enum import StrEnum


class ShellId(StrEnum):
    """The frame. `ADDRESS` is the dcc.Location: a page that changes its `search` is drawn anew from it."""

    ADDRESS = "shell-address"
    HEADER = "shell-header"
    CONTENT = "shell-content"
    # The document's title, and whether the page changed, for the script that says so.
    TITLE = "shell-title"
